//! [`TableProfile`]: the finished profile of a table.

use marey_core::{FieldName, FieldType, PhysicalType, SemanticType};
use serde::{Deserialize, Serialize};

/// What is known of a table after one pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableProfile {
    /// Name of the table.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// Columns in the order of the table.
    pub columns: Vec<ColumnProfile>,
    /// Number of different rows.
    pub distinct_rows: Count,
    /// Associations between pairs of columns.
    pub pairs: Vec<Association>,
    /// Sets of columns whose values name a row; single columns for now. Proven, never estimated.
    pub keys: Vec<Vec<FieldName>>,
    /// Columns whose value follows from another column's.
    pub dependencies: Vec<Dependency>,
    /// Warnings in words.
    pub warnings: Vec<String>,
}

impl TableProfile {
    /// The profile of a column by name.
    pub fn column(&self, name: &FieldName) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| &column.name == name)
    }
}

/// A number of things, exact or estimated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// The number.
    pub value: u64,
    /// Whether it was counted rather than estimated.
    pub exact: bool,
}

/// What is known of one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnProfile {
    /// Name, exactly as in the table.
    pub name: FieldName,
    /// Position in the table, from 0.
    pub index: usize,
    /// How values are stored.
    pub physical_type: PhysicalType,
    /// Level of measurement a chart should use by default.
    pub field_type: FieldType,
    /// What values stand for, where that could be told.
    pub semantic_type: Option<SemanticType>,
    /// How sure the semantic type is, 0 to 1.
    pub semantic_confidence: f64,
    /// Kind of personal data suspected, e.g. `email`; none where nothing was found.
    pub pii: Option<String>,
    /// How the cells were written (number and date formats, unit), for people.
    pub format: Option<String>,
    /// Unit of the numbers as it was written (`%`, `USD`, `km`).
    pub unit: Option<String>,
    /// Number of rows without a value.
    pub nulls: u64,
    /// Number of different values, nulls not counted.
    pub distinct: Count,
    /// Whether no value occurs twice and none is missing.
    pub unique: bool,
    /// Numeric summary, for boolean (as 0 and 1), int, float and decimal columns.
    pub numeric: Option<NumericSummary>,
    /// Summary in time, for date and timestamp columns, and for integer years.
    pub temporal: Option<TemporalSummary>,
    /// Summary of lengths and words, for text columns.
    pub text: Option<TextSummary>,
    /// Most frequent values, most frequent first, ties in order of value.
    pub top: Vec<TopValue>,
    /// Whether values rise or fall from row to row.
    pub monotonicity: Monotonicity,
}

/// Whether values rise or fall from row to row; nulls are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Monotonicity {
    /// All values are the same, or there is at most one.
    Constant,
    /// Each value is larger than the one before.
    StrictlyIncreasing,
    /// No value is smaller than the one before.
    Increasing,
    /// Each value is smaller than the one before.
    StrictlyDecreasing,
    /// No value is larger than the one before.
    Decreasing,
    /// Neither.
    None,
}

/// A frequent value with its number of rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopValue {
    /// The value as text (dates in ISO 8601, numbers in shortest form).
    pub value: String,
    /// Number of rows; a lower bound where not exact.
    pub count: Count,
}

/// The five numbers of a box plot and a few more quantiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// 5 %.
    pub p05: f64,
    /// 25 %.
    pub q1: f64,
    /// 50 %.
    pub median: f64,
    /// 75 %.
    pub q3: f64,
    /// 95 %.
    pub p95: f64,
    /// Whether they were computed from all values rather than from a sketch.
    pub exact: bool,
}

/// Counts of values in bins of equal width, first edge included, last edge included in the last bin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// Left edge of the first bin.
    pub start: f64,
    /// Width of each bin.
    pub width: f64,
    /// Number of values in each bin.
    pub counts: Vec<u64>,
}

/// Summary of numbers; NaN and infinities are counted and left out of everything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumericSummary {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation (n - 1); 0 for a single value.
    pub stdev: f64,
    /// Sum.
    pub sum: f64,
    /// Adjusted Fisher-Pearson skewness; 0 where undefined.
    pub skewness: f64,
    /// Excess kurtosis; 0 where undefined.
    pub kurtosis: f64,
    /// Quantiles.
    pub quantiles: Quantiles,
    /// Number of zeros.
    pub zeros: u64,
    /// Number of negative values.
    pub negatives: u64,
    /// Number of NaN and infinite values.
    pub non_finite: u64,
    /// Whether every value is a whole number.
    pub integers: bool,
    /// Histogram with nice bins.
    pub histogram: Distribution,
}

/// Finest part of time that varies in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeGranularity {
    /// First of January each.
    Year,
    /// First of a quarter each.
    Quarter,
    /// First of a month each.
    Month,
    /// Seven days apart.
    Week,
    /// Midnight each.
    Day,
    /// Whole hours.
    Hour,
    /// Whole minutes.
    Minute,
    /// Whole seconds.
    Second,
    /// Finer.
    Subsecond,
}

/// Summary of points in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemporalSummary {
    /// Earliest, in milliseconds since 1970 (UTC or local as stored).
    pub min_ms: i64,
    /// Latest, likewise.
    pub max_ms: i64,
    /// Finest part of time that varies.
    pub granularity: TimeGranularity,
    /// Number of different points in time.
    pub points: Count,
    /// Histogram over milliseconds since 1970.
    pub histogram: Distribution,
}

/// Summary of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextSummary {
    /// Fewest characters.
    pub min_chars: u64,
    /// Most characters.
    pub max_chars: u64,
    /// Mean number of characters.
    pub mean_chars: f64,
    /// Mean number of words (runs between white space).
    pub mean_words: f64,
    /// Number of empty texts.
    pub empty: u64,
    /// Most frequent shapes (`A+-9+` for `AB-1234`), among a sample of the different texts.
    pub shapes: Vec<TextShape>,
}

/// A shape of texts: `A` for upper-case letters, `a` for others, `9` for digits, runs with `+`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextShape {
    /// The shape.
    pub shape: String,
    /// Share of the different texts that have it, 0 to 1.
    pub share: f64,
}

/// How strongly two columns go together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Association {
    /// First column.
    pub a: FieldName,
    /// Second column.
    pub b: FieldName,
    /// The measure.
    pub measure: AssociationMeasure,
    /// Its value: -1 to 1 for correlations, 0 to 1 otherwise.
    pub value: f64,
    /// Number of rows in which both have a value, among those that were looked at.
    pub n: u64,
    /// Whether all rows were looked at, rather than a sample of them.
    pub exact: bool,
}

/// The value of one column follows from that of another in every row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The column that decides.
    pub from: FieldName,
    /// The column that follows.
    pub to: FieldName,
}

/// A measure of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssociationMeasure {
    /// Pearson's r of two numeric columns.
    Pearson,
    /// Spearman's rho of two numeric columns.
    Spearman,
    /// Correlation ratio (eta) of a numeric column (`b`) over a category (`a`).
    CorrelationRatio,
    /// Bias-corrected Cramér's V of two categories.
    CramersV,
}
