//! What can go wrong with a training run.

use std::{io, path::PathBuf};

use marey_corpus::folder::FolderError;
use marey_model::ModelError;

/// What can go wrong with a training run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainingError {
    /// The settings cannot be read.
    #[error("the settings cannot be read: {problem}")]
    Config {
        /// What is wrong, and where.
        problem: String,
    },
    /// A setting given beside the file is none.
    #[error("`{found}` is no setting; expected `name=value` or `section.name=value`")]
    Set {
        /// What was given.
        found: String,
    },
    /// A file of the run cannot be read or written.
    #[error("cannot {action} `{}`", path.display())]
    File {
        /// What was to be done.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The folder holds a run already.
    #[error("`{}` holds a run already; `--resume` goes on with it", folder.display())]
    Occupied {
        /// The folder.
        folder: PathBuf,
    },
    /// There is nothing to go on from.
    #[error("`{}` holds no checkpoint to go on from", folder.display())]
    NoCheckpoint {
        /// The folder.
        folder: PathBuf,
    },
    /// A run is resumed with other settings than it began with.
    #[error("the run began with {was}, and {now} is asked for now; a new folder starts anew")]
    OtherSettings {
        /// As it began.
        was: String,
        /// As it is asked for.
        now: String,
    },
    /// A corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] FolderError),
    /// The model failed.
    #[error(transparent)]
    Model(#[from] ModelError),
}
