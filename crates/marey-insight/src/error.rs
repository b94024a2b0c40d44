//! What can go wrong.

use marey_core::FieldName;

/// Errors of this crate. Messy data is not one of them: it comes back as warnings of a
/// [`Mining`](crate::Mining).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InsightError {
    /// A name outside a closed set.
    #[error("`{found}` is no {set}")]
    UnknownName {
        /// The set.
        set: &'static str,
        /// What was found.
        found: String,
    },
    /// A column that the table does not have.
    #[error("the table has no column `{column}`; a query on it cannot be answered")]
    NoSuchColumn {
        /// The column asked for.
        column: FieldName,
    },
    /// A share or level outside its range.
    #[error("{what} is {found}; it must lie between {low} and {high}")]
    OutOfRange {
        /// What has the value.
        what: &'static str,
        /// The value.
        found: f64,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
    },
    /// A language that no catalogue of messages speaks.
    #[error("no catalogue speaks `{asked}`; the languages are {}", .known.join(", "))]
    UnknownLanguage {
        /// The tag as given.
        asked: String,
        /// The languages that have a catalogue.
        known: &'static [&'static str],
    },
    /// The table's parts could not be put together or derived columns could not be added.
    #[error("columns could not be added to the table")]
    Table(#[from] marey_table::TableError),
}
