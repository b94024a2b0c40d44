//! [`VqlError`]: what a query cannot be read or drawn for.

/// Why a VQL query cannot be read, or cannot be drawn from one flat table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VqlError {
    /// Another word was expected.
    #[error("expected {expected} at character {at}, found {found}")]
    Unexpected {
        /// What would have been right.
        expected: &'static str,
        /// What stands there.
        found: String,
        /// Where, in characters from 0.
        at: usize,
    },
    /// A quotation mark is never closed.
    #[error("the text that begins at character {at} is never closed by {quote}")]
    Unclosed {
        /// The quotation mark.
        quote: char,
        /// Where, in characters from 0.
        at: usize,
    },
    /// Parentheses nest too deeply.
    #[error("the query nests more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The table has no such column.
    #[error("the table `{table}` has no column `{column}`")]
    UnknownColumn {
        /// The table.
        table: String,
        /// The column asked for.
        column: String,
    },
    /// A table that the query names is not there.
    #[error("the database has no table `{table}`")]
    UnknownTable {
        /// The table.
        table: String,
    },
    /// The query needs what a chart of one flat table cannot do.
    #[error("a chart of one table cannot {what}")]
    NotFlat {
        /// What is asked.
        what: String,
    },
}
