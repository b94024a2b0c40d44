//! What nvBench's program did to tables and queries before it drew, so that it can be done again.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, Float64Array, Int64Array, StringArray},
    compute::concat,
    datatypes::{DataType, Float64Type, Int64Type},
};
use marey_core::{ChartSpec, Warned};
use marey_table::{ColumnNote, Table};
use serde_json::json;

/// The table with the texts that were read as no value (`N/A`) in their places, as `written` has them: the tables are
/// dumps of databases, in which nothing is an empty cell and a marker a text like others.
pub(super) fn with_markers(table: Table, written: &Table) -> Table {
    let restored = changed(&table, |values, note| {
        if values.data_type() != &DataType::Utf8 || note.null_markers.iter().all(String::is_empty) {
            return None;
        }
        let index = (0..table.columns()).find(|index| std::ptr::eq(table.note(*index), note))?;
        let parts: Vec<&dyn Array> = written.column(index).map(AsRef::as_ref).collect();
        let texts = concat(&parts).ok()?;
        let (values, texts) = (values.as_string::<i32>(), texts.as_string_opt::<i32>()?);
        let both = values.iter().zip(texts.iter());
        let full: StringArray = both.map(|(value, text)| value.or(text)).collect();
        (full.len() == values.len()).then(|| Arc::new(full) as ArrayRef)
    });
    let Some(restored) = restored else { return table };
    let notes = (0..restored.columns()).map(|index| {
        let mut note = restored.note(index).clone();
        if restored
            .column(index)
            .all(|part| part.data_type() == &DataType::Utf8)
        {
            note.null_markers.clear();
        }
        note
    });
    let notes = notes.collect();
    restored.with_notes(notes)
}

/// The table with decimals cut off; none where it has none.
pub(super) fn with_whole_numbers(table: &Table) -> Option<Table> {
    changed(table, |values, _| match values.data_type() {
        DataType::Float64 => {
            let values = values.as_primitive::<Float64Type>();
            let cut: Float64Array = values.iter().map(|value| value.map(f64::trunc)).collect();
            Some(Arc::new(cut))
        }
        _ => None,
    })
}

/// The table with zero for numbers that are missing, and for texts the marker that stood there; none
/// where nothing is missing.
pub(super) fn without_gaps(table: &Table) -> Option<Table> {
    changed(table, |values, note| {
        if values.null_count() == 0 {
            return None;
        }
        match values.data_type() {
            DataType::Float64 => {
                let values = values.as_primitive::<Float64Type>();
                let full: Float64Array = values.iter().map(|value| Some(value.unwrap_or(0.0))).collect();
                Some(Arc::new(full))
            }
            DataType::Int64 => {
                let values = values.as_primitive::<Int64Type>();
                let full: Int64Array = values.iter().map(|value| Some(value.unwrap_or(0))).collect();
                Some(Arc::new(full))
            }
            DataType::Utf8 => {
                let marker = note.null_markers.first().map_or("", String::as_str);
                let values = values.as_string::<i32>();
                let full: StringArray = values.iter().map(|value| Some(value.unwrap_or(marker))).collect();
                Some(Arc::new(full))
            }
            _ => None,
        }
    })
}

/// A table with some columns changed; none where no column is.
fn changed(table: &Table, change: impl Fn(&ArrayRef, &ColumnNote) -> Option<ArrayRef>) -> Option<Table> {
    let mut any = false;
    let mut columns = Vec::with_capacity(table.columns());
    for index in 0..table.columns() {
        let parts: Vec<&dyn Array> = table.column(index).map(AsRef::as_ref).collect();
        let values = concat(&parts).ok()?;
        let new = change(&values, table.note(index));
        any |= new.is_some();
        columns.push((table.column_name(index), new.unwrap_or(values)));
    }
    let notes = (0..table.columns())
        .map(|index| table.note(index).clone())
        .collect();
    let table = any.then(|| Table::from_columns(table.name(), columns));
    Some(table?.ok()?.with_notes(notes))
}

/// The chart with different values of x counted instead of rows; none where it does not count.
pub(super) fn counting_distinct(spec: &ChartSpec) -> Option<ChartSpec> {
    let mut json = spec.to_json();
    let (x, y) = if json["encoding"].get("theta").is_some() {
        ("color", "theta")
    } else {
        ("x", "y")
    };
    let field = json["encoding"][x]["field"].clone();
    let counts = matches!(json["encoding"][y]["aggregate"].as_str(), Some("count" | "valid"));
    if !counts || field.is_null() {
        return None;
    }
    json["encoding"][y] = json!({ "aggregate": "distinct", "field": field, "type": "quantitative" });
    ChartSpec::from_json(&json).ok().map(|Warned { value, .. }| value)
}
