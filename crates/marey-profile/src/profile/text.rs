//! [`TextSummary`]: what is told of texts.

use serde::{Deserialize, Serialize};

use super::Distribution;

/// Summary of text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
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
    /// Number of texts with leading or trailing white space.
    pub padded: u64,
    /// How lengths are distributed.
    pub lengths: TextLength,
    /// Most frequent shapes (`A+-9+` for `AB-1234`), among a sample of the different texts.
    pub shapes: Vec<TextShape>,
    /// What the texts are made of, told from a sample of the different texts.
    pub characters: TextCharacters,
}

/// How the lengths of texts, in characters, are distributed.
///
/// Lengths below 256 are counted each; longer ones are known to within a doubling.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TextLength {
    /// 25 %.
    pub q1: f64,
    /// 50 %.
    pub median: f64,
    /// 75 %.
    pub q3: f64,
    /// 95 %.
    pub p95: f64,
    /// Whether every length was counted by itself (none is 256 or more).
    pub exact: bool,
    /// Number of texts that are as long as the longest.
    pub at_longest: u64,
    /// Histogram of lengths.
    pub histogram: Distribution,
}

/// A shape of texts: `A` for upper-case letters, `a` for others, `9` for digits, runs with `+`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TextShape {
    /// The shape.
    pub shape: String,
    /// Share of the different texts that have it, 0 to 1.
    pub share: f64,
}

/// What texts are made of: shares from 0 to 1 among the characters of the different texts that
/// were looked at.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TextCharacters {
    /// Number of different texts that were looked at: all of them, or a fair sample of 2,048.
    pub texts: u64,
    /// Share of letters.
    pub letters: f64,
    /// Share of digits.
    pub digits: f64,
    /// Share of white space.
    pub spaces: f64,
    /// Share of everything else: punctuation, symbols, controls.
    pub others: f64,
    /// Scripts of the letters, most frequent first, by their Unicode names (`Latin`, `Cyrillic`).
    pub scripts: Vec<ScriptShare>,
    /// How letters are cased, where nine of ten texts with cased letters agree.
    pub case: Option<CaseStyle>,
    /// Mean number of words per text after Unicode Standard Annex 29, which finds words in
    /// languages written without spaces too.
    pub words: f64,
}

/// A script with its share of the letters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScriptShare {
    /// Name of the script in Unicode.
    pub script: String,
    /// Share of the letters, 0 to 1.
    pub share: f64,
}

/// How letters are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseStyle {
    /// `all in lower case`.
    Lower,
    /// `ALL IN UPPER CASE`.
    Upper,
    /// `Every Word Begins Upper`.
    Title,
    /// `The first word begins upper`.
    Sentence,
}
