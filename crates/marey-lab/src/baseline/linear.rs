//! The delexicalised linear model: the floor that a neural model has to beat.

use std::collections::BTreeMap;

use super::{
    learnt::{linked, proposals, some, training},
    link::Linker,
    softmax::{Fit, Softmax},
    text::Vectorizer,
};
use crate::{Candidate, Card, Failure, Item, LabError, Learner, Question, System};

/// How the linear model is fitted. The defaults are plain choices; they were never tuned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearOptions {
    /// Passes over the training part.
    pub epochs: usize,
    /// Length of the first steps.
    pub rate: f32,
    /// Share of a weight that a step takes away.
    pub decay: f32,
    /// Runs of words that fewer requests have are left out.
    pub least: usize,
    /// Where the random order begins.
    pub seed: u64,
}

impl Default for LinearOptions {
    fn default() -> Self {
        Self {
            epochs: 12,
            rate: 1.0,
            decay: 0.0,
            least: 2,
            seed: 1,
        }
    }
}

/// A softmax classifier from TF-IDF of runs of one to three words, with pointers in place of the words
/// that name columns, to sketches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Linear {
    /// How it is fitted.
    pub options: LinearOptions,
}

struct Fitted {
    linker: Linker,
    vectorizer: Vectorizer,
    model: Softmax,
    sketches: Vec<String>,
    parameters: usize,
}

impl Learner for Linear {
    fn fit(&self, items: &[&Item]) -> Result<Box<dyn System>, LabError> {
        let linker = Linker::default();
        let examples = some("linear", training(&linker, items, false))?;
        let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, sketch) in &examples {
            let next = classes.len();
            classes.entry(sketch).or_insert(next);
        }
        let vectorizer = Vectorizer::fit(
            examples.iter().map(|(words, _)| words.as_slice()),
            self.options.least,
        );
        let vectors: Vec<_> = examples
            .iter()
            .map(|(words, sketch)| (vectorizer.vector(words), classes[sketch.as_str()]))
            .collect();
        let LinearOptions {
            epochs,
            rate,
            decay,
            seed,
            ..
        } = self.options;
        let fit = Fit {
            epochs,
            rate,
            decay,
            seed,
        };
        let model = Softmax::fit(&vectors, vectorizer.len(), classes.len(), fit);
        let mut sketches = vec![String::new(); classes.len()];
        for (sketch, class) in classes {
            sketches[class] = sketch.to_owned();
        }
        let parameters = model.parameters();
        Ok(Box::new(Fitted {
            linker,
            vectorizer,
            model,
            sketches,
            parameters,
        }))
    }
}

impl System for Fitted {
    fn card(&self) -> Card {
        Card {
            name: "linear".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            licence: Some("MIT OR Apache-2.0".into()),
            parameters: Some(self.parameters as u64),
            probabilities: true,
            ..Card::default()
        }
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let linked = linked(&self.linker, question);
        let probabilities = self.model.probabilities(&self.vectorizer.vector(&linked.words));
        let mut order: Vec<usize> = (0..self.sketches.len()).collect();
        order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
        let ranked = order
            .iter()
            .map(|&class| (self.sketches[class].as_str(), f64::from(probabilities[class])));
        Ok(proposals(ranked, &linked, question.k))
    }
}
