//! What is known of a column beside its Arrow type: how its cells were written.

use serde::Serialize;

/// How the cells of a column were written, as far as reading had to interpret them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ColumnNote {
    /// Unit that stood at the numbers and was taken off.
    pub unit: Option<Unit>,
    /// Separators of the numbers, when not plain.
    pub number_format: Option<NumberFormat>,
    /// Date and time formats found, most frequent first, as strftime patterns
    /// (`%Y-%m-%d`, `%d/%m/%Y %H:%M`); `epoch_ms` and `epoch_s` for Unix times.
    pub time_formats: Vec<String>,
    /// Texts that were read as "no value", most frequent first.
    pub null_markers: Vec<String>,
    /// Words read as true and false (`yes`/`no`), when the column is boolean.
    pub boolean_words: Option<[String; 2]>,
    /// Numbers kept as text because they are codes: leading zeros, fixed width.
    pub code: bool,
    /// Cells that did not fit the column's type and became null: how many and an example.
    pub exceptions: u64,
}

/// A unit written with each number of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hundredths; values are kept as written (`45%` is 45).
    Percent,
    /// Money, as ISO 4217 code where the sign is unambiguous, else the sign itself.
    Currency(String),
    /// Any other text behind the numbers (`km`).
    Other(String),
}

/// Separators within numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NumberFormat {
    /// Decimal separator, `.` or `,`.
    pub decimal: char,
    /// Thousands separator: `,`, `.`, `'` or a space.
    pub group: Option<char>,
}
