//! Small tables with everything checked by hand.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, NullArray, StringArray,
    TimestampMicrosecondArray,
};
use marey_core::{FieldName, FieldType, PhysicalType, SemanticType};
use marey_profile::{
    AssociationMeasure, Dependency, Monotonicity, ProfileOptions, TableProfile, TimeGranularity, profile,
};

use crate::built::{profiled, table};

fn ints(values: impl IntoIterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values))
}

fn floats(values: impl IntoIterator<Item = f64>) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values(values))
}

fn texts<'a>(values: impl IntoIterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

#[test]
fn a_small_table_is_described_exactly() {
    let profile = profiled(vec![
        ("id", ints([1, 2, 3, 4])),
        (
            "price",
            Arc::new(Float64Array::from(vec![
                Some(1.5),
                None,
                Some(-2.0),
                Some(f64::NAN),
            ])),
        ),
        (
            "colour",
            Arc::new(StringArray::from(vec![
                Some("red"),
                Some("red"),
                Some("blue"),
                None,
            ])),
        ),
        ("ok", Arc::new(BooleanArray::from(vec![true, false, true, true]))),
    ]);
    assert_eq!(profile.rows, 4);
    assert_eq!(
        (profile.distinct_rows.value, profile.distinct_rows.exact),
        (4, true)
    );
    let id = &profile.columns[0];
    assert_eq!(id.semantic_type, Some(SemanticType::Identifier));
    assert_eq!((id.field_type, id.unique), (FieldType::Nominal, true));
    assert_eq!(id.monotonicity, Monotonicity::StrictlyIncreasing);
    let price = profile.columns[1].numeric.as_ref().unwrap();
    assert_eq!(
        (price.min, price.max, price.sum, price.non_finite),
        (-2.0, 1.5, -0.5, 1)
    );
    let colour = &profile.columns[2];
    assert_eq!((colour.nulls, colour.distinct.value), (1, 2));
    assert_eq!(
        (colour.top[0].value.as_str(), colour.top[0].count.value),
        ("red", 2)
    );
    assert_eq!(profile.columns[3].numeric.as_ref().unwrap().mean, 0.75);
    assert_eq!(profile.keys, [[FieldName::new("id")]]);
}

/// 2, 4, 4, 4, 5, 5, 7, 9: quartiles by type 7 at positions 1.75, 3.5 and 5.25.
#[test]
fn numbers_are_summed_up_as_by_hand() {
    let profile = profiled(vec![("x", floats([9.0, 4.0, 2.0, 5.0, 4.0, 7.0, 4.0, 5.0]))]);
    let x = profile.columns[0].numeric.as_ref().unwrap();
    assert_eq!((x.mean, x.sum, x.zeros, x.negatives), (5.0, 40.0, 0, 0));
    assert!((x.stdev - (32.0_f64 / 7.0).sqrt()).abs() < 1e-12);
    let q = &x.quantiles;
    assert_eq!((q.q1, q.median, q.q3, q.exact), (4.0, 4.5, 5.5, true));
    assert!(x.integers);
    assert_eq!(x.histogram.counts.iter().sum::<u64>(), 8);
    assert_eq!(profile.columns[0].top[0].value, "4");
}

#[test]
fn integer_years_are_an_ordered_axis_with_a_span_of_time() {
    let profile = profiled(vec![("year", ints((1990..2020).chain(1990..2020)))]);
    let year = &profile.columns[0];
    assert_eq!(
        (year.semantic_type, year.field_type),
        (Some(SemanticType::Year), FieldType::Ordinal)
    );
    let temporal = year.temporal.as_ref().unwrap();
    assert_eq!(temporal.granularity, TimeGranularity::Year);
    assert_eq!((temporal.min_ms, temporal.points.value), (631_152_000_000, 30));
    assert_eq!(temporal.histogram.counts.iter().sum::<u64>(), 60);
}

#[test]
fn dates_and_instants_know_their_granularity() {
    let profile = profiled(vec![
        ("day", Arc::new(Date32Array::from(vec![0, 1, 5, 9]))),
        (
            "at",
            Arc::new(TimestampMicrosecondArray::from(vec![
                0,
                3_600_000_000,
                7_200_000_000,
                0,
            ])),
        ),
    ]);
    let [day, at] = &profile.columns[..] else {
        panic!("two columns")
    };
    assert_eq!(day.temporal.as_ref().unwrap().granularity, TimeGranularity::Day);
    assert_eq!(at.temporal.as_ref().unwrap().granularity, TimeGranularity::Hour);
    assert_eq!(
        (day.field_type, at.field_type),
        (FieldType::Temporal, FieldType::Temporal)
    );
    assert_eq!(day.top[0].value, "1970-01-01");
    assert_eq!(at.top[0].value, "1970-01-01T00:00:00");
}

#[test]
fn pairs_keys_and_dependencies_are_found() {
    let country = ["DE", "DE", "FR", "FR", "FR", "IT", "IT", "DE", "IT", "FR"];
    let continent = country.map(|_| "Europe");
    let capital = country.map(|code| match code {
        "DE" => "Berlin",
        "FR" => "Paris",
        _ => "Rome",
    });
    let profile = profiled(vec![
        ("country", texts(country)),
        ("capital", texts(capital)),
        ("continent", texts(continent)),
        ("x", floats((0..10).map(|i| f64::from(i) * 0.5))),
        ("y", floats((0..10).map(|i| -f64::from(i * i)))),
    ]);
    // Ten rows, three values: seven rows could have broken either.
    let dependency = |from: &str, to: &str| Dependency {
        from: from.into(),
        to: to.into(),
        error: 0.0,
        support: 7,
        exact: true,
    };
    assert_eq!(
        profile.dependencies,
        [dependency("country", "capital"), dependency("capital", "country")]
    );
    let find = |a: &str, b: &str, measure| {
        let pair = profile
            .pairs
            .iter()
            .find(|pair| pair.a.as_str() == a && pair.b.as_str() == b && pair.measure == measure);
        pair.map(|pair| (pair.value, pair.n, pair.exact))
    };
    assert_eq!(
        find("x", "y", AssociationMeasure::Spearman),
        Some((-1.0, 10, true))
    );
    // Deviations of i and of i^2 for i = 0..9: 742.5 / sqrt(82.5 * 7210.5).
    let (r, ..) = find("x", "y", AssociationMeasure::Pearson).unwrap();
    assert!((r + 742.5 / (82.5_f64 * 7210.5).sqrt()).abs() < 1e-12, "{r}");
    assert!(find("country", "x", AssociationMeasure::CorrelationRatio).is_some());
    let (v, ..) = find("country", "capital", AssociationMeasure::CramersV).unwrap();
    assert!(v > 0.99);
    assert!(profile.keys.is_empty(), "measured numbers are no keys");
}

#[test]
fn odd_columns_do_no_harm() {
    let profile = profiled(vec![
        ("empty", Arc::new(NullArray::new(3))),
        ("nan", floats([f64::NAN, f64::INFINITY, f64::NEG_INFINITY])),
        ("huge", floats([f64::MAX, f64::MIN, 5e-324])),
        ("nulls", Arc::new(Int64Array::from(vec![None, None, None]))),
        ("ends", ints([i64::MIN, i64::MAX, 0])),
        ("far", Arc::new(Date32Array::from(vec![i32::MIN, i32::MAX, 0]))),
        (
            "late",
            Arc::new(TimestampMicrosecondArray::from(vec![i64::MIN, i64::MAX, 0])),
        ),
        (
            "wide",
            Arc::new(
                Decimal128Array::from(vec![i128::MAX / 10, -(i128::MAX / 10), 1])
                    .with_precision_and_scale(38, 2)
                    .unwrap(),
            ),
        ),
        ("texts", texts(["", "\u{0}\u{10ffff}", &"x".repeat(100_000)])),
    ]);
    assert_eq!(profile.columns[0].physical_type, PhysicalType::Empty);
    assert_eq!(profile.columns[1].numeric, None);
    assert_eq!(profile.columns[8].text.as_ref().unwrap().max_chars, 100_000);
    let json = serde_json::to_string(&profile).unwrap();
    assert_eq!(serde_json::from_str::<TableProfile>(&json).unwrap(), profile);
}

#[test]
fn tables_without_rows_or_columns_have_profiles() {
    let none = profiled(vec![]);
    assert_eq!((none.rows, none.columns.len()), (0, 0));
    let empty = profiled(vec![("x", floats([])), ("t", texts([]))]);
    assert_eq!((empty.rows, empty.columns.len()), (0, 2));
    assert!(
        empty
            .columns
            .iter()
            .all(|column| !column.unique && column.top.is_empty())
    );
}

#[test]
fn the_names_that_other_programs_read_stay() {
    let json = serde_json::to_value(profiled(vec![("a", ints([1, 1]))])).unwrap();
    let names =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for name in [
        "table",
        "rows",
        "columns",
        "pairs",
        "keys",
        "dependencies",
        "warnings",
    ] {
        assert!(names(&json).iter().any(|found| found == name), "{name}");
    }
    let column = names(&json["columns"][0]);
    for name in [
        "name",
        "index",
        "physical_type",
        "field_type",
        "semantic_type",
        "semantic_confidence",
        "pii",
        "format",
        "nulls",
        "distinct",
    ] {
        assert!(column.iter().any(|found| found == name), "{name}");
    }
    assert_eq!(names(&json["columns"][0]["distinct"]), ["value", "exact"]);
}

#[test]
fn beyond_the_bound_figures_are_estimates_and_say_so() {
    let n = 20_000_i64;
    let options = ProfileOptions {
        exact_distinct: 1000,
        ..ProfileOptions::default()
    };
    // Every second value is a new one, in no order; the others are sevens.
    let value = |i: i64| if i % 2 == 0 { 7 } else { i * 7919 % n };
    let profile = profile(&table(vec![("v", ints((0..n).map(value)))]), &options);
    let v = &profile.columns[0];
    assert!(!v.distinct.exact);
    assert!(v.distinct.value.abs_diff(10_000) < 230, "{:?}", v.distinct);
    assert_eq!(v.top[0].value, "7");
    assert!(!v.top[0].count.exact && v.top[0].count.value <= 10_001 && v.top[0].count.value > 9_900);
    let numeric = v.numeric.as_ref().unwrap();
    assert!(!numeric.quantiles.exact && numeric.integers);
    let expected = (0..n).map(|i| value(i) as f64).sum::<f64>();
    assert!((numeric.sum - expected).abs() <= 1e-9 * expected);
    assert_eq!(numeric.histogram.counts.iter().sum::<u64>(), n as u64);
}

#[test]
fn keys_are_proven_beyond_the_bound_too() {
    let options = ProfileOptions {
        exact_distinct: 100,
        ..ProfileOptions::default()
    };
    let mixed = |i: i64| i * 7919 % 10_007;
    let twice = |i: i64| if i == 9_999 { mixed(5) } else { mixed(i) };
    let profile = profile(
        &table(vec![
            ("order_id", ints((0..10_000).map(mixed))),
            ("other_id", ints((0..10_000).map(twice))),
        ]),
        &options,
    );
    assert_eq!(profile.keys, [[FieldName::new("order_id")]]);
    assert_eq!(profile.columns[0].distinct.value, 10_000);
    assert!(profile.columns[0].distinct.exact && !profile.columns[1].unique);
}

#[test]
fn wide_tables_cost_bounded_work_and_say_what_was_left_out() {
    let columns: Vec<(String, ArrayRef)> = (0..100)
        .map(|i| {
            (
                format!("v{i}"),
                floats((0..50).map(|row| f64::from(row * (i + 1) % 101) + 0.5)),
            )
        })
        .collect();
    let columns = columns
        .iter()
        .map(|(name, array)| (name.as_str(), array.clone()))
        .collect();
    let profile = profiled(columns);
    let of = |measure| {
        profile
            .pairs
            .iter()
            .filter(|pair| pair.measure == measure)
            .count()
    };
    assert_eq!(of(AssociationMeasure::Pearson), 4950);
    assert_eq!(of(AssociationMeasure::Spearman), 4950);
    assert_eq!(of(AssociationMeasure::MutualInformation), 2000);
    assert!(
        profile
            .warnings
            .iter()
            .any(|warning| warning.contains("2000 of 4950 pairs"))
    );
}
