//! [`QualityFinding`]: what is wrong with the data, or may be.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

/// Something about the data that a reader should know before trusting it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QualityFinding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is.
    pub kind: QualityKind,
    /// The columns that it is about; none for the table as a whole.
    pub columns: Vec<FieldName>,
    /// The same in a sentence.
    pub message: String,
    /// Number of rows, or of different values where the message says so, that it is about.
    pub count: u64,
    /// Their share of all such, 0 to 1.
    pub share: f64,
    /// A few of the values; none of columns that may hold personal data.
    pub examples: Vec<String>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Figures of the column are wrong until it is mended.
    Error,
    /// Figures may mislead.
    Warning,
    /// Good to know.
    Info,
}

/// What a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QualityKind {
    /// No row has a value.
    AllMissing,
    /// Half of the rows or more have no value.
    MostlyMissing,
    /// Every row has the same value.
    Constant,
    /// 99 % of the values or more are the same, of 100 values or more.
    NearConstant,
    /// A number or date far from all others stands for "no value": 999, -1, 9999-12-31.
    Sentinel,
    /// Texts that stand for "no value" (`unknown`, `tbd`), or errors of a spreadsheet (`#REF!`).
    Placeholder,
    /// One category is spelt in several ways: by case, accents and punctuation, or a rare value is
    /// one letter off one that is twenty times as frequent.
    InconsistentSpelling,
    /// Texts were decoded with the wrong character set, or hold characters that could not be decoded.
    EncodingDamage,
    /// Most texts are numbers, and a few are not.
    NumbersAsText,
    /// Texts begin or end with white space.
    PaddedText,
    /// Texts seem to be cut off at a limit: different ones as long as the longest are three times as
    /// many as those of any other length above half of it.
    TruncatedText,
    /// Postal codes were read as numbers by whoever wrote the file.
    LeadingZerosLost,
    /// Infinite values, or values that are no number.
    NonFinite,
    /// A few numbers are a power of ten off the bulk.
    UnitError,
    /// Numbers are written with several units or currencies.
    MixedUnits,
    /// Dates were written in several formats.
    MixedFormats,
    /// Cells that did not fit the column's type were read as missing.
    Exceptions,
    /// Dates lie far from all others.
    FarDates,
    /// Points in time are missing from a sequence of which four of five steps are the same.
    TimeGaps,
    /// Whole rows occur more than once.
    DuplicateRows,
    /// A category has more values than a chart can tell apart.
    HighCardinality,
}
