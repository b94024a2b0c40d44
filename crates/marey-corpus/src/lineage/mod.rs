//! Lineage: what was made of what, down to the weights, and what a withdrawal reaches.

mod graph;
mod impact;
mod root;
mod stamp;
mod weights;
mod withdrawal;

pub use graph::{Lineage, LineageNode, NodeKind};
pub use impact::{AffectedNode, Impact, Tombstone};
pub use root::{LineageRoot, RunInputs};
pub use stamp::stamp;
pub use weights::{WeightsClaim, WeightsReport, Witness};
pub use withdrawal::{SubjectIndex, Withdrawal, WithdrawalTarget, Withdrawals};
