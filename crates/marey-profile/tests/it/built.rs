//! Tables for the tests.

use arrow::array::ArrayRef;
use marey_core::FieldName;
use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::Table;

/// A table of named columns.
pub fn table(columns: Vec<(&str, ArrayRef)>) -> Table {
    let columns = columns
        .into_iter()
        .map(|(name, array)| (FieldName::new(name), array))
        .collect();
    Table::from_columns("test", columns).unwrap()
}

/// The profile of named columns, with default options.
pub fn profiled(columns: Vec<(&str, ArrayRef)>) -> TableProfile {
    profile(&table(columns), &ProfileOptions::default())
}
