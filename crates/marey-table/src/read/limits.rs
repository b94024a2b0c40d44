//! Bounds on what a reader accepts.

use crate::TableError;

/// Bounds on what a reader accepts, so that no input can exhaust memory.
///
/// The defaults let tables through that a workstation can chart; passing a bound is
/// [`TableError::LimitPassed`], which names the bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLimits {
    /// Largest size of the input in bytes.
    pub max_bytes: u64,
    /// Largest size of what compressed input may unfold to, in bytes.
    pub max_decompressed_bytes: u64,
    /// Largest number of rows.
    pub max_rows: u64,
    /// Largest number of columns.
    pub max_columns: usize,
    /// Largest size of one cell in bytes.
    pub max_cell_bytes: usize,
    /// Deepest nesting of objects and arrays.
    pub max_nesting: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            max_bytes: 8 << 30,
            max_decompressed_bytes: 2 << 30,
            max_rows: 200_000_000,
            max_columns: 20_000,
            max_cell_bytes: 16 << 20,
            max_nesting: 64,
        }
    }
}

impl ReadLimits {
    /// Fails when the input itself is larger than [`max_bytes`](Self::max_bytes).
    pub(crate) fn check_bytes(&self, found: usize) -> Result<(), TableError> {
        check("bytes", "max_bytes", found as u64, self.max_bytes)
    }

    /// Fails when there are more rows than [`max_rows`](Self::max_rows).
    pub(crate) fn check_rows(&self, found: u64) -> Result<(), TableError> {
        check("rows", "max_rows", found, self.max_rows)
    }

    /// Fails when there are more columns than [`max_columns`](Self::max_columns).
    pub(crate) fn check_columns(&self, found: usize) -> Result<(), TableError> {
        check("columns", "max_columns", found as u64, self.max_columns as u64)
    }
}

/// Fails when `found` passes `limit`; `option` is the field of [`ReadLimits`] that holds the limit.
pub(crate) fn check(
    what: &'static str,
    option: &'static str,
    found: u64,
    limit: u64,
) -> Result<(), TableError> {
    if found > limit {
        return Err(TableError::LimitPassed {
            what,
            option,
            found,
            limit,
        });
    }
    Ok(())
}
