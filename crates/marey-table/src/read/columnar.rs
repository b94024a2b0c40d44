//! Parquet and Arrow files: typed columns as they are.

use std::io::Cursor;

use arrow::{
    array::RecordBatch,
    datatypes::{Schema, SchemaRef},
    error::ArrowError,
    ipc::reader::{FileReader, StreamReader},
};
use marey_core::Warned;
use parquet::{arrow::arrow_reader::ParquetRecordBatchReaderBuilder, errors::ParquetError};

use super::{ReadLimits, arrow_frame, decoder::guarded, limits::check};
use crate::{
    Table, TableError, TableWarning,
    table::{canonical_batch, canonical_schema},
};

/// Rows decoded at a time, so that a limit is noticed before memory is gone.
const BATCH_ROWS: usize = 8192;

/// Reads a Parquet file.
///
/// # Errors
///
/// When the file is damaged or truncated, or what it unfolds to passes a limit.
pub(super) fn read_parquet(
    name: &str,
    bytes: Vec<u8>,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let failed = |source: ParquetError| malformed(name, "Parquet", source);
    guarded(name, "Parquet", || {
        let bytes = parquet_bytes(bytes);
        let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(failed)?;
        let metadata = builder.metadata();
        limits.check_rows(u64::try_from(metadata.file_metadata().num_rows()).unwrap_or(0))?;
        limits.check_columns(builder.schema().fields().len())?;
        let unfolded: u64 = metadata
            .row_groups()
            .iter()
            .map(|group| u64::try_from(group.total_byte_size()).unwrap_or(0))
            .fold(0, u64::saturating_add);
        check(
            "bytes unfolded",
            "max_decompressed_bytes",
            unfolded,
            limits.max_decompressed_bytes,
        )?;
        let schema = builder.schema().clone();
        let reader = builder.with_batch_size(BATCH_ROWS).build().map_err(failed)?;
        gather(name, "Parquet", &schema, reader, limits)
    })
}

fn parquet_bytes(bytes: Vec<u8>) -> bytes::Bytes {
    bytes::Bytes::from(bytes)
}

/// Reads an Arrow IPC file (Feather version 2) or stream.
///
/// # Errors
///
/// When the file is damaged or truncated, or passes a limit.
pub(super) fn read_arrow(
    name: &str,
    bytes: &[u8],
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let failed = |source: ArrowError| malformed(name, "Arrow", source);
    guarded(name, "Arrow", || {
        let damaged = |reason: String| malformed(name, "Arrow", reason);
        if bytes.starts_with(b"ARROW1") {
            arrow_frame::check_file(bytes).map_err(damaged)?;
            let reader = FileReader::try_new(Cursor::new(bytes), None).map_err(failed)?;
            let schema = reader.schema();
            gather(name, "Arrow", &schema, reader, limits)
        } else {
            arrow_frame::check_stream(bytes).map_err(damaged)?;
            let reader = StreamReader::try_new(Cursor::new(bytes), None).map_err(failed)?;
            let schema = reader.schema();
            gather(name, "Arrow", &schema, reader, limits)
        }
    })
}

/// Collects batches while they stay within the limits.
fn gather(
    name: &str,
    format: &'static str,
    schema: &SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    limits.check_columns(schema.fields().len())?;
    let (schema, warnings) = unique_names(schema);
    let canonical = canonical_schema(&schema);
    let mut kept = Vec::new();
    let (mut rows, mut bytes) = (0u64, 0u64);
    for batch in batches {
        let batch = batch.map_err(|source| malformed(name, format, source))?;
        rows += batch.num_rows() as u64;
        limits.check_rows(rows)?;
        let batch = batch
            .with_schema(schema.clone())
            .map_err(|source| malformed(name, format, source))?;
        // Dictionaries unfold when cast, so memory is counted after it.
        let batch = canonical_batch(&batch, &canonical)?;
        bytes += batch.get_array_memory_size() as u64;
        check(
            "bytes unfolded",
            "max_decompressed_bytes",
            bytes,
            limits.max_decompressed_bytes,
        )?;
        kept.push(batch);
    }
    Ok(Warned {
        value: Table::new(name, &canonical, kept)?,
        warnings,
    })
}

/// The schema with names told apart by a number where several columns share one.
pub(super) fn unique_names(schema: &SchemaRef) -> (SchemaRef, Vec<TableWarning>) {
    let mut seen = hashbrown::HashSet::new();
    let mut warnings = Vec::new();
    let mut fields = Vec::with_capacity(schema.fields().len());
    for field in schema.fields() {
        let mut name = field.name().clone();
        let mut copy = 2;
        while !seen.insert(name.clone()) {
            name = format!("{}_{copy}", field.name());
            copy += 1;
        }
        if name != *field.name() {
            warnings.push(TableWarning {
                code: "duplicate_name",
                column: Some(name.as_str().into()),
                row: None,
                count: 1,
                message: format!(
                    "another column is called `{}` too; this one is now `{name}`",
                    field.name()
                ),
            });
        }
        fields.push(field.as_ref().clone().with_name(name).with_nullable(true));
    }
    (std::sync::Arc::new(Schema::new(fields)), warnings)
}

pub(super) fn malformed(name: &str, format: &'static str, source: impl std::fmt::Display) -> TableError {
    TableError::Malformed {
        name: name.to_owned(),
        format,
        place: "somewhere inside".into(),
        reason: source.to_string(),
    }
}
