//! [`ColumnProfile`]: what is known of one column.

use marey_core::{FieldName, FieldType, PhysicalType, SemanticType};
use serde::{Deserialize, Serialize};

use crate::{Advice, privacy::Privacy};

use super::{Count, NumericSummary, SemanticEvidence, TemporalSummary, TextSummary};

/// What is known of one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What the semantic type was told from, most telling first.
    #[serde(default)]
    pub semantic_evidence: Vec<SemanticEvidence>,
    /// The different values in the order of their meaning, lowest or earliest first, for texts that
    /// have one (months, sizes, age bands); empty where there is none, or where the order of the
    /// values themselves is right (numbers, dates).
    #[serde(default)]
    pub order: Vec<String>,
    /// Kind of personal data suspected, e.g. `email`; none where nothing was found.
    /// Told only of what names a person or leads to one, and of days of birth.
    pub pii: Option<String>,
    /// What is known of personal data in it.
    #[serde(default)]
    pub privacy: Privacy,
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
    /// How it is best used in a chart.
    #[serde(default)]
    pub advice: Advice,
    /// How far estimates may be off; none where every value was counted.
    #[serde(default)]
    pub bounds: Option<SketchBounds>,
}

/// How far the figures of a column that went on in sketches may be off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SketchBounds {
    /// Standard error of the number of different values, as a share of it, where it is estimated.
    pub distinct_error: f64,
    /// Bound of the error of the rank of a quantile, as a share of the number of values.
    pub rank_error: f64,
    /// Most by which the number of rows of a frequent value may be too low; it is never too high.
    pub top_shortfall: u64,
}

impl ColumnProfile {
    /// The profile of a column of which nothing but its types is known yet.
    pub fn new(name: impl Into<FieldName>, physical_type: PhysicalType, field_type: FieldType) -> Self {
        Self {
            name: name.into(),
            index: 0,
            physical_type,
            field_type,
            semantic_type: None,
            semantic_confidence: 0.0,
            semantic_evidence: Vec::new(),
            order: Vec::new(),
            pii: None,
            privacy: Privacy::default(),
            format: None,
            unit: None,
            nulls: 0,
            distinct: Count::exact(0),
            unique: false,
            numeric: None,
            temporal: None,
            text: None,
            top: Vec::new(),
            monotonicity: Monotonicity::None,
            advice: Advice::default(),
            bounds: None,
        }
    }
}

/// Whether values rise or fall from row to row; nulls are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TopValue {
    /// The value as text (dates in ISO 8601, numbers in shortest form).
    pub value: String,
    /// Number of rows; a lower bound where not exact.
    pub count: Count,
}
