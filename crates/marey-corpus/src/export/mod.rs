//! Exports: what weights were made from, in the forms that others read.
//!
//! Everything here is told from the ledger. Data sets are those that the loader witnessed, with the decisions
//! under which they were read; nobody types a list. A card is a description, not a statement that a law is
//! complied with.

mod card;
mod cyclonedx;
mod data_card;
mod openlineage;
mod record;
mod summary;

pub use card::model_card;
pub use cyclonedx::ml_bom;
pub use data_card::data_card;
pub use openlineage::events;
pub use record::{ModelRecord, RunRecord, WitnessedAsset};
pub use summary::training_summary;

use crate::Digest;

/// Who writes the exports.
const PRODUCER: &str = "https://github.com/marey-viz/marey";

/// A UUID that is a function of contents (RFC 9562, version 8).
fn uuid(digest: &Digest) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.as_bytes().get(..16).unwrap_or(&[0; 16]));
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}
