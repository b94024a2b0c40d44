//! Columns gathered value by value, for formats whose cells carry types of their own.
//!
//! JSON, spreadsheets and SQLite all hand over typed cells that may still disagree within a column.
//! [`GatheredColumns`] collects them without deciding; at the end a column whose cells agree keeps
//! their type, text goes through the same typing as text of a CSV file, and a column of mixed cells
//! becomes text first.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, NullArray, StringBuilder,
    Time64MicrosecondArray, TimestampMicrosecondArray,
};
use hashbrown::HashMap;
use marey_core::{FieldName, Warned};

use super::{ReadLimits, cell::type_text_columns, limits::check};
use crate::{ColumnNote, Table, TableError, TableWarning};

/// A cell as its format gave it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since midnight.
    Time(i64),
    /// Microseconds since 1970-01-01, local.
    Timestamp(i64),
    /// Text.
    Text(&'a str),
}

/// A cell as it is kept: text lives in one buffer per column.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kept {
    Null,
    Boolean(bool),
    Int(i64),
    Float(f64),
    Date(i32),
    Time(i64),
    Timestamp(i64),
    Text { start: u64, bytes: u32 },
}

/// One column under construction; rows it has not seen yet are null.
#[derive(Debug, Default)]
struct Column {
    cells: Vec<Kept>,
    text: String,
}

impl Column {
    fn text_at(&self, start: u64, bytes: u32) -> &str {
        let start = start as usize;
        self.text.get(start..start + bytes as usize).unwrap_or_default()
    }
}

/// Columns under construction, in order of first appearance.
#[derive(Debug)]
pub(crate) struct GatheredColumns<'l> {
    names: Vec<String>,
    by_name: HashMap<String, usize>,
    columns: Vec<Column>,
    rows: usize,
    bytes: u64,
    limits: &'l ReadLimits,
}

impl<'l> GatheredColumns<'l> {
    /// No columns yet.
    pub fn new(limits: &'l ReadLimits) -> Self {
        Self {
            names: Vec::new(),
            by_name: HashMap::new(),
            columns: Vec::new(),
            rows: 0,
            bytes: 0,
            limits,
        }
    }

    /// Number of finished rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The position of a column by name, made when it is new.
    pub fn column(&mut self, name: &str) -> Result<usize, TableError> {
        if let Some(&index) = self.by_name.get(name) {
            return Ok(index);
        }
        self.new_column(name)
    }

    /// A new column, even when another has the same name; duplicates are told apart by a number.
    pub fn new_column(&mut self, name: &str) -> Result<usize, TableError> {
        let index = self.columns.len();
        self.limits.check_columns(index + 1)?;
        let mut unique = name.to_owned();
        let mut copy = 2;
        while self.by_name.contains_key(&unique) {
            unique = format!("{name}_{copy}");
            copy += 1;
        }
        self.by_name.insert(unique.clone(), index);
        self.names.push(unique);
        self.columns.push(Column::default());
        Ok(index)
    }

    /// Puts a cell into the current row; a second cell of the same column and row replaces the first.
    pub fn set(&mut self, column: usize, cell: Cell<'_>) -> Result<(), TableError> {
        let Some(target) = self.columns.get_mut(column) else {
            return Ok(());
        };
        let kept = match cell {
            Cell::Null => Kept::Null,
            Cell::Boolean(value) => Kept::Boolean(value),
            Cell::Int(value) => Kept::Int(value),
            Cell::Float(value) => Kept::Float(value),
            Cell::Date(value) => Kept::Date(value),
            Cell::Time(value) => Kept::Time(value),
            Cell::Timestamp(value) => Kept::Timestamp(value),
            Cell::Text(text) => {
                check(
                    "bytes in one cell",
                    "max_cell_bytes",
                    text.len() as u64,
                    self.limits.max_cell_bytes as u64,
                )?;
                let start = target.text.len() as u64;
                target.text.push_str(text);
                self.bytes += text.len() as u64;
                Kept::Text {
                    start,
                    bytes: u32::try_from(text.len()).unwrap_or(u32::MAX),
                }
            }
        };
        // Rows in which the column did not occur are null.
        let padding = self.rows.saturating_sub(target.cells.len());
        self.bytes += (padding as u64 + 1) * size_of::<Kept>() as u64;
        check(
            "bytes of cells",
            "max_decompressed_bytes",
            self.bytes,
            self.limits.max_decompressed_bytes,
        )?;
        target.cells.resize(target.cells.len() + padding, Kept::Null);
        target.cells.truncate(self.rows);
        target.cells.push(kept);
        Ok(())
    }

    /// Ends the current row.
    pub fn end_row(&mut self) -> Result<(), TableError> {
        self.rows += 1;
        self.limits.check_rows(self.rows as u64)
    }

    /// The finished table, typed.
    pub fn finish(self, name: &str) -> Result<Warned<Table, TableWarning>, TableError> {
        let rows = self.rows;
        let mut arrays: Vec<Option<ArrayRef>> = Vec::with_capacity(self.columns.len());
        let mut texts = Vec::new();
        for (index, (name, column)) in self.names.iter().zip(&self.columns).enumerate() {
            let array = typed(column, rows);
            if array.is_none() {
                texts.push((
                    index,
                    (
                        FieldName::new(name.as_str()),
                        vec![as_text(column, rows).finish()],
                    ),
                ));
            }
            arrays.push(array);
        }
        let (positions, texts): (Vec<usize>, Vec<_>) = texts.into_iter().unzip();
        let mut notes = vec![ColumnNote::default(); self.names.len()];
        let mut warnings = Vec::new();
        for (index, typed) in positions.into_iter().zip(type_text_columns(&texts)) {
            arrays[index] = typed.chunks.into_iter().next();
            notes[index] = typed.note;
            warnings.extend(typed.warnings);
        }
        let columns = self
            .names
            .into_iter()
            .zip(arrays)
            .map(|(name, array)| {
                (
                    FieldName::new(name),
                    array.unwrap_or_else(|| Arc::new(NullArray::new(rows))),
                )
            })
            .collect();
        Ok(Warned {
            value: Table::from_columns(name, columns)?.with_notes(notes),
            warnings,
        })
    }
}

/// The column as an array of the one type that all its cells have; none when they are text or disagree.
fn typed(column: &Column, rows: usize) -> Option<ArrayRef> {
    let cells = || {
        column.cells.iter().chain(std::iter::repeat_n(
            &Kept::Null,
            rows.saturating_sub(column.cells.len()),
        ))
    };
    let all = |fits: fn(&Kept) -> bool| column.cells.iter().all(|cell| *cell == Kept::Null || fits(cell));
    if column.cells.iter().all(|cell| *cell == Kept::Null) {
        return Some(Arc::new(NullArray::new(rows)));
    }
    macro_rules! collect {
        ($array:ty, $variant:ident) => {
            Some(Arc::new(
                cells()
                    .map(|cell| {
                        if let Kept::$variant(value) = cell {
                            Some(*value)
                        } else {
                            None
                        }
                    })
                    .collect::<$array>(),
            ) as ArrayRef)
        };
    }
    if all(|cell| matches!(cell, Kept::Boolean(_))) {
        collect!(BooleanArray, Boolean)
    } else if all(|cell| matches!(cell, Kept::Int(_))) {
        collect!(Int64Array, Int)
    } else if all(|cell| matches!(cell, Kept::Int(_) | Kept::Float(_))) {
        Some(Arc::new(cells().map(number).collect::<Float64Array>()))
    } else if all(|cell| matches!(cell, Kept::Date(_))) {
        collect!(Date32Array, Date)
    } else if all(|cell| matches!(cell, Kept::Time(_))) {
        collect!(Time64MicrosecondArray, Time)
    } else if all(|cell| matches!(cell, Kept::Date(_) | Kept::Timestamp(_))) {
        Some(Arc::new(
            cells().map(instant).collect::<TimestampMicrosecondArray>(),
        ))
    } else {
        None
    }
}

fn number(cell: &Kept) -> Option<f64> {
    match cell {
        Kept::Int(value) => Some(*value as f64),
        Kept::Float(value) => Some(*value),
        _ => None,
    }
}

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

fn instant(cell: &Kept) -> Option<i64> {
    match cell {
        Kept::Date(days) => Some(i64::from(*days) * MICROSECONDS_PER_DAY),
        Kept::Timestamp(value) => Some(*value),
        _ => None,
    }
}

/// The column as text, each cell in its plain written form.
fn as_text(column: &Column, rows: usize) -> StringBuilder {
    let mut text = StringBuilder::with_capacity(rows, column.text.len());
    for cell in &column.cells {
        match *cell {
            Kept::Null => text.append_null(),
            Kept::Boolean(value) => text.append_value(if value { "true" } else { "false" }),
            Kept::Int(value) => text.append_value(value.to_string()),
            Kept::Float(value) => text.append_value(value.to_string()),
            Kept::Date(days) => {
                text.append_value(written(i64::from(days) * MICROSECONDS_PER_DAY, "%Y-%m-%d"))
            }
            Kept::Time(value) => text.append_value(written(value, "%H:%M:%S")),
            Kept::Timestamp(value) => text.append_value(written(value, "%Y-%m-%dT%H:%M:%S")),
            Kept::Text { start, bytes } => text.append_value(column.text_at(start, bytes)),
        }
    }
    for _ in column.cells.len()..rows {
        text.append_null();
    }
    text
}

fn written(microseconds: i64, pattern: &str) -> String {
    chrono::DateTime::from_timestamp_micros(microseconds).map_or_else(String::new, |instant| {
        instant.naive_utc().format(pattern).to_string()
    })
}

#[cfg(test)]
mod tests {
    use marey_core::PhysicalType;

    use super::*;

    fn check(cells: &[Cell<'_>], expected: PhysicalType) {
        let limits = ReadLimits::default();
        let mut columns = GatheredColumns::new(&limits);
        let index = columns.column("a").unwrap();
        for cell in cells {
            columns.set(index, cell.clone()).unwrap();
            columns.end_row().unwrap();
        }
        let table = columns.finish("t").unwrap().value;
        assert_eq!(
            (table.physical_type(0), table.rows()),
            (expected, cells.len()),
            "{cells:?}"
        );
    }

    #[test]
    fn cells_that_agree_keep_their_type() {
        check(&[Cell::Int(1), Cell::Null, Cell::Int(2)], PhysicalType::Int);
        check(&[Cell::Int(1), Cell::Float(0.5)], PhysicalType::Float);
        check(&[Cell::Boolean(true), Cell::Null], PhysicalType::Boolean);
        check(&[Cell::Date(1), Cell::Date(2)], PhysicalType::Date);
        check(&[Cell::Date(1), Cell::Timestamp(2)], PhysicalType::Timestamp);
        check(&[Cell::Null, Cell::Null], PhysicalType::Empty);
        check(
            &[Cell::Text("2020-01-01"), Cell::Text("2020-01-02")],
            PhysicalType::Date,
        );
        check(&[Cell::Text("red"), Cell::Text("blue")], PhysicalType::Text);
    }

    #[test]
    fn columns_that_appear_late_are_null_before() {
        let limits = ReadLimits::default();
        let mut columns = GatheredColumns::new(&limits);
        let a = columns.column("a").unwrap();
        columns.set(a, Cell::Int(1)).unwrap();
        columns.end_row().unwrap();
        let b = columns.column("b").unwrap();
        columns.set(b, Cell::Int(2)).unwrap();
        columns.end_row().unwrap();
        let table = columns.finish("t").unwrap().value;
        let nulls: Vec<usize> = (0..2)
            .map(|index| table.column(index).map(|array| array.null_count()).sum())
            .collect();
        assert_eq!(nulls, [1, 1]);
    }

    #[test]
    fn passing_a_limit_is_an_error_that_names_it() {
        let limits = ReadLimits {
            max_columns: 1,
            ..ReadLimits::default()
        };
        let mut columns = GatheredColumns::new(&limits);
        columns.column("a").unwrap();
        let error = columns.column("b").unwrap_err().to_string();
        assert!(error.contains("max_columns"), "{error}");
    }
}
