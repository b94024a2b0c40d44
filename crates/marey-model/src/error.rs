//! What can go wrong with a model.

use thiserror::Error;

/// A failure of the model, of its weights or of training.
#[non_exhaustive]
#[derive(Debug, Error)]
pub enum ModelError {
    /// A computation failed; a defect, or memory is short.
    #[error("the network could not be computed")]
    Tensor(#[from] candle_core::Error),
    /// A file could not be read or written.
    #[error("could not {action} {path}")]
    File {
        /// What was to be done.
        action: &'static str,
        /// The file.
        path: String,
        /// Why it could not.
        source: std::io::Error,
    },
    /// The bytes are no weights.
    #[error("these are no weights of a chart model: {reason}")]
    NotWeights {
        /// What is wrong with them.
        reason: String,
    },
    /// The weights are of another kind of model, or of another version of this one.
    #[error("the weights are of another model: {what} is {found}, and {expected} here")]
    ForeignWeights {
        /// What differs.
        what: &'static str,
        /// As the weights have it.
        found: String,
        /// As this program has it.
        expected: String,
    },
    /// The weights are not those that were written: a part of the file was changed.
    #[error(
        "the weights were changed after they were written: their digest is {found}, and {expected} is told"
    )]
    Tampered {
        /// Digest of what the file holds.
        found: String,
        /// Digest that the file tells.
        expected: String,
    },
    /// A tensor is missing, too many, or of another shape.
    #[error("the weights do not fit: {name} has the shape {found}, and {expected} is needed")]
    TensorShape {
        /// Name of the tensor.
        name: String,
        /// Its shape in the file, or `none`.
        found: String,
        /// The shape that the network needs, or `none`.
        expected: String,
    },
    /// A weight is not a finite number.
    #[error("the weights are damaged: {name} holds a value that is no finite number")]
    NotFinite {
        /// Name of the tensor.
        name: String,
    },
    /// A configuration that no network can have.
    #[error("{what} is {found}; {expected} would be right")]
    Config {
        /// What is wrong.
        what: &'static str,
        /// As it is.
        found: String,
        /// As it should be.
        expected: &'static str,
    },
    /// Training ran away.
    #[error("training ran away at step {step}: the loss is {loss}; a smaller learning rate may help")]
    Diverged {
        /// The step.
        step: u64,
        /// The loss.
        loss: f32,
    },
    /// There is nothing to train on.
    #[error("there are no examples to train on")]
    NoExamples,
}
