//! Tables that should give nothing, or at least nothing foolish.

use std::sync::Arc;

use arrow::array::{Float64Array, NullArray, StringArray};
use marey_insight::{InsightKind, Locale, StoryOptions, Words, story};
use marey_profile::{ProfileOptions, profile};
use proptest::prelude::*;

use crate::tables::{Columns, Source, mined, noise};

fn check_silent(name: &str, columns: Columns) {
    let mining = mined(&columns.table());
    let said: Vec<&str> = mining
        .insights
        .iter()
        .map(|insight| insight.id.as_str())
        .collect();
    assert!(said.is_empty(), "{name}: {said:?}");
}

#[test]
fn odd_tables_give_no_nonsense() {
    let rows = 300;
    let nulls = || Arc::new(NullArray::new(rows));
    check_silent("no rows", Columns::default().numbers("x", []).texts("d", []));
    check_silent(
        "one row",
        Columns::default().numbers("x", [1.0]).texts("d", ["a".into()]),
    );
    check_silent("all null", Columns::default().add("x", nulls()).add("d", nulls()));
    let missing = Float64Array::from(vec![None; rows]);
    check_silent("no numbers", Columns::default().add("x", Arc::new(missing)));
    let constant = std::iter::repeat_n(7.0, rows);
    let names = std::iter::repeat_n("a".to_owned(), rows);
    check_silent(
        "constants",
        Columns::default().numbers("x", constant).texts("d", names),
    );
    let mut source = Source(3);
    let odd: Vec<f64> = (0..rows)
        .map(|row| match row % 50 {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            _ => source.normal(),
        })
        .collect();
    let labels: Vec<String> = (0..rows)
        .map(|_| source.below(4).min(source.below(4)).to_string() + "x")
        .collect();
    check_silent(
        "not finite",
        Columns::default().numbers("x", odd).texts("d", labels),
    );
}

#[test]
fn many_categories_are_no_categories() {
    let rows = 120_000;
    let mut source = Source(5);
    let keys: Vec<String> = (0..rows).map(|row| format!("key {row}")).collect();
    let values: Vec<f64> = (0..rows).map(|_| source.normal()).collect();
    check_silent(
        "100,000 categories",
        Columns::default().texts("key", keys).numbers("x", values),
    );
}

#[test]
fn copies_of_a_column_are_no_finding() {
    let mut source = Source(11);
    let x: Vec<f64> = (0..500).map(|_| source.normal()).collect();
    let d: Vec<String> = (0..500).map(|_| format!("c{}", source.below(5))).collect();
    let table = Columns::default()
        .numbers("x", x.clone())
        .numbers("copy", x.iter().map(|x| 3.0 * x + 1.0))
        .texts("d", d.clone())
        .texts("code", d.iter().map(|d| format!("{d}-long")))
        .table();
    let mining = mined(&table);
    assert!(
        mining.insights.is_empty(),
        "{:?}",
        mining.insights.iter().map(|i| &i.id).collect::<Vec<_>>()
    );
    assert_eq!(mining.warnings.len(), 2, "{:?}", mining.warnings);
}

#[test]
fn repeated_rows_are_told() {
    let mut source = Source(7);
    let mut x: Vec<f64> = (0..400).map(|_| source.normal()).collect();
    let mut d: Vec<String> = (0..400).map(|_| format!("c{}", source.below(5))).collect();
    x.extend_from_within(..30);
    d.extend_from_within(..30);
    let mining = mined(&Columns::default().numbers("x", x).texts("d", d).table());
    assert_eq!(
        mining.insights.first().map(|insight| insight.kind),
        Some(InsightKind::Duplicates)
    );
}

#[test]
fn many_categories_that_come_back_are_units_and_no_findings() {
    let rows = 250_000;
    let mut source = Source(6);
    let keys: Vec<String> = (0..rows)
        .map(|_| format!("user {}", source.below(100_000)))
        .collect();
    let values: Vec<f64> = (0..rows).map(|_| source.normal()).collect();
    let groups: Vec<String> = (0..rows)
        .map(|_| format!("group {}", source.below(3).min(source.below(3))))
        .collect();
    check_silent(
        "100,000 users",
        Columns::default()
            .texts("user", keys)
            .texts("group", groups)
            .numbers("x", values),
    );
}

#[test]
fn threads_do_not_matter() {
    let table = noise(42, 3000).table();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        serde_json::to_string(&pool.install(|| mined(&table))).unwrap()
    };
    assert_eq!(on(1), on(5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_table_breaks_the_miner(
        rows in 0_usize..90,
        seed in any::<u64>(),
        shape in proptest::collection::vec(0_u8..7, 1..7),
    ) {
        let mut source = Source(seed);
        let mut columns = Columns::default();
        for (at, kind) in shape.into_iter().enumerate() {
            let name = format!("c{at}");
            let number = |source: &mut Source| match kind {
                0 => source.normal(),
                1 => (source.below(3) as f64) - 1.0,
                2 => f64::NAN,
                3 => source.normal() * 1e300,
                _ => f64::INFINITY,
            };
            columns = match kind {
                0..=3 => {
                    let values: Vec<Option<f64>> = (0..rows)
                        .map(|_| (source.below(5) > 0).then(|| number(&mut source)))
                        .collect();
                    columns.add(&name, Arc::new(Float64Array::from(values)))
                }
                4 => {
                    let days: Vec<i32> = (0..rows).map(|_| source.below(100_000) as i32 - 50_000).collect();
                    columns.dates(&name, days)
                }
                5 => columns.integers(&name, (0..rows).map(|_| source.below(9000) as i64 - 99).collect::<Vec<_>>()),
                _ => {
                    let words: Vec<Option<String>> = (0..rows)
                        .map(|_| (source.below(6) > 0).then(|| format!("w{}", source.below(4))))
                        .collect();
                    columns.add(&name, Arc::new(StringArray::from(words)))
                }
            };
        }
        let table = columns.table();
        let mining = mined(&table);
        for insight in &mining.insights {
            prop_assert!(insight.p.is_finite() && insight.score.is_finite());
            prop_assert!(insight.facts.iter().all(|fact| fact.value.is_finite()));
        }
        let profile = profile(&table, &ProfileOptions::default());
        for language in Locale::LANGUAGES {
            let words = Words::new(Locale::new(language).unwrap());
            let story = story(&mining, &table, &profile, &words, &StoryOptions::default());
            for card in &story.cards {
                for text in [card.title.to_string(), card.sentence.to_string(), card.alt_long.clone()] {
                    prop_assert!(!text.trim().is_empty() && !text.contains("NaN"), "{text}");
                    prop_assert!(!text.contains(['{', '}']) && !text.contains("inf "), "{text}");
                }
            }
        }
    }
}
