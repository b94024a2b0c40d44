//! [`View`]: joined tables as one.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, NullArray, UInt32Array},
    compute::{concat, take},
    util::display::array_value_to_string,
};
use marey_core::FieldName;
use marey_table::{ColumnNote, Table};

use super::{ChartSource, ColumnRef, Join, Select, TableRef, VqlError, database::named, source::Origin};

/// Most rows of joined tables.
const MOST_ROWS: usize = 1_000_000;

/// Joined tables as one: an inner join by equal columns.
///
/// A column keeps its name where no other has it, regardless of case; others are called
/// `TABLE_COLUMN`. Columns that a join makes equal and that have one name are one column.
#[derive(Debug, Clone)]
pub struct View {
    /// The rows, called after the tables.
    pub table: Table,
    origins: Vec<Vec<Origin>>,
}

/// A table that takes part, and which of its rows stands in each row of the view.
struct Part<'t> {
    reference: &'t TableRef,
    table: &'t Table,
    rows: Vec<u32>,
}

/// A column on its way into a view.
struct ViewColumn {
    name: String,
    values: ArrayRef,
    note: ColumnNote,
    origins: Vec<Origin>,
}

impl View {
    /// The tables of a SELECT, joined.
    ///
    /// # Errors
    ///
    /// When a table or column is not there, a join is by columns that do not belong to it, or the view
    /// would have more than a million rows.
    pub fn of(select: &Select, tables: &[&Table]) -> Result<Self, VqlError> {
        let first = named(tables, &select.from.name)?;
        let mut parts = vec![Part {
            reference: &select.from,
            table: first,
            rows: (0..first.rows() as u32).collect(),
        }];
        for join in &select.joins {
            add(&mut parts, join, named(tables, &join.table.name)?)?;
        }
        let equal: Vec<&(ColumnRef, ColumnRef)> = select.joins.iter().flat_map(|join| &join.on).collect();
        let mut columns: Vec<ViewColumn> = Vec::new();
        for part in &parts {
            for index in 0..part.table.columns() {
                put(&mut columns, part, index, &equal)?;
            }
        }
        let names: Vec<&str> = parts.iter().map(|part| part.table.name()).collect();
        let arrays = columns
            .iter()
            .map(|column| (FieldName::new(column.name.as_str()), Arc::clone(&column.values)))
            .collect();
        let table = Table::from_columns(names.join("-"), arrays).map_err(|error| VqlError::NotFlat {
            what: format!("be joined: {error}"),
        })?;
        let (notes, origins) = columns
            .into_iter()
            .map(|column| (column.note, column.origins))
            .unzip();
        Ok(Self {
            table: table.with_notes(notes),
            origins,
        })
    }

    /// What has to be known of it to draw a query from it.
    pub(super) fn source(&self) -> ChartSource {
        ChartSource::with_origins(&self.table, self.origins.iter().cloned())
    }
}

impl Part<'_> {
    fn is_called(&self, name: &str) -> bool {
        let alias = self.reference.alias.as_deref();
        alias.is_some_and(|alias| alias.eq_ignore_ascii_case(name))
            || self.reference.name.eq_ignore_ascii_case(name)
    }

    /// The column that is meant, if it is one of this table.
    fn column(&self, wanted: &ColumnRef) -> Option<usize> {
        if !wanted.table.as_ref().is_none_or(|table| self.is_called(table)) {
            return None;
        }
        (0..self.table.columns()).find(|index| {
            self.table
                .column_name(*index)
                .as_str()
                .eq_ignore_ascii_case(&wanted.column)
        })
    }

    fn origin(&self, index: usize) -> Origin {
        let alias = self.reference.alias.iter().cloned();
        // The name of a table means its first part only where it has an alias of its own.
        Origin {
            tables: alias.chain([self.reference.name.clone()]).collect(),
            column: self.table.column_name(index).as_str().to_owned(),
        }
    }

    /// The cells of a column as they compare: numbers by value, nothing equal to nothing.
    fn keys(&self, index: usize) -> Vec<Option<String>> {
        let mut keys = Vec::with_capacity(self.table.rows());
        for array in self.table.column(index) {
            keys.extend((0..array.len()).map(|row| {
                let text = || array_value_to_string(array, row).unwrap_or_default();
                array.is_valid(row).then(|| comparable(text()))
            }));
        }
        keys
    }
}

fn comparable(text: String) -> String {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        _ => text,
    }
}

/// Joins a table to those that are there.
fn add<'t>(parts: &mut Vec<Part<'t>>, join: &'t Join, table: &'t Table) -> Result<(), VqlError> {
    let mut new = Part {
        reference: &join.table,
        table,
        rows: Vec::new(),
    };
    let count = parts.first().map_or(0, |part| part.rows.len());
    // For each row that is there, the key by which it is joined; and the same for the new table.
    let (mut own, mut others) = (
        vec![Some(Vec::new()); table.rows()],
        vec![Some(Vec::new()); count],
    );
    for (left, right) in &join.on {
        let (wanted, other) = match (new.column(right), new.column(left)) {
            (Some(index), _) if parts.iter().any(|part| part.column(left).is_some()) => (index, left),
            (_, Some(index)) => (index, right),
            _ => return Err(unknown(&join.table.name, right)),
        };
        extend(&mut own, new.keys(wanted));
        let (part, index) = parts
            .iter()
            .find_map(|part| Some((part, part.column(other)?)))
            .ok_or_else(|| unknown("its tables", other))?;
        let keys = part.keys(index);
        let taken = part
            .rows
            .iter()
            .map(|row| keys.get(*row as usize).cloned().flatten());
        extend(&mut others, taken.collect());
    }
    let mut by_key: HashMap<Vec<String>, Vec<u32>> = HashMap::new();
    for (row, key) in own.into_iter().enumerate() {
        if let Some(key) = key {
            by_key.entry(key).or_default().push(row as u32);
        }
    }
    let mut kept: Vec<u32> = Vec::new();
    for (row, key) in others.into_iter().enumerate() {
        let matches = key
            .and_then(|key| by_key.get(&key))
            .map_or(&[][..], Vec::as_slice);
        if new.rows.len() + matches.len() > MOST_ROWS {
            return Err(VqlError::NotFlat {
                what: format!("join to more than {MOST_ROWS} rows"),
            });
        }
        kept.extend(std::iter::repeat_n(row as u32, matches.len()));
        new.rows.extend(matches);
    }
    for part in parts.iter_mut() {
        part.rows = kept
            .iter()
            .filter_map(|row| part.rows.get(*row as usize).copied())
            .collect();
    }
    parts.push(new);
    Ok(())
}

/// Adds one part to every key; a key with a part that is missing equals none.
fn extend(keys: &mut [Option<Vec<String>>], parts: Vec<Option<String>>) {
    for (key, part) in keys.iter_mut().zip(parts) {
        match (key.as_mut(), part) {
            (Some(key), Some(part)) => key.push(part),
            _ => *key = None,
        }
    }
}

fn unknown(table: &str, column: &ColumnRef) -> VqlError {
    VqlError::UnknownColumn {
        table: table.to_owned(),
        column: column.column.clone(),
    }
}

/// Adds a column of a part to a view, or a name to the column that it equals.
fn put(
    columns: &mut Vec<ViewColumn>,
    part: &Part<'_>,
    index: usize,
    equal: &[&(ColumnRef, ColumnRef)],
) -> Result<(), VqlError> {
    let origin = part.origin(index);
    let folded = |name: &str| {
        columns
            .iter()
            .position(|column| column.name.eq_ignore_ascii_case(name))
    };
    let name = match folded(&origin.column) {
        None => origin.column.clone(),
        Some(same) => {
            let joined = equal.iter().any(|(left, right)| {
                let named = |column: &ColumnRef| column.column.eq_ignore_ascii_case(&origin.column);
                named(left)
                    && named(right)
                    && (part.column(left) == Some(index) || part.column(right) == Some(index))
            });
            if joined {
                columns[same].origins.push(origin);
                return Ok(());
            }
            let own = format!("{}_{}", part.table.name(), origin.column);
            let numbered = (2..).map(|number| format!("{own}_{number}"));
            let free = std::iter::once(own.clone())
                .chain(numbered)
                .find(|name| folded(name).is_none());
            free.unwrap_or(own)
        }
    };
    columns.push(ViewColumn {
        name,
        values: taken(part, index)?,
        note: part.table.note(index).clone(),
        origins: vec![origin],
    });
    Ok(())
}

/// The values of a column in the rows of a view.
fn taken(part: &Part<'_>, index: usize) -> Result<ArrayRef, VqlError> {
    let arrays: Vec<&dyn Array> = part.table.column(index).map(AsRef::as_ref).collect();
    let rows = UInt32Array::from(part.rows.clone());
    let values = if arrays.is_empty() {
        Ok(Arc::new(NullArray::new(0)) as ArrayRef)
    } else {
        concat(&arrays)
    };
    values
        .and_then(|values| take(&values, &rows, None))
        .map_err(|error| VqlError::NotFlat {
            what: format!("be joined: {error}"),
        })
}
