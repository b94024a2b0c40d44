//! [`FolderError`]: why a corpus cannot be read or written.

use std::{io, path::PathBuf};

use marey_core::spec::SpecError;
use marey_table::TableError;

use crate::manifest::ManifestError;

/// Why a corpus cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// A file cannot be read or written.
    #[error("`{}` cannot be read or written", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder is no corpus.
    #[error(
        "`{}` is no corpus: it has no `{missing}`; `marey corpus import` makes one",
        folder.display()
    )]
    NoCorpus {
        /// The folder.
        folder: PathBuf,
        /// What is not there.
        missing: &'static str,
    },
    /// The manifest cannot be read.
    #[error("the manifest of `{}` cannot be read", folder.display())]
    Manifest {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: Box<ManifestError>,
    },
    /// A path leads out of the corpus, or is none.
    #[error(
        "`{found}` is no path in a corpus: expected a relative one with `/` between its parts and no `..`"
    )]
    Path {
        /// The path, shortened.
        found: String,
    },
    /// The lines cannot be read on.
    #[error("line {line} of the examples cannot be read")]
    Read {
        /// The line, from 1.
        line: usize,
        /// Why.
        source: io::Error,
    },
    /// A line is no JSON.
    #[error("line {line} of the examples is no JSON: {problem}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// What is wrong, and at which character.
        problem: String,
    },
    /// A line is longer than any example.
    #[error("line {line} of the examples is longer than {limit} bytes")]
    LongLine {
        /// The line, from 1.
        line: usize,
        /// The limit.
        limit: usize,
    },
    /// A member of an example is not as it should be.
    #[error("line {line} of the examples: {member} is {found}; expected {expected}")]
    Member {
        /// The line, from 1.
        line: usize,
        /// The member, as a path (`charts[1]`).
        member: String,
        /// What stands there.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// A chart of an example cannot be read.
    #[error("line {line} of the examples: {member} is no chart")]
    Chart {
        /// The line, from 1.
        line: usize,
        /// The member, as a path (`charts[1]`).
        member: String,
        /// Why.
        source: Box<SpecError>,
    },
    /// A table cannot be read.
    #[error("`{path}` cannot be read as a table")]
    Table {
        /// The table, as the corpus names it.
        path: String,
        /// Why.
        source: Box<TableError>,
    },
    /// Two examples have one name.
    #[error("two examples are called `{id}`")]
    RepeatedId {
        /// The name.
        id: String,
    },
    /// Two files have one name.
    #[error("the corpus has a file `{path}` already, with other contents")]
    RepeatedFile {
        /// The name.
        path: String,
    },
    /// An example names a table that was not written.
    #[error("the example `{id}` names the table `{path}`, which the corpus does not have")]
    UnknownTable {
        /// The example.
        id: String,
        /// The table.
        path: String,
    },
    /// A corpus goes only where nothing is.
    #[error("`{}` is there already: a corpus is written where nothing is", folder.display())]
    Occupied {
        /// The folder.
        folder: PathBuf,
    },
}
