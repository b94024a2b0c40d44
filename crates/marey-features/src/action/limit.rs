//! Keeping the first rows or groups: summaries, a row number and a filter as steps.

use marey_core::{
    Channel, FieldName, Mark, TimeUnit,
    spec::{
        AggregateOp, Encoding, FieldDef, FieldPredicate, FieldRef, FieldTest, Literal, Predicate, Setting,
        SortField, Transform, WindowFunction, WindowOp,
    },
};

use super::{ActionError, Function, Limit, Scope, Slot, TierChart, lower::direction};

/// The field that numbers the rows.
pub(super) const ROW: &str = "__row";

/// The channel that a key means: x is what is compared and y its measure, on a pie colour and angle.
pub(super) fn key_channel(mark: Option<Mark>, key: Channel) -> Channel {
    match (mark, key) {
        (Some(Mark::Arc), Channel::X) => Channel::Color,
        (Some(Mark::Arc), Channel::Y) => Channel::Theta,
        _ => key,
    }
}

/// Whether what a chart shows can be summarised in steps.
pub(super) fn can_limit(mark: Mark, slots: &[Slot], scope: &Scope) -> bool {
    let plain = |slot: &Slot| {
        matches!(
            slot.channel,
            Channel::X | Channel::Y | Channel::Color | Channel::Theta | Channel::Detail
        ) && !matches!(slot.shown.function, Function::Bin(_))
    };
    // What a step makes must not take the name of what another makes.
    let twice = |slot: &Slot| {
        let same = |other: &&Slot| other.shown.column.is_some() && other.shown.column == slot.shown.column;
        slots.iter().filter(same).count() > 1
    };
    let taken = |slot: &Slot| {
        let name = made_name(slot, scope);
        name.is_some_and(|name| scope.column(&FieldName::new(name)).is_some())
    };
    mark != Mark::Boxplot
        && slots.iter().all(plain)
        && !slots.iter().any(twice)
        && !slots.iter().any(taken)
        && scope.column(&FieldName::new(ROW)).is_none()
}

/// The name of what a step makes for a channel.
fn made_name(slot: &Slot, scope: &Scope) -> Option<String> {
    let column = slot.shown.column.and_then(|at| scope.columns().get(at));
    let own = column.map_or("", |column| column.name.as_str());
    match slot.shown.function {
        Function::Count => Some("count".to_owned()),
        Function::Summary(summary) => Some(format!("{}_{own}", summary.aggregate())),
        Function::Unit(unit) => Some(format!("{}_{own}", unit.time_unit())),
        _ => None,
    }
}

/// Summarises, orders and keeps the first rows in steps, and shows what the steps made.
pub(super) fn lower(
    limit: &Limit,
    chart: &TierChart,
    scope: &Scope,
    encoding: &mut Encoding,
    steps: &mut Vec<Transform>,
) -> Result<(), ActionError> {
    let summarised = chart.slots.iter().any(|slot| slot.shown.function.is_summary());
    let (mut ops, mut groupby, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for entry in &mut encoding.entries {
        for def in &mut entry.defs {
            if let marey_core::spec::ChannelDef::Field(def) = def {
                step_of(def, &mut ops, &mut groupby, &mut units);
            }
        }
    }
    // In the order of what they make: channels of one kind have none of their own.
    units.sort_by(|(_, _, a), (_, _, b)| a.cmp(b));
    let truncated = |(unit, field, output)| Transform::TimeUnit { unit, field, output };
    steps.extend(units.into_iter().map(truncated));
    if summarised {
        steps.push(Transform::Aggregate { ops, groupby });
    }
    let sort = limit
        .key
        .map(|key| (key, key_channel(Some(chart.mark), key.channel)));
    let sort = sort.and_then(|(key, channel)| {
        let field = encoding.field(channel)?.name()?.clone();
        let order = key.descending.then(|| Setting::On(direction(true)));
        Some(SortField { field, order })
    });
    let count = scope
        .number_of_rows(limit.count)
        .ok_or_else(|| ActionError::LiteralNotFound {
            literal: format!("{:?}", limit.count),
        })?;
    steps.push(Transform::Window {
        ops: vec![WindowOp {
            op: WindowFunction::RowNumber,
            field: None,
            param: None,
            output: FieldName::new(ROW),
        }],
        frame: None,
        ignore_peers: None,
        groupby: Vec::new(),
        sort: sort.into_iter().collect(),
    });
    steps.push(Transform::Filter(Predicate::Field(FieldPredicate {
        field: FieldRef::Name(FieldName::new(ROW)),
        time_unit: None,
        test: FieldTest::Lte(Literal::Number(f64::from(count))),
    })));
    Ok(())
}

/// Turns what a channel computes into a step, and the channel into the field that the step makes.
fn step_of(
    def: &mut FieldDef,
    ops: &mut Vec<AggregateOp>,
    groupby: &mut Vec<FieldName>,
    units: &mut Vec<(TimeUnit, FieldName, FieldName)>,
) {
    if let (Some(unit), Some(field)) = (def.time_unit.take(), def.name().cloned()) {
        let output = FieldName::new(format!("{unit}_{}", field.as_str()));
        units.push((unit, field, output.clone()));
        def.field = Some(FieldRef::Name(output));
    }
    match def.aggregate.take() {
        Some(op) => {
            let output = FieldName::new(match def.name() {
                Some(field) => format!("{op}_{}", field.as_str()),
                None => op.to_string(),
            });
            let made = AggregateOp {
                op,
                field: def.field.take(),
                output: output.clone(),
            };
            if !ops.contains(&made) {
                ops.push(made);
            }
            def.field = Some(FieldRef::Name(output));
        }
        None => groupby.extend(def.name().cloned()),
    }
}
