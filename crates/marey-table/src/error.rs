//! Errors of reading and executing.

/// Why a table could not be read or a spec not be executed on it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The bytes could not be read.
    #[error("could not read {what}")]
    Io {
        /// What was being read.
        what: String,
        /// The cause.
        source: std::io::Error,
    },
    /// Columns of different lengths were put together.
    #[error("column `{column}` has {found} rows where the table has {expected}")]
    ColumnLength {
        /// The column.
        column: String,
        /// Its length.
        found: usize,
        /// The table's length.
        expected: usize,
    },
    /// Arrow or Parquet refused the data.
    #[error("{what}")]
    Arrow {
        /// What was being done.
        what: String,
        /// The cause.
        source: arrow::error::ArrowError,
    },
}
