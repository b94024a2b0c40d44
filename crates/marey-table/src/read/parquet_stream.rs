//! Parquet read in batches of rows: memory for a page of each column, however long the table.

use std::io::{Read, Seek};

use arrow::{
    array::{ArrayRef, RecordBatch, RecordBatchOptions},
    datatypes::{DataType, Field, FieldRef, Schema, SchemaRef},
};
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
            ParquetRecordBatchReaderBuilder,
        },
    },
    basic::{ConvertedType, Encoding},
    errors::ParquetError,
    file::metadata::ColumnChunkMetaData,
};
use rayon::prelude::*;

use super::{
    ReadLimits,
    columnar::{malformed, unique_names},
    decoder::guarded,
    limits::check,
    shared_source::SharedSource,
};
use crate::{
    TableError, TableWarning,
    table::{canonical_batch, canonical_schema},
};

const FORMAT: &str = "Parquet";

/// Most readers side by side; each decodes some of the columns.
const GROUPS: usize = 32;

/// Rows of a batch: many, so that columns are decoded in long runs, but no more than this many
/// bytes of them.
const MOST_ROWS: usize = 1 << 16;
const FEWEST_ROWS: usize = 1 << 10;
const BATCH_BYTES: u64 = 16 << 20;

/// A Parquet file whose columns are decoded in parallel, a batch of rows at a time.
pub(super) struct ParquetStream<R> {
    name: String,
    source: SharedSource<R>,
    metadata: ArrowReaderMetadata,
    limits: ReadLimits,
    /// The file's own types under names that are told apart.
    named: SchemaRef,
    /// The types of Marey's tables.
    schema: SchemaRef,
    warnings: Vec<TableWarning>,
    batch_rows: usize,
    pass: Pass,
}

/// Where a pass over some of the columns stands.
struct Pass {
    readers: Vec<ParquetRecordBatchReader>,
    named: SchemaRef,
    schema: SchemaRef,
    rows: u64,
}

impl<R: Read + Seek + Send + 'static> ParquetStream<R> {
    /// Reads what a Parquet file says of itself.
    pub fn open(name: &str, source: SharedSource<R>, limits: &ReadLimits) -> Result<Self, TableError> {
        guarded(name, FORMAT, || {
            let metadata = ArrowReaderMetadata::load(&source, ArrowReaderOptions::new())
                .map_err(|source: ParquetError| malformed(name, FORMAT, source))?;
            let file = metadata.metadata();
            limits.check_rows(u64::try_from(file.file_metadata().num_rows()).unwrap_or(0))?;
            limits.check_columns(metadata.schema().fields().len())?;
            let (named, warnings) = unique_names(metadata.schema());
            let schema = canonical_schema(&named);
            let batch_rows = batch_rows(&metadata);
            let pass = Pass {
                readers: Vec::new(),
                named: named.clone(),
                schema: schema.clone(),
                rows: 0,
            };
            let mut stream = Self {
                name: name.to_owned(),
                source,
                limits: limits.clone(),
                named,
                schema,
                warnings,
                batch_rows,
                metadata,
                pass,
            };
            stream.rewind(&(0..stream.schema.fields().len()).collect::<Vec<_>>())?;
            Ok(stream)
        })
    }

    /// Names and types of all columns.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// What was odd about the columns.
    pub fn warnings(&self) -> &[TableWarning] {
        &self.warnings
    }

    /// Goes back to the first row; from here on texts that the file holds as places in dictionaries
    /// come so, as arrays of `Dictionary(Int32, Utf8)`, and not cell by cell.
    pub fn keep_dictionaries(&mut self) -> Result<(), TableError> {
        let told: Vec<bool> = (0..self.named.fields().len())
            .map(|root| is_told_by_dictionaries(&self.metadata, root))
            .collect();
        if !told.contains(&true) {
            return Ok(());
        }
        let kept = |schema: &SchemaRef| -> SchemaRef {
            let field = |(field, told): (&FieldRef, &bool)| match field.data_type() {
                DataType::Utf8 if *told => field.as_ref().clone().with_data_type(by_dictionary()),
                _ => field.as_ref().clone(),
            };
            let fields: Vec<Field> = schema.fields().iter().zip(&told).map(field).collect();
            Schema::new_with_metadata(fields, schema.metadata().clone()).into()
        };
        let (named, schema) = (kept(&self.named), kept(&self.schema));
        let file = self.metadata.metadata().clone();
        let options = ArrowReaderOptions::new().with_schema(kept(self.metadata.schema()));
        let metadata = guarded(&self.name, FORMAT, || {
            ArrowReaderMetadata::try_new(file, options)
                .map_err(|source| malformed(&self.name, FORMAT, source))
        });
        // Files whose other columns cannot be asked for by type come cell by cell.
        let Ok(metadata) = metadata else {
            return Ok(());
        };
        (self.metadata, self.named, self.schema) = (metadata, named, schema);
        self.rewind(&(0..self.schema.fields().len()).collect::<Vec<_>>())
    }

    /// Goes back to the first row; from here on batches have these columns only.
    pub fn rewind(&mut self, columns: &[usize]) -> Result<(), TableError> {
        let failed = |source: &dyn std::fmt::Display| malformed(&self.name, FORMAT, source);
        let project = |schema: &SchemaRef| -> Result<SchemaRef, TableError> {
            schema
                .project(columns)
                .map(SchemaRef::new)
                .map_err(|error| failed(&error))
        };
        let (named, schema) = (project(&self.named)?, project(&self.schema)?);
        let size = columns.len().div_ceil(GROUPS).max(1);
        let readers = guarded(&self.name, FORMAT, || {
            columns
                .chunks(size)
                .map(|group| self.reader(group).map_err(|error| failed(&error)))
                .collect::<Result<Vec<_>, _>>()
        })?;
        self.pass = Pass {
            readers,
            named,
            schema,
            rows: 0,
        };
        Ok(())
    }

    fn reader(&self, columns: &[usize]) -> Result<ParquetRecordBatchReader, ParquetError> {
        let builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(self.source.clone(), self.metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
        builder
            .with_projection(mask)
            .with_batch_size(self.batch_rows)
            .build()
    }

    /// The next rows, or nothing behind the last.
    pub fn next_batch(&mut self) -> Result<Option<RecordBatch>, TableError> {
        let name = &self.name;
        let decoded: Vec<Option<RecordBatch>> = self
            .pass
            .readers
            .par_iter_mut()
            .map(|reader| {
                guarded(name, FORMAT, || {
                    reader
                        .next()
                        .transpose()
                        .map_err(|source| malformed(name, FORMAT, source))
                })
            })
            .collect::<Result<_, _>>()?;
        let Some(rows) = decoded.iter().flatten().map(RecordBatch::num_rows).max() else {
            return Ok(None);
        };
        self.pass.rows += rows as u64;
        self.limits.check_rows(self.pass.rows)?;
        let arrays: Vec<ArrayRef> = decoded
            .into_iter()
            .flatten()
            .flat_map(|batch| batch.columns().to_vec())
            .collect();
        self.joined(arrays, rows).map(Some)
    }

    /// The columns of one batch, brought to the types of Marey's tables.
    fn joined(&self, arrays: Vec<ArrayRef>, rows: usize) -> Result<RecordBatch, TableError> {
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(self.pass.named.clone(), arrays, &options)
            .map_err(|source| malformed(&self.name, FORMAT, source))?;
        let batch = canonical_batch(&batch, &self.pass.schema)?;
        check(
            "bytes in one batch of rows",
            "max_decompressed_bytes",
            batch.get_array_memory_size() as u64,
            self.limits.max_decompressed_bytes,
        )?;
        Ok(batch)
    }
}

fn by_dictionary() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// Whether every page of a column of text tells its cells by their places in a
/// dictionary.
fn is_told_by_dictionaries(metadata: &ArrowReaderMetadata, root: usize) -> bool {
    let file = metadata.metadata();
    let columns = file.file_metadata().schema_descr();
    let mut leaves = (0..columns.num_columns()).filter(|leaf| columns.get_column_root_idx(*leaf) == root);
    let (Some(leaf), None) = (leaves.next(), leaves.next()) else {
        return false;
    };
    let is_told = |chunk: &ColumnChunkMetaData| {
        chunk.dictionary_page_offset().is_some()
            && chunk.page_encoding_stats_mask().is_some_and(|mask| {
                mask.is_only(Encoding::PLAIN_DICTIONARY) || mask.is_only(Encoding::RLE_DICTIONARY)
            })
    };
    let mut chunks = file.row_groups().iter().map(|group| group.columns().get(leaf));
    // Of other types of text, only the canonical form is plain text.
    metadata.schema().field(root).data_type() == &DataType::Utf8
        && columns.column(leaf).converted_type() == ConvertedType::UTF8
        && chunks.all(|chunk| chunk.is_some_and(is_told))
}

/// So many rows that a batch takes about [`BATCH_BYTES`].
fn batch_rows(metadata: &ArrowReaderMetadata) -> usize {
    let file = metadata.metadata();
    let sum = |of: &dyn Fn(&parquet::file::metadata::RowGroupMetaData) -> i64| {
        file.row_groups()
            .iter()
            .map(|group| u64::try_from(of(group)).unwrap_or(0))
            .fold(0, u64::saturating_add)
    };
    let rows = sum(&|group| group.num_rows()).max(1);
    // Dictionaries make a column small in the file; unfolded, a cell takes eight bytes and more.
    let cells = 8 * metadata.schema().fields().len() as u64;
    let row = (sum(&|group| group.total_byte_size()) / rows).max(cells).max(1);
    let rows = usize::try_from(BATCH_BYTES / row).unwrap_or(MOST_ROWS);
    // A power of two, so that the profiler's slices are whole.
    rows.clamp(FEWEST_ROWS, MOST_ROWS)
        .next_power_of_two()
        .min(MOST_ROWS)
}
