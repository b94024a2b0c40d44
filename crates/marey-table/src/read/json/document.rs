//! A JSON document: an array of rows, or an object that holds them.

use std::fmt;

use marey_core::Warned;
use serde::{
    Deserializer,
    de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::row::add_row;
use crate::{
    Table, TableError, TableWarning,
    read::{ReadLimits, gathered::GatheredColumns},
};

/// Reads a JSON document.
///
/// An array is rows. Of an object, the one member that is an array of objects is rows (`data`,
/// `results`, `features` …; the longest when there are several); members that are all arrays of plain values
/// of one length are columns; any other object is one row.
pub(in crate::read) fn read_json(
    name: &str,
    text: &str,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let mut columns = GatheredColumns::new(limits);
    let mut failure = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let visitor = DocumentVisitor {
        columns: &mut columns,
        failure: &mut failure,
        limits,
    };
    let read = deserializer
        .deserialize_any(visitor)
        .and_then(|()| deserializer.end());
    // A limit that was passed stopped the parser: it is the reason to tell, not the parser's.
    if let Some(failure) = failure {
        return Err(failure);
    }
    read.map_err(|source| malformed(name, &source))?;
    columns.finish(name)
}

fn malformed(name: &str, source: &serde_json::Error) -> TableError {
    TableError::Malformed {
        name: name.to_owned(),
        format: "JSON",
        place: format!("line {}, column {}", source.line(), source.column()),
        reason: reason(source),
    }
}

/// The parser's message without the place, which is told apart.
pub(super) fn reason(source: &serde_json::Error) -> String {
    let text = source.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(reason, _)| reason.to_owned())
}

struct DocumentVisitor<'c, 'l> {
    columns: &'c mut GatheredColumns<'l>,
    failure: &'c mut Option<TableError>,
    limits: &'l ReadLimits,
}

impl<'de> Visitor<'de> for DocumentVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of rows, or an object that holds one")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<(), A::Error> {
        RowsVisitor {
            columns: self.columns,
            failure: self.failure,
            limits: self.limits,
        }
        .visit_seq(rows)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut object = Map::new();
        while let Some((key, value)) = members.next_entry::<String, Value>()? {
            object.insert(key, value);
        }
        add_object(object, self.columns, self.limits).map_err(|error| {
            *self.failure = Some(error);
            A::Error::custom("stopped")
        })
    }
}

/// Rows of an array, one at a time.
struct RowsVisitor<'c, 'l> {
    columns: &'c mut GatheredColumns<'l>,
    failure: &'c mut Option<TableError>,
    limits: &'l ReadLimits,
}

impl<'de> Visitor<'de> for RowsVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element::<Value>()? {
            if let Err(error) = add_row(&row, self.columns, self.limits.max_nesting) {
                *self.failure = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

fn add_object(
    object: Map<String, Value>,
    columns: &mut GatheredColumns<'_>,
    limits: &ReadLimits,
) -> Result<(), TableError> {
    if let Some(rows) = longest_rows(&object) {
        return rows
            .iter()
            .try_for_each(|row| add_row(row, columns, limits.max_nesting));
    }
    if let Some(length) = column_length(&object) {
        return (0..length).try_for_each(|index| {
            let row: Map<String, Value> = object
                .iter()
                .map(|(key, values)| (key.clone(), values[index].clone()))
                .collect();
            add_row(&Value::Object(row), columns, limits.max_nesting)
        });
    }
    add_row(&Value::Object(object), columns, limits.max_nesting)
}

/// The longest member that is an array of objects.
fn longest_rows(object: &Map<String, Value>) -> Option<&Vec<Value>> {
    object
        .values()
        .filter_map(Value::as_array)
        .filter(|rows| !rows.is_empty() && rows.iter().all(Value::is_object))
        .max_by_key(|rows| rows.len())
}

/// The common length, when all members are arrays of plain values of one length.
fn column_length(object: &Map<String, Value>) -> Option<usize> {
    let mut lengths = object.values().map(|member| {
        let values = member.as_array()?;
        values
            .iter()
            .all(|value| !value.is_object() && !value.is_array())
            .then_some(values.len())
    });
    let first = lengths.next()??;
    (first > 0 && lengths.all(|length| length == Some(first))).then_some(first)
}

/// Whether a text is one JSON document rather than lines of JSON.
pub(in crate::read) fn is_one_document(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}
