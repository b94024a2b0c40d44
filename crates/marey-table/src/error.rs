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
    /// A spec has no normal form.
    #[error(transparent)]
    Spec(marey_core::spec::NormalizeError),
    /// A transform names a column that the table does not have.
    #[error(
        "{asked} needs the field `{field}`, which the table does not have{}; it has {}",
        meant(.suggestion),
        listed(.available)
    )]
    UnknownField {
        /// What needs the field, such as `aggregate`.
        asked: &'static str,
        /// The field.
        field: String,
        /// The column that may have been meant, if a name is close.
        suggestion: Option<String>,
        /// The columns there are.
        available: Vec<String>,
    },
    /// A transform cannot be executed as it is written.
    #[error("{transform} cannot be executed: found {found}; expected {expected}")]
    Transform {
        /// The transform, as Vega-Lite spells it.
        transform: &'static str,
        /// What stands in the spec.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// An expression is outside the closed language.
    #[error("{transform} has the expression `{expression}`, which cannot be read")]
    Expression {
        /// The transform.
        transform: &'static str,
        /// The expression as written.
        expression: String,
        /// What is wrong with it, and where.
        source: marey_core::expression::ExpressionError,
    },
    /// An expression names a parameter whose value is not known.
    #[error(
        "{transform} has the expression `{expression}`, which names the parameter `{name}`; its value was not supplied"
    )]
    UnknownParameter {
        /// The transform.
        transform: &'static str,
        /// The expression as written.
        expression: String,
        /// The parameter.
        name: String,
    },
    /// A step would produce more rows or columns than allowed.
    #[error("{transform} would produce {found} {what}, more than the limit of {limit}")]
    TooMany {
        /// The transform.
        transform: &'static str,
        /// What is too many: rows, columns, values.
        what: &'static str,
        /// How many there would be.
        found: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// The data of a spec is elsewhere, and no table was given for it.
    #[error(
        "the data of the spec has the {kind} `{asked}`, and no table was given; expected the table itself, \
         as addresses are not fetched"
    )]
    NoTable {
        /// What the spec gives: an address or a name.
        kind: &'static str,
        /// The address or name.
        asked: String,
    },
    /// A lookup names a table that was not supplied.
    #[error("lookup needs the table `{name}`, which was not supplied; there are {}", listed(.available))]
    UnknownTable {
        /// Its name or address.
        name: String,
        /// The tables supplied.
        available: Vec<String>,
    },
    /// The input passes one of the limits of [`ReadLimits`](crate::read::ReadLimits).
    #[error(
        "the input has {found} {what}, more than the {limit} that `{option}` allows; raise `{option}` if this is meant"
    )]
    LimitPassed {
        /// What was counted.
        what: &'static str,
        /// The option that holds the limit.
        option: &'static str,
        /// How much there was, or how much had been counted when reading stopped.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// There is nothing in the input.
    #[error("`{name}` is empty; a table needs at least a line of column names")]
    EmptyInput {
        /// What was being read.
        name: String,
    },
    /// The input is not text.
    #[error("`{name}` is not text: {reason}; expected a text table in UTF-8, UTF-16 or Windows-1252")]
    NotText {
        /// What was being read.
        name: String,
        /// What gave it away.
        reason: String,
    },
    /// An encoding label that is not in the WHATWG registry.
    #[error(
        "there is no text encoding called `{label}`; labels such as `utf-8`, `windows-1252` or `shift_jis` are known"
    )]
    UnknownEncoding {
        /// The label asked for.
        label: String,
    },
    /// The input is something else than a table.
    #[error("`{name}` is {found}; expected {expected}")]
    NotATable {
        /// What was being read.
        name: String,
        /// What it is.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// The input claims to be of a format but breaks its rules.
    #[error("`{name}` is not sound {format}: {place}: {reason}")]
    Malformed {
        /// What was being read.
        name: String,
        /// The format.
        format: &'static str,
        /// Where it breaks.
        place: String,
        /// How it breaks.
        reason: String,
    },
    /// A workbook or database has no sheet or table of that name.
    #[error("`{name}` has no sheet or table called `{wanted}`; it has {}", listed(.available))]
    NoSuchSheet {
        /// What was being read.
        name: String,
        /// The name asked for.
        wanted: String,
        /// The names there are.
        available: Vec<String>,
    },
}

/// The name that may have been meant, for a message.
fn meant(suggestion: &Option<String>) -> String {
    let question = |name: &String| format!(" (did you mean `{name}`?)");
    suggestion.as_ref().map(question).unwrap_or_default()
}

/// Names for a message: quoted, and cut where there are many.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let quoted: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match (quoted.is_empty(), names.len().saturating_sub(SHOWN)) {
        (true, _) => "none".into(),
        (false, 0) => quoted.join(", "),
        (false, more) => format!("{} and {more} more", quoted.join(", ")),
    }
}
