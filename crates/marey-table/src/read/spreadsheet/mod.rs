//! Spreadsheets: Excel (xlsx, xlsb, xls) and OpenDocument (ods).
//!
//! The first sheet that holds anything is read unless one is named. Titles above the table are
//! skipped, cells left empty are null, and dates are dates.

mod cells;
mod header;

use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xls, Xlsb, Xlsx};
use marey_core::Warned;

use self::cells::SheetCells;
use super::{ReadLimits, decoder::guarded};
use crate::{Table, TableError, TableWarning};

/// The kinds of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Workbook {
    /// Excel, zipped XML (xlsx, xlsm).
    Xlsx,
    /// Excel, zipped binary.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// Excel 97 to 2003.
    Xls,
}

/// Reads a sheet of a workbook.
///
/// # Errors
///
/// When the workbook is damaged, has no such sheet, is empty or passes a limit.
pub(super) fn read_spreadsheet(
    name: &str,
    bytes: &[u8],
    kind: Workbook,
    sheet: Option<&str>,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    guarded(name, "spreadsheet", || {
        let cells = match kind {
            Workbook::Xlsx => streamed_xlsx(name, bytes, sheet, limits)?,
            Workbook::Xlsb => streamed_xlsb(name, bytes, sheet, limits)?,
            Workbook::Ods => whole_sheet(name, Ods::new(Cursor::new(bytes)), sheet, limits)?,
            Workbook::Xls => whole_sheet(name, Xls::new(Cursor::new(bytes)), sheet, limits)?,
        };
        header::table(name, cells, limits)
    })
}

/// Sheets of xlsx and xlsb are read cell by cell: a sheet of two cells in opposite corners must not
/// take the memory of a full one.
macro_rules! streamed {
    ($function:ident, $workbook:ty) => {
        fn $function(
            name: &str,
            bytes: &[u8],
            sheet: Option<&str>,
            limits: &ReadLimits,
        ) -> Result<SheetCells, TableError> {
            let mut workbook: $workbook =
                Reader::new(Cursor::new(bytes)).map_err(|source| malformed(name, "workbook", source))?;
            let names = workbook.sheet_names();
            for candidate in candidates(name, &names, sheet)? {
                let mut reader = workbook
                    .worksheet_cells_reader(&candidate)
                    .map_err(|source| malformed(name, &candidate, source))?;
                let mut cells = SheetCells::new(&candidate, &names);
                while let Some(cell) = reader
                    .next_cell()
                    .map_err(|source| malformed(name, &candidate, source))?
                {
                    cells.push(
                        cell.get_position(),
                        Data::from(cell.get_value().clone()),
                        limits,
                    )?;
                }
                if !cells.is_empty() {
                    return Ok(cells);
                }
            }
            Err(TableError::EmptyInput {
                name: name.to_owned(),
            })
        }
    };
}
streamed!(streamed_xlsx, Xlsx<Cursor<&[u8]>>);
streamed!(streamed_xlsb, Xlsb<Cursor<&[u8]>>);

/// Reads a whole sheet at once, for formats that offer nothing else.
fn whole_sheet<'b, W: Reader<Cursor<&'b [u8]>>>(
    name: &str,
    workbook: Result<W, W::Error>,
    sheet: Option<&str>,
    limits: &ReadLimits,
) -> Result<SheetCells, TableError>
where
    W::Error: std::fmt::Display,
{
    let mut workbook = workbook.map_err(|source| malformed(name, "workbook", source))?;
    let names = workbook.sheet_names();
    for candidate in candidates(name, &names, sheet)? {
        let range = workbook
            .worksheet_range(&candidate)
            .map_err(|source| malformed(name, &candidate, source))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut cells = SheetCells::new(&candidate, &names);
        for (row, column, value) in range.used_cells() {
            let position = (first_row + row as u32, first_column + column as u32);
            cells.push(position, value.clone(), limits)?;
        }
        if !cells.is_empty() {
            return Ok(cells);
        }
    }
    Err(TableError::EmptyInput {
        name: name.to_owned(),
    })
}

/// The sheets to try: the one named, or all in order.
fn candidates(name: &str, names: &[String], wanted: Option<&str>) -> Result<Vec<String>, TableError> {
    match wanted {
        None => Ok(names.to_vec()),
        Some(wanted) if names.iter().any(|sheet| sheet == wanted) => Ok(vec![wanted.to_owned()]),
        Some(wanted) => Err(TableError::NoSuchSheet {
            name: name.to_owned(),
            wanted: wanted.to_owned(),
            available: names.to_vec(),
        }),
    }
}

fn malformed(name: &str, sheet: &str, source: impl std::fmt::Display) -> TableError {
    TableError::Malformed {
        name: name.to_owned(),
        format: "spreadsheet",
        place: format!("sheet `{sheet}`"),
        reason: source.to_string(),
    }
}
