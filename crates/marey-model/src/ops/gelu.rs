//! The activation GELU in its tanh form (Hendrycks and Gimpel, 2016).

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor};
use rayon::prelude::*;

use super::{numbers, slice, wide};

/// Applies the activation to every element.
pub(crate) fn gelu(x: &Tensor) -> Result<Tensor> {
    match x.device().is_cpu() {
        true => x.contiguous()?.apply_op1(Gelu),
        false => x.gelu(),
    }
}

struct Gelu;

const ROOT: f32 = 0.797_884_6; // sqrt(2 / pi)
const CUBE: f32 = 0.044_715;
const PIECE: usize = 16_384;

/// tanh as a quotient of polynomials, as Eigen has it; within 1e-6 of the true one.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905_311, 7.905_311);
    let s = x * x;
    let p = x
        * (4.893_524_6e-3
            + s * (6.372_619_3e-4
                + s * (1.485_722_4e-5
                    + s * (5.122_297_1e-8
                        + s * (-8.604_672e-11 + s * (2.000_188e-13 - s * 2.760_768_5e-16))))));
    let q = 4.893_525e-3 + s * (2.268_434_6e-3 + s * (1.185_347_1e-4 + s * 1.198_258_4e-6));
    p / q
}

#[inline(always)]
fn value(x: f32) -> f32 {
    0.5 * x * (1.0 + tanh(ROOT * (x + CUBE * x * x * x)))
}

#[inline(always)]
fn slope(x: f32) -> f32 {
    let t = tanh(ROOT * (x + CUBE * x * x * x));
    0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * ROOT * (1.0 + 3.0 * CUBE * x * x)
}

impl CustomOp1 for Gelu {
    fn name(&self) -> &'static str {
        "gelu"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let x = slice(x, layout)?;
        let mut out = vec![0f32; x.len()];
        out.par_chunks_mut(PIECE)
            .zip(x.par_chunks(PIECE))
            .for_each(|(out, x)| {
                wide(|| out.iter_mut().zip(x).for_each(|(out, x)| *out = value(*x)));
            });
        Ok((CpuStorage::F32(out), layout.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, _out: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        let (shape, device) = (x.shape().clone(), x.device().clone());
        let (x, mut grad) = (numbers(x)?, numbers(grad)?);
        grad.par_chunks_mut(PIECE)
            .zip(x.par_chunks(PIECE))
            .for_each(|(grad, x)| {
                wide(|| grad.iter_mut().zip(x).for_each(|(grad, x)| *grad *= slope(*x)));
            });
        Tensor::from_vec(grad, shape, &device).map(Some)
    }
}
