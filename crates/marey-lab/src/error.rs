//! What can go wrong in the laboratory.

use std::{io, path::PathBuf};

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
    /// The chosen part of the corpus has no column.
    #[error("the corpus has no column in the split `{split}`")]
    NothingToScore {
        /// The part that was asked for.
        split: String,
    },
}
