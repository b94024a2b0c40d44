//! Columns of tables as cells.

use arrow::{
    array::{Array, ArrayRef, AsArray},
    compute::cast,
    datatypes::{
        DataType, Date32Type, Float64Type, Int64Type, Time64MicrosecondType, TimestampMicrosecondType,
    },
};
use marey_core::FieldName;
use marey_table::Table;

use crate::rows::Cell;

const DAY_MS: f64 = 86_400_000.0;

/// The cells of a column by its exact name; none where there is no such column.
///
/// Dates, times and instants are milliseconds since 1970 (of the day, for times): a date and the
/// instant of its midnight are equal.
pub(crate) fn cells(table: &Table, name: &FieldName) -> Option<Vec<Cell>> {
    let index = table.column_index(name)?;
    Some(table.column(index).flat_map(of_array).collect())
}

fn of_array(array: &ArrayRef) -> Vec<Cell> {
    let read = |value: &dyn Fn(usize) -> Cell| {
        let cell = |row| {
            if array.is_null(row) {
                Cell::Null
            } else {
                value(row)
            }
        };
        (0..array.len()).map(cell).collect()
    };
    match array.data_type() {
        DataType::Null => vec![Cell::Null; array.len()],
        DataType::Boolean => read(&|row| Cell::Bool(array.as_boolean().value(row))),
        DataType::Int64 => read(&|row| Cell::Number(array.as_primitive::<Int64Type>().value(row) as f64)),
        DataType::Float64 => read(&|row| Cell::Number(array.as_primitive::<Float64Type>().value(row))),
        DataType::Date32 => {
            read(&|row| Cell::Number(f64::from(array.as_primitive::<Date32Type>().value(row)) * DAY_MS))
        }
        DataType::Time64(_) => match array.as_primitive_opt::<Time64MicrosecondType>() {
            Some(times) => read(&|row| Cell::Number(times.value(row) as f64 / 1000.0)),
            None => vec![Cell::Null; array.len()],
        },
        DataType::Timestamp(..) => match array.as_primitive_opt::<TimestampMicrosecondType>() {
            Some(times) => read(&|row| Cell::Number(times.value(row) as f64 / 1000.0)),
            None => vec![Cell::Null; array.len()],
        },
        DataType::Utf8 => read(&|row| Cell::Text(array.as_string::<i32>().value(row).to_owned())),
        // Decimals, the one type that is left.
        _ => match cast(array, &DataType::Float64) {
            Ok(numbers) => of_array(&numbers),
            Err(_) => vec![Cell::Null; array.len()],
        },
    }
}
