//! Relations that were planted, and none where there are none.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray, TimestampMicrosecondArray};
use marey_core::FieldName;
use marey_profile::{Agreement, ElapsedUnit, Formula, ProfileOptions, TableProfile, TimePart, profile};
use proptest::prelude::*;

use crate::built::{profiled, table};

/// A number below `bound` that looks random.
fn mixed(row: u64, column: u64, bound: u64) -> u64 {
    let mut h = (row ^ (column << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h = (h ^ (h >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (h ^ (h >> 32)) % bound
}

fn ints(rows: u64, value: impl Fn(u64) -> i64) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values((0..rows).map(value)))
}

fn floats(rows: u64, value: impl Fn(u64) -> f64) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values((0..rows).map(value)))
}

fn texts(rows: u64, value: impl Fn(u64) -> String) -> ArrayRef {
    Arc::new(StringArray::from_iter_values((0..rows).map(value)))
}

fn cents(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn names(columns: &[FieldName]) -> Vec<&str> {
    columns.iter().map(FieldName::as_str).collect()
}

fn keys(profile: &TableProfile) -> Vec<Vec<&str>> {
    profile.keys.iter().map(|key| names(key)).collect()
}

fn derived(profile: &TableProfile) -> Vec<(&str, &Formula)> {
    profile
        .relations
        .derived
        .iter()
        .map(|derived| (derived.column.as_str(), &derived.formula))
        .collect()
}

fn duplicates(profile: &TableProfile) -> Vec<(&str, &str, Agreement)> {
    profile
        .relations
        .duplicates
        .iter()
        .map(|duplicate| (duplicate.of.as_str(), duplicate.column.as_str(), duplicate.how))
        .collect()
}

#[test]
fn columns_name_rows_together_where_no_smaller_set_does() {
    // Forty stations, each hour of thirty days.
    let n = 40 * 24 * 30;
    let options = ProfileOptions::default();
    let profile = profile(
        &table(vec![
            ("station", texts(n, |row| format!("S{:02}", row % 40))),
            ("hour", texts(n, |row| format!("h{:02}", row / 40 % 24))),
            ("day", texts(n, |row| format!("day {}", row / 960))),
            (
                "reading",
                floats(n, |row| cents(mixed(row, 1, 100_000) as f64 / 7.0)),
            ),
        ]),
        &options,
    );
    assert_eq!(keys(&profile), [["station", "hour", "day"]]);
    assert!(profile.relations.key_candidates.is_empty());
}

#[test]
fn what_is_unique_by_chance_is_no_key() {
    let n = 60;
    let profile = profiled(vec![
        // Sixty instants within a year: they could hardly coincide.
        (
            "at",
            Arc::new(TimestampMicrosecondArray::from_iter_values(
                (0..n).map(|row| mixed(row, 1, 31_536_000) as i64 * 1_000_000),
            )),
        ),
        ("weight", floats(n, |row| row as f64 * 1.37 + 0.25)),
        // Fifty and forty values: sixty rows seldom agree in both.
        ("a", texts(n, |row| format!("a{}", (row + row / 50) % 50))),
        ("b", texts(n, |row| format!("b{}", row * 7 % 40))),
    ]);
    assert!(keys(&profile).is_empty(), "{:?}", profile.keys);
}

#[test]
fn a_row_that_occurs_twice_has_no_key() {
    let n = 400;
    let columns = |rows: u64| {
        vec![
            ("x", texts(rows, |row| format!("x{}", row % n % 20))),
            ("y", texts(rows, |row| format!("y{}", row % n / 20))),
        ]
    };
    assert_eq!(keys(&profiled(columns(n))), [["x", "y"]]);
    assert!(keys(&profiled(columns(n + 1))).is_empty());
}

#[test]
fn keys_of_long_tables_are_proven_on_all_rows() {
    let options = ProfileOptions {
        sample_rows: 1000,
        ..ProfileOptions::default()
    };
    for (twice, expected) in [(false, vec![vec!["x", "y"]]), (true, vec![])] {
        let row = |row: u64| if twice && row == 9_000 { 77 } else { row };
        let found = profile(
            &table(vec![
                ("x", texts(10_000, |at| format!("x{}", row(at) % 100))),
                ("y", texts(10_000, |at| format!("y{}", row(at) / 100))),
            ]),
            &options,
        );
        assert_eq!(keys(&found), expected);
        assert!(found.relations.key_candidates.is_empty());
    }
}

#[test]
fn dependencies_are_exact_or_nearly_so_and_have_support() {
    let n = 2000;
    let product = |row: u64| mixed(row, 1, 50);
    let profile = profiled(vec![
        ("product", texts(n, |row| format!("p{}", product(row)))),
        ("group", texts(n, |row| format!("g{}", product(row) % 7))),
        // Forty rows of two thousand were written wrongly.
        (
            "shelf",
            texts(n, |row| match row % 50 {
                49 => "lost".to_owned(),
                _ => format!("s{}", product(row) % 11),
            }),
        ),
        ("city", texts(n, |row| format!("c{}", mixed(row, 2, 30)))),
    ]);
    let found: Vec<_> = profile
        .dependencies
        .iter()
        .map(|d| (d.from.as_str(), d.to.as_str(), d.error, d.support, d.exact))
        .collect();
    assert_eq!(found, [("product", "group", 0.0, 1950, true)]);
    let nearly: Vec<_> = profile
        .relations
        .approximate_dependencies
        .iter()
        .map(|d| (d.from.as_str(), d.to.as_str(), d.error))
        .collect();
    assert_eq!(nearly, [("product", "shelf", 0.02)]);
}

#[test]
fn few_rows_prove_no_dependency() {
    // Each deciding value twice or thrice; the follower has two values: chance would do.
    let profile = profiled(vec![
        ("a", texts(8, |row| format!("a{}", row % 4))),
        (
            "b",
            texts(8, |row| if row % 4 < 2 { "x".into() } else { "y".into() }),
        ),
    ]);
    assert!(profile.dependencies.is_empty());
    // Nearly all rows have the same value: that it follows says nothing.
    let profile = profiled(vec![
        ("a", texts(100, |row| format!("a{}", row % 20))),
        (
            "b",
            texts(100, |row| if row == 7 { "x".into() } else { "y".into() }),
        ),
    ]);
    assert!(profile.dependencies.is_empty() && profile.relations.approximate_dependencies.is_empty());
}

#[test]
fn rows_written_twice_are_no_evidence() {
    let columns = |times: u64| {
        vec![
            ("a", texts(60 * times, |row| format!("a{}", row % 60))),
            (
                "b",
                texts(60 * times, |row| format!("b{}", mixed(row % 60, 3, 9))),
            ),
        ]
    };
    assert!(profiled(columns(1)).dependencies.is_empty());
    assert!(profiled(columns(3)).dependencies.is_empty());
}

#[test]
fn two_columns_can_decide_together() {
    let n = 3000;
    let (x, y) = (|row| mixed(row, 1, 12), |row| mixed(row, 2, 10));
    let profile = profiled(vec![
        ("size", texts(n, |row| format!("size {}", x(row)))),
        ("colour", texts(n, |row| format!("colour {}", y(row)))),
        (
            "box",
            texts(n, |row| format!("box {}", (x(row) * 5 + y(row) * 3) % 7)),
        ),
        ("city", texts(n, |row| format!("city {}", mixed(row, 3, 8)))),
    ]);
    assert!(profile.dependencies.is_empty());
    let found: Vec<_> = profile
        .relations
        .composite_dependencies
        .iter()
        .map(|d| (names(&d.from), d.to.as_str(), d.exact))
        .collect();
    assert_eq!(found, [(vec!["size", "colour"], "box", true)]);
}

#[test]
fn hierarchies_run_from_coarse_to_fine() {
    let n = 4000;
    let city = |row: u64| mixed(row, 1, 200);
    let profile = profiled(vec![
        ("city", texts(n, |row| format!("city {}", city(row)))),
        ("region", texts(n, |row| format!("region {}", city(row) % 30))),
        ("region_code", texts(n, |row| format!("R{}", city(row) % 30))),
        (
            "country",
            texts(n, |row| format!("country {}", city(row) % 30 % 6)),
        ),
        (
            "product",
            texts(n, |row| format!("product {}", mixed(row, 2, 40))),
        ),
    ]);
    let found: Vec<Vec<(&str, u64)>> = profile
        .relations
        .hierarchies
        .iter()
        .map(|hierarchy| {
            let levels = hierarchy.levels.iter();
            levels
                .map(|level| (level.column.as_str(), level.distinct))
                .collect()
        })
        .collect();
    assert_eq!(found, [[("country", 6), ("region", 30), ("city", 200)]]);
}

#[test]
fn repeated_columns_are_told_by_how_they_agree() {
    let n = 1000;
    let km = |row: u64| cents(mixed(row, 1, 100_000) as f64 / 37.0);
    let city = |row: u64| format!("city of {}", mixed(row, 2, 60));
    let profile = profiled(vec![
        ("km", floats(n, km)),
        ("city", texts(n, city)),
        ("distance", floats(n, km)),
        ("miles", floats(n, |row| cents(km(row) / 1.609_344))),
        ("town", texts(n, |row| city(row).to_uppercase().replace(' ', "_"))),
        (
            "place",
            texts(n, |row| if row % 200 == 0 { "?".into() } else { city(row) }),
        ),
        (
            "late",
            texts(n, |row| if row % 500 == 1 { "yes".into() } else { "no".into() }),
        ),
        (
            "lost",
            texts(n, |row| if row % 500 == 2 { "yes".into() } else { "no".into() }),
        ),
        (
            "other",
            floats(n, |row| cents(km(row) + mixed(row, 3, 100) as f64)),
        ),
    ]);
    let found = duplicates(&profile);
    let [a, (of, column, Agreement::Rescaled { factor, offset }), b, c] = found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(a, ("km", "distance", Agreement::Same));
    assert_eq!((of, column, offset), ("km", "miles", 0.0));
    assert!((factor * 1.609_344 - 1.0).abs() < 1e-4, "{factor}");
    assert_eq!(b, ("city", "town", Agreement::Spelling));
    assert_eq!(c, ("city", "place", Agreement::Nearly));
    assert_eq!(profile.relations.duplicates[3].share, 0.995);
}

#[test]
fn arithmetic_is_found_as_people_would_say_it() {
    let n = 500;
    let price = |row: u64| cents(2.0 + mixed(row, 1, 5000) as f64 / 100.0);
    let quantity = |row: u64| 1 + mixed(row, 2, 40) as i64;
    let revenue = |row: u64| cents(mixed(row, 3, 900_000) as f64 / 100.0);
    let cost = |row: u64| cents(mixed(row, 4, 900_000) as f64 / 100.0);
    let cases = |row: u64| 50 + mixed(row, 5, 4000) as i64;
    let people = |row: u64| 20_000 + mixed(row, 6, 900_000) as i64;
    let rate = |row: u64| (cases(row) as f64 / people(row) as f64 * 1e6).round() / 10.0;
    let part = |column| move |row: u64| mixed(row, column, 700) as i64;
    let profile = profiled(vec![
        ("price", floats(n, price)),
        ("quantity", ints(n, quantity)),
        ("total", floats(n, |row| cents(price(row) * quantity(row) as f64))),
        ("revenue", floats(n, revenue)),
        ("cost", floats(n, cost)),
        ("profit", floats(n, |row| cents(revenue(row) - cost(row)))),
        ("cases", ints(n, cases)),
        ("population", ints(n, people)),
        ("rate", floats(n, rate)),
        ("north", ints(n, part(11))),
        ("middle", ints(n, part(12))),
        ("south", ints(n, part(13))),
        (
            "all",
            ints(n, |row| part(11)(row) + part(12)(row) + part(13)(row)),
        ),
    ]);
    let name = |name: &str| FieldName::new(name);
    let expected = [
        (
            "total",
            Formula::Product {
                of: [name("price"), name("quantity")],
            },
        ),
        (
            "profit",
            Formula::Difference {
                of: [name("revenue"), name("cost")],
            },
        ),
        (
            "rate",
            Formula::Quotient {
                of: [name("cases"), name("population")],
                factor: 1e5,
            },
        ),
        (
            "all",
            Formula::Sum {
                of: vec![name("north"), name("middle"), name("south")],
            },
        ),
    ];
    let expected: Vec<(&str, &Formula)> = expected
        .iter()
        .map(|(column, formula)| (*column, formula))
        .collect();
    assert_eq!(derived(&profile), expected);
    assert!(
        profile
            .relations
            .derived
            .iter()
            .all(|derived| derived.share == 1.0 && derived.exact)
    );
}

#[test]
fn time_is_taken_apart_and_measured() {
    let n = 300;
    let out = |row: u64| 15_000 + mixed(row, 1, 2000) as i64;
    let nights = |row: u64| 1 + mixed(row, 2, 20) as i64;
    let day = |of: &dyn Fn(u64) -> i64| -> ArrayRef {
        Arc::new(Date32Array::from_iter_values((0..n).map(|row| of(row) as i32)))
    };
    let month = |row: u64| {
        let date = arrow::temporal_conversions::date32_to_datetime(out(row) as i32).unwrap();
        date.format("%-m").to_string().parse().unwrap()
    };
    let profile = profiled(vec![
        ("arrival", day(&out)),
        ("departure", day(&|row| out(row) + nights(row))),
        ("nights", ints(n, nights)),
        ("month", ints(n, month)),
    ]);
    let elapsed = Formula::Elapsed {
        of: [FieldName::new("departure"), FieldName::new("arrival")],
        unit: ElapsedUnit::Days,
        whole: false,
    };
    let part = Formula::TimePart {
        of: FieldName::new("arrival"),
        part: TimePart::Month,
    };
    assert_eq!(derived(&profile), [("nights", &elapsed), ("month", &part)]);
}

#[test]
fn shares_of_a_whole_add_up_across_columns_and_within_groups() {
    let n = 240;
    let red = |row: u64| (mixed(row, 1, 500) as f64) / 10.0;
    let green = |row: u64| (mixed(row, 2, 400) as f64) / 10.0;
    // Four parties per region, sixty regions: 40, 30, 20, 10 of each in turn.
    let vote = |row: u64| [40.0, 30.0, 20.0, 10.0][((row % 4 + row / 4) % 4) as usize];
    let profile = profiled(vec![
        ("red", floats(n, red)),
        ("green", floats(n, green)),
        (
            "blue",
            floats(n, |row| ((100.0 - red(row) - green(row)) * 10.0).round() / 10.0),
        ),
        ("region", texts(n, |row| format!("region {}", row / 4))),
        (
            "vote",
            floats(n, |row| vote(row) + if row % 2 == 0 { 0.25 } else { -0.25 }),
        ),
    ]);
    let found: Vec<_> = profile
        .relations
        .shares
        .iter()
        .map(|shares| {
            (
                names(&shares.columns),
                names(&shares.within),
                shares.total,
                shares.share,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (vec!["red", "green", "blue"], vec![], 100.0, 1.0),
            (vec!["vote"], vec!["region"], 100.0, 1.0),
        ]
    );
}

#[test]
fn values_missing_together_are_grouped_nested_and_counted() {
    let n = 600;
    let optional = |keep: &dyn Fn(u64) -> bool, column: u64| -> ArrayRef {
        Arc::new(Int64Array::from_iter(
            (0..n).map(|row| keep(row).then(|| mixed(row, column, 90) as i64)),
        ))
    };
    let profile = profiled(vec![
        ("id", ints(n, |row| 7000 + row as i64)),
        ("lat", optional(&|row| row % 10 != 0, 1)),
        ("lon", optional(&|row| row % 10 != 0, 2)),
        ("height", optional(&|row| row % 5 != 0, 3)),
        ("depth", optional(&|row| mixed(row, 9, 4) != 0, 4)),
    ]);
    let missing = &profile.relations.missing;
    assert_eq!(missing.groups.len(), 1);
    assert_eq!(names(&missing.groups[0].columns), ["lat", "lon"]);
    let nested: Vec<_> = missing
        .nested
        .iter()
        .map(|nested| (nested.column.as_str(), nested.inside.as_str()))
        .collect();
    assert_eq!(nested, [("lat", "height")]);
    assert_eq!(
        missing
            .patterns
            .iter()
            .map(|pattern| pattern.rows.value)
            .sum::<u64>(),
        n
    );
    let most = &missing.patterns[0];
    assert!(most.columns.is_empty() && most.rows.exact);
    assert_eq!(
        most.rows.value,
        (0..n)
            .filter(|row| row % 5 != 0 && mixed(*row, 9, 4) != 0)
            .count() as u64
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Independent columns of all sorts: nothing is told of them, whatever the seed and length.
    #[test]
    fn nothing_is_found_where_nothing_is(rows in 0..400_u64, seed in 0..1_000_000_u64) {
        let value = |row, column: u64, bound| mixed(row + seed * 1000, column, bound);
        let profile = profiled(vec![
            ("measured", floats(rows, |row| cents(value(row, 1, 100_000) as f64 / 3.0))),
            ("small", floats(rows, |row| value(row, 2, 40) as f64 / 10.0)),
            ("amount", ints(rows, |row| value(row, 3, 1000) as i64)),
            ("points", ints(rows, |row| value(row, 4, 12) as i64)),
            ("city", texts(rows, |row| format!("city {}", value(row, 5, 25)))),
            ("kind", texts(rows, |row| format!("kind {}", value(row, 6, 4)))),
            ("flag", texts(rows, |row| ["yes", "no"][value(row, 7, 2) as usize].to_owned())),
        ]);
        let relations = &profile.relations;
        prop_assert!(profile.dependencies.is_empty(), "{:?}", profile.dependencies);
        prop_assert!(relations.approximate_dependencies.is_empty(), "{:?}", relations);
        prop_assert!(relations.composite_dependencies.is_empty(), "{:?}", relations);
        prop_assert!(relations.duplicates.is_empty() && relations.derived.is_empty(), "{:?}", relations);
        prop_assert!(relations.hierarchies.is_empty() && relations.shares.is_empty(), "{:?}", relations);
        // The few texts of a short table may well all differ.
        let by_chance = |key: &Vec<FieldName>| key.len() == 1 && rows < 30;
        prop_assert!(profile.keys.iter().all(by_chance), "{:?}", profile.keys);
    }
}
