//! What a system is asked, and what it answers.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use marey_core::{ChartSpec, FieldName, PhysicalType, spec::CanonicalOptions};
use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::Table;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Purpose;

/// A table of a corpus with what several questions about it share.
#[derive(Debug)]
pub struct AskedTable {
    /// The file.
    pub path: PathBuf,
    /// Its rows.
    pub table: Table,
    profile: OnceLock<TableProfile>,
}

impl AskedTable {
    /// A table with the file that it was read from.
    pub fn new(path: impl Into<PathBuf>, table: Table) -> Self {
        Self {
            path: path.into(),
            table,
            profile: OnceLock::new(),
        }
    }

    /// Its profile; made when it is first asked for.
    pub fn profile(&self) -> &TableProfile {
        self.profile
            .get_or_init(|| profile(&self.table, &ProfileOptions::default()))
    }

    /// The names of its columns.
    pub fn columns(&self) -> Vec<FieldName> {
        (0..self.table.columns())
            .map(|index| self.table.column_name(index))
            .collect()
    }

    /// What is known of it when charts are compared.
    pub fn canonical_options(&self, fold_case: bool) -> CanonicalOptions {
        let has_no_null = |index: &usize| {
            self.table.physical_type(*index) != PhysicalType::Empty
                && self.table.column(*index).all(|piece| piece.null_count() == 0)
        };
        let non_null = (0..self.table.columns()).filter(has_no_null).map(|index| {
            let name = self.table.column_name(index);
            if fold_case {
                FieldName::from_path(&name.to_path().to_lowercase())
            } else {
                name
            }
        });
        CanonicalOptions {
            fold_case,
            non_null: non_null.collect(),
        }
    }
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Name of the item.
    pub id: &'a str,
    /// Name of the task.
    pub task: &'a str,
    /// What it is about.
    pub table: &'a AskedTable,
    /// What a person asked for.
    pub request: Option<&'a str>,
    /// What the reader of the charts is after, where that is known.
    pub purpose: Option<&'a Purpose>,
    /// Number of charts asked for.
    pub k: usize,
}

impl Question<'_> {
    /// The file of the table.
    pub fn path(&self) -> &Path {
        &self.table.path
    }
}

/// A chart that a system proposes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Vega-Lite JSON, as the system gave it.
    pub spec: Value,
    /// How sure the system is; higher is better.
    #[serde(default)]
    pub score: Option<f64>,
}

impl Candidate {
    /// A chart with a score.
    pub fn new(spec: &ChartSpec, score: f64) -> Self {
        Self {
            spec: spec.to_json(),
            score: Some(score),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The system says so itself.
    #[error("the system says: {0}")]
    Refused(String),
    /// Nothing came in time.
    #[error("no answer within {ms} ms")]
    Late {
        /// The deadline.
        ms: u64,
    },
    /// What came is no answer.
    #[error("the answer is malformed: {0}")]
    Malformed(String),
    /// What came answers another question.
    #[error("the answer is for `{found}`")]
    WrongId {
        /// The item that it names.
        found: String,
    },
    /// The system is no longer there.
    #[error("the system ended{0}")]
    Ended(String),
    /// The system failed too often and is not asked any more.
    #[error("not asked: the system failed {0} times in a row")]
    GivenUp(usize),
    /// The system does not do this.
    #[error("the system does not do this task")]
    Unsupported,
    /// A message could not be exchanged.
    #[error("could not be asked: {0}")]
    Unreachable(String),
}
