//! The design rules as a system.

use marey_core::ChartSpec;
use marey_rules::{RecommendOptions, cost, lint, recommend};

use crate::{Candidate, Card, Failure, Question, System};

/// The charts that `marey-rules` proposes for a table, whatever the request; of two charts, the one that
/// costs less.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules;

impl System for Rules {
    fn card(&self) -> Card {
        Card {
            name: "rules".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            licence: Some("MIT OR Apache-2.0".into()),
            ..Card::default()
        }
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let options = RecommendOptions {
            top: question.k,
            ..RecommendOptions::default()
        };
        let charts = recommend(question.table.profile(), &options);
        Ok(charts
            .iter()
            .map(|chart| Candidate::new(&chart.spec, chart.score))
            .collect())
    }

    fn judge(&self, question: &Question<'_>, charts: &[ChartSpec]) -> Result<Vec<f64>, Failure> {
        let profile = question.table.profile();
        // A chart that breaks a hard rule is worse than any that does not.
        let score = |chart: &ChartSpec| cost(&lint(chart, profile)).map_or(f64::MIN, |cost| -cost);
        Ok(charts.iter().map(score).collect())
    }
}
