//! The numbers of insights over time.

use marey_core::FieldName;

use super::{Asked, count, mean, sides, values};
use crate::{
    Condition, Insight, Phase, Quantity, Query, Summary, Test,
    column::{Columns, DAY_MS, floor},
};

pub(super) fn composition(insight: &Insight, d: &FieldName, time: &FieldName) -> Asked {
    let (inside, _) = sides(insight, d);
    let at = insight.locator.at_ms.unwrap_or(0);
    let early = Condition::on(time, Test::During(i64::MIN, at));
    let late = Condition::on(time, Test::During(at, i64::MAX));
    let known = Condition::on(d, Test::Present);
    let share = |when: &Condition| {
        let rows = [inside.clone(), vec![when.clone()]].concat();
        count(rows).over(count(vec![known.clone(), when.clone()]))
    };
    vec![
        (Quantity::Before, share(&early)),
        (Quantity::After, share(&late)),
        (Quantity::Change, share(&late).less(share(&early))),
        (Quantity::BeforeRows, count(vec![known.clone(), early])),
        (Quantity::AfterRows, count(vec![known, late])),
    ]
}
fn within(insight: &Insight) -> Vec<Condition> {
    insight
        .subspace
        .iter()
        .map(|(d, value)| Condition::on(d, Test::Is(value.clone())))
        .collect()
}
/// Slope, and the means of the first and the last quarter of the axis.
pub(super) fn trend(insight: &Insight, m: &FieldName, time: &FieldName, columns: &Columns) -> Asked {
    let rows = within(insight);
    let slope = |rows: Vec<Condition>| Query::of(Summary::SlopePerDay(m.clone(), time.clone()), rows);
    let mut asked = vec![
        (Quantity::Rows, values(m, rows.clone())),
        (Quantity::SlopePerDay, slope(rows.clone())),
        (Quantity::Mean, mean(m, rows.clone())),
    ];
    if let Some((d, value)) = insight.subspace.first() {
        asked.push((
            Quantity::RestSlopePerDay,
            slope(vec![Condition::on(d, Test::Other(value.clone()))]),
        ));
    }
    if let Some(axis) = &columns.time {
        let quarter = axis.ticks as i64 * axis.tick_ms / 4;
        let end = axis.start_ms + axis.ticks as i64 * axis.tick_ms;
        let part = |from: i64, to: i64| {
            let when = Condition::on(time, Test::During(from, to));
            mean(m, [rows.clone(), vec![when]].concat())
        };
        let (first, last) = (
            part(axis.start_ms, axis.start_ms + quarter),
            part(end - quarter, end),
        );
        asked.push((Quantity::Before, first.clone()));
        asked.push((Quantity::After, last.clone()));
        asked.push((Quantity::Change, last.less(first)));
    }
    asked
}
pub(super) fn step(insight: &Insight, m: &FieldName, time: &FieldName) -> Asked {
    let at = insight.locator.at_ms.unwrap_or(0);
    let early = vec![Condition::on(time, Test::During(i64::MIN, at))];
    let late = vec![Condition::on(time, Test::During(at, i64::MAX))];
    vec![
        (Quantity::Before, mean(m, early.clone())),
        (Quantity::After, mean(m, late.clone())),
        (
            Quantity::Change,
            mean(m, late.clone()).less(mean(m, early.clone())),
        ),
        (Quantity::BeforeRows, values(m, early)),
        (Quantity::AfterRows, values(m, late)),
    ]
}
pub(super) fn stretch(insight: &Insight, m: &FieldName, time: &FieldName) -> Asked {
    let (from, to) = (
        insight.locator.at_ms.unwrap_or(0),
        insight.locator.until_ms.unwrap_or(0),
    );
    let inside = vec![Condition::on(time, Test::During(from, to))];
    let outside = vec![Condition::on(time, Test::NotDuring(from, to))];
    vec![
        (Quantity::FocusMean, mean(m, inside.clone())),
        (Quantity::RestMean, mean(m, outside.clone())),
        (
            Quantity::MeanDifference,
            mean(m, inside.clone()).less(mean(m, outside.clone())),
        ),
        (Quantity::FocusRows, values(m, inside)),
        (Quantity::RestRows, values(m, outside)),
    ]
}
/// The last complete period and the one before, with the dimension whose categories tell most of the
/// change of the sum, and the change of the mean split into mix and rate (Kitagawa 1955).
pub(super) fn periods(insight: &Insight, m: &FieldName, time: &FieldName, columns: &Columns) -> Asked {
    let Some((before, last)) = two_periods(insight, time, columns) else {
        return Vec::new();
    };
    let sum = |rows: &[Condition]| Query::of(Summary::Sum(m.clone()), rows.to_vec());
    let (early, late) = (vec![before.clone()], vec![last.clone()]);
    let mut asked = vec![
        (Quantity::Before, mean(m, early.clone())),
        (Quantity::After, mean(m, late.clone())),
        (
            Quantity::Change,
            mean(m, late.clone()).less(mean(m, early.clone())),
        ),
        (Quantity::BeforeRows, values(m, early.clone())),
        (Quantity::AfterRows, values(m, late.clone())),
        (Quantity::Sum, sum(&late)),
        (Quantity::SumChange, sum(&late).less(sum(&early))),
    ];
    asked.extend(crate::driver::drivers(m, &before, &last, columns));
    asked
}
/// Conditions of the period before and of the last one.
fn two_periods(insight: &Insight, time: &FieldName, columns: &Columns) -> Option<(Condition, Condition)> {
    let axis = columns.time.as_ref()?;
    let two = crate::family::LastTwo::of(axis)?;
    let (last, end) = (insight.locator.at_ms?, insight.locator.until_ms?);
    Some((
        Condition::on(time, Test::During(two.before_ms, last)),
        Condition::on(time, Test::During(last, end)),
    ))
}
pub(super) fn shares(insight: &Insight, d: &FieldName, time: &FieldName) -> Asked {
    let (Some(last), Some(end), Some(bucket)) = (
        insight.locator.at_ms,
        insight.locator.until_ms,
        insight.locator.bucket,
    ) else {
        return Vec::new();
    };
    let (inside, _) = sides(insight, d);
    let known = Condition::on(d, Test::Present);
    let before = Condition::on(time, Test::During(floor(bucket, last - 1), last));
    let after = Condition::on(time, Test::During(last, end));
    let share = |when: &Condition| {
        let rows = [inside.clone(), vec![when.clone()]].concat();
        count(rows).over(count(vec![known.clone(), when.clone()]))
    };
    vec![
        (Quantity::Before, share(&before)),
        (Quantity::After, share(&after)),
        (Quantity::Change, share(&after).less(share(&before))),
        (Quantity::BeforeRows, count(vec![known.clone(), before])),
        (Quantity::AfterRows, count(vec![known, after])),
    ]
}
/// Rows of the category, and of all categories before it came or after it went.
pub(super) fn appearance(insight: &Insight, d: &FieldName, time: &FieldName) -> Asked {
    let (inside, _) = sides(insight, d);
    let at = insight.locator.at_ms.unwrap_or(0);
    let early = Condition::on(time, Test::During(i64::MIN, at));
    let late = Condition::on(time, Test::During(at, i64::MAX));
    let known = Condition::on(d, Test::Present);
    vec![
        (Quantity::FocusRows, count(inside)),
        (Quantity::BeforeRows, count(vec![known.clone(), early])),
        (Quantity::AfterRows, count(vec![known, late])),
    ]
}
/// Means of the quarter of the cycle about the peak, and of the opposite quarter.
pub(super) fn season(insight: &Insight, m: &FieldName, time: &FieldName) -> Asked {
    let (Some(peak), Some(period)) = (insight.locator.at_ms, insight.locator.period_days) else {
        return Vec::new();
    };
    let part = |from: f64| {
        let phase = Phase {
            origin_ms: peak,
            period_ms: period * DAY_MS as f64,
            from,
            length: 0.25,
        };
        mean(m, vec![Condition::on(time, Test::Phase(phase))])
    };
    let (high, low) = (part(-0.125), part(0.375));
    vec![
        (Quantity::Rows, values(m, vec![])),
        (Quantity::PeakMean, high.clone()),
        (Quantity::TroughMean, low.clone()),
        (Quantity::MeanDifference, high.less(low)),
    ]
}
