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
    /// Two states were built with different options.
    #[error("the two profiles were built with different options; merge only what was built alike")]
    Options,
}
