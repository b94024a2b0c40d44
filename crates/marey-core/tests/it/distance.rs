//! The distance of charts: a metric up to rounding, ordered as one would order charts.

use proptest::prelude::*;

use crate::{
    examples::{EXAMPLES, read},
    strategy::{chart_spec, nearly_a_spec},
};

const BASE: &str = r#"{"mark": "bar", "encoding": {"x": {"field": "a", "type": "nominal"},
    "y": {"aggregate": "mean", "field": "v", "type": "quantitative"}, "color": {"field": "c", "type": "nominal"}}}"#;

fn check(replace: &str, by: &str, expected: f64) {
    let changed = BASE.replace(replace, by);
    assert_ne!(changed, BASE);
    let (a, b) = (read(BASE), read(&changed));
    assert!(
        (a.distance(&b) - expected).abs() < 1e-9,
        "{changed}: {}",
        a.distance(&b)
    );
    assert_eq!(a.distance(&b), b.distance(&a));
}

#[test]
fn single_edits_cost_what_the_table_says() {
    check(r#""mark": "bar""#, r#""mark": "line""#, 0.04);
    check(r#""mean""#, r#""sum""#, 0.63);
    check(r#""field": "a""#, r#""field": "b""#, 4.71);
    check(r#""color""#, r#""shape""#, 4.43);
    check(r#", "color": {"field": "c", "type": "nominal"}"#, "", 4.55);
    check(
        r#""mark": "bar""#,
        r#""mark": {"type": "bar", "opacity": 0.5}"#,
        0.05,
    );
    check(
        r#""mark""#,
        r#""transform": [{"filter": "datum.a"}], "mark""#,
        0.65,
    );
}

#[test]
fn exchanging_the_axes_is_one_edit() {
    let exchanged = BASE
        .replace(r#""x""#, r#""t""#)
        .replace(r#""y""#, r#""x""#)
        .replace(r#""t""#, r#""y""#);
    assert!((read(BASE).distance(&read(&exchanged)) - 4.42).abs() < 1e-9);
}

#[test]
fn small_changes_are_nearer_than_large_ones() {
    let line = BASE.replace(r#""mark": "bar""#, r#""mark": "line""#);
    let layered = format!(r#"{{"layer": [{BASE}, {line}]}}"#);
    let base = read(BASE);
    assert!(base.distance(&read(&line)) < base.distance(&read(&layered)));
    assert!(base.distance(&read(&layered)) < base.distance(&read(EXAMPLES[0].1)));
}

#[test]
fn no_two_examples_are_the_same() {
    for (i, (one, text)) in EXAMPLES.iter().enumerate() {
        for (j, (other, other_text)) in EXAMPLES.iter().enumerate() {
            let distance = read(text).distance(&read(other_text));
            assert_eq!(distance == 0.0, i == j, "{one} {other}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn distances_are_symmetric_and_zero_for_the_same_alone(a in chart_spec(), b in chart_spec()) {
        let there = a.distance(&b);
        prop_assert!((there - b.distance(&a)).abs() < 1e-6);
        prop_assert_eq!(there == 0.0, a.canonical() == b.canonical());
        prop_assert_eq!(a.distance(&a), 0.0);
    }

    #[test]
    fn no_way_round_is_shorter(a in chart_spec(), b in chart_spec(), c in chart_spec()) {
        prop_assert!(a.distance(&c) <= a.distance(&b) + b.distance(&c) + 0.06);
    }

    #[test]
    fn anything_that_reads_has_distances(a in nearly_a_spec(), b in nearly_a_spec()) {
        let read = |value| marey_core::ChartSpec::from_json(value).map(|read| read.value);
        if let (Ok(a), Ok(b)) = (read(&a), read(&b)) {
            prop_assert!(a.distance(&b).is_finite());
        }
    }
}
