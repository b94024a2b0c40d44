//! Cells of both sides, and when they mean the same.

use std::collections::BTreeMap;

use arrow::{
    array::{Array, ArrayRef, AsArray},
    datatypes::{
        DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, Time64MicrosecondType,
        TimestampMicrosecondType,
    },
};
use marey_table::Table;
use serde_json::Value;

/// One of our cells.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Milliseconds since 1970.
    Time(f64),
    /// Text.
    Text(String),
}

/// Our rows behind a unit view, by column.
#[derive(Debug)]
pub struct Rows {
    columns: BTreeMap<String, Vec<Cell>>,
    rows: usize,
}

impl Rows {
    /// The rows of a table.
    pub fn of(table: &Table) -> Self {
        let mut columns = BTreeMap::new();
        for index in 0..table.columns() {
            let cells = table.column(index).flat_map(cells).collect();
            columns.insert(table.column_name(index).to_string(), cells);
        }
        Self {
            columns,
            rows: table.rows(),
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&[Cell]> {
        self.columns.get(name).map(Vec::as_slice)
    }

    /// The columns' names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }
}

fn cells(array: &ArrayRef) -> Vec<Cell> {
    (0..array.len())
        .map(|row| match array.is_null(row) {
            true => Cell::Null,
            false => cell(array, row),
        })
        .collect()
}

fn cell(array: &ArrayRef, row: usize) -> Cell {
    match array.data_type() {
        DataType::Boolean => Cell::Bool(array.as_boolean().value(row)),
        DataType::Int64 => Cell::Number(array.as_primitive::<Int64Type>().value(row) as f64),
        DataType::Float64 => Cell::Number(array.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal128(_, scale) => {
            let value = array.as_primitive::<Decimal128Type>().value(row) as f64;
            Cell::Number(value / 10_f64.powi(i32::from(*scale)))
        }
        DataType::Date32 => {
            Cell::Time(f64::from(array.as_primitive::<Date32Type>().value(row)) * 86_400_000.0)
        }
        DataType::Time64(_) => {
            Cell::Time(array.as_primitive::<Time64MicrosecondType>().value(row) as f64 / 1000.0)
        }
        DataType::Timestamp(..) => {
            Cell::Time(array.as_primitive::<TimestampMicrosecondType>().value(row) as f64 / 1000.0)
        }
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row).to_owned()),
        _ => Cell::Null,
    }
}

/// Whether an official cell and ours mean the same.
pub fn same(official: &Value, ours: &Cell) -> bool {
    if let Some(time) = official.get("$time") {
        return match (time.as_f64(), ours) {
            (Some(time), Cell::Time(ours) | Cell::Number(ours)) => close(time, *ours),
            (None, ours) => is_nothing(ours),
            _ => false,
        };
    }
    if let Some(number) = official.get("$number").and_then(Value::as_str) {
        return match (number, ours) {
            ("NaN", ours) => is_nothing(ours),
            ("Infinity", Cell::Number(ours)) => *ours == f64::INFINITY,
            (_, Cell::Number(ours)) => *ours == f64::NEG_INFINITY,
            _ => false,
        };
    }
    match (official, ours) {
        (Value::Null, ours) => is_nothing(ours),
        (Value::Bool(theirs), Cell::Bool(ours)) => theirs == ours,
        (Value::Bool(theirs), Cell::Number(ours)) => f64::from(u8::from(*theirs)) == *ours,
        (Value::Number(theirs), Cell::Number(ours) | Cell::Time(ours)) => {
            theirs.as_f64().is_some_and(|theirs| close(theirs, *ours))
        }
        (Value::Number(theirs), Cell::Bool(ours)) => theirs.as_f64() == Some(f64::from(u8::from(*ours))),
        // A column of numbers and texts is one of texts.
        (Value::Number(theirs), Cell::Text(ours)) => theirs
            .as_f64()
            .zip(ours.parse().ok())
            .is_some_and(|(theirs, ours)| close(theirs, ours)),
        (Value::Bool(theirs), Cell::Text(ours)) => *ours == theirs.to_string(),
        (Value::String(theirs), ours) => same_text(theirs, ours),
        (Value::Array(_), Cell::Text(ours)) => {
            serde_json::from_str::<Value>(ours).is_ok_and(|ours| ours == *official)
        }
        _ => false,
    }
}

fn same_text(theirs: &str, ours: &Cell) -> bool {
    match ours {
        Cell::Text(ours) => theirs == ours,
        // The reader takes what people write for "no value" as none.
        Cell::Null => matches!(theirs, "" | "NA" | "N/A" | "null"),
        Cell::Number(ours) => match theirs.trim() {
            "NaN" => ours.is_nan(),
            theirs => theirs.parse().is_ok_and(|theirs: f64| close(theirs, *ours)),
        },
        Cell::Bool(ours) => theirs.eq_ignore_ascii_case(if *ours { "true" } else { "false" }),
        Cell::Time(ours) => super::data::text_times(&[theirs]).first() == Some(&Some(*ours)),
    }
}

fn is_nothing(ours: &Cell) -> bool {
    match ours {
        Cell::Null => true,
        Cell::Number(number) | Cell::Time(number) => number.is_nan(),
        Cell::Bool(_) | Cell::Text(_) => false,
    }
}

fn close(left: f64, right: f64) -> bool {
    left == right || (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1e-6)
}
