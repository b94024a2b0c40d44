//! What was noticed or repaired while a table was read.

use std::fmt;

use marey_core::FieldName;
use serde::Serialize;

/// One repair or doubt, with the place where it occurred.
///
/// Like repairs of one column are counted in one warning; `row` is the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableWarning {
    /// What kind of repair, a stable name such as `ragged_row` or `mixed_column`.
    pub code: &'static str,
    /// The column concerned, if one is.
    pub column: Option<FieldName>,
    /// First row concerned, 0-based over data rows (the header is not counted).
    pub row: Option<u64>,
    /// How many rows or cells are concerned.
    pub count: u64,
    /// What happened, in one sentence, with an example where there is one.
    pub message: String,
}

/// Stands between what happened and a cell that shows it, at the end of a message.
pub(crate) const EXAMPLE: &str = ", for example ";

impl TableWarning {
    /// The warning without the example, which is a cell of the table.
    pub fn without_example(mut self) -> Self {
        if let Some(end) = self.message.find(EXAMPLE) {
            self.message.truncate(end);
        }
        self
    }
}

impl fmt::Display for TableWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A number of things in words: `1 cell`, `2 cells`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
