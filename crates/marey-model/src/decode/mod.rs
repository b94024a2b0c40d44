//! Decoding: a beam over legal actions.
//!
//! Every hypothesis is a [`Prefix`] of the grammar, so nothing that is written can fail to be a chart.
//! Actions that the grammar forces are taken without asking the network. Hypotheses of all requests
//! go through the network together.

mod beam;
mod calibration;
mod diverse;
mod judge;
mod model;

pub use calibration::{Calibration, Evidence};
pub use diverse::diverse;
pub use judge::{Flaw, Judged, Judgement, judge};
pub use model::{Asked, DecodeOptions, Model, Written};
