//! One JSON value as one row.

use serde_json::Value;

use crate::{
    TableError,
    read::gathered::{Cell, GatheredColumns},
};

/// Name of the only column when rows are plain values rather than objects.
const PLAIN: &str = "value";

/// Adds a value as a row: an object's members are cells, an array's elements are cells named by
/// position, anything else is one cell called `value`.
pub(super) fn add_row(
    value: &Value,
    columns: &mut GatheredColumns<'_>,
    max_nesting: usize,
) -> Result<(), TableError> {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let mut name = String::new();
            for (key, member) in members {
                name.clear();
                name.push_str(key);
                add_cell(&mut name, member, columns, max_nesting)?;
            }
        }
        Value::Object(_) | Value::Null => {}
        Value::Array(elements) => {
            for (position, element) in elements.iter().enumerate() {
                let mut name = format!("column_{}", position + 1);
                add_cell(&mut name, element, columns, max_nesting)?;
            }
        }
        plain => add_cell(&mut PLAIN.to_owned(), plain, columns, max_nesting)?,
    }
    columns.end_row()
}

/// Adds one member under its name; nested objects descend with `name.member`.
///
/// `depth` bounds the recursion: what lies deeper is kept as JSON text.
fn add_cell(
    name: &mut String,
    value: &Value,
    columns: &mut GatheredColumns<'_>,
    depth: usize,
) -> Result<(), TableError> {
    match value {
        Value::Object(members) if !members.is_empty() && depth > 0 => {
            let length = name.len();
            for (key, member) in members {
                name.push('.');
                name.push_str(key);
                add_cell(name, member, columns, depth - 1)?;
                name.truncate(length);
            }
            Ok(())
        }
        Value::Object(_) | Value::Array(_) => {
            let column = columns.column(name)?;
            columns.set(column, Cell::Text(&value.to_string()))
        }
        plain => {
            let column = columns.column(name)?;
            columns.set(column, cell(plain))
        }
    }
}

fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Bool(value) => Cell::Boolean(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Cell::Int(whole),
            None => number.as_f64().map_or(Cell::Null, Cell::Float),
        },
        Value::String(text) => Cell::Text(text),
        _ => Cell::Null,
    }
}
