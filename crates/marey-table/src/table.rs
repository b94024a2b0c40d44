//! [`Table`]: named columns over Arrow batches.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, RecordBatch, RecordBatchOptions},
    compute::cast,
    datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit},
};
use marey_core::{FieldName, PhysicalType};

use crate::{ColumnNote, TableError};

/// A table: named columns over Arrow batches, with notes on how each column was written.
///
/// Column types are a closed set, so that whoever consumes a table handles nine cases and no more:
///
/// | physical type | Arrow type |
/// |---|---|
/// | boolean | `Boolean` |
/// | int | `Int64` |
/// | float | `Float64` |
/// | decimal | `Decimal128` |
/// | date | `Date32` |
/// | time | `Time64(Microsecond)` |
/// | timestamp | `Timestamp(Microsecond, None)` (local) or `Timestamp(Microsecond, "UTC")` |
/// | text | `Utf8` |
/// | empty | `Null` |
#[derive(Debug, Clone)]
pub struct Table {
    name: String,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    notes: Vec<ColumnNote>,
    rows: usize,
}

impl Table {
    /// A table of batches of any Arrow types, cast to the closed set above.
    ///
    /// Nested and binary columns become text (JSON-like, base16); dictionaries are unpacked;
    /// instants are brought to UTC.
    ///
    /// # Errors
    ///
    /// When a batch has another schema than `schema`, or Arrow cannot cast a column.
    pub fn new(
        name: impl Into<String>,
        schema: &SchemaRef,
        batches: Vec<RecordBatch>,
    ) -> Result<Self, TableError> {
        let canonical = canonical_schema(schema);
        let batches = batches
            .iter()
            .map(|batch| canonical_batch(batch, &canonical))
            .collect::<Result<Vec<_>, _>>()?;
        let rows = batches.iter().map(RecordBatch::num_rows).sum();
        let notes = vec![ColumnNote::default(); canonical.fields().len()];
        Ok(Self {
            name: name.into(),
            schema: canonical,
            batches,
            notes,
            rows,
        })
    }

    /// A table without columns and rows, for specs that bring their own.
    pub fn empty(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            schema: Arc::new(Schema::empty()),
            batches: Vec::new(),
            notes: Vec::new(),
            rows: 0,
        }
    }

    /// A table of named columns of equal length.
    ///
    /// # Errors
    ///
    /// When the columns differ in length.
    pub fn from_columns(
        name: impl Into<String>,
        columns: Vec<(FieldName, ArrayRef)>,
    ) -> Result<Self, TableError> {
        let rows = columns.first().map_or(0, |(_, array)| array.len());
        if let Some((column, array)) = columns.iter().find(|(_, array)| array.len() != rows) {
            return Err(TableError::ColumnLength {
                column: column.to_string(),
                found: array.len(),
                expected: rows,
            });
        }
        let fields: Vec<Field> = columns
            .iter()
            .map(|(column, array)| Field::new(column.as_str(), array.data_type().clone(), true))
            .collect();
        let schema: SchemaRef = Arc::new(Schema::new(fields));
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch =
            RecordBatch::try_new_with_options(schema.clone(), arrays, &options).map_err(|source| {
                TableError::Arrow {
                    what: "could not put columns together".into(),
                    source,
                }
            })?;
        Self::new(name, &schema, vec![batch])
    }

    /// Adds notes on how the columns were written, one per column.
    pub fn with_notes(mut self, notes: Vec<ColumnNote>) -> Self {
        debug_assert_eq!(notes.len(), self.columns());
        self.notes = notes;
        self
    }

    /// Name of the table: a file stem, a sheet, or what the caller calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.schema.fields().len()
    }

    /// Whether there are neither columns nor rows, as in [`Table::empty`].
    pub fn is_empty(&self) -> bool {
        self.columns() == 0 && self.rows == 0
    }

    /// Arrow schema; every batch has it.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The rows in order.
    pub fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// The column's name at a position.
    pub fn column_name(&self, index: usize) -> FieldName {
        FieldName::new(self.schema.field(index).name().as_str())
    }

    /// Position of a column by its exact name.
    pub fn column_index(&self, name: &FieldName) -> Option<usize> {
        self.schema.index_of(name.as_str()).ok()
    }

    /// The pieces of a column, one per batch.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &ArrayRef> {
        self.batches.iter().map(move |batch| batch.column(index))
    }

    /// How the column's cells were written.
    pub fn note(&self, index: usize) -> &ColumnNote {
        &self.notes[index]
    }

    /// How the column's values are stored.
    pub fn physical_type(&self, index: usize) -> PhysicalType {
        match self.schema.field(index).data_type() {
            DataType::Boolean => PhysicalType::Boolean,
            DataType::Int64 => PhysicalType::Int,
            DataType::Float64 => PhysicalType::Float,
            DataType::Decimal128(..) => PhysicalType::Decimal,
            DataType::Date32 => PhysicalType::Date,
            DataType::Time64(_) => PhysicalType::Time,
            DataType::Timestamp(..) => PhysicalType::Timestamp,
            DataType::Null => PhysicalType::Empty,
            _ => PhysicalType::Text,
        }
    }

    /// The same rows under another name.
    pub fn renamed(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
}

/// The schema with every column's type brought to the closed set.
pub(crate) fn canonical_schema(schema: &SchemaRef) -> SchemaRef {
    let canonical = |field: &Arc<Field>| Field::new(field.name(), canonical_type(field.data_type()), true);
    Arc::new(Schema::new(
        schema.fields().iter().map(canonical).collect::<Vec<_>>(),
    ))
}

/// The closed set's member that holds values of an Arrow type.
fn canonical_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Boolean | DataType::Int64 | DataType::Float64 | DataType::Date32 | DataType::Null => {
            data_type.clone()
        }
        DataType::Int8 | DataType::Int16 | DataType::Int32 => DataType::Int64,
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 => DataType::Int64,
        // Values above i64::MAX do occur in hashes: a float would merge them, so they stay exact.
        DataType::UInt64 => DataType::Decimal128(20, 0),
        DataType::Float16 | DataType::Float32 => DataType::Float64,
        DataType::Decimal128(precision, scale) => DataType::Decimal128(*precision, *scale),
        DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal256(_, scale) => {
            DataType::Decimal128(38, *scale)
        }
        DataType::Date64 => DataType::Timestamp(TimeUnit::Microsecond, None),
        DataType::Time32(_) | DataType::Time64(_) => DataType::Time64(TimeUnit::Microsecond),
        DataType::Timestamp(_, None) => DataType::Timestamp(TimeUnit::Microsecond, None),
        DataType::Timestamp(_, Some(_)) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        DataType::Dictionary(_, values) => canonical_type(values),
        _ => DataType::Utf8,
    }
}

/// The batch with every column cast to the type that a canonical schema gives it.
pub(crate) fn canonical_batch(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, TableError> {
    let arrays = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(array, field)| {
            if array.data_type() == field.data_type() {
                Ok(array.clone())
            } else {
                cast(array, field.data_type())
            }
        })
        .collect::<Result<Vec<_>, _>>();
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    arrays
        .and_then(|arrays| RecordBatch::try_new_with_options(schema.clone(), arrays, &options))
        .map_err(|source| TableError::Arrow {
            what: "could not bring a column to a type of Marey's tables".into(),
            source,
        })
}
