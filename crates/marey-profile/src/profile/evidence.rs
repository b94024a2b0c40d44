//! [`SemanticEvidence`]: what the meaning of a column was told from.

use serde::{Deserialize, Serialize};

/// One thing that speaks for the semantic type of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SemanticEvidence {
    /// Where it was seen.
    pub source: EvidenceSource,
    /// What was seen: the name of a form (`email`), of a reference list (`iso_3166_1_alpha_2`), of a
    /// range (`-90..90`), or the words of the column's name. Never a value of the column.
    pub what: String,
    /// Share of the different values that fit, 0 to 1; absent where values were not looked at.
    #[serde(default)]
    pub share: Option<f64>,
}

/// Where evidence of a meaning was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceSource {
    /// Values have a form of their own; where it has check digits, these are right.
    Form,
    /// Values are in a list of known words.
    List,
    /// Words of the column's name.
    Header,
    /// The unit or format in which the values were written.
    Written,
    /// The range of the numbers.
    Range,
    /// How values are stored.
    Storage,
    /// How many different values there are, how long they are, how they follow each other.
    Counts,
}
