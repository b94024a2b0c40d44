//! How sure a model is, fitted to requests about tables that it was not trained on.

use std::{collections::HashMap, path::Path};

use marey_corpus::folder::Corpus;
use marey_metrics::{calibration::expected_calibration_error, canonical_match};
use marey_model::{Asked, Calibration, DecodeOptions, Evidence, Model, TableReading};
use serde::Serialize;

use crate::{Item, LabError, Part, Task, read_items};

/// Bins of the calibration error.
const BINS: usize = 15;

/// What was fitted, and what it changes on the requests that it was fitted to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibrated {
    /// The numbers.
    pub calibration: Calibration,
    /// Requests.
    pub n: usize,
    /// Groups of tables that they are about.
    pub groups: usize,
    /// By the network's own probabilities.
    pub before: Sureness,
    /// By the fitted ones.
    pub after: Sureness,
}

/// How right and how sure first charts are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sureness {
    /// Share of the first charts that are right.
    pub right: f64,
    /// Expected calibration error of their probabilities.
    pub ece: f64,
}

/// Fits how sure a model is to the requests of a part of a corpus: about tables that it was not trained on, or it
/// will be too sure. At most `limit` requests are asked, spread over the part evenly.
///
/// # Errors
///
/// When the corpus cannot be read, the part is empty, or memory is short.
pub fn calibrate(model: &Model, corpus: &Path, part: &Part, limit: usize) -> Result<Calibrated, LabError> {
    let corpus = Corpus::open(corpus)?;
    let task = Task::named("nl2vis").unwrap_or_else(|| unreachable!("the task comes with the laboratory"));
    let items = read_items(&corpus, &task, part)?.items;
    let kept = limit.clamp(1, items.len());
    let items: Vec<&Item> = (0..kept).map(|at| &items[at * items.len() / kept]).collect();
    let mut readings: HashMap<&Path, TableReading> = HashMap::new();
    let mut lists = Vec::with_capacity(items.len());
    for item in &items {
        let reading = readings
            .entry(item.table.path.as_path())
            .or_insert_with(|| TableReading::new(&item.table.table, item.table.profile()));
        lists.push(list(model, item, reading)?);
    }
    let calibration = Calibration::fit(&lists);
    let mut groups: Vec<&str> = items.iter().map(|item| item.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    Ok(Calibrated {
        n: lists.len(),
        groups: groups.len(),
        before: sureness(&Calibration::default(), &lists),
        after: sureness(&calibration, &lists),
        calibration,
    })
}

/// What speaks for the charts of an answer, and the place of the right one.
type Answered = (Vec<Evidence>, Option<usize>);

fn list(model: &Model, item: &Item, reading: &TableReading) -> Result<Answered, LabError> {
    let reading = reading.read(item.request.as_deref());
    let asked = Asked {
        reading: &reading,
        table: &item.table.table,
        profile: item.table.profile(),
    };
    let failed = |source| LabError::Weights {
        path: item.table.path.clone(),
        source: Box::new(source),
    };
    let mut answers = model
        .answer(&[asked], &DecodeOptions::default())
        .map_err(failed)?;
    let charts = answers.pop().and_then(Result::ok).unwrap_or_default().charts;
    let is_right = |spec: &marey_core::ChartSpec| {
        let gold = |gold: &std::sync::Arc<crate::Gold>| canonical_match(spec, &gold.spec, &item.canonical);
        item.golds.iter().any(gold)
    };
    let right = charts.iter().position(|chart| is_right(&chart.written.spec));
    Ok((charts.iter().map(|chart| chart.evidence).collect(), right))
}

fn sureness(calibration: &Calibration, lists: &[Answered]) -> Sureness {
    let judged: Vec<(f64, bool)> = lists
        .iter()
        .map(|(all, right)| {
            let probabilities = calibration.probabilities(all);
            let first =
                (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
            (
                first.map_or(0.0, |first| probabilities[first]),
                first.is_some() && first == *right,
            )
        })
        .collect();
    let right = judged.iter().filter(|(_, right)| *right).count();
    Sureness {
        right: right as f64 / judged.len().max(1) as f64,
        ece: expected_calibration_error(&judged, BINS).unwrap_or(0.0),
    }
}
