//! Where the rows of a spec come from: the table given, tables by name, rows in the spec itself.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use marey_core::{
    ChartSpec, FieldName, Warned,
    spec::{DataFormat, DataSource, InlineData, LookupSource, Transform},
};
use serde_json::Value;

use super::{ExecuteOptions, document::table_of_text, inline::table_of_rows};
use crate::{Table, TableError, TableWarning};

/// The tables a spec is executed on.
#[derive(Debug, Clone, Copy)]
pub struct DataTables<'a> {
    /// The rows of every source that is not found otherwise.
    pub main: &'a Table,
    /// Other tables, under the names or addresses by which the spec knows them.
    pub named: &'a [(String, Table)],
}

impl DataTables<'_> {
    /// The rows of a source; of the main table where the spec names none.
    pub(crate) fn rows(
        &self,
        source: Option<&DataSource>,
        spec: &ChartSpec,
        options: &ExecuteOptions,
    ) -> Result<Warned<Table, TableWarning>, TableError> {
        let rows = match source {
            None | Some(DataSource::Carried(_)) => Ok(self.main.clone()),
            Some(DataSource::None) => table_of_rows("data", &[]),
            Some(DataSource::Url { url, name, .. }) => self.supplied(url, name.as_deref(), "address"),
            Some(DataSource::Named { name, .. }) => match dataset(spec, name) {
                Some(rows) => rows_of_json(name, rows, None),
                None => self.supplied(name, None, "name"),
            },
            Some(DataSource::Inline {
                values, format, name, ..
            }) => {
                let name = name.as_deref().unwrap_or("data");
                return inline_rows(name, values, format.as_ref(), options);
            }
            Some(DataSource::Sequence {
                start,
                stop,
                step,
                output,
                ..
            }) => sequence(
                *start,
                *stop,
                step.unwrap_or(1.0),
                output.as_deref().unwrap_or("data"),
                options,
            ),
            Some(DataSource::Sphere | DataSource::Graticule(_)) => table_of_rows("data", &[Value::Null]),
        };
        rows.map(Warned::clean)
    }

    /// The table known by an address or a name, else the main one, if there is one.
    fn supplied(&self, asked: &str, name: Option<&str>, kind: &'static str) -> Result<Table, TableError> {
        let known = self.named(asked).or_else(|| self.named(name?));
        match known {
            Some(table) => Ok(table.clone()),
            None if self.main.is_empty() => Err(TableError::NoTable {
                kind,
                asked: asked.to_owned(),
            }),
            None => Ok(self.main.clone()),
        }
    }

    fn named(&self, name: &str) -> Option<&Table> {
        let found = self.named.iter().find(|(known, _)| known == name);
        found.map(|(_, table)| table)
    }
}

/// Rows that a spec holds under a name.
fn dataset<'a>(spec: &'a ChartSpec, name: &str) -> Option<&'a Value> {
    spec.top.datasets.as_ref()?.get(name)
}

fn inline_rows(
    name: &str,
    values: &InlineData,
    format: Option<&DataFormat>,
    options: &ExecuteOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let rows = match values {
        InlineData::Rows(rows) => table_of_rows(name, rows),
        InlineData::Object(object) => rows_of_json(name, &Value::Object(object.clone()), format),
        InlineData::Text(text) => return table_of_text(name, text, format, options),
    };
    rows.map(Warned::clean)
}

/// Rows of a JSON document: an array's elements, or those of the member the format names.
pub(super) fn rows_of_json(
    name: &str,
    json: &Value,
    format: Option<&DataFormat>,
) -> Result<Table, TableError> {
    let property = format.and_then(|format| format.property.as_deref());
    let inner = property
        .into_iter()
        .flat_map(|path| path.split('.'))
        .try_fold(json, |value, step| value.get(step));
    match inner.unwrap_or(&Value::Null) {
        Value::Array(rows) => table_of_rows(name, rows),
        Value::Null => table_of_rows(name, &[]),
        single => table_of_rows(name, std::slice::from_ref(single)),
    }
}

fn sequence(
    start: f64,
    stop: f64,
    step: f64,
    name: &str,
    options: &ExecuteOptions,
) -> Result<Table, TableError> {
    let count = ((stop - start) / step).ceil();
    let count = if count.is_finite() && count > 0.0 {
        count as usize
    } else {
        0
    };
    if count > options.max_rows {
        return Err(TableError::TooMany {
            transform: "sequence",
            what: "rows",
            found: count,
            limit: options.max_rows,
        });
    }
    let values: Float64Array = (0..count).map(|at| Some(start + at as f64 * step)).collect();
    let column: ArrayRef = Arc::new(values);
    Table::from_columns("sequence", vec![(FieldName::new(name), column)])
}

/// Gives the tables that lookups carry in the spec itself a name under which they are found.
pub(super) fn name_lookup_tables(
    transform: &mut Transform,
    spec: &ChartSpec,
    tables: &mut Vec<(String, Table)>,
    options: &ExecuteOptions,
) -> Result<Vec<TableWarning>, TableError> {
    let Transform::Lookup { from, .. } = transform else {
        return Ok(Vec::new());
    };
    let source: &mut LookupSource = from;
    let table = match &source.data {
        DataSource::Inline { values, format, .. } => inline_rows("lookup", values, format.as_ref(), options)?,
        DataSource::Named { name, .. } => match dataset(spec, name) {
            Some(rows) => Warned::clean(rows_of_json(name, rows, None)?),
            None => return Ok(Vec::new()),
        },
        _ => return Ok(Vec::new()),
    };
    let name = format!("lookup {}", tables.len());
    source.data = DataSource::Named {
        name: name.clone(),
        rest: Default::default(),
    };
    tables.push((name, table.value));
    Ok(table.warnings)
}
