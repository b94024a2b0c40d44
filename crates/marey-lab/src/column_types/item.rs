//! One column with its label and the answers.

use marey_core::{PhysicalType, SemanticType};
use marey_profile::ColumnProfile;
use serde::Serialize;

/// A column of the corpus with what was said of it. Holds no value and no name of the column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// File and position.
    pub id: String,
    /// Portal.
    pub group: String,
    /// The label as it stands.
    pub label: String,
    /// The storage class that goes with it.
    pub base: String,
    /// The physical types that count as right.
    pub gold_physical: Vec<PhysicalType>,
    /// The semantic type that the label means.
    pub gold_semantic: Option<SemanticType>,
    /// The physical types that are right where the label is listed as wrong; the label's otherwise.
    pub corrected_physical: Vec<PhysicalType>,
    /// The same for the semantic type.
    pub corrected_semantic: Option<SemanticType>,
    /// The answer.
    pub candidate: Option<Answer>,
    /// The answer without the column's name.
    pub candidate_nameless: Option<Answer>,
    /// Why there is no answer.
    pub failure: Option<String>,
}

/// What counts as right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gold {
    /// The labels as they stand.
    Labels,
    /// The labels with the listed errors corrected.
    Corrected,
}

/// What was said of a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// How values are stored.
    pub physical: PhysicalType,
    /// What they stand for.
    pub semantic: Option<SemanticType>,
    /// How sure that is.
    pub confidence: f64,
}

impl Answer {
    /// The answer that a profile gives.
    pub fn of(column: &ColumnProfile) -> Self {
        Self {
            physical: column.physical_type,
            semantic: column.semantic_type,
            confidence: column.semantic_confidence,
        }
    }
}

impl Item {
    /// Whether the physical type is one of those that count as right.
    pub fn physical_is_right(&self, gold: Gold) -> bool {
        let right = match gold {
            Gold::Labels => &self.gold_physical,
            Gold::Corrected => &self.corrected_physical,
        };
        self.candidate
            .as_ref()
            .is_some_and(|answer| right.contains(&answer.physical))
    }

    /// The semantic type that is right.
    pub fn semantic_gold(&self, gold: Gold) -> Option<SemanticType> {
        match gold {
            Gold::Labels => self.gold_semantic,
            Gold::Corrected => self.corrected_semantic,
        }
    }

    /// The semantic answer, with or without the column's name.
    pub fn semantic(&self, named: bool) -> Option<SemanticType> {
        let answer = if named {
            &self.candidate
        } else {
            &self.candidate_nameless
        };
        answer.as_ref().and_then(|answer| answer.semantic)
    }
}
