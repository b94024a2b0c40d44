//! Sampling: some of the rows, drawn by a seed.

use arrow::array::UInt32Array;

use super::{frame::Frame, random::Random};
use crate::TableError;

/// At most `size` rows in their order, each with the same chance (Vitter's reservoir, 1985).
///
/// Vega draws from an unseeded generator, so its rows are others.
pub(crate) fn sample(frame: &Frame, size: f64, seed: u64) -> Result<Frame, TableError> {
    // A float cast saturates, and NaN becomes 0.
    let size = size as usize;
    if frame.rows() <= size {
        return Ok(frame.clone());
    }
    let mut random = Random::new(seed);
    let mut kept: Vec<u32> = (0..size as u32).collect();
    for row in size..frame.rows() {
        if let Some(slot) = kept.get_mut(random.below(row + 1)) {
            *slot = row as u32;
        }
    }
    kept.sort_unstable();
    frame.taken(&UInt32Array::from(kept))
}
