//! [`lift`]: a spec as actions.
//!
//! Lifting reads what it understands of the spec's canonical form and then lowers it again: only a
//! spec that comes back the same has actions, so nothing is ever lost without saying so.

use marey_core::{
    Aggregate, Channel, ChartSpec, FieldName, FieldType, Mark,
    spec::{
        Bin, ChannelDef, Encoding, Expression, FieldDef, FieldRef, FieldTest, Literal, Predicate, Setting,
        Sort, SortOrder, Stack, StackOffset, Transform, WindowFunction,
    },
};

use super::{
    Action, ActionError, Function, Key, Limit, Order, Scope, Shown, Slot, StackKind, Summary, TierChart,
    UnitOfTime, lift_condition,
    limit::{ROW, key_channel},
    lower,
    slot::usual_level,
    token::{CHANNELS, LEVELS, MARKS},
    write,
};

/// The actions that say a spec.
///
/// # Errors
///
/// When the spec is outside of the tier, names a column that is not in scope, or holds a literal
/// that neither the request nor a cell in scope spells.
pub fn lift(spec: &ChartSpec, scope: &Scope) -> Result<Vec<Action>, ActionError> {
    lift_chart(spec, scope).map(|chart| write(&chart))
}

/// The chart of the tier that a spec is.
///
/// # Errors
///
/// As [`lift`].
pub fn lift_chart(spec: &ChartSpec, scope: &Scope) -> Result<TierChart, ActionError> {
    let canonical = spec.canonical();
    let chart = read(&canonical, scope)?;
    let again = lower(&chart, scope)?.canonical();
    if again == canonical {
        return Ok(chart);
    }
    Err(ActionError::NotTheSame {
        difference: again.to_json().to_string(),
    })
}

fn outside<T>(what: impl Into<String>) -> Result<T, ActionError> {
    Err(ActionError::OutsideTier { what: what.into() })
}

fn read(spec: &ChartSpec, scope: &Scope) -> Result<TierChart, ActionError> {
    let Some(unit) = spec.view.as_unit() else {
        return outside("a chart of several views");
    };
    let Some(mark) = unit.mark.mark.filter(|mark| MARKS.contains(mark)) else {
        return outside("the mark");
    };
    let steps = Steps::read(&spec.view.transform, scope)?;
    let mut reader = Reader {
        scope,
        mark,
        steps: &steps,
        chart: TierChart {
            mark,
            slots: Vec::new(),
            stack: None,
            sort: None,
            filter: None,
            limit: None,
        },
    };
    reader.encoding(&unit.encoding)?;
    let mut chart = reader.chart;
    chart.filter = match &steps.filter {
        Some(predicate) => Some(lift_condition::condition(predicate, scope)?),
        None => None,
    };
    chart.limit = steps.limit(&unit.encoding, mark, scope)?;
    Ok(chart)
}

struct Reader<'a> {
    scope: &'a Scope,
    mark: Mark,
    steps: &'a Steps<'a>,
    chart: TierChart,
}

impl Reader<'_> {
    fn encoding(&mut self, encoding: &Encoding) -> Result<(), ActionError> {
        if let Some(entry) = encoding
            .entries
            .iter()
            .find(|entry| !CHANNELS.contains(&entry.channel))
        {
            return outside(format!("the channel {}", entry.channel));
        }
        for channel in CHANNELS {
            for def in encoding.all(channel) {
                let ChannelDef::Field(def) = def else {
                    return outside(format!("a constant on {channel}"));
                };
                self.channel(channel, def)?;
            }
        }
        Ok(())
    }

    fn channel(&mut self, channel: Channel, def: &FieldDef) -> Result<(), ActionError> {
        let made = self.steps.made(def);
        let mut shown = shown_of(&made, self.scope)?;
        let column = shown.column.map(|at| &self.scope.columns()[at]);
        let usual = usual_level(self.mark, channel, &shown, column);
        let level = def.field_type.unwrap_or(FieldType::Nominal);
        if !LEVELS.contains(&level) {
            return outside(format!("the level {level}"));
        }
        shown.level = (level != usual).then_some(level);
        self.chart.slots.push(Slot { channel, shown });
        if let Some(sort) = &def.sort {
            if self.chart.sort.is_some() {
                return outside("a second order");
            }
            self.chart.sort = Some((channel, self.order(sort)?));
        }
        match &def.stack {
            None => {}
            Some(_) if self.chart.stack.is_some() => return outside("stacking twice"),
            Some(stack) => self.chart.stack = Some(stack_kind(stack)?),
        }
        Ok(())
    }

    fn order(&self, sort: &Sort) -> Result<Order, ActionError> {
        Ok(match sort {
            Sort::Order(SortOrder::Descending) => Order::SelfDescending,
            Sort::Unsorted => Order::Unsorted,
            Sort::Channel {
                channel: channel @ (Channel::X | Channel::Y),
                order,
                ..
            } => Order::By(*channel, *order == SortOrder::Descending),
            Sort::Field(by) => {
                let op = by.op.clone().unwrap_or(Aggregate::Min);
                let def = FieldDef {
                    field: by.field.clone(),
                    aggregate: Some(op),
                    ..FieldDef::default()
                };
                let descending = by.order == Some(Setting::On(SortOrder::Descending));
                Order::BySummary(descending, shown_of(&def, self.scope)?)
            }
            _ => return outside("the order of an axis"),
        })
    }
}

fn stack_kind(stack: &Stack) -> Result<StackKind, ActionError> {
    match stack {
        Stack::Offset(StackOffset::Zero) => Ok(StackKind::Zero),
        Stack::Offset(StackOffset::Normalize) => Ok(StackKind::Normalize),
        Stack::Offset(StackOffset::Center) => Ok(StackKind::Center),
        Stack::Off => Ok(StackKind::Off),
        Stack::On => outside("stacking as by default"),
    }
}

fn shown_of(def: &FieldDef, scope: &Scope) -> Result<Shown, ActionError> {
    let column = match &def.field {
        None => None,
        Some(FieldRef::Name(name)) => Some(column_of(name, def.time_unit.is_some(), scope)?),
        Some(FieldRef::Repeat(_)) => return outside("a repeated field"),
    };
    let function = match (&def.aggregate, &def.time_unit, &def.bin) {
        (None, None, None | Some(Bin::Off)) => Function::Raw,
        (Some(Aggregate::Count), None, None) => Function::Count,
        (Some(op), None, None) => match Summary::of(op) {
            Some(summary) => Function::Summary(summary),
            None => return outside(format!("the aggregate {op}")),
        },
        (None, Some(unit), None) => match UnitOfTime::of(unit) {
            Some(unit) => Function::Unit(unit),
            None => return outside(format!("the time unit {unit}")),
        },
        (None, None, Some(Bin::On(params))) => Function::Bin(params.maxbins.unwrap_or(0.0) as u8),
        _ => return outside("a field that is computed twice"),
    };
    let column = column.filter(|_| function != Function::Count);
    Ok(Shown {
        level: None,
        function,
        column,
    })
}

/// The column that a field is; for a truncated field also the year that its day was made of.
fn column_of(name: &FieldName, truncated: bool, scope: &Scope) -> Result<usize, ActionError> {
    let year = || {
        let stem = name.as_str().strip_suffix("_date").filter(|_| truncated)?;
        scope.column(&FieldName::new(stem))
    };
    scope
        .column(name)
        .or_else(year)
        .ok_or_else(|| ActionError::UnknownColumn {
            column: name.to_string(),
            known: scope.columns().len(),
        })
}

/// The steps of the data as the tier writes them.
#[derive(Default)]
struct Steps<'a> {
    filter: Option<&'a Predicate>,
    units: Vec<(&'a FieldName, &'a FieldName, &'a marey_core::TimeUnit)>,
    ops: Vec<&'a marey_core::spec::AggregateOp>,
    window: Option<&'a [marey_core::spec::SortField]>,
    kept: Option<u32>,
}

impl<'a> Steps<'a> {
    fn read(transforms: &'a [Transform], scope: &Scope) -> Result<Self, ActionError> {
        let mut steps = Steps::default();
        for (at, step) in transforms.iter().enumerate() {
            match step {
                Transform::Filter(predicate) if at == 0 => steps.filter = Some(predicate),
                Transform::Filter(predicate) if steps.window.is_some() => steps.kept = kept(predicate),
                Transform::Calculate { calculate, output } => check_day(calculate, output, scope)?,
                Transform::TimeUnit { unit, field, output } => steps.units.push((output, field, unit)),
                Transform::Aggregate { ops, .. } => steps.ops.extend(ops),
                Transform::Window { ops, sort, .. } if numbers_rows(ops) => steps.window = Some(sort),
                _ => return outside("a step of the data"),
            }
        }
        Ok(steps)
    }

    /// The definition of a field as it would stand without steps.
    fn made(&self, def: &FieldDef) -> FieldDef {
        let Some(name) = def.name() else {
            return def.clone();
        };
        let mut inline = def.clone();
        if let Some(op) = self.ops.iter().find(|op| op.output == *name) {
            inline.aggregate = Some(op.op.clone());
            inline.field = op.field.clone();
        }
        if let Some((_, field, unit)) = self.units.iter().find(|(output, ..)| *output == name) {
            inline.time_unit = Some((*unit).clone());
            inline.field = Some(FieldRef::Name((*field).clone()));
        }
        inline
    }

    fn limit(&self, encoding: &Encoding, mark: Mark, scope: &Scope) -> Result<Option<Limit>, ActionError> {
        let Some(sort) = self.window else {
            return match self.units.is_empty() && self.ops.is_empty() {
                true => Ok(None),
                false => outside("summaries in steps that nothing is kept of"),
            };
        };
        let Some(kept) = self.kept else {
            return outside("numbers of rows that nothing is kept by");
        };
        let count = scope
            .point_to_rows(kept)
            .ok_or_else(|| ActionError::LiteralNotFound {
                literal: kept.to_string(),
            })?;
        let key = match sort {
            [] => None,
            [by] => {
                let shows = |key: &Channel| {
                    encoding
                        .field(key_channel(Some(mark), *key))
                        .is_some_and(|def| def.name() == Some(&by.field))
                };
                let Some(channel) = [Channel::X, Channel::Y].into_iter().find(shows) else {
                    return outside("an order by what is not shown");
                };
                let descending = by.order == Some(Setting::On(SortOrder::Descending));
                Some(Key { channel, descending })
            }
            _ => return outside("an order by several fields"),
        };
        Ok(Some(Limit { count, key }))
    }
}

fn numbers_rows(ops: &[marey_core::spec::WindowOp]) -> bool {
    matches!(ops, [op] if op.op == WindowFunction::RowNumber && op.output.as_str() == ROW)
}

fn kept(predicate: &Predicate) -> Option<u32> {
    match predicate {
        Predicate::Field(test) if test.field.name().is_some_and(|name| name.as_str() == ROW) => {
            match test.test {
                FieldTest::Lte(Literal::Number(number)) if (1.0..=1000.0).contains(&number) => {
                    Some(number as u32)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Only the day that a year stands for is computed.
fn check_day(calculate: &Expression, output: &FieldName, scope: &Scope) -> Result<(), ActionError> {
    let year = output.as_str().strip_suffix("_date").map(FieldName::new);
    let known = year.is_some_and(|year| scope.column(&year).is_some());
    match known && calculate.0.starts_with("datetime(") {
        true => Ok(()),
        false => outside("a computed field"),
    }
}
