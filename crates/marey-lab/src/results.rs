//! What an evaluation leaves behind: `results.json` and `items.jsonl`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use serde_json::Value;

use crate::{Cost, Interval, LabError};

/// A figure with its interval, from resampled groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct System {
    /// As it was asked for on the command line.
    pub name: String,
    /// Version of the system.
    pub version: String,
}

/// The outcome of an evaluation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// The task.
    pub task: String,
    /// Name of the corpus: the last part of its path.
    pub corpus: String,
    /// The part of it that was scored; `all` for the whole.
    pub split: String,
    /// Who answered.
    pub system: System,
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
}
