//! Operations with a backward pass of our own.
//!
//! candle's `layer_norm`, `softmax_last_dim` and the like have none and say nothing, and its dropout
//! cannot be seeded; ours are fused, so that a training step allocates less, and seeded. On the CPU
//! they run as written here; on other devices each has a form made of candle's operations.

mod attention;
mod bag;
mod dropout;
mod gelu;
mod loss;
mod norm;

pub(crate) use attention::{Attention, Pairing, attend_cached};
pub(crate) use bag::{Bags, embed_bags};
pub(crate) use dropout::{Dropout, add_dropped};
pub(crate) use gelu::gelu;
pub(crate) use loss::{Targets, masked_cross_entropy};
pub(crate) use norm::layer_norm;

use candle_core::{CpuStorage, Layout, Result, Tensor, bail};

/// The numbers of a contiguous tensor in memory.
fn slice<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let numbers = storage.as_slice::<f32>()?;
    match layout.contiguous_offsets() {
        Some((from, to)) => Ok(&numbers[from..to]),
        None => bail!("an operation needs a contiguous tensor"),
    }
}

/// The numbers of a tensor, copied out.
fn numbers(tensor: &Tensor) -> Result<Vec<f32>> {
    tensor.flatten_all()?.to_vec1::<f32>()
}
