//! The baseline recommender: enumerate, cost, choose a diverse few.

use marey_core::{ChartSpec, FieldName, Mark};
use marey_profile::TableProfile;

/// A chart proposed for a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Place in the list, from 1.
    pub rank: usize,
    /// Estimated probability that a reader would keep the chart, where the source can tell one.
    pub probability: Option<f64>,
    /// Score, higher is better; comparable within one list only.
    pub score: f64,
    /// The chart.
    pub spec: ChartSpec,
    /// Why it is proposed, in sentences for people, most important first.
    pub reasons: Vec<String>,
    /// What a reader should be careful about.
    pub warnings: Vec<String>,
    /// Who proposed it.
    pub source: Source,
}

/// Who proposed a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The design rules.
    Rules,
    /// Nothing better was legal: a plain view of the table.
    Fallback,
}

/// What is asked of the recommender.
#[derive(Debug, Clone, PartialEq)]
pub struct RecommendOptions {
    /// How many charts.
    pub top: usize,
    /// Only charts of this mark.
    pub mark: Option<Mark>,
    /// Columns that every chart must use.
    pub columns: Vec<FieldName>,
    /// A column that every chart should explain.
    pub target: Option<FieldName>,
}

impl Default for RecommendOptions {
    fn default() -> Self {
        Self {
            top: 8,
            mark: None,
            columns: Vec::new(),
            target: None,
        }
    }
}

/// Proposes charts for a profiled table, best first.
pub fn recommend(_profile: &TableProfile, _options: &RecommendOptions) -> Vec<Recommendation> {
    todo!("written by the rules' author")
}
