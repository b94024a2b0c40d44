//! Examples of corpora as a network learns from them.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
};

use marey_core::{ChartSpec, FieldName, spec::CanonicalOptions};
use marey_corpus::{
    Split,
    folder::{Corpus, Example},
};
use marey_model::{Reading, TableReading, train};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;

use super::{TrainingConfig, TrainingError};

/// What was gathered of corpora.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Examples to learn from: one per request, and one per chart of a table without any.
    pub train: Vec<train::Example>,
    /// Requests to score by.
    pub dev: Vec<DevItem>,
    /// Requests of the training part.
    pub requests: usize,
    /// Charts of the training part: all, and those that can be written as actions.
    pub charts: (usize, usize),
    /// Why charts of the training part cannot be written, and how many.
    pub left_out: BTreeMap<String, usize>,
}

/// A request with the charts that answer it.
#[derive(Debug, Clone)]
pub struct DevItem {
    /// Name of the example.
    pub id: String,
    /// What a split never cuts.
    pub group: String,
    /// The request, read.
    pub reading: Reading,
    /// Every acceptable chart, in canonical form.
    pub golds: Vec<ChartSpec>,
    /// What is known of the table when charts are compared.
    pub options: CanonicalOptions,
    /// Whether a gold chart can be written for this request.
    pub writable: bool,
    /// Tags of the example.
    pub tags: Vec<String>,
}

struct Known {
    reading: Arc<TableReading>,
    unasked: Arc<Reading>,
    options: CanonicalOptions,
}

/// Gathers the examples of corpora: those to learn from and those to score by, by the settings' splits.
///
/// An example without charts or a table is passed over; of several tables the first is the one that
/// charts draw. One without requests teaches what to propose of its table unasked. Requests to score by
/// come from the first corpus alone.
///
/// # Errors
///
/// When a corpus or a table of it cannot be read.
pub fn gather(corpora: &[PathBuf], config: &TrainingConfig) -> Result<Gathered, TrainingError> {
    let mut gathered = Gathered::default();
    for (place, folder) in corpora.iter().enumerate() {
        let corpus = Corpus::open(folder)?;
        let before = gathered.train.len();
        let mut tables: HashMap<String, Known> = HashMap::new();
        for example in corpus.examples()? {
            let example = example?;
            let Some(path) = example.tables.first().filter(|_| !example.charts.is_empty()) else {
                continue;
            };
            let to_train = is_training(&example, config);
            let to_score = place == 0 && is_dev(&example, config);
            if !to_train && !to_score {
                continue;
            }
            if !tables.contains_key(path.as_str()) {
                let table = corpus.table(path)?.value;
                tables.insert(path.as_str().to_owned(), known(&table));
            }
            let Some(known) = tables.get(path.as_str()) else {
                continue;
            };
            if to_train && example.requests.is_empty() {
                gathered.propose(&example, known, config);
            } else if to_train {
                gathered.learn(&example, known, config);
            } else {
                gathered.score(&example, known);
            }
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        if let Some(most) = config.limits.get(&*name) {
            let own = gathered.train.split_off(before);
            gathered.train.extend(thinned(own, *most));
        }
    }
    gathered.dev = thinned(gathered.dev, config.dev_limit.max(1)).collect();
    Ok(gathered)
}

/// At most so many, spread evenly.
fn thinned<T>(all: Vec<T>, most: usize) -> impl Iterator<Item = T> {
    let n = all.len().max(1);
    let is_kept = move |at: usize| most >= n || at * most / n != (at + 1) * most / n;
    let kept = all.into_iter().enumerate().filter(move |(at, _)| is_kept(*at));
    kept.map(|(_, one)| one)
}

fn known(table: &Table) -> Known {
    let profile = profile(table, &ProfileOptions::default());
    let reading = TableReading::new(table, &profile);
    let full = profile.columns.iter().filter(|column| column.nulls == 0);
    Known {
        unasked: Arc::new(reading.read(None)),
        reading: Arc::new(reading),
        options: CanonicalOptions {
            fold_case: false,
            non_null: full.map(|column| FieldName::new(column.name.as_str())).collect(),
        },
    }
}

fn is_training(example: &Example, config: &TrainingConfig) -> bool {
    let part = |split: &String| example.part(split).unwrap_or(Split::Train);
    config.splits.iter().all(|split| part(split) == Split::Train)
}

fn is_dev(example: &Example, config: &TrainingConfig) -> bool {
    example.part(&config.dev_split) == Some(Split::Dev)
}

impl Gathered {
    fn learn(&mut self, example: &Example, known: &Known, config: &TrainingConfig) {
        let suspect = example.has_tag("suspect-label");
        let weight = if suspect { config.suspect_weight } else { 1.0 };
        let chart = &example.charts[0];
        self.charts.0 += 1;
        let mut written = false;
        for request in &example.requests {
            self.requests += 1;
            let reading = known.reading.read(Some(request));
            match train::Example::new(&reading, Some(&known.unasked), chart, weight) {
                Ok(example) => {
                    self.train.push(example);
                    written = true;
                }
                Err(error) => *self.left_out.entry(kind(&error)).or_default() += 1,
            }
        }
        self.charts.1 += usize::from(written);
    }

    /// Learns what to propose of a table: its charts without a request, each by its share.
    fn propose(&mut self, example: &Example, known: &Known, config: &TrainingConfig) {
        let told = example.rest.get("weights").and_then(|told| told.as_array());
        let share = |at: usize| {
            let told = told.and_then(|told| told.get(at)?.as_f64());
            told.unwrap_or(1.0 / example.charts.len() as f64).clamp(0.0, 1.0)
        };
        let mut order: Vec<usize> = (0..example.charts.len()).collect();
        order.sort_by(|a, b| share(*b).total_cmp(&share(*a)).then(a.cmp(b)));
        order.truncate(config.unasked_charts);
        let total: f64 = order.iter().map(|at| share(*at)).sum();
        self.charts.0 += order.len();
        for at in &order {
            let weight = config.unasked_weight * (share(*at) / total.max(1e-12)) as f32 * order.len() as f32;
            match train::Example::new(&known.unasked, None, &example.charts[*at], weight) {
                Ok(example) => {
                    self.train.push(example);
                    self.charts.1 += 1;
                }
                Err(error) => *self.left_out.entry(kind(&error)).or_default() += 1,
            }
        }
    }

    fn score(&mut self, example: &Example, known: &Known) {
        let canonical = |chart: &ChartSpec| chart.canonical_for(&known.options);
        for request in &example.requests {
            let reading = known.reading.read(Some(request));
            let can_write = |chart| train::Example::new(&reading, None, chart, 1.0).is_ok();
            self.dev.push(DevItem {
                id: example.id.clone(),
                group: example.group.clone(),
                writable: example.charts.iter().any(can_write),
                golds: example.charts.iter().map(canonical).collect(),
                options: known.options.clone(),
                tags: example.tags.clone(),
                reading,
            });
        }
    }
}

/// A reason without the names in it.
fn kind(error: &marey_features::action::ActionError) -> String {
    use marey_features::action::ActionError as E;
    match error {
        E::LiteralNotFound { .. } => "a literal that the request does not spell".into(),
        E::NotTheSame { .. } => "a chart that actions say otherwise".into(),
        E::Illegal { found, .. } => format!("the grammar refuses `{found}`"),
        E::UnknownColumn { .. } => "a column that the table does not have".into(),
        other => other.to_string(),
    }
}
