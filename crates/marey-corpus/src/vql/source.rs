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
    /// What queries may call it; a column of one flat table has its own name only.
    origins: Vec<Origin>,
}

/// A name that queries have for a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The table and its alias; any, where there is one table only.
    pub(super) tables: Vec<String>,
    pub(super) column: String,
}

impl Origin {
    fn is_meant(&self, wanted: &ColumnRef) -> bool {
        let table = wanted.table.as_ref().is_none_or(|table| {
            self.tables.is_empty() || self.tables.iter().any(|own| own.eq_ignore_ascii_case(table))
        });
        table && self.column.eq_ignore_ascii_case(&wanted.column)
    }
}

impl ChartSource {
    /// The columns of a table.
    pub fn of(table: &Table) -> Self {
        let origins = (0..table.columns()).map(|index| {
            let column = table.column_name(index).as_str().to_owned();
            let tables = Vec::new();
            vec![Origin { tables, column }]
        });
        Self::with_origins(table, origins)
    }

    /// The columns of a table, and what queries may call each.
    pub(super) fn with_origins(table: &Table, origins: impl IntoIterator<Item = Vec<Origin>>) -> Self {
        let columns = origins
            .into_iter()
            .enumerate()
            .map(|(index, origins)| SourceColumn {
                name: table.column_name(index),
                physical: table.physical_type(index),
                nulls: table.column(index).any(|array| array.null_count() > 0),
                boolean_words: table.note(index).boolean_words.clone(),
                origins,
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
        let means = |column: &&SourceColumn| column.origins.iter().any(|origin| origin.is_meant(wanted));
        let exact = self
            .columns
            .iter()
            .find(|column| means(column) && column.name.as_str() == wanted.column);
        let folded = || self.columns.iter().find(means);
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
