//! [`Frame`]: the rows between two transforms.

use std::sync::OnceLock;

use arrow::{
    array::{Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions, UInt32Array, new_null_array},
    buffer::BooleanBuffer,
    compute::{concat, filter, take},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use marey_core::{FieldName, nearest_name};
use rayon::prelude::*;
use std::sync::Arc;

use crate::{ColumnNote, Table, TableError};

/// Named columns of equal length, joined to one array each only where a step needs that.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    name: String,
    columns: Vec<Column>,
    rows: usize,
}

/// One column of a frame.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    name: FieldName,
    note: ColumnNote,
    pieces: Vec<ArrayRef>,
    whole: OnceLock<ArrayRef>,
}

impl Column {
    /// A column in one piece, with nothing noted.
    pub fn new(name: impl Into<FieldName>, array: ArrayRef) -> Self {
        Self::of_pieces(name.into(), ColumnNote::default(), vec![array])
    }

    fn of_pieces(name: FieldName, note: ColumnNote, pieces: Vec<ArrayRef>) -> Self {
        let whole = OnceLock::new();
        if let [piece] = pieces.as_slice() {
            // A fresh cell is empty, so this cannot fail.
            let _ = whole.set(piece.clone());
        }
        Self {
            name,
            note,
            pieces,
            whole,
        }
    }

    /// The column's name.
    pub fn name(&self) -> &FieldName {
        &self.name
    }

    /// The same values under another name.
    pub fn renamed(mut self, name: impl Into<FieldName>) -> Self {
        self.name = name.into();
        self
    }

    /// The values in one array.
    pub fn array(&self) -> Result<&ArrayRef, TableError> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole);
        }
        let pieces: Vec<&dyn Array> = self.pieces.iter().map(AsRef::as_ref).collect();
        let whole = concat(&pieces).map_err(arrow_error("could not join the pieces of a column"))?;
        Ok(self.whole.get_or_init(|| whole))
    }

    fn with_pieces(&self, pieces: Vec<ArrayRef>) -> Self {
        Self::of_pieces(self.name.clone(), self.note.clone(), pieces)
    }

    fn filtered(&self, keep: &BooleanBuffer) -> Result<Self, TableError> {
        let mut start = 0;
        let pieces = self
            .pieces
            .iter()
            .map(|piece| {
                let mask = BooleanArray::from(keep.slice(start, piece.len()));
                start += piece.len();
                filter(piece, &mask)
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(arrow_error("could not filter a column"))?;
        Ok(self.with_pieces(pieces))
    }

    /// The values at the given rows; null where there is no row.
    pub fn taken(&self, rows: &UInt32Array) -> Result<Self, TableError> {
        let array = take(self.array()?, rows, None).map_err(arrow_error("could not reorder a column"))?;
        Ok(self.with_pieces(vec![array]))
    }
}

/// Wraps what Arrow reports.
pub(crate) fn arrow_error(what: &'static str) -> impl Fn(arrow::error::ArrowError) -> TableError {
    move |source| TableError::Arrow {
        what: what.to_owned(),
        source,
    }
}

impl Frame {
    /// The rows of a table.
    pub fn of_table(table: &Table) -> Self {
        let columns = (0..table.columns())
            .map(|index| {
                let mut pieces: Vec<ArrayRef> = table.column(index).cloned().collect();
                if pieces.is_empty() {
                    pieces.push(new_null_array(table.schema().field(index).data_type(), 0));
                }
                Column::of_pieces(table.column_name(index), table.note(index).clone(), pieces)
            })
            .collect();
        Self {
            name: table.name().to_owned(),
            columns,
            rows: table.rows(),
        }
    }

    /// Other columns in place of these.
    pub fn with_columns(&self, columns: Vec<Column>, rows: usize) -> Self {
        Self {
            name: self.name.clone(),
            columns,
            rows,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows as a table.
    ///
    /// # Errors
    ///
    /// When Arrow refuses to put the columns together.
    pub fn into_table(self) -> Result<Table, TableError> {
        let lengths = self.piece_lengths();
        let fields: Vec<Field> = self
            .columns
            .iter()
            .map(|column| Field::new(column.name.as_str(), column.data_type(), true))
            .collect();
        let schema: SchemaRef = Arc::new(Schema::new(fields));
        let mut start = 0;
        let mut batches = Vec::with_capacity(lengths.len());
        for (index, &length) in lengths.iter().enumerate() {
            let arrays = self
                .columns
                .iter()
                .map(|column| match column.pieces.get(index) {
                    Some(piece) if column.pieces.len() == lengths.len() => Ok(piece.clone()),
                    _ => Ok(column.array()?.slice(start, length)),
                })
                .collect::<Result<Vec<_>, TableError>>()?;
            let options = RecordBatchOptions::new().with_row_count(Some(length));
            let batch = RecordBatch::try_new_with_options(schema.clone(), arrays, &options)
                .map_err(arrow_error("could not put columns together"))?;
            batches.push(batch);
            start += length;
        }
        let notes = self.columns.iter().map(|column| column.note.clone()).collect();
        Ok(Table::new(self.name, &schema, batches)?.with_notes(notes))
    }

    /// Lengths of the pieces that columns in several pieces share.
    fn piece_lengths(&self) -> Vec<usize> {
        self.columns
            .iter()
            .find(|column| column.pieces.len() > 1)
            .map_or_else(
                || vec![self.rows],
                |column| column.pieces.iter().map(|piece| piece.len()).collect(),
            )
    }

    /// Position of the column of a name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.as_str() == name)
    }

    /// The column that a field names.
    ///
    /// # Errors
    ///
    /// When there is none; `asked` says what needs it.
    pub fn column(&self, field: &FieldName, asked: &'static str) -> Result<&Column, TableError> {
        self.position(field.as_str())
            .and_then(|index| self.columns.get(index))
            .ok_or_else(|| TableError::UnknownField {
                asked,
                field: field.to_string(),
                suggestion: self.nearest(field.as_str()).map(str::to_owned),
                available: self
                    .columns
                    .iter()
                    .map(|column| column.name.to_string())
                    .collect(),
            })
    }

    /// The column whose name is so close to a text that it may have been meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest_name(name, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// Several columns by name.
    ///
    /// # Errors
    ///
    /// When one does not exist.
    pub fn select(&self, fields: &[FieldName], asked: &'static str) -> Result<Vec<&Column>, TableError> {
        fields.iter().map(|field| self.column(field, asked)).collect()
    }

    /// Puts a column in place of the one of that name, or behind the others.
    pub fn put(&mut self, column: Column) {
        match self.columns.iter_mut().find(|other| other.name == column.name) {
            Some(other) => *other = column,
            None => self.columns.push(column),
        }
    }

    /// The rows that are marked.
    pub fn filtered(&self, keep: &BooleanBuffer) -> Result<Self, TableError> {
        let rows = keep.count_set_bits();
        if rows == self.rows {
            return Ok(self.clone());
        }
        let columns = self
            .columns
            .par_iter()
            .map(|column| column.filtered(keep))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.with_columns(columns, rows))
    }

    /// The rows at the given positions; null where there is none.
    pub fn taken(&self, rows: &UInt32Array) -> Result<Self, TableError> {
        let columns = self
            .columns
            .par_iter()
            .map(|column| column.taken(rows))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.with_columns(columns, rows.len()))
    }
}

impl Column {
    /// Arrow type of the values.
    pub fn data_type(&self) -> DataType {
        self.pieces
            .first()
            .map_or(DataType::Null, |piece| piece.data_type().clone())
    }
}
