//! The cells of one sheet, sparse and in reading order.

use calamine::Data;

use crate::{
    TableError,
    read::{ReadLimits, limits::check},
};

/// The filled cells of one sheet.
#[derive(Debug)]
pub(super) struct SheetCells {
    /// Name of the sheet.
    pub sheet: String,
    /// Names of the other sheets of the workbook.
    pub others: Vec<String>,
    /// Position (row, column) and value of each cell that is not empty.
    pub cells: Vec<((u32, u32), Data)>,
    bytes: u64,
}

impl SheetCells {
    /// A sheet without cells.
    pub fn new(sheet: &str, all: &[String]) -> Self {
        let others = all.iter().filter(|other| *other != sheet).cloned().collect();
        Self {
            sheet: sheet.to_owned(),
            others,
            cells: Vec::new(),
            bytes: 0,
        }
    }

    /// Adds a cell unless it is empty.
    pub fn push(&mut self, position: (u32, u32), value: Data, limits: &ReadLimits) -> Result<(), TableError> {
        if matches!(value, Data::Empty) {
            return Ok(());
        }
        self.bytes += size_of::<((u32, u32), Data)>() as u64;
        if let Data::String(text) = &value {
            check(
                "bytes in one cell",
                "max_cell_bytes",
                text.len() as u64,
                limits.max_cell_bytes as u64,
            )?;
            self.bytes += text.len() as u64;
        }
        check(
            "bytes of cells",
            "max_decompressed_bytes",
            self.bytes,
            limits.max_decompressed_bytes,
        )?;
        self.cells.push((position, value));
        Ok(())
    }

    /// Whether nothing but white space stands in the sheet.
    pub fn is_empty(&self) -> bool {
        self.cells
            .iter()
            .all(|(_, value)| matches!(value, Data::String(text) if text.trim().is_empty()))
    }
}
