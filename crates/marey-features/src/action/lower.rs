//! [`lower`]: a chart of the tier as a spec.

use marey_core::{
    Channel, ChartSpec, FieldName, Mark,
    spec::{
        Bin, BinParams, ChannelDef, Encoding, EncodingEntry, Expression, FieldDef, FieldRef, Setting, Sort,
        SortByField, SortOrder, Transform,
    },
};

use super::{
    ActionError, Function, Order, Scope, Shown, TierChart,
    condition::{predicate, quoted},
    limit,
    slot::{Class, Place, usual_level},
};

/// The spec of a chart, with the names of the columns in scope.
///
/// Filters come first, then the days that whole numbers of years stand for, then the encoding; a
/// limit summarises in steps, so that what is kept can be counted.
///
/// # Errors
///
/// When a pointer points at nothing, which no chart of a [`Prefix`](super::Prefix) in the same scope does.
pub fn lower(chart: &TierChart, scope: &Scope) -> Result<ChartSpec, ActionError> {
    let mut steps = Vec::new();
    if let Some(condition) = &chart.filter {
        steps.push(Transform::Filter(predicate(condition, scope)?));
    }
    steps.extend(days_of_years(chart, scope)?);
    let mut encoding = Encoding::new();
    for slot in &chart.slots {
        let def = definition(chart.mark, slot.channel, &slot.shown, scope)?;
        push_def(&mut encoding, slot.channel, def);
    }
    if let Some((channel, order)) = &chart.sort {
        let sort = sort(order, scope)?;
        if let Some(def) = encoding.field_mut(*channel) {
            def.sort = Some(sort);
        }
    }
    if let (Some(kind), Some(channel)) = (chart.stack, stacked(chart, scope))
        && let Some(def) = encoding.field_mut(channel)
    {
        def.stack = Some(kind.stack());
    }
    if let Some(limited) = &chart.limit {
        limit::lower(limited, chart, scope, &mut encoding, &mut steps)?;
    }
    let mut spec = ChartSpec::unit(chart.mark, encoding);
    spec.view.transform = steps;
    Ok(spec)
}

fn push_def(encoding: &mut Encoding, channel: Channel, def: FieldDef) {
    let def = ChannelDef::Field(Box::new(def));
    match encoding.entries.iter_mut().find(|entry| entry.channel == channel) {
        Some(entry) => {
            entry.defs.push(def);
            entry.listed = true;
        }
        None => encoding.entries.push(EncodingEntry {
            channel,
            defs: vec![def],
            listed: false,
        }),
    }
}

pub(super) fn column_name(column: usize, scope: &Scope) -> Result<&FieldName, ActionError> {
    let own = scope.columns().get(column);
    own.map(|own| &own.name)
        .ok_or_else(|| ActionError::UnknownColumn {
            column: format!("column{column}"),
            known: scope.columns().len(),
        })
}

/// The field that a column is read from: a day of its own for a year that is a whole number.
fn field_of(shown: &Shown, scope: &Scope) -> Result<Option<FieldName>, ActionError> {
    let Some(column) = shown.column else {
        return Ok(None);
    };
    let name = column_name(column, scope)?;
    let dated = matches!(shown.function, Function::Unit(_)) && scope.columns()[column].is_number();
    Ok(Some(match dated {
        true => day_name(name),
        false => name.clone(),
    }))
}

fn day_name(year: &FieldName) -> FieldName {
    FieldName::new(format!("{}_date", year.as_str()))
}

/// A whole number truncated in time is a year: its months and days are those of its first of January.
fn days_of_years(chart: &TierChart, scope: &Scope) -> Result<Vec<Transform>, ActionError> {
    let mut steps = Vec::new();
    for slot in &chart.slots {
        let (Function::Unit(_), Some(column)) = (slot.shown.function, slot.shown.column) else {
            continue;
        };
        let name = column_name(column, scope)?;
        if !scope.columns()[column].is_number() {
            continue;
        }
        let step = Transform::Calculate {
            calculate: Expression(format!("datetime(datum[{}], 0, 1)", quoted(name.as_str()))),
            output: day_name(name),
        };
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    Ok(steps)
}

fn definition(mark: Mark, channel: Channel, shown: &Shown, scope: &Scope) -> Result<FieldDef, ActionError> {
    let column = shown.column.and_then(|at| scope.columns().get(at));
    let level = shown
        .level
        .unwrap_or_else(|| usual_level(mark, channel, shown, column));
    let mut def = FieldDef {
        field: field_of(shown, scope)?.map(FieldRef::Name),
        field_type: Some(level),
        ..FieldDef::default()
    };
    match shown.function {
        Function::Raw => {}
        Function::Count => def.aggregate = Some(marey_core::Aggregate::Count),
        Function::Summary(summary) => def.aggregate = Some(summary.aggregate()),
        Function::Unit(unit) => def.time_unit = Some(unit.time_unit()),
        Function::Bin(bins) => {
            def.bin = Some(Bin::On(BinParams {
                maxbins: (bins > 0).then_some(f64::from(bins)),
                ..BinParams::default()
            }));
        }
    }
    Ok(def)
}

pub(super) fn direction(descending: bool) -> SortOrder {
    match descending {
        true => SortOrder::Descending,
        false => SortOrder::Ascending,
    }
}

fn sort(order: &Order, scope: &Scope) -> Result<Sort, ActionError> {
    Ok(match order {
        Order::SelfDescending => Sort::Order(SortOrder::Descending),
        Order::Unsorted => Sort::Unsorted,
        Order::By(channel, descending) => Sort::Channel {
            channel: *channel,
            order: direction(*descending),
            spelled_out: false,
        },
        Order::BySummary(descending, shown) => Sort::Field(SortByField {
            field: field_of(shown, scope)?.map(FieldRef::Name),
            op: Some(match shown.function {
                Function::Summary(summary) => summary.aggregate(),
                _ => marey_core::Aggregate::Count,
            }),
            order: Some(Setting::On(direction(*descending))),
        }),
    })
}

/// The axis whose lengths are stacked.
fn stacked(chart: &TierChart, scope: &Scope) -> Option<Channel> {
    let place = Place {
        scope,
        design: super::Design::Free,
        locked: false,
        mark: chart.mark,
        slots: &chart.slots,
    };
    [Channel::Y, Channel::X].into_iter().find(|channel| {
        place
            .on(*channel)
            .is_some_and(|(_, class)| class == Class::Measure)
    })
}
