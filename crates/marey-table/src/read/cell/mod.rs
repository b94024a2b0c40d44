//! Typing of text cells: numbers, dates, booleans and missing values as people write them.
//!
//! A column is typed in two passes over its chunks. The first classifies every cell and counts
//! what the column could be ([`Evidence`], mergeable, so chunks are read in any order). The
//! decision ([`decide`]) sees the whole column and the columns beside it, never a sample and never
//! the order of rows. The second pass parses each chunk by the decided [`Plan`].

mod boolean;
mod calendar;
mod decide;
mod evidence;
mod hint;
mod number;
mod parse;
mod plan;
mod read_cell;
mod report;
mod time;
mod unit;
mod word;

use arrow::array::{Array, ArrayRef, StringArray};
use marey_core::FieldName;
use rayon::prelude::*;

use crate::{ColumnNote, TableWarning};

pub(crate) use decide::decide;
pub(crate) use evidence::Evidence;
pub(crate) use parse::{parse_chunk, read_chunk};
pub(crate) use plan::Plan;
pub(crate) use read_cell::{CellKind, cell_kind};
pub(crate) use report::{ChunkReport, column_note, column_warnings};
pub(crate) use word::is_truth;

/// A column after typing.
#[derive(Debug)]
pub(crate) struct TypedColumn {
    /// The chunks, all of one of the types of a [`Table`](crate::Table).
    pub chunks: Vec<ArrayRef>,
    /// How the cells were written.
    pub note: ColumnNote,
    /// What did not fit.
    pub warnings: Vec<TableWarning>,
}

/// Types columns of text; every column is cut into chunks, in the order of rows.
///
/// Columns are given together because they inform each other: a decimal comma or a day-first date
/// in one is a hint for an ambiguous neighbour.
pub(crate) fn type_text_columns(columns: &[(FieldName, Vec<StringArray>)]) -> Vec<TypedColumn> {
    let evidence: Vec<Evidence> = columns
        .par_iter()
        .map(|(_, chunks)| {
            let mut evidence = Evidence::default();
            for cell in chunks.iter().flat_map(StringArray::iter) {
                evidence.add(cell.unwrap_or(""));
            }
            evidence
        })
        .collect();
    let names: Vec<&FieldName> = columns.iter().map(|(name, _)| name).collect();
    let plans = decide(&names, &evidence);
    columns
        .par_iter()
        .zip(plans)
        .map(|((name, chunks), plan)| type_column(name, chunks, &plan))
        .collect()
}

fn type_column(name: &FieldName, chunks: &[StringArray], plan: &Plan) -> TypedColumn {
    let mut report = ChunkReport::default();
    let mut first_row = 0u64;
    let mut arrays = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let cells = (0..chunk.len()).map(|i| if chunk.is_null(i) { "" } else { chunk.value(i) });
        let (array, of_chunk) = parse_chunk(plan, cells);
        report.merge(of_chunk, first_row);
        first_row += chunk.len() as u64;
        arrays.push(array);
    }
    TypedColumn {
        chunks: arrays,
        note: column_note(plan, &report),
        warnings: column_warnings(name, plan, &report),
    }
}
