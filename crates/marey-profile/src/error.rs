//! Errors of profiling.

/// Why batches could not be profiled together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// A batch or another state has a different number of columns.
    #[error("the profile has {expected} columns, but {found} came")]
    ColumnNumber {
        /// Columns of the profile.
        expected: usize,
        /// Columns that came.
        found: usize,
    },
    /// A column came in another type than the schema says.
    #[error("column `{column}` is profiled as {expected}, but came as {found}")]
    ColumnType {
        /// The column.
        column: String,
        /// Arrow type of the schema.
        expected: String,
        /// Arrow type that came.
        found: String,
    },
    /// A column's Arrow type is outside the closed set of Marey's tables.
    #[error(
        "column `{column}` has the Arrow type {found}; bring it to one of the types of `marey_table::Table` first"
    )]
    UnsupportedType {
        /// The column.
        column: String,
        /// Its Arrow type.
        found: String,
    },
    /// A saved state has a version that this one cannot read.
    #[error("the saved profile has version {found} of the format, but this program reads version {readable}")]
    StateVersion {
        /// Version of the bytes.
        found: u32,
        /// Version that is read.
        readable: u32,
    },
    /// The bytes are no saved state, or were damaged.
    #[error("the bytes are no saved profile: at byte {offset}, {reason}")]
    CorruptState {
        /// Place in the bytes.
        offset: usize,
        /// What is wrong there.
        reason: String,
    },
    /// Two states have more rows together than can be counted.
    #[error("the two profiles have {rows} rows together, but {most} are the most that can be profiled")]
    TooManyRows {
        /// Rows of both.
        rows: u64,
        /// The most there may be.
        most: u64,
    },
    /// Two states were built with different options.
    #[error("the two profiles were built with different options; merge only what was built alike")]
    Options,
}
