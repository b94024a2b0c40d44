//! A corpus as a folder: `croissant.json`, `tables/…` and `examples.jsonl`.
//!
//! One call opens a folder, one iterates over its examples, each with its charts parsed:
//!
//! ```no_run
//! use marey_corpus::folder::Corpus;
//!
//! let corpus = Corpus::open("corpora/nvbench")?;
//! for example in corpus.examples()? {
//!     let example = example?;
//!     for chart in &example.charts {
//!         let table = corpus.table(&example.tables[0])?;
//!         println!("{}: {:?} of {} rows", example.id, chart.view, table.value.rows());
//!     }
//! }
//! # Ok::<(), marey_corpus::folder::FolderError>(())
//! ```

mod error;
mod example;
mod json;
mod lines;
mod members;
mod open;
mod path;
mod write;

pub use error::FolderError;
pub use example::{Example, LabelledColumn, Preference};
pub use lines::{ExampleLines, MAX_LINE_BYTES};
pub use open::Corpus;
pub use path::TablePath;
pub use write::{CorpusWriter, Description};

/// Name of the manifest in a corpus.
pub const MANIFEST: &str = "croissant.json";

/// Name of the list of examples in a corpus.
pub const EXAMPLES: &str = "examples.jsonl";

/// Name of the folder of tables in a corpus.
pub const TABLES: &str = "tables";
