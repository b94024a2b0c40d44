#![doc = include_str!("../README.md")]

mod config;
mod decode;
mod error;
mod input;
mod network;
mod ops;
mod random;
mod reading;
#[cfg(test)]
mod tests;
pub mod train;
mod weights;

pub use config::ModelConfig;
pub use decode::{DecodeOptions, Model, Written};
pub use error::ModelError;
pub use input::Input;
pub use random::Random;
pub use reading::{MAX_COLUMNS, Reading, TableReading};
