//! Rows written in a spec as a [`Table`], without the guesses that files of text need.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{
        ArrayRef, BooleanArray, Float64Array, Int64Array, NullArray, RecordBatch, RecordBatchOptions,
        StringArray,
    },
    datatypes::{Schema, SchemaRef},
};
use marey_core::FieldName;
use serde_json::{Map, Value};

use super::frame::arrow_error;
use crate::{Table, TableError};

/// Deepest nesting of objects that becomes columns; what lies deeper stays JSON text.
const MAX_DEPTH: usize = 8;
/// Largest number of columns.
const MAX_COLUMNS: usize = 10_000;

impl Table {
    /// A table of JSON rows, typed as JSON types them: no text is taken for a number or a date.
    ///
    /// Members of objects are columns, of nested objects with dotted names; lists and what is
    /// mixed become text; a row that is no object is a cell of the column `data`.
    ///
    /// ```
    /// use marey_table::Table;
    /// use serde_json::json;
    ///
    /// let table = Table::from_json_rows("cities", &[json!({"name": "Rome", "at": {"lat": 41.9}})])?;
    /// assert_eq!(table.column_name(1).as_str(), "at.lat");
    /// # Ok::<(), marey_table::TableError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the rows have too many different members.
    pub fn from_json_rows(name: &str, rows: &[Value]) -> Result<Self, TableError> {
        table_of_rows(name, rows)
    }
}

/// A table of JSON rows.
pub(crate) fn table_of_rows(name: &str, rows: &[Value]) -> Result<Table, TableError> {
    let mut columns = Columns::default();
    for (row, value) in rows.iter().enumerate() {
        match value {
            Value::Object(members) => columns.members(row, "", members, 0)?,
            Value::Null => {}
            other => columns.put(row, "data".into(), other)?,
        }
    }
    let arrays = columns
        .names
        .into_iter()
        .zip(columns.cells)
        .map(|(name, cells)| (FieldName::new(name), array_of(cells, rows.len())))
        .collect();
    let arrays: Vec<_> = arrays;
    if arrays.is_empty() {
        return rows_without_columns(name, rows.len());
    }
    Table::from_columns(name, arrays)
}

/// Rows of which nothing is known but their number.
fn rows_without_columns(name: &str, rows: usize) -> Result<Table, TableError> {
    let schema: SchemaRef = Arc::new(Schema::empty());
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    let batch = RecordBatch::try_new_with_options(schema.clone(), Vec::new(), &options)
        .map_err(arrow_error("could not make rows without columns"))?;
    Table::new(name, &schema, vec![batch])
}

/// The cells gathered so far, by column; a column's cells end with its last one that is there.
#[derive(Default)]
struct Columns<'a> {
    names: Vec<String>,
    known: HashMap<String, usize>,
    cells: Vec<Vec<Option<&'a Value>>>,
}

impl<'a> Columns<'a> {
    fn members(
        &mut self,
        row: usize,
        prefix: &str,
        members: &'a Map<String, Value>,
        depth: usize,
    ) -> Result<(), TableError> {
        for (name, value) in members {
            let name = match prefix {
                "" => name.clone(),
                prefix => format!("{prefix}.{name}"),
            };
            match value {
                Value::Object(inner) if depth < MAX_DEPTH && !inner.is_empty() => {
                    self.members(row, &name, inner, depth + 1)?;
                }
                other => self.put(row, name, other)?,
            }
        }
        Ok(())
    }

    fn put(&mut self, row: usize, name: String, value: &'a Value) -> Result<(), TableError> {
        let at = match self.known.get(&name) {
            Some(at) => *at,
            None => {
                if self.names.len() >= MAX_COLUMNS {
                    return Err(TableError::TooMany {
                        transform: "data",
                        what: "columns",
                        found: self.names.len() + 1,
                        limit: MAX_COLUMNS,
                    });
                }
                self.known.insert(name.clone(), self.names.len());
                self.names.push(name);
                self.cells.push(Vec::new());
                self.names.len() - 1
            }
        };
        let cells = &mut self.cells[at];
        cells.resize(row, None);
        cells.push(Some(value).filter(|value| !value.is_null()));
        Ok(())
    }
}

/// One column of the narrowest type that holds all cells.
fn array_of(mut cells: Vec<Option<&Value>>, rows: usize) -> ArrayRef {
    cells.resize(rows, None);
    let all = |test: fn(&Value) -> bool| cells.iter().flatten().all(|value| test(value));
    if cells.iter().all(Option::is_none) {
        return Arc::new(NullArray::new(rows));
    }
    if all(Value::is_boolean) {
        let values: BooleanArray = cells.iter().map(|cell| cell.and_then(Value::as_bool)).collect();
        return Arc::new(values);
    }
    if all(Value::is_i64) {
        let values: Int64Array = cells.iter().map(|cell| cell.and_then(Value::as_i64)).collect();
        return Arc::new(values);
    }
    if all(Value::is_number) {
        let values: Float64Array = cells.iter().map(|cell| cell.and_then(Value::as_f64)).collect();
        return Arc::new(values);
    }
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let values: StringArray = cells.iter().map(|cell| cell.map(text)).collect();
    Arc::new(values)
}
