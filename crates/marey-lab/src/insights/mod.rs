//! The task `insights`: tables into which facts were planted, and tables of nothing but noise.
//!
//! A corpus of the task is a folder: `tables/NAME.csv`, `truth.jsonl` (one planted fact a line) and `schema.jsonl` (one table a line:
//! which columns really depend on each other). A system makes claims about each table; a planted fact is found where one of the
//! first ten claims states all that the truth states, and a claim is false where it connects columns that have nothing to do
//! with each other. docs/evaluation.md has the definitions.

mod answer;
mod claim;
mod score;
mod truth;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::{Cost, LabError, Model, Results};

use self::{
    answer::Miner,
    claim::Claim,
    truth::{PlantedFact, PlantedTable},
};

/// What is evaluated.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of `tables/`, `truth.jsonl` and `schema.jsonl`.
    pub corpus: PathBuf,
    /// Who makes the claims: the miner (`rules`) or a program.
    pub model: Model,
    /// Number of claims that count.
    pub k: usize,
    /// At most so many tables, evenly chosen; all where absent.
    pub limit: Option<usize>,
}

/// Claims that count, unless asked otherwise.
pub const K: usize = 10;

/// A table with what was claimed of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Name of the table.
    pub id: String,
    /// What the table is: one planted fact, several, or a kind of noise.
    pub group: String,
    /// Whether nothing was planted.
    pub noise: bool,
    /// Each planted fact, and how far it was found.
    pub facts: Vec<FactItem>,
    /// The claims that count, best first.
    pub candidates: Vec<Value>,
    /// Claims about columns that do not depend on each other, among those that count.
    pub false_claims: usize,
    /// The same among all claims.
    pub false_claims_of_all: usize,
    /// Why there is no answer.
    pub failure: Option<String>,
}

/// A planted fact, and how far it was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactItem {
    /// Kind of fact.
    pub kind: String,
    /// How strong it is, 1 to 4.
    pub grade: u8,
    /// A claim that counts is about its columns.
    pub columns: bool,
    /// One of these is of its kind, or an equivalent one.
    pub of_kind: bool,
    /// One of these states all that the truth states.
    pub whole: bool,
}

/// The outcome: figures, and an item per table.
#[derive(Debug)]
pub struct Outcome {
    /// The figures.
    pub results: Results,
    /// The tables, in order of name.
    pub items: Vec<Item>,
}

/// Has claims made about every table and scores them.
///
/// # Errors
///
/// When the corpus cannot be read or holds no table, or the system cannot be started or does not do this task. A system
/// that fails at a table has made no claim about it.
pub fn evaluate(options: &Options) -> Result<Outcome, LabError> {
    let mut tables = truth::read(&options.corpus)?;
    crate::evaluation::thin(&mut tables, options.limit.unwrap_or(usize::MAX));
    if tables.is_empty() {
        return Err(LabError::NothingToScore { split: "all".into() });
    }
    let miner = Miner::start(&options.model)?;
    let answered: Vec<(Item, f64)> = tables
        .par_iter()
        .map(|table| item(table, &miner, options))
        .collect::<Result<_, _>>()?;
    let (items, times): (Vec<_>, Vec<_>) = answered.into_iter().unzip();
    let mut cost = Cost::of(times);
    cost.peak_rss_mb = miner.peak_memory_mb().or(cost.peak_rss_mb);
    let results = Results {
        task: "insights".to_owned(),
        corpus: name_of(&options.corpus),
        split: "all".to_owned(),
        system: miner.card().into(),
        n: items.len(),
        groups: score::groups(&items),
        failures: items.iter().filter(|item| item.failure.is_some()).count(),
        metrics: score::metrics(&items),
        by: score::divisions(&items),
        cost,
        headline: Some("recall".to_owned()),
        left_out: Default::default(),
        warnings: Vec::new(),
    };
    Ok(Outcome { results, items })
}

fn name_of(folder: &Path) -> String {
    folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn item(table: &PlantedTable, miner: &Miner, options: &Options) -> Result<(Item, f64), LabError> {
    let begun = Instant::now();
    let answered = miner.claims(table, &options.corpus, options.k)?;
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let (claims, failure) = match answered {
        Ok(claims) => (claims, None),
        Err(failure) => (Vec::new(), Some(failure.to_string())),
    };
    let mut claims: Vec<(Claim, Value)> = claims
        .into_iter()
        .filter_map(|value| Some((serde_json::from_value(value.clone()).ok()?, value)))
        .collect();
    claims.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
    let is_false = |(claim, _): &&(Claim, Value)| !claim.is_implied(table);
    let false_claims_of_all = claims.iter().filter(is_false).count();
    claims.truncate(options.k);
    let item = Item {
        id: table.name.clone(),
        group: table.kind(),
        noise: table.noise,
        facts: table
            .facts
            .iter()
            .map(|fact| found(fact, &claims, table))
            .collect(),
        false_claims: claims.iter().filter(is_false).count(),
        false_claims_of_all,
        candidates: claims.into_iter().map(|(_, value)| value).collect(),
        failure,
    };
    Ok((item, ms))
}

fn found(fact: &PlantedFact, claims: &[(Claim, Value)], table: &PlantedTable) -> FactItem {
    let mut item = FactItem {
        kind: fact.kind.clone(),
        grade: fact.grade,
        columns: false,
        of_kind: false,
        whole: false,
    };
    for (claim, _) in claims {
        if !claim.is_about(fact, table) {
            continue;
        }
        item.columns = true;
        if fact.is_told_by(&claim.kind) {
            item.of_kind = true;
            item.whole |= claim.states(fact);
        }
    }
    item
}
