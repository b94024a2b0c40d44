#![doc = include_str!("../README.md")]
//!
//! The model's features: [`column`](mod@column) turns a profile into numbers, [`request`] a request into words
//! with flags, hashes and tokens, [`mention`] finds the columns and cells that the words may mean, and
//! [`relation`] lays all of them out as one matrix of typed relations, and [`vector`] tells what words mean. [`vizml`] holds the features of
//! VizML by their definitions, and [`export`] writes both sets for other programs.

pub mod action;
pub mod column;
mod error;
pub mod export;
pub mod mention;
pub mod relation;
pub mod request;
mod segment;
pub mod vector;
pub mod vizml;
mod word;

pub use error::FeatureError;
/// Profiles, which columns become numbers from.
pub use marey_profile as profile;
pub use word::{MAX_TRIGRAMS, TRIGRAM_BUCKETS, WordForms, name_words};
