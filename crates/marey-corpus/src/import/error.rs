//! [`ImportError`]: why a release cannot be turned into a corpus.

use std::{io, path::PathBuf};

use crate::{folder::FolderError, sourcing::SourcingError};

/// Why a release cannot be turned into a corpus.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A file of the release cannot be read.
    #[error("`{}` cannot be read", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder holds something else.
    #[error("`{}` is no {kind}: expected {expected} in it", folder.display())]
    NotThis {
        /// The folder.
        folder: PathBuf,
        /// What was asked for.
        kind: &'static str,
        /// What would be right.
        expected: &'static str,
    },
    /// A line of the release is not what its kind has.
    #[error("`{}`, line {line}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A value of the release is not what its kind has.
    #[error("`{}`, line {line}: {what} is `{found}`; expected {expected}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What has the value.
        what: &'static str,
        /// The value.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// A data package cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Package {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SourcingError,
    },
    /// A page lacks a part.
    #[error("`{}` lacks {expected}", path.display())]
    Page {
        /// The page.
        path: PathBuf,
        /// What was expected.
        expected: &'static str,
    },
    /// A corpus or a table cannot be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}
