//! Lineage: what was made of what, down to the weights, and what a withdrawal reaches.

mod graph;
mod impact;
mod root;

pub use graph::{Lineage, LineageNode, NodeKind};
pub use impact::{AffectedNode, Impact, Tombstone};
pub use root::{LineageRoot, RunInputs};
