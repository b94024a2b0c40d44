//! [`ChartSource`]: what has to be known of a table to draw a query from it.

use marey_core::{FieldName, PhysicalType};
use marey_table::Table;

use super::{ColumnRef, VqlError};

/// The columns of a table, as far as a query is turned into a chart by them.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSource {
    name: String,
    columns: Vec<SourceColumn>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SourceColumn {
    pub(super) name: FieldName,
    pub(super) physical: PhysicalType,
    /// Whether a value is missing somewhere.
    pub(super) nulls: bool,
    /// The words that stood for true and false.
    pub(super) boolean_words: Option<[String; 2]>,
}

impl ChartSource {
    /// The columns of a table.
    pub fn of(table: &Table) -> Self {
        let columns = (0..table.columns()).map(|index| SourceColumn {
            name: table.column_name(index),
            physical: table.physical_type(index),
            nulls: table.column(index).any(|array| array.null_count() > 0),
            boolean_words: table.note(index).boolean_words.clone(),
        });
        Self {
            name: table.name().to_owned(),
            columns: columns.collect(),
        }
    }

    /// Whether a query means this table by a name.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The column that a query means: names are told apart without regard to case, an exact match first.
    pub(super) fn column(&self, wanted: &ColumnRef) -> Result<&SourceColumn, VqlError> {
        let exact = self
            .columns
            .iter()
            .find(|column| column.name.as_str() == wanted.column);
        let folded = || {
            self.columns
                .iter()
                .find(|column| column.name.as_str().eq_ignore_ascii_case(&wanted.column))
        };
        exact.or_else(folded).ok_or_else(|| VqlError::UnknownColumn {
            table: self.name.clone(),
            column: wanted.column.clone(),
        })
    }
}

impl SourceColumn {
    /// The column as an expression of the grammar reads it.
    pub(super) fn datum(&self) -> String {
        datum(self.name.as_str())
    }
}

/// A field as an expression of the grammar reads it: `datum['…']`.
pub(super) fn datum(field: &str) -> String {
    format!("datum[{}]", quoted(field))
}

/// Text as an expression of the grammar writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}
