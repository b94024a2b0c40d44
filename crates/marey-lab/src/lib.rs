#![doc = include_str!("../README.md")]
//!
//! A [`Task`] says what is asked; [`read_items`] turns the examples of a corpus into [`Item`]s; a
//! [`System`] answers them (a baseline, a [`Plugin`], an [`Endpoint`]); [`evaluate`] does all of it and
//! leaves [`Results`] and an [`ItemRecord`] per item; a [`Leaderboard`] compares results. The laboratory is
//! the one library crate that touches files, the clock, other processes and the network: it measures.

mod baseline;
pub mod column_types;
mod contamination;
mod cost;
mod disturbance;
mod endpoint;
mod error;
mod evaluation;
mod folds;
pub mod generation;
pub mod insights;
mod item;
mod judge;
mod layout;
mod leaderboard;
mod plugin;
mod question;
mod record;
mod results;
mod run;
mod split;
mod summary;
mod system;
mod task;
mod trained;
pub mod training;

pub use baseline::{Linear, LinearOptions, Majority, Nearest, Pairwise, Rules};
pub use cost::Cost;
pub use disturbance::{Disturbance, UnknownDisturbance};
pub use endpoint::{Endpoint, EndpointOptions};
pub use error::LabError;
pub use evaluation::{Evaluation, Model, UnknownModel, evaluate};
pub use item::{Gold, Item, Items, Pair, Part, Purpose, read_items};
pub use leaderboard::{Entry, Leaderboard};
pub use plugin::{Plugin, PluginOptions};
pub use question::{AskedTable, Candidate, Failure, Question};
pub use record::ItemRecord;
pub use results::{Metric, Results, SystemInfo};
pub use run::{Run, RunOptions, run};
pub use split::Split;
pub use system::{Card, Learner, System};
pub use task::{Asks, Task};
pub use trained::Trained;
