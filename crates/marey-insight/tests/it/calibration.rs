//! P-values of noise are spread as they should be, whatever noise it is.

use std::collections::BTreeMap;

use marey_insight::{InsightKind, MineOptions, test_family};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;

use crate::tables::{Columns, Source, noise};

/// Share of p-values at or below a level: at most the level and three and a half standard errors.
fn check(name: &str, tables: impl Iterator<Item = Table>, skip: &[InsightKind]) {
    let mut by_kind: BTreeMap<InsightKind, Vec<f64>> = BTreeMap::new();
    for table in tables {
        let profile = profile(&table, &ProfileOptions::default());
        for tested in test_family(&table, &profile, &MineOptions::default()) {
            by_kind.entry(tested.kind).or_default().push(tested.p);
        }
    }
    for (kind, p) in by_kind.iter().filter(|(kind, _)| !skip.contains(kind)) {
        for level in [0.1, 0.01, 0.001] {
            let n = p.len() as f64;
            let found = p.iter().filter(|p| **p <= level).count() as f64;
            let most = n * level + 3.5 * (n * level).sqrt() + 1.0;
            assert!(
                found <= most,
                "{name}, {kind}: {found} of {n} at or below {level}, at most {most:.1}"
            );
        }
    }
    assert!(
        by_kind.len() >= 8,
        "{name}: only {} kinds were asked",
        by_kind.len()
    );
}

#[test]
fn independent_rows() {
    check(
        "independent",
        (0..60).map(|seed| noise(seed, 600).table()),
        &[InsightKind::Evenness],
    );
}

#[test]
fn zeros_ties_and_tails() {
    let table = |seed: u64| {
        let mut source = Source(seed);
        let labels: Vec<String> = (0..500).map(|_| format!("c{}", source.below(5))).collect();
        let others: Vec<String> = (0..500).map(|_| format!("k{}", source.below(4))).collect();
        let zeros: Vec<f64> = (0..500)
            .map(|_| {
                if source.below(10) < 6 {
                    0.0
                } else {
                    (1.0 + source.normal()).exp()
                }
            })
            .collect();
        let ties: Vec<f64> = (0..500).map(|_| source.below(7) as f64).collect();
        let tails: Vec<f64> = (0..500)
            .map(|_| source.normal() / source.uniform().sqrt())
            .collect();
        Columns::default()
            .texts("a", labels)
            .texts("b", others)
            .numbers("zeros", zeros)
            .numbers("ties", ties)
            .numbers("tails", tails)
            .table()
    };
    let skip = [InsightKind::Evenness, InsightKind::Multimodal];
    check("zeros, ties, tails", (1000..1080).map(table), &skip);
}

#[test]
fn rows_that_remember_their_neighbours() {
    let table = |seed: u64| {
        let mut source = Source(seed);
        let rows = 1200;
        let days: Vec<i32> = (0..rows).map(|row| 19_000 + row / 3).collect();
        let labels: Vec<String> = (0..rows).map(|_| format!("c{}", source.below(4))).collect();
        let mut columns = Columns::default().dates("day", days).texts("a", labels);
        for name in ["u", "v", "w"] {
            let mut level = 0.0;
            let values: Vec<f64> = (0..rows)
                .map(|_| {
                    level = 0.85 * level + source.normal();
                    level
                })
                .collect();
            columns = columns.numbers(name, values);
        }
        columns.table()
    };
    // Peaks of a column are its own, however its rows are ordered.
    let skip = [InsightKind::Evenness, InsightKind::Multimodal];
    check("autoregressive", (2000..2060).map(table), &skip);
}
