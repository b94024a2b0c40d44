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
    /// A column was named that the table does not have.
    #[error("{asked} names the column `{name}`, which the table does not have{}; it has {}", meant(.suggestion), listed(.available))]
    UnknownColumn {
        /// What named it.
        asked: &'static str,
        /// The name.
        name: String,
        /// The column that may have been meant, if a name is close.
        suggestion: Option<String>,
        /// The columns there are.
        available: Vec<String>,
    },
    /// Arrow refused the data.
    #[error("{what}")]
    Arrow {
        /// What was being done.
        what: &'static str,
        /// The cause.
        source: arrow::error::ArrowError,
    },
    /// A table could not be put together.
    #[error(transparent)]
    Table(#[from] marey_table::TableError),
    /// Two states were built with different options.
    #[error("the two profiles were built with different options; merge only what was built alike")]
    Options,
}

impl ProfileError {
    /// The error of a name that a table does not have.
    pub(crate) fn unknown_column(asked: &'static str, name: &str, available: Vec<String>) -> Self {
        let suggestion = marey_core::nearest_name(name, available.iter().map(String::as_str));
        Self::UnknownColumn {
            asked,
            name: name.to_owned(),
            suggestion: suggestion.map(str::to_owned),
            available,
        }
    }
}

fn meant(suggestion: &Option<String>) -> String {
    suggestion
        .as_ref()
        .map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}

/// The first names of a list, and how many more there are.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut text: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        text.push(format!("{} more", names.len() - SHOWN));
    }
    if text.is_empty() {
        "none".to_owned()
    } else {
        text.join(", ")
    }
}
