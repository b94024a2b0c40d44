//! CSV, TSV and their kin.
//!
//! Bytes are decoded, the dialect and the header are found, and the data is cut into stretches that
//! are scanned in parallel. Where a stretch begins is guessed from the quotes before it and proved
//! by its predecessor, so the result is that of one scan from the top. Cells are typed by
//! [`cell`](super::cell): first all are classified, then parsed by the decided types.

mod cell_ends;
mod dialect;
mod flow;
mod header;
mod quote;
mod record;
mod repair;
mod stretch;

use arrow::{
    array::{ArrayRef, RecordBatch, RecordBatchOptions},
    datatypes::{Field, Schema, SchemaRef},
};
use marey_core::{FieldName, Warned};
use rayon::prelude::*;
use std::sync::Arc;

use super::{
    ReadLimits,
    cell::{ChunkReport, Evidence, Plan, column_note, column_warnings, decide, parse_chunk},
    text_encoding,
};
use crate::{Table, TableError, TableWarning};
use record::Records;
use stretch::Stretches;

pub(super) use flow::{CsvStream, Flow, Sizes};

/// How to read a text table; what is not said is found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvOptions {
    /// What separates cells, an ASCII character.
    pub delimiter: Option<u8>,
    /// What encloses cells that hold separators or line ends; 0 for nothing.
    pub quote: Option<u8>,
    /// Whether the first line holds names.
    pub header: Option<bool>,
    /// Text encoding by its WHATWG label, such as `windows-1252`.
    pub encoding: Option<String>,
    /// Whether cells are read as numbers, dates and so on; if not, every column is text and only
    /// empty cells are null.
    pub infer_types: bool,
    /// Bounds on the input.
    pub limits: ReadLimits,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            delimiter: None,
            quote: None,
            header: None,
            encoding: None,
            infer_types: true,
            limits: ReadLimits::default(),
        }
    }
}

/// Name of the column that holds cells beyond the last one.
const EXTRA: &str = "extra";

/// Reads a text table: CSV, TSV or any other that puts one record on a line.
///
/// Rows are never dropped: short ones are filled with nulls, surplus cells are kept in a column
/// `extra`. Cells are typed over whole columns; the order of rows does not matter. Every repair is
/// a warning.
///
/// # Errors
///
/// When the input is empty or not text, names an unknown encoding, or passes a limit.
///
/// # Examples
///
/// ```
/// use marey_table::read::{CsvOptions, read_csv};
///
/// let bytes = b"city,rent\nOslo,\"$1,200\"\nBergen,$980\n";
/// let read = read_csv("rents", bytes, &CsvOptions::default())?;
/// assert_eq!(read.value.rows(), 2);
/// # Ok::<(), marey_table::TableError>(())
/// ```
pub fn read_csv(
    name: &str,
    bytes: &[u8],
    options: &CsvOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    options.limits.check_bytes(bytes.len())?;
    let mut warnings = Vec::new();
    let decoded = text_encoding::decode(name, bytes, options.encoding.as_deref(), &mut warnings)?;
    let text = decoded.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(TableError::EmptyInput {
            name: name.to_owned(),
        });
    }
    let (asked, text) = dialect::excel_hint(text);
    let dialect = dialect::sniff(text, asked, options)?;
    let header = header::find(text, dialect, options.header, &options.limits)?;
    warnings.extend(header.repairs);
    let body = text.get(header.data_start..).unwrap_or_default();
    let table = Body {
        name,
        body,
        names: header.names,
        options,
    };
    let stretches = stretch::cut(body, dialect, table.names.len(), &options.limits)?;
    table.read(&stretches, warnings)
}

/// The data below the header.
struct Body<'t, 'o> {
    name: &'o str,
    body: &'t str,
    names: Vec<FieldName>,
    options: &'o CsvOptions,
}

impl Body<'_, '_> {
    fn read(
        mut self,
        stretches: &Stretches<'_>,
        mut warnings: Vec<TableWarning>,
    ) -> Result<Warned<Table, TableWarning>, TableError> {
        let rows = stretches.rows();
        self.options.limits.check_rows(rows)?;
        let repairs = stretches.repairs();
        let width = self.names.len();
        if repairs.long.count > 0 {
            self.names.push(free_name(&self.names));
        }
        warnings.extend(repair::warnings(&repairs, width, self.names.get(width)));
        let plans = self.plans(stretches, width)?;
        let (batches, reports) = self.parse(stretches, &plans, width)?;
        let notes = plans
            .iter()
            .zip(&reports)
            .map(|(plan, report)| column_note(plan, report))
            .collect();
        for ((name, plan), report) in self.names.iter().zip(&plans).zip(&reports) {
            warnings.extend(column_warnings(name, plan, report));
        }
        let schema = schema(&self.names, &plans);
        let table = Table::new(self.name, &schema, batches)?.with_notes(notes);
        Ok(Warned {
            value: table,
            warnings,
        })
    }

    fn plans(&self, stretches: &Stretches<'_>, width: usize) -> Result<Vec<Plan>, TableError> {
        let columns = self.names.len();
        if !self.options.infer_types {
            return Ok(vec![Plan::text(); columns]);
        }
        let evidence = stretches
            .stretches
            .par_iter()
            .map(|stretch| {
                let records = stretches.records(self.body, stretch)?;
                Ok((0..columns)
                    .into_par_iter()
                    .map(|column| classify(&records, column, width))
                    .collect::<Vec<_>>())
            })
            .try_reduce_with(|mut all, more| {
                for (evidence, more) in all.iter_mut().zip(&more) {
                    evidence.merge(more);
                }
                Ok(all)
            })
            .transpose()?
            .unwrap_or_else(|| vec![Evidence::default(); columns]);
        Ok(decide(&self.names.iter().collect::<Vec<_>>(), &evidence))
    }

    /// The batches, one per stretch, and a report per column.
    fn parse(
        &self,
        stretches: &Stretches<'_>,
        plans: &[Plan],
        width: usize,
    ) -> Result<(Vec<RecordBatch>, Vec<ChunkReport>), TableError> {
        let schema = schema(&self.names, plans);
        let parsed = stretches
            .stretches
            .par_iter()
            .map(|stretch| {
                let records = stretches.records(self.body, stretch)?;
                let columns: Vec<(ArrayRef, ChunkReport)> = plans
                    .par_iter()
                    .enumerate()
                    .map(|(column, plan)| parse_chunk(plan, records.column(column, width)))
                    .collect();
                let (arrays, reports): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
                Ok((batch(&schema, arrays, records.rows)?, reports))
            })
            .collect::<Result<Vec<_>, TableError>>()?;
        let mut merged = vec![ChunkReport::default(); plans.len()];
        let mut batches = Vec::with_capacity(parsed.len());
        let mut first_row = 0;
        for (batch, reports) in parsed {
            for (merged, report) in merged.iter_mut().zip(reports) {
                merged.merge(report, first_row);
            }
            first_row += batch.num_rows() as u64;
            batches.push(batch);
        }
        Ok((batches, merged))
    }
}

/// A name for the column of surplus cells that no other column has.
fn free_name(names: &[FieldName]) -> FieldName {
    let mut name = FieldName::new(EXTRA);
    let mut number = 2;
    while names.contains(&name) {
        name = FieldName::new(format!("{EXTRA}_{number}"));
        number += 1;
    }
    name
}

fn classify(records: &Records<'_>, column: usize, width: usize) -> Evidence {
    let mut evidence = Evidence::default();
    for cell in records.column(column, width) {
        evidence.add(cell);
    }
    evidence
}

fn schema(names: &[FieldName], plans: &[Plan]) -> SchemaRef {
    let fields: Vec<Field> = names
        .iter()
        .zip(plans)
        .map(|(name, plan)| Field::new(name.as_str(), plan.data_type(), true))
        .collect();
    Arc::new(Schema::new(fields))
}

fn batch(schema: &SchemaRef, arrays: Vec<ArrayRef>, rows: usize) -> Result<RecordBatch, TableError> {
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema.clone(), arrays, &options).map_err(|source| TableError::Arrow {
        what: "could not put the columns of a text table together".into(),
        source,
    })
}
