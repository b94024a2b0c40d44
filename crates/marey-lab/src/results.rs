//! What an evaluation leaves behind: `results.json` and `items.jsonl`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use marey_metrics::statistics::Interval;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Card, Cost, LabError};

/// A figure with its interval, from resampled groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// The figure.
    pub value: f64,
    /// Lower end of the 95 % interval; absent with fewer than two groups.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Metric {
    /// A figure with the interval that was found for it.
    pub fn new(value: f64, interval: Option<Interval>) -> Self {
        Self {
            value,
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
        }
    }
}

/// Who answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Number of fitted parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<u64>,
    /// Corpora that it was fitted to, as it declares them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub training_data: Vec<String>,
}

impl From<Card> for SystemInfo {
    fn from(card: Card) -> Self {
        Self {
            name: card.name,
            version: card.version,
            licence: card.licence,
            parameters: card.parameters,
            training_data: card.training_data,
        }
    }
}

/// The outcome of an evaluation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The task.
    pub task: String,
    /// Name of the corpus: the last part of its path.
    pub corpus: String,
    /// The part of it that was scored; `all` for the whole.
    pub split: String,
    /// Who answered.
    pub system: SystemInfo,
    /// Number of items scored.
    pub n: usize,
    /// Number of groups that they are from.
    pub groups: usize,
    /// Number of items without an answer; they count as wrong.
    pub failures: usize,
    /// The figures.
    pub metrics: BTreeMap<String, Metric>,
    /// The same by kind of item: name of the division, then of the part, then figures.
    pub by: BTreeMap<String, BTreeMap<String, Value>>,
    /// What an item costs.
    pub cost: Cost,
    /// The figure that a leaderboard sorts by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Number of examples of the corpus that hold nothing for the task, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<String, usize>,
    /// What a reader has to know: contamination, an endpoint that changes, a system that gave up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl Results {
    /// Writes `results.json` and `items.jsonl` into a folder, which is made if need be.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be written.
    pub fn write<T: Serialize>(&self, items: &[T], folder: &Path) -> Result<(), LabError> {
        let failed = |path: PathBuf| move |source| LabError::Write { path, source };
        fs::create_dir_all(folder).map_err(failed(folder.to_owned()))?;
        let path = folder.join("results.json");
        let mut text = serde_json::to_vec_pretty(self).map_err(|e| failed(path.clone())(e.into()))?;
        text.push(b'\n');
        fs::write(&path, text).map_err(failed(path))?;
        let path = folder.join("items.jsonl");
        let mut lines = Vec::new();
        for item in items {
            serde_json::to_writer(&mut lines, item).map_err(|e| failed(path.clone())(e.into()))?;
            lines.push(b'\n');
        }
        fs::write(&path, lines).map_err(failed(path))
    }

    /// Reads `results.json` of a folder.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is not what [`Results::write`] writes.
    pub fn read(folder: &Path) -> Result<Self, LabError> {
        let path = folder.join("results.json");
        let bytes = fs::read(&path).map_err(|source| LabError::Read {
            path: path.clone(),
            source,
        })?;
        serde_json::from_slice(&bytes).map_err(|error| LabError::Results {
            path,
            why: error.to_string(),
        })
    }
}
