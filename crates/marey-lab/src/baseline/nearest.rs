//! The nearest neighbour: what was right for the most similar request.

use std::collections::BTreeMap;

use super::{
    learnt::{linked, proposals, some, training},
    link::Linker,
    text::Vectorizer,
};
use crate::{Candidate, Card, Failure, Item, LabError, Learner, Question, System};

/// The sketches of the requests whose delexicalised text is most similar, by the cosine of TF-IDF.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nearest;

struct Fitted {
    linker: Linker,
    vectorizer: Vectorizer,
    /// For each run of words the examples that have it, with its weight there.
    postings: Vec<Vec<(usize, f32)>>,
    sketches: Vec<String>,
}

impl Learner for Nearest {
    fn fit(&self, items: &[&Item]) -> Result<Box<dyn System>, LabError> {
        let linker = Linker::default();
        let examples = some("nearest", training(&linker, items, false))?;
        let vectorizer = Vectorizer::fit(examples.iter().map(|(words, _)| words.as_slice()), 1);
        let mut postings = vec![Vec::new(); vectorizer.len()];
        for (example, (words, _)) in examples.iter().enumerate() {
            for (position, weight) in vectorizer.vector(words) {
                postings[position].push((example, weight));
            }
        }
        let sketches = examples.into_iter().map(|(_, sketch)| sketch).collect();
        Ok(Box::new(Fitted {
            linker,
            vectorizer,
            postings,
            sketches,
        }))
    }
}

impl System for Fitted {
    fn card(&self) -> Card {
        Card {
            name: "nearest".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            licence: Some("MIT OR Apache-2.0".into()),
            ..Card::default()
        }
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let linked = linked(&self.linker, question);
        let mut similarity = vec![0.0_f32; self.sketches.len()];
        for (position, weight) in self.vectorizer.vector(&linked.words) {
            for &(example, own) in &self.postings[position] {
                similarity[example] += weight * own;
            }
        }
        let mut best: BTreeMap<&str, f32> = BTreeMap::new();
        for (sketch, similarity) in self.sketches.iter().zip(&similarity) {
            let held = best.entry(sketch).or_insert(*similarity);
            *held = held.max(*similarity);
        }
        let mut ranked: Vec<(&str, f64)> = best
            .into_iter()
            .map(|(sketch, similarity)| (sketch, f64::from(similarity)))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(proposals(ranked, &linked, question.k))
    }
}
