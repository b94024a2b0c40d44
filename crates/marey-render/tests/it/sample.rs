//! A small table to draw from.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, StringArray};
use marey_core::{ChartSpec, FieldName};
use marey_render::{RenderOptions, Scene, render_scene};
use marey_table::Table;

/// Twelve months of sales in three cities.
pub fn sales() -> Table {
    const CITIES: [&str; 3] = ["Lima", "Oslo", "Quito"];
    let rows = 36;
    let city = |i: usize| CITIES[i % 3];
    let month = |i: usize| i / 3;
    let sales = |i: usize| 100.0 + (month(i) * 10) as f64 + (i % 3) as f64 * 7.0;
    let columns: Vec<(FieldName, ArrayRef)> = vec![
        (
            FieldName::new("city"),
            Arc::new(StringArray::from_iter_values((0..rows).map(city))),
        ),
        (
            FieldName::new("date"),
            Arc::new(Date32Array::from_iter_values(
                (0..rows).map(|i| 19_723 + 31 * month(i) as i32),
            )),
        ),
        (
            FieldName::new("sales"),
            Arc::new(Float64Array::from_iter_values((0..rows).map(sales))),
        ),
        (
            FieldName::new("unit_price"),
            Arc::new(Float64Array::from_iter_values(
                (0..rows).map(|i| 2.5 + (i * 7 % 11) as f64),
            )),
        ),
    ];
    Table::from_columns("sales", columns).expect("columns of one length")
}

/// The scene of a spec drawn on the sales table.
pub fn scene(spec: &str) -> Scene {
    let spec = ChartSpec::from_json_str(spec).expect("a valid spec").value;
    render_scene(&spec, &sales(), &RenderOptions::default())
        .expect("drawn")
        .value
}
