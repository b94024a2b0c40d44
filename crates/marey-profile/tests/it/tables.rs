//! Small tables with everything checked by hand.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use marey_core::{FieldName, FieldType, SemanticType};
use marey_profile::{Monotonicity, ProfileOptions, TableProfile, profile};
use marey_table::Table;

fn table(columns: Vec<(&str, ArrayRef)>) -> Table {
    let columns = columns
        .into_iter()
        .map(|(name, array)| (FieldName::new(name), array))
        .collect();
    Table::from_columns("test", columns).unwrap()
}

fn profiled(columns: Vec<(&str, ArrayRef)>) -> TableProfile {
    profile(&table(columns), &ProfileOptions::default())
}

#[test]
fn a_small_table_is_described_exactly() {
    let profile = profiled(vec![
        ("id", Arc::new(Int64Array::from(vec![1, 2, 3, 4]))),
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
    assert_eq!(profile.keys, [[FieldName::new("id")]]);
}
