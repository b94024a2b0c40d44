//! Planted faults are found, and clean columns raise no alarm.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};
use marey_profile::{QualityKind as Kind, Severity};

use crate::{built::profiled, samples};

/// Kinds of findings about one column called `name`, beside a column that numbers the rows.
fn check(name: &str, array: ArrayRef, expected: &[Kind]) {
    let rows = array.len() as i64;
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..rows));
    let profile = profiled(vec![("row", numbers), (name, array)]);
    let found: Vec<Kind> = profile.quality.iter().map(|finding| finding.kind).collect();
    assert_eq!(found, expected, "{name}: {:#?}", profile.quality);
}

fn floats(values: impl IntoIterator<Item = f64>) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values(values))
}

fn texts(values: impl IntoIterator<Item = impl AsRef<str>>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

/// Two hundred heights of 150.0 to 189.8 cm.
fn heights() -> impl Iterator<Item = f64> {
    (0..200).map(|i| 150.0 + f64::from(i * 37 % 200) / 5.0)
}

#[test]
fn faults_of_numbers_are_found() {
    check("height", floats(heights()), &[]);
    check(
        "height",
        floats(heights().chain([999.0, 999.0])),
        &[Kind::Sentinel],
    );
    check("height", floats(heights().chain([1.65])), &[Kind::UnitError]);
    check("height", floats(heights().chain([f64::NAN])), &[Kind::NonFinite]);
    let scores = (0..200).map(|i| if i % 40 == 0 { -1.0 } else { f64::from(i % 23) });
    check("points", floats(scores), &[Kind::Sentinel]);
    check(
        "rare",
        floats((0..200).map(|i| f64::from(u8::from(i == 0)) * 4.5)),
        &[Kind::NearConstant],
    );
    check("same", floats((0..50).map(|_| 2.5)), &[Kind::Constant]);
    let gaps: ArrayRef = Arc::new(Float64Array::from_iter(
        heights().enumerate().map(|(i, x)| (i % 5 == 0).then_some(x)),
    ));
    check("height", gaps, &[Kind::MostlyMissing]);
    check(
        "none",
        Arc::new(Float64Array::from(vec![None::<f64>; 20])),
        &[Kind::AllMissing],
    );
}

#[test]
fn faults_of_times_are_found() {
    let days = |more: &[i32]| -> ArrayRef {
        Arc::new(Date32Array::from_iter_values(
            (18_000..18_100).chain(more.iter().copied()),
        ))
    };
    check("day", days(&[]), &[]);
    // 9999-12-31, the year 2095 and a week later than the last day.
    check("day", days(&[2_932_896]), &[Kind::Sentinel]);
    check("day", days(&[45_700]), &[Kind::FarDates]);
    check("day", days(&[18_107]), &[Kind::TimeGaps]);
}

#[test]
fn faults_of_texts_are_found() {
    const STATES: [&str; 4] = ["California", "Nevada", "Oregon", "Washington"];
    let states = |more: &[&'static str]| {
        let clean = (0..400).map(|i| STATES[i % 4]);
        texts(clean.chain(more.iter().copied()).collect::<Vec<_>>())
    };
    check("place", states(&[]), &[]);
    check(
        "place",
        states(&["Californa", "NEVADA"]),
        &[Kind::InconsistentSpelling],
    );
    check("place", states(&["OregÃ³n"]), &[Kind::EncodingDamage]);
    check("place", states(&["tbd", "unknown"]), &[Kind::Placeholder]);
    check("place", states(&["#REF!"]), &[Kind::Placeholder]);
    let sizes = (0..200).map(|i| format!("{} {}", i % 50 + 1, if i % 3 == 0 { "mi" } else { "km" }));
    check("distance", texts(sizes), &[Kind::MixedUnits]);
    let numbers = (0..100).map(|i| {
        if i % 25 == 0 {
            "about".to_owned()
        } else {
            format!("{}.5", i % 30)
        }
    });
    check("amount", texts(numbers), &[Kind::NumbersAsText]);
}

#[test]
fn texts_cut_off_at_a_limit_are_found() {
    let long = |limit: usize| {
        texts((0..200).map(move |i: usize| {
            let text = format!("{i} ") + &"some words go on and on ".repeat(1 + i * 7 % 11);
            text.chars().take(limit).collect::<String>() + "."
        }))
    };
    check("remark", long(1000), &[]);
    check("remark", long(121), &[Kind::TruncatedText]);
}

#[test]
fn repeated_rows_are_found_and_matter_by_their_share() {
    let severity = |rows: i64, repeated: i64| {
        let values = || Int64Array::from_iter_values((0..rows).map(|i| if i < repeated { 0 } else { i }));
        let profile = profiled(vec![
            ("a", Arc::new(values()) as ArrayRef),
            ("b", Arc::new(values())),
            ("c", Arc::new(values())),
        ]);
        let found = profile
            .quality
            .iter()
            .find(|finding| finding.kind == Kind::DuplicateRows);
        found.map(|finding| (finding.severity, finding.count))
    };
    assert_eq!(severity(1000, 1), None);
    assert_eq!(severity(1000, 3), Some((Severity::Info, 2)));
    assert_eq!(severity(1000, 21), Some((Severity::Warning, 20)));
}

/// Reviewed by eye: these findings are true, and there are no others.
#[test]
fn sample_tables_raise_no_false_alarm() {
    let mut found = Vec::new();
    for (file, profile) in samples::profiles() {
        for finding in profile.quality {
            found.push(format!("{file}: {:?} {}", finding.kind, finding.message));
        }
    }
    assert_eq!(
        found,
        [
            "earthquakes.csv: MostlyMissing column `felt_reports` has no value in 92 % of the rows",
            "earthquakes.csv: NearConstant column `tsunami` has one value in all but 4 of 1707 rows with a value",
            "orders-messy.csv: MixedFormats dates in column `Order date` were written in 3 formats",
            "orders-messy.csv: MostlyMissing column `extra` has no value in 99 % of the rows",
        ]
    );
}
