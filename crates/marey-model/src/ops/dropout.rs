//! Dropout (Srivastava et al., 2014) by our own seeded generator, together with the sum it ends in.

use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor};
use rayon::prelude::*;

use super::{numbers, slice, wide};
use crate::random::mix;

const PIECE: usize = 16_384;

/// How much is dropped, and by which numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dropout {
    /// Share of elements that are dropped; 0 outside of training.
    pub(crate) share: f32,
    /// Seed of the step.
    pub(crate) seed: u64,
}

impl Dropout {
    /// Nothing is dropped.
    pub(crate) const NONE: Dropout = Dropout { share: 0.0, seed: 0 };

    /// The same for another place in the network.
    pub(crate) fn at(self, place: u64) -> Self {
        Self {
            seed: mix(self.seed ^ mix(place)),
            ..self
        }
    }

    /// The factor of an element: 0, or what makes up for those dropped.
    #[inline(always)]
    fn factor(self, at: u64) -> f32 {
        // A cheap mixing of the counter: one multiplication by a 32-bit odd constant each way.
        let mut z = (at as u32 ^ self.seed as u32).wrapping_mul(0x9e37_79b1);
        z = (z ^ (z >> 15) ^ (self.seed >> 32) as u32).wrapping_mul(0x85eb_ca77);
        z ^= z >> 13;
        let drawn = (z >> 8) as f32 / (1 << 24) as f32;
        if drawn < self.share {
            0.0
        } else {
            1.0 / (1.0 - self.share)
        }
    }
}

/// `x + dropout(added)`.
pub(crate) fn add_dropped(x: &Tensor, added: &Tensor, dropout: Dropout) -> Result<Tensor> {
    if dropout.share <= 0.0 {
        return x + added;
    }
    if x.device().is_cpu() {
        return x
            .contiguous()?
            .apply_op2(&added.contiguous()?, AddDropped(dropout));
    }
    let factors: Vec<f32> = (0..added.elem_count() as u64)
        .map(|at| dropout.factor(at))
        .collect();
    x + (added * Tensor::from_vec(factors, added.shape(), added.device())?)?
}

struct AddDropped(Dropout);

impl CustomOp2 for AddDropped {
    fn name(&self) -> &'static str {
        "add-dropped"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        added: &CpuStorage,
        added_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (x, added) = (slice(x, x_layout)?, slice(added, added_layout)?);
        let mut out = vec![0f32; x.len()];
        out.par_chunks_mut(PIECE).enumerate().for_each(|(piece, out)| {
            let from = piece * PIECE;
            let (x, added) = (&x[from..][..out.len()], &added[from..][..out.len()]);
            wide(|| {
                for (at, ((out, x), added)) in out.iter_mut().zip(x).zip(added).enumerate() {
                    *out = x + added * self.0.factor((from + at) as u64);
                }
            });
        });
        Ok((CpuStorage::F32(out), x_layout.shape().clone()))
    }

    fn bwd(
        &self,
        _x: &Tensor,
        added: &Tensor,
        _out: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let mut to_added = numbers(grad)?;
        to_added
            .par_chunks_mut(PIECE)
            .enumerate()
            .for_each(|(piece, grad)| {
                let from = piece * PIECE;
                wide(|| {
                    for (at, grad) in grad.iter_mut().enumerate() {
                        *grad *= self.0.factor((from + at) as u64);
                    }
                });
            });
        let to_added = Tensor::from_vec(to_added, added.shape(), added.device())?;
        Ok((Some(grad.clone()), Some(to_added)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_dropped_and_made_up_for() {
        let dropout = Dropout { share: 0.1, seed: 3 }.at(5);
        let factors: Vec<f32> = (0..100_000).map(|at| dropout.factor(at)).collect();
        let dropped = factors.iter().filter(|factor| **factor == 0.0).count();
        assert!((9_500..10_500).contains(&dropped), "{dropped}");
        let mean = factors.iter().sum::<f32>() / 1e5;
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
        assert_ne!(dropout.at(1), dropout.at(2));
    }
}
