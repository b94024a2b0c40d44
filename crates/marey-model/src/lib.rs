#![doc = include_str!("../README.md")]

mod config;
mod decode;
mod error;
mod input;
mod network;
mod ops;
mod packing;
#[cfg(feature = "pretrained")]
mod pretrained;
mod random;
mod reading;
#[cfg(test)]
mod tests;
pub mod train;
mod weights;

pub use config::ModelConfig;
pub use decode::{
    Asked, Calibration, DecodeOptions, Evidence, Flaw, Judged, Judgement, Model, Written, diverse, judge,
};
pub use error::ModelError;
pub use input::Input;
pub use packing::Packing;
#[cfg(feature = "pretrained")]
pub use pretrained::PRETRAINED;
pub use random::Random;
pub use reading::{MAX_COLUMNS, Reading, TableReading};
pub use weights::repack;
