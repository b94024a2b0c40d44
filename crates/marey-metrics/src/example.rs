//! Charts and tables that the tests of several metrics share.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, StringArray};
use marey_core::ChartSpec;
use marey_table::Table;

/// Reads a chart that is known to read.
pub(crate) fn chart(json: &str) -> ChartSpec {
    ChartSpec::from_json_str(json).unwrap().value
}

/// The number of rows per city.
pub(crate) fn bars() -> ChartSpec {
    chart(r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"count"}}}"#)
}

/// Five sales in three cities.
pub(crate) fn sales() -> Table {
    let city: ArrayRef = Arc::new(StringArray::from(vec!["Rome", "Oslo", "Rome", "Bern", "Oslo"]));
    let kind: ArrayRef = Arc::new(StringArray::from(vec!["a", "a", "b", "b", "b"]));
    let price: ArrayRef = Arc::new(Float64Array::from(vec![3.0, 4.0, 6.0, 1.0, 5.0]));
    let columns = [("city", city), ("kind", kind), ("price", price)];
    Table::from_columns("sales", columns.map(|(name, array)| (name.into(), array)).into()).unwrap()
}
