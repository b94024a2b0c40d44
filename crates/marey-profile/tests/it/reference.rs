//! Associations against the figures of scipy 1.17.1; `tests/fixtures/pairs.py` prints them.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, StringArray};
use marey_profile::{AssociationMeasure as M, TableProfile};

use crate::built::profiled;

const X: [f64; 12] = [3.0, 1.5, 4.0, 1.5, 5.25, 9.0, 2.5, 6.0, 5.0, 3.5, 8.0, 9.75];
const Y: [f64; 12] = [2.0, 7.0, 1.0, 8.0, 2.5, 8.0, 1.5, 8.0, 2.0, 8.5, 4.0, 5.5];
const GROUPS: &str = "aabbcaccabbc";
const TABLE: [[usize; 2]; 3] = [[12, 3], [4, 9], [5, 15]];

fn check(profile: &TableProfile, a: &str, b: &str, measure: M, expected: f64) {
    let pair = profile
        .pairs
        .iter()
        .find(|pair| pair.a.as_str() == a && pair.b.as_str() == b && pair.measure == measure)
        .unwrap_or_else(|| panic!("{measure:?} of {a} and {b}"));
    assert!(pair.exact && pair.standard_error.is_none());
    assert!((pair.value - expected).abs() < 1e-12, "{pair:?}, not {expected}");
}

#[test]
fn numbers_equal_those_of_scipy() {
    let groups: Vec<String> = GROUPS.chars().map(String::from).collect();
    let profile = profiled(vec![
        ("x", Arc::new(Float64Array::from(X.to_vec())) as ArrayRef),
        ("y", Arc::new(Float64Array::from(Y.to_vec()))),
        ("group", Arc::new(StringArray::from(groups))),
    ]);
    check(&profile, "x", "y", M::Pearson, 0.10477691214296339);
    check(&profile, "x", "y", M::Spearman, 0.10247605731965385);
    check(&profile, "group", "x", M::CorrelationRatio, 0.25869566536710736);
}

#[test]
fn categories_equal_those_of_scipy() {
    let cells = || {
        TABLE
            .iter()
            .enumerate()
            .flat_map(|(row, counts)| {
                counts
                    .iter()
                    .enumerate()
                    .map(move |(column, n)| (row, column, *n))
            })
            .flat_map(|(row, column, n)| std::iter::repeat_n((row, column), n))
    };
    let rows: Vec<String> = cells().map(|(row, _)| format!("row {row}")).collect();
    let columns: Vec<String> = cells().map(|(_, column)| format!("column {column}")).collect();
    let profile = profiled(vec![
        ("row", Arc::new(StringArray::from(rows)) as ArrayRef),
        ("column", Arc::new(StringArray::from(columns))),
    ]);
    check(&profile, "row", "column", M::CramersV, 0.45472982212192464);
    check(&profile, "row", "column", M::TheilsU, 0.18599131951584447);
    check(&profile, "column", "row", M::TheilsU, 0.11779834589231114);
    check(
        &profile,
        "row",
        "column",
        M::MutualInformation,
        0.10662916036097007,
    );
}
