//! Who contributed to a change between two periods: sums by category, means by mix and rate.

use marey_core::FieldName;

use crate::{
    Condition, Quantity, Query, Summary, Test,
    column::{Columns, Dimension},
};

/// Most categories of a dimension whose contributions are told.
const MOST: usize = 12;

/// Facts about the dimension whose strongest category moved the sum most: what that category
/// contributed, and how the change of the mean splits into a changed mix of categories and changed
/// means within them (Kitagawa 1955; the two add up to the change).
pub(crate) fn drivers(
    m: &FieldName,
    before: &Condition,
    last: &Condition,
    columns: &Columns,
) -> Vec<(Quantity, Query)> {
    let Some(measure) = columns.measures.iter().find(|measure| &measure.name == m) else {
        return Vec::new();
    };
    let few = columns
        .dimensions
        .iter()
        .filter(|dimension| (2..=MOST).contains(&dimension.len()));
    let moved = few.map(|dimension| (strongest(dimension, &measure.x, before, last, columns), dimension));
    let best = moved.max_by(|a, b| a.0.1.abs().total_cmp(&b.0.1.abs()));
    let Some(((category, _), dimension)) = best else {
        return Vec::new();
    };
    let is = |label: &String| Condition::on(&dimension.name, Test::Is(label.clone()));
    let known = Condition::on(&dimension.name, Test::Present);
    let sum =
        |when: &Condition, label: &String| Query::of(Summary::Sum(m.clone()), vec![when.clone(), is(label)]);
    let mean =
        |when: &Condition, label: &String| Query::of(Summary::Mean(m.clone()), vec![when.clone(), is(label)]);
    let share = |when: &Condition, label: &String| {
        let rows = |also: Condition| Query::of(Summary::Values(m.clone()), vec![when.clone(), also]);
        rows(is(label)).over(rows(known.clone()))
    };
    let half = |a: Query, b: Query| Query::Sum(vec![a, b]).times(Query::Number(0.5));
    let part = |mix: bool| {
        let terms = dimension.labels.iter().map(|label| {
            if mix {
                let moved = share(last, label).less(share(before, label));
                moved.times(half(mean(last, label), mean(before, label)))
            } else {
                let moved = mean(last, label).less(mean(before, label));
                moved.times(half(share(last, label), share(before, label)))
            }
        });
        Query::Sum(terms.collect())
    };
    let mut facts = vec![
        (Quantity::MixEffect, part(true)),
        (Quantity::RateEffect, part(false)),
    ];
    if let Some(label) = dimension.labels.get(category) {
        facts.push((
            Quantity::TopContribution,
            sum(last, label).less(sum(before, label)),
        ));
    }
    facts
}

/// The category whose sum changed most, and by how much.
fn strongest(
    dimension: &Dimension,
    x: &[f64],
    before: &Condition,
    last: &Condition,
    columns: &Columns,
) -> (usize, f64) {
    let mut change = vec![0.0; dimension.len() + 1];
    let Some(axis) = &columns.time else {
        return (0, 0.0);
    };
    for ((tick, code), x) in axis.tick.iter().zip(&dimension.codes).zip(x) {
        let ms = axis.ms_of_tick(*tick as usize);
        let sign = f64::from(u8::from(during(last, ms))) - f64::from(u8::from(during(before, ms)));
        if !x.is_nan() {
            change[*code as usize] += sign * x;
        }
    }
    change.truncate(dimension.len());
    let ranked = change.into_iter().enumerate();
    ranked
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
        .unwrap_or((0, 0.0))
}

fn during(condition: &Condition, ms: i64) -> bool {
    matches!(condition.test, Test::During(from, to) if (from..to).contains(&ms))
}
