//! Training: examples, steps and checkpoints.
//!
//! A [`Trainer`] goes through examples epoch by epoch. Which examples make a step, and what is
//! dropped in it, follows from the seed and the number of the step alone, so a run that is resumed
//! from a checkpoint goes on as if it had never stopped, to the bit at a fixed number of threads.

mod adam;
mod checkpoint;
mod example;
mod options;
mod plan;
mod trainer;

pub use example::Example;
pub use options::TrainOptions;
#[cfg(test)]
pub(crate) use trainer::Noise;
pub use trainer::{StepReport, Trainer};
