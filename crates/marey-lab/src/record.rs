//! [`ItemRecord`]: what is kept of each item, one line of `items.jsonl` each.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Candidate, LabError};

/// What is kept of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// Name of the item.
    pub id: String,
    /// Its group.
    pub group: String,
    /// Values of the tags by which figures are given apart.
    pub divisions: BTreeMap<String, String>,
    /// What is right, as Vega-Lite; for pairs the better chart, then the worse.
    pub gold: Vec<Value>,
    /// What was answered, best first; for pairs the score of each chart of `gold`.
    pub candidates: Vec<Candidate>,
    /// Scores by name.
    pub scores: BTreeMap<String, f64>,
    /// Why there is no answer.
    pub failure: Option<String>,
    /// Time of the answer in milliseconds.
    pub ms: f64,
    /// Time of the scoring in milliseconds.
    #[serde(default)]
    pub scoring_ms: f64,
}

/// The first line of records that are being written: what run they belong to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RunMark {
    pub(crate) run: Value,
}

/// The records that an earlier try of the same run left behind; empty where there is none.
///
/// A line that was cut off ends them.
pub(crate) fn resumed(path: &Path, mark: &RunMark) -> Vec<ItemRecord> {
    let Ok(file) = File::open(path) else {
        return Vec::new();
    };
    let mut lines = BufReader::new(file).lines().map_while(Result::ok);
    let is_same = lines
        .next()
        .and_then(|line| serde_json::from_str::<RunMark>(&line).ok())
        .is_some_and(|found| found == *mark);
    if !is_same {
        return Vec::new();
    }
    lines.map_while(|line| serde_json::from_str(&line).ok()).collect()
}

/// Writes records as they come, so that a run can go on where it was stopped.
pub(crate) struct RecordWriter {
    out: BufWriter<File>,
}

impl RecordWriter {
    /// Begins a file with the mark and the records that are there already.
    pub(crate) fn begin(path: &Path, mark: &RunMark, known: &[ItemRecord]) -> Result<Self, LabError> {
        let failed = |source| LabError::Write {
            path: path.to_owned(),
            source,
        };
        let mut writer = Self {
            out: BufWriter::new(File::create(path).map_err(failed)?),
        };
        writer.line(mark).map_err(failed)?;
        for record in known {
            writer.line(record).map_err(failed)?;
        }
        Ok(writer)
    }

    /// Adds a line that is whole on disk before the next begins.
    pub(crate) fn line<T: Serialize>(&mut self, line: &T) -> std::io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.out.write_all(&text)?;
        self.out.flush()
    }
}

/// The records of a finished run.
///
/// # Errors
///
/// When `items.jsonl` of the folder cannot be read or holds something else.
pub(crate) fn read_records(folder: &Path) -> Result<Vec<ItemRecord>, LabError> {
    let path = folder.join("items.jsonl");
    let file = File::open(&path).map_err(|source| LabError::Read {
        path: path.clone(),
        source,
    })?;
    let record = |line: std::io::Result<String>| {
        let line = line.map_err(|source| LabError::Read {
            path: path.clone(),
            source,
        })?;
        serde_json::from_str(&line).map_err(|error| LabError::Results {
            path: path.clone(),
            why: error.to_string(),
        })
    };
    BufReader::new(file).lines().map(record).collect()
}
