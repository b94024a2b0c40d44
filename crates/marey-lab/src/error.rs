//! What can go wrong in the laboratory.

use std::{io, path::PathBuf};

use marey_corpus::folder::FolderError;
use marey_table::TableError;

/// What can go wrong in the laboratory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LabError {
    /// A file of the corpus could not be read from disk.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of results could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A table of the corpus is not one.
    #[error("`{}` cannot be read as a table", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TableError,
    },
    /// The weights of a chart model cannot be used.
    #[error("`{}` cannot be used as weights", path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<marey_model::ModelError>,
    },
    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(Box<FolderError>),
    /// A declaration of a task cannot be read.
    #[error("`{}` declares no task", path.display())]
    Task {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<toml::de::Error>,
    },
    /// A declaration of a task asks for nothing or gives no time.
    #[error("`{}`: `k` and `deadline_ms` are at least 1", path.display())]
    TaskBounds {
        /// The file.
        path: PathBuf,
    },
    /// The results of a run cannot be read.
    #[error("`{}` holds no results of an evaluation: {why}", path.display())]
    Results {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A program that answers could not be started.
    #[error("cannot start `{command}`: {why}")]
    Start {
        /// The command.
        command: String,
        /// What happened instead.
        why: String,
    },
    /// The address of an endpoint is none.
    #[error("`{found}` is no address of an endpoint: {why}")]
    Address {
        /// What was given.
        found: String,
        /// What would be right.
        why: String,
    },
    /// Sending tables out of this machine was not allowed.
    #[error("`{address}` is outside of this machine, and sending requests and tables there was not allowed")]
    Egress {
        /// The address.
        address: String,
    },
    /// A baseline needs examples to learn from and there are none.
    #[error("`{model}` learns from examples, and {why}")]
    NothingToLearn {
        /// The baseline.
        model: &'static str,
        /// What is missing.
        why: String,
    },
    /// Folds cannot be cut.
    #[error("cannot cut {folds} folds from {groups} groups; at least 2 folds and as many groups are needed")]
    Folds {
        /// Folds asked for.
        folds: usize,
        /// Groups there are.
        groups: usize,
    },
    /// The list of labels lacks a column.
    #[error("`{}` has no column `{column}`; a corpus of column types needs File, FieldOffset, FieldName, BaseType and SemanticType", path.display())]
    MissingColumn {
        /// The list of labels.
        path: PathBuf,
        /// The column that was looked for.
        column: &'static str,
    },
    /// A position in the list of labels is no number.
    #[error("`{}`, row {row}: the position `{found}` is no whole number", path.display())]
    Position {
        /// The list of labels.
        path: PathBuf,
        /// Row of the list, from 1.
        row: usize,
        /// What stands there.
        found: String,
    },
    /// A label that the committed mapping does not have.
    #[error("`{}`: the label `{label}` over `{base}` is not in the mapping of labels to types", path.display())]
    UnknownLabel {
        /// The list of labels.
        path: PathBuf,
        /// The label.
        label: String,
        /// The storage class that goes with it.
        base: String,
    },
    /// A line of a list of planted facts is none.
    #[error("`{}`, line {line}: {why}", path.display())]
    Planted {
        /// The list.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A system makes no claims about tables.
    #[error("`{model}` makes no claims about tables; the task insights is answered by rules or cmd:COMMAND")]
    NoMiner {
        /// The system.
        model: String,
    },
    /// The chosen part of the corpus has nothing to score.
    #[error("the corpus has nothing for this task in the split `{split}`")]
    NothingToScore {
        /// The part that was asked for.
        split: String,
    },
}

impl From<FolderError> for LabError {
    fn from(source: FolderError) -> Self {
        LabError::Corpus(Box::new(source))
    }
}
