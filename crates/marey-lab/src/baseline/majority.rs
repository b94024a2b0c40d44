//! The majority: what is right most often, whatever the request.

use std::collections::BTreeMap;

use marey_core::ChartSpec;
use marey_metrics::canonical;

use super::{
    learnt::{proposals, some, training},
    link::{Linked, Linker},
};
use crate::{Candidate, Card, Failure, Item, LabError, Learner, Purpose, Question, System};

/// The most frequent sketches of the training part, over a table's first columns of fitting types. Of
/// two charts, the one that won more often in the training part for the same purpose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Majority;

struct Fitted {
    linker: Linker,
    /// Sketches with their share of the training part, most frequent first.
    sketches: Vec<(String, f64)>,
    /// Charts with the numbers of choices that they won and lost.
    wins: BTreeMap<String, (f64, f64)>,
}

impl Learner for Majority {
    fn fit(&self, items: &[&Item]) -> Result<Box<dyn System>, LabError> {
        let linker = Linker::default();
        let mut wins: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for (item, pair) in items.iter().filter_map(|item| Some((item, item.pair.as_ref()?))) {
            let of = |chart| key(chart, item.purpose.as_ref());
            wins.entry(of(&pair.better)).or_default().0 += 1.0;
            wins.entry(of(&pair.worse)).or_default().1 += 1.0;
        }
        let mut sketches = Vec::new();
        if wins.is_empty() {
            let examples = some("majority", training(&linker, items, true))?;
            let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
            for (_, sketch) in &examples {
                *counts.entry(sketch).or_default() += 1.0 / examples.len() as f64;
            }
            sketches = counts
                .into_iter()
                .map(|(sketch, share)| (sketch.to_owned(), share))
                .collect();
            sketches.sort_by(|a, b| b.1.total_cmp(&a.1));
        }
        Ok(Box::new(Fitted {
            linker,
            sketches,
            wins,
        }))
    }
}

/// A chart with what its reader is after.
fn key(chart: &ChartSpec, purpose: Option<&Purpose>) -> String {
    let task = purpose.map_or("", |purpose| purpose.task.as_str());
    format!("{task}|{}", canonical(chart, &Default::default()).to_json())
}

impl System for Fitted {
    fn card(&self) -> Card {
        Card {
            name: "majority".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            licence: Some("MIT OR Apache-2.0".into()),
            ..Card::default()
        }
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let linked = Linked::of_table(self.linker.table(question.table));
        let ranked = self
            .sketches
            .iter()
            .map(|(sketch, share)| (sketch.as_str(), *share));
        Ok(proposals(ranked, &linked, question.k))
    }

    fn judge(&self, question: &Question<'_>, charts: &[ChartSpec]) -> Result<Vec<f64>, Failure> {
        // Laplace's rule of succession: a chart never seen wins half of its choices.
        let rate = |chart: &ChartSpec| {
            let (won, lost) = self
                .wins
                .get(&key(chart, question.purpose))
                .copied()
                .unwrap_or_default();
            (won + 1.0) / (won + lost + 2.0)
        };
        Ok(charts.iter().map(rate).collect())
    }
}
