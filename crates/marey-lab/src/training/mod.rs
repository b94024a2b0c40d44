//! Training runs: one file of settings in, one folder out.
//!
//! A run reads corpora, turns their examples into what a network learns from, trains, and leaves in
//! its folder: `config.toml` (every setting as it was used), `log.jsonl` (one line per step that is
//! told and per evaluation), `checkpoint.safetensors` (what the run goes on from),
//! `weights.safetensors` (what charts are written with) and `curves.svg`.

mod calibrate;
mod config;
mod curves;
mod error;
mod examples;
mod run;

pub use calibrate::{Calibrated, Sureness, calibrate};
pub use config::TrainingConfig;
pub use error::TrainingError;
pub use examples::{DevItem, Gathered, gather};
pub use run::{DevScore, TrainingReport, score, train};
