//! The task `column-types`: physical and semantic types of real columns against hand-checked labels.
//!
//! Every labelled column is profiled twice, as it is and under a number for a name. Columns that
//! are labelled blank are left out. A semantic answer counts where the labels could tell: the types
//! that some label means (`mapping.csv`); an answer of these on a column without such a label is a
//! false alarm.

mod corpus;
mod item;
mod mapping;
mod score;

use std::{path::PathBuf, time::Instant};

use marey_profile::{ColumnProfile, ProfileOptions, profile};
use rayon::prelude::*;

use self::{
    corpus::{Corpus, LabelledFile},
    mapping::Mapping,
};
use crate::{Card, Cost, LabError, Results, Split};

pub use item::{Answer, Gold, Item};

/// What is evaluated.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of `labels.csv` and the tables that it names.
    pub corpus: PathBuf,
    /// The part that is scored; the whole where absent.
    pub split: Option<Split>,
}

/// The outcome: figures, and an item per column.
#[derive(Debug)]
pub struct Outcome {
    /// The figures.
    pub results: Results,
    /// The columns, in order of file and position.
    pub items: Vec<Item>,
}

/// Profiles every labelled column and scores the answers.
///
/// # Errors
///
/// When a file of the corpus cannot be read, the list of labels lacks a column or holds a label
/// that the mapping does not know, or nothing is left to score.
pub fn evaluate(options: &Options) -> Result<Outcome, LabError> {
    let mut corpus = Corpus::open(&options.corpus)?;
    let mapping = Mapping::committed();
    let eligible = score::eligible(&corpus, &mapping);
    corpus.keep(options.split);
    let per_file = corpus
        .files
        .par_iter()
        .map(|file| answer(&corpus, &mapping, file))
        .collect::<Result<Vec<_>, LabError>>()?;
    let (items, times): (Vec<_>, Vec<_>) = per_file.into_iter().flatten().unzip();
    let split = options.split.map_or("all", Split::as_str);
    if items.is_empty() {
        return Err(LabError::NothingToScore {
            split: split.to_owned(),
        });
    }
    let results = Results {
        task: "column-types".to_owned(),
        corpus: options
            .corpus
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        split: split.to_owned(),
        system: Card {
            name: "rules".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Card::default()
        }
        .into(),
        n: items.len(),
        groups: score::by_group(&items).len(),
        failures: items.iter().filter(|item| item.failure.is_some()).count(),
        metrics: score::metrics(&items, &eligible),
        by: score::divisions(&items, &mapping.semantic_types()),
        cost: Cost::of(times),
        headline: Some("physical_accuracy".to_owned()),
        left_out: Default::default(),
        warnings: Vec::new(),
    };
    Ok(Outcome { results, items })
}

/// The answers for the columns of a file, each with its share of the time in milliseconds.
fn answer(corpus: &Corpus, mapping: &Mapping, file: &LabelledFile) -> Result<Vec<(Item, f64)>, LabError> {
    let (named, nameless) = corpus.tables(file)?;
    let start = Instant::now();
    let named = profile(&named, &ProfileOptions::default());
    let time = start.elapsed().as_secs_f64() * 1000.0 / named.columns.len().max(1) as f64;
    let nameless = profile(&nameless, &ProfileOptions::default());
    let mut items = Vec::with_capacity(file.labels.len());
    for label in &file.labels {
        if label.label == "BLANK" {
            continue;
        }
        let gold = mapping
            .gold(&label.label, &label.base)
            .ok_or_else(|| LabError::UnknownLabel {
                path: corpus.list(),
                label: label.label.clone(),
                base: label.base.clone(),
            })?;
        let of = |column: Option<&ColumnProfile>| column.map(Answer::of);
        let column = named.columns.get(label.offset);
        let id = format!("{}#{}", file.name, label.offset);
        let correction = mapping.correction(&id);
        items.push((
            Item {
                corrected_physical: correction
                    .map(|correction| correction.physical.clone())
                    .filter(|physical| !physical.is_empty())
                    .unwrap_or_else(|| gold.physical.clone()),
                corrected_semantic: correction
                    .and_then(|correction| correction.semantic)
                    .or(gold.semantic),
                id,
                group: file.group.clone(),
                label: label.label.clone(),
                base: label.base.clone(),
                gold_physical: gold.physical.clone(),
                gold_semantic: gold.semantic,
                candidate: of(column),
                candidate_nameless: of(nameless.columns.get(label.offset)),
                failure: column
                    .is_none()
                    .then(|| format!("the table has {} columns", named.columns.len())),
            },
            time,
        ));
    }
    Ok(items)
}
