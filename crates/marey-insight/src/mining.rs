//! What is asked of a miner and what it answers.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use crate::{Insight, InsightKind};

/// How a table is mined.
#[derive(Debug, Clone, PartialEq)]
pub struct MineOptions {
    /// Largest expected share of false findings, above 0 and at most 0.5.
    pub fdr: f64,
    /// How many insights are kept, best first.
    pub top: usize,
    /// Most columns of each role that are searched; the rest is named in a warning.
    pub max_columns: usize,
    /// Most categories a column may have to be searched category by category.
    pub max_categories: usize,
    /// Whether columns are derived (days between dates, rates, ratios) before mining.
    pub derive: bool,
    /// Seed of tie-breaking; the same seed gives the same result.
    pub seed: u64,
}

impl Default for MineOptions {
    fn default() -> Self {
        Self {
            fdr: 0.05,
            top: 50,
            max_columns: 60,
            max_categories: 400,
            derive: true,
            seed: 0,
        }
    }
}

/// What mining a table gave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mining {
    /// The insights, best first.
    pub insights: Vec<Insight>,
    /// What was searched.
    pub family: FamilyReport,
    /// Columns that were derived first, and that insights may name.
    pub derived: Vec<DerivedColumn>,
    /// What was left out, and why.
    pub warnings: Vec<String>,
}

/// The hypotheses that were enumerated before looking.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FamilyReport {
    /// How many hypotheses there were.
    pub hypotheses: u64,
    /// How many of them were rejected at the rate asked for.
    pub rejected: u64,
    /// Largest expected share of false findings among the rejected.
    pub fdr: f64,
    /// Hypotheses and rejections by kind; the kind is that of the hypothesis, the finding's may be
    /// finer.
    pub kinds: Vec<FamilyKind>,
}

/// One kind's part of the family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FamilyKind {
    /// The kind.
    pub kind: InsightKind,
    /// How many hypotheses.
    pub hypotheses: u64,
    /// How many of them were rejected.
    pub rejected: u64,
}

/// A column computed from others before mining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedColumn {
    /// Its name.
    pub name: FieldName,
    /// How it is computed.
    pub formula: Formula,
}

/// How a derived column is computed; missing where an input is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// Days from the first date to the second.
    DaysBetween(FieldName, FieldName),
    /// The first number divided by the second, where the second is above 0.
    Ratio(FieldName, FieldName),
    /// 1 for yes and 0 for no.
    Rate(FieldName),
}

impl Formula {
    /// The columns that it is computed from.
    pub fn inputs(&self) -> Vec<&FieldName> {
        match self {
            Self::DaysBetween(a, b) | Self::Ratio(a, b) => vec![a, b],
            Self::Rate(a) => vec![a],
        }
    }
}
