//! Every number of an insight is what its query gives on the table.

use marey_insight::{Insight, Mining, with_derived};
use marey_table::Table;

use crate::tables::{Columns, Source, mined};

/// A table in which much is going on, rows out of the order of time, some values missing.
fn busy() -> Table {
    let mut source = Source(99);
    let rows = 3000;
    let day: Vec<i32> = (0..rows).map(|_| 19_000 + source.below(600) as i32).collect();
    let done: Vec<i32> = day.iter().map(|day| day + 3 + source.below(20) as i32).collect();
    let region: Vec<usize> = (0..rows).map(|_| source.below(5)).collect();
    let product: Vec<usize> = region
        .iter()
        .map(|region| {
            if source.below(3) == 0 {
                *region
            } else {
                source.below(4)
            }
        })
        .collect();
    let mut columns = Columns::default().dates("day", day.clone()).dates("done", done);
    columns = columns.texts("region", region.iter().map(|code| format!("R{code}")));
    columns = columns.texts("product", product.iter().map(|code| format!("P{code}")));
    let revenue: Vec<f64> = (0..rows)
        .map(|row| {
            let season = (std::f64::consts::TAU * f64::from(day[row]) / 30.44).cos();
            let level = if region[row] == 1 { 30.0 } else { 0.0 };
            (200.0 + level + 10.0 * season + 0.05 * f64::from(day[row] - 19_000) + 20.0 * source.normal())
                .round()
        })
        .collect();
    let cost: Vec<f64> = revenue
        .iter()
        .map(|revenue| 0.3 * revenue + 15.0 * source.normal())
        .collect();
    let gaps: arrow::array::Float64Array = (0..rows)
        .map(|row| {
            (region[row] != 2 || source.below(4) > 0)
                .then(|| source.normal() * if product[row] == 0 { 2.0 } else { 1.0 })
        })
        .collect();
    columns
        .numbers("revenue", revenue)
        .numbers("cost", cost)
        .add("rating", std::sync::Arc::new(gaps))
        .table()
}

fn all(mining: &Mining) -> Vec<&Insight> {
    let folded = mining.insights.iter().flat_map(|insight| insight.folded.iter());
    mining.insights.iter().chain(folded).collect()
}

#[test]
fn facts_are_what_their_queries_give() {
    let table = busy();
    let mining = mined(&table);
    let whole = with_derived(&table, &mining.derived).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    let mut facts = 0;
    for insight in all(&mining) {
        kinds.insert(insight.kind);
        assert!(!insight.facts.is_empty(), "{} has no numbers", insight.id);
        for fact in &insight.facts {
            let query = fact.query.as_ref().unwrap();
            let again = query.answer(&whole).unwrap().unwrap();
            let close = (again - fact.value).abs() <= 1e-9 * fact.value.abs().max(1.0);
            assert!(
                close,
                "{}: {} is {again}, not {}",
                insight.id, fact.quantity, fact.value
            );
            facts += 1;
        }
        if let Some(estimate) = insight.estimate {
            assert_eq!(
                insight.fact(estimate.quantity),
                Some(estimate.value),
                "{}",
                insight.id
            );
            assert!(
                estimate.low <= estimate.value && estimate.value <= estimate.high,
                "{}",
                insight.id
            );
        }
    }
    assert!(kinds.len() >= 5 && facts > 40, "{kinds:?}, {facts} facts");
}

#[test]
fn the_change_of_a_mean_is_mix_and_rate() {
    use marey_insight::{InsightKind, Quantity};
    let mining = mined(&busy());
    for insight in all(&mining)
        .iter()
        .filter(|insight| insight.kind == InsightKind::PeriodChange)
    {
        let parts = insight
            .fact(Quantity::MixEffect)
            .zip(insight.fact(Quantity::RateEffect));
        let (Some((mix, rate)), Some(change)) = (parts, insight.fact(Quantity::Change)) else {
            continue;
        };
        assert!(
            (mix + rate - change).abs() < 1e-6 * change.abs().max(1.0),
            "{mix} + {rate} is not {change}"
        );
    }
}
