#![doc = include_str!("../README.md")]
//!
//! A task reads a corpus, asks a system for its answers, and scores them into items; [`Results`]
//! sums items up and writes `results.json` and `items.jsonl`. The laboratory is the one library
//! crate that touches files, the clock and the memory of its process: it measures.

pub mod column_types;
mod cost;
mod error;
mod interval;
mod results;
mod split;

pub use cost::Cost;
pub use error::LabError;
pub use interval::{Interval, clustered};
pub use results::{Metric, Results, System};
pub use split::Split;
