//! [`Text`]: a sentence as parts, each with its role and the numbers behind it.

use std::fmt;

use serde::Serialize;

use crate::Quantity;

/// What a part of a sentence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Words of the language between the others.
    Text,
    /// What is spoken of: a category, a column, a date.
    Subject,
    /// The verb, as strong as the evidence.
    Verb,
    /// The effect in natural units.
    Effect,
    /// What the effect is measured against.
    Comparator,
    /// The interval around the effect.
    Uncertainty,
    /// Which rows and what period are meant.
    Scope,
}

/// Where a written number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The fact of this quantity.
    Fact(Quantity),
    /// The lower end of the estimate's interval.
    Low,
    /// The upper end of the estimate's interval.
    High,
    /// The first fact less the second.
    Difference(Quantity, Quantity),
    /// The first fact divided by the second.
    Ratio(Quantity, Quantity),
    /// A fact times a factor (a slope per day written per month).
    Scaled(Quantity, f64),
    /// An end of the estimate's interval times a factor: the lower one when `false`.
    ScaledEnd(bool, f64),
    /// What locates the finding: a row, a value, a threshold, the length of a season.
    Locator,
}

/// A number that a part writes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// Its exact value.
    pub value: f64,
    /// Where it comes from.
    pub source: Source,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The words.
    pub text: String,
    /// What they do.
    pub role: Role,
    /// The numbers they write.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
}

impl Part {
    /// Words without numbers.
    pub(crate) fn new(role: Role, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            role,
            numbers: Vec::new(),
        }
    }

    /// A written number.
    pub(crate) fn number(role: Role, text: impl Into<String>, value: f64, source: Source) -> Self {
        Self {
            numbers: vec![Number { value, source }],
            ..Self::new(role, text)
        }
    }
}

/// A sentence or a title.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(transparent)]
pub struct Text {
    /// The pieces in reading order.
    pub parts: Vec<Part>,
}

impl Text {
    /// Words without structure.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            parts: vec![Part::new(Role::Text, text)],
        }
    }

    /// Number of words, as spaces (breaking or not) part them.
    pub fn word_count(&self) -> usize {
        self.to_string().split_whitespace().count()
    }

    /// Adds a part; plain words join plain words.
    pub(crate) fn push(&mut self, part: Part) {
        match self.parts.last_mut() {
            Some(last) if last.role == Role::Text && part.role == Role::Text && part.numbers.is_empty() => {
                last.text.push_str(&part.text);
            }
            _ => self.parts.push(part),
        }
    }

    /// The text with its first letter in upper case.
    pub(crate) fn capitalised(mut self) -> Self {
        if let Some(first) = self.parts.iter_mut().find(|part| !part.text.is_empty()) {
            first.text = marey_core::label::capitalised(&first.text);
        }
        self
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| f.write_str(&part.text))
    }
}
