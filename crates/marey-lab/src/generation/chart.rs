//! A [`Plan`] as a spec.

use std::ops::Range;

use marey_core::{Channel, ChartSpec, FieldType, Mark, spec::Literal};
use marey_features::action::{
    ActionError, CellValue, Comparison, Condition, Function, Key, Limit, LiteralRef, Order, Scope,
    ScopeColumn, Shown, Slot, Test, TierChart, lower,
};
use marey_profile::TableProfile;

use super::{
    condition::{self, Quoted},
    plan::{self, Dimension, Idea, Panels, Plan, Value},
};

/// The spec of a plan.
///
/// # Errors
///
/// When a pointer points at nothing.
pub(super) fn spec(plan: &Plan, profile: &TableProfile) -> Result<ChartSpec, ActionError> {
    let columns: Vec<ScopeColumn> = profile.columns.iter().map(ScopeColumn::of).collect();
    let mut spelt = Spelt::default();
    let limit = plan.limit.map(|limit| Limit {
        count: spelt.word(&limit.count.to_string()),
        key: Some(Key {
            channel: Channel::Y,
            descending: limit.largest,
        }),
    });
    let filter = filter(&plan.tests, &mut spelt);
    let chart = TierChart {
        mark: plan.mark,
        slots: slots(plan, &columns),
        stack: plan.stack,
        sort: plan.order.and_then(|order| sort(plan, order)),
        filter,
        // What is kept by is what is measured, which lies along x where bars lie.
        limit: limit.map(|limit| Limit {
            key: limit.key.map(|key| Key {
                channel: if plan.lying { Channel::X } else { key.channel },
                ..key
            }),
            ..limit
        }),
    };
    let scope = Scope::new(columns, spelt.text, spelt.words, spelt.cells);
    lower(&chart, &scope)
}

/// Literals spelt out for pointers to point at.
#[derive(Default)]
struct Spelt {
    text: String,
    words: Vec<Range<usize>>,
    cells: Vec<CellValue>,
}

impl Spelt {
    fn word(&mut self, text: &str) -> LiteralRef {
        let start = self.text.len();
        self.text.push_str(text);
        self.words.push(start..self.text.len());
        self.text.push(' ');
        LiteralRef::Span(self.words.len() - 1, 1)
    }

    fn literal(&mut self, column: usize, quoted: &Quoted) -> LiteralRef {
        match quoted {
            Quoted::Text(text) => {
                self.cells.push(CellValue {
                    column,
                    literal: Literal::Text(text.clone()),
                });
                LiteralRef::Value(self.cells.len() - 1)
            }
            Quoted::Number(number) => self.word(&number.to_string()),
            Quoted::Day(day) => self.word(day),
            Quoted::Truth(truth) => LiteralRef::Truth(*truth),
        }
    }
}

fn filter(tests: &[condition::Test], spelt: &mut Spelt) -> Option<Condition> {
    let mut parts: Vec<Condition> = tests.iter().map(|test| one(test, spelt)).collect();
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Condition::All(parts)),
    }
}

fn one(test: &condition::Test, spelt: &mut Spelt) -> Condition {
    let literals: Vec<LiteralRef> = test
        .values
        .iter()
        .map(|value| spelt.literal(test.column, value))
        .collect();
    let of = |comparison, literals| {
        Condition::Test(Test {
            column: test.column,
            comparison,
            literals,
        })
    };
    match (test.comparison, test.lacks_values) {
        // In a column that lacks values a list is one of several equalities.
        (Comparison::In, true) => Condition::Any(
            literals
                .into_iter()
                .map(|literal| of(Comparison::Equal, vec![literal]))
                .collect(),
        ),
        (comparison, _) => of(comparison, literals),
    }
}

fn sort(plan: &Plan, order: plan::Order) -> Option<(Channel, Order)> {
    let (groups, values) = match plan.lying {
        true => (Channel::Y, Channel::X),
        false => (Channel::X, Channel::Y),
    };
    match order {
        plan::Order::ByValue(descending) => Some((groups, Order::By(values, descending))),
        plan::Order::ByGroup(true) => Some((groups, Order::SelfDescending)),
        // As it is without a word.
        plan::Order::ByGroup(false) => None,
    }
}

fn slots(plan: &Plan, columns: &[ScopeColumn]) -> Vec<Slot> {
    let value = shown_value(plan.value);
    let group = |channel| {
        plan.group
            .map(|group| dimension(plan.mark, channel, group, columns))
    };
    let mut slots: Vec<(Channel, Shown)> = Vec::new();
    let mut put = |channel, shown: Option<Shown>| slots.extend(shown.map(|shown| (channel, shown)));
    let series = |channel| {
        plan.series
            .map(|series| dimension(plan.mark, channel, series, columns))
    };
    match (plan.idea, plan.mark) {
        (Idea::Heat, _) => {
            put(Channel::X, group(Channel::X));
            put(Channel::Y, series(Channel::Y));
            put(Channel::Color, Some(value));
        }
        (Idea::Share, Mark::Arc) => {
            put(Channel::Color, group(Channel::Color));
            put(Channel::Theta, Some(value));
        }
        (Idea::Relationship, _) => {
            put(Channel::X, Some(value));
            put(Channel::Y, plan.second.map(shown_value));
            put(Channel::Color, series(Channel::Color));
            put(Channel::Size, plan.size.map(shown_value));
            put(Channel::Detail, group(Channel::Detail));
        }
        (Idea::Spread, Mark::Tick) => {
            put(Channel::X, Some(value));
            put(Channel::Y, group(Channel::Y));
        }
        (Idea::Spread, _) if plan.group.is_none() => put(Channel::X, Some(value)),
        _ if plan.lying => {
            put(Channel::X, Some(value));
            put(Channel::Y, group(Channel::Y));
            if plan.idea == Idea::Grouped {
                put(Channel::YOffset, series(Channel::YOffset));
            }
            put(Channel::Color, series(Channel::Color));
        }
        _ => {
            put(Channel::X, group(Channel::X));
            put(Channel::Y, Some(value));
            if plan.idea == Idea::Grouped {
                put(Channel::XOffset, series(Channel::XOffset));
            }
            put(Channel::Color, series(Channel::Color));
        }
    }
    if let Some((panels, at)) = plan.panels {
        let channel = match panels {
            Panels::Wrapped => Channel::Facet,
            Panels::Rows => Channel::Row,
            Panels::Columns => Channel::Column,
        };
        put(channel, Some(plain(at, None)));
    }
    slots
        .into_iter()
        .map(|(channel, shown)| Slot { channel, shown })
        .collect()
}

fn plain(at: usize, level: Option<FieldType>) -> Shown {
    Shown {
        level,
        function: Function::Raw,
        column: Some(at),
    }
}

fn shown_value(value: Value) -> Shown {
    let (function, column) = match value {
        Value::Count => (Function::Count, None),
        Value::Raw(at) => (Function::Raw, Some(at)),
        Value::Summary(summary, at) => (Function::Summary(summary), Some(at)),
    };
    Shown {
        level: None,
        function,
        column,
    }
}

fn dimension(mark: Mark, channel: Channel, group: Dimension, columns: &[ScopeColumn]) -> Shown {
    let column = Some(group.column());
    let (function, level) = match group {
        // Numbers that group rows are said to where an axis would take them for quantities.
        Dimension::Category(at) => {
            let on_axis =
                matches!(channel, Channel::X | Channel::Y) && !(mark == Mark::Bar && channel == Channel::X);
            let number = columns[at].is_number() && on_axis;
            (Function::Raw, number.then_some(FieldType::Ordinal))
        }
        Dimension::Moment(_) => (Function::Raw, None),
        Dimension::Time(_, unit) => (Function::Unit(unit), None),
        Dimension::Bins(_, bins) => (Function::Bin(bins), None),
    };
    Shown {
        level,
        function,
        column,
    }
}
