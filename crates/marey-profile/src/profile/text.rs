//! [`TextSummary`]: what is told of texts.

use serde::{Deserialize, Serialize};

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
