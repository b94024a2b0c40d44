//! Operations with a backward pass of our own.
//!
//! candle's `layer_norm`, `softmax_last_dim` and the like have none and say nothing, and its dropout
//! cannot be seeded; ours are fused, so that a training step allocates less, and seeded. On the CPU
//! they run as written here; on other devices each has a form made of candle's operations.

mod attention;
mod bag;
mod dropout;
mod gelu;
mod linear;
mod loss;
mod norm;

pub(crate) use attention::{Attention, Pairing, attend_cached};
pub(crate) use bag::{Bags, embed_bags};
pub(crate) use dropout::{Dropout, add_dropped};
pub(crate) use gelu::gelu;
pub(crate) use linear::linear;
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

/// Runs a loop compiled for the widest registers that the processor has.
#[inline(always)]
pub(crate) fn wide<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// e to the power `x`, within 2e-7 of the true one relative to it, made of operations that go on wide
/// registers; `x` is at most 88, and below -87 the result stays near 1e-38.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Cephes, expf: a power of two and a polynomial of what is left.
    const ROUND: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number in the low bits.
    let x = x.max(-87.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    for term in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = sum * rest + term;
    }
    let sum = sum * rest * rest + rest + 1.0;
    let power = f32::from_bits((rounded.to_bits() << 23).wrapping_add(0x3f80_0000));
    sum * power
}

/// The numbers of a tensor, copied out.
fn numbers(tensor: &Tensor) -> Result<Vec<f32>> {
    tensor.flatten_all()?.to_vec1::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_near_the_true_one() {
        let numbers: Vec<f32> = (-8_700..=880).map(|at| at as f32 / 100.0 + 0.003).collect();
        let found: Vec<f32> = wide(|| numbers.iter().map(|x| exp(*x)).collect());
        for (x, found) in numbers.iter().zip(found) {
            let right = f64::from(*x).exp();
            assert!(
                (f64::from(found) / right - 1.0).abs() < 2e-7,
                "{x} {found} {right}"
            );
        }
        assert!(exp(-1e9) < 1e-37 && exp(f32::NEG_INFINITY) < 1e-37);
    }
}
