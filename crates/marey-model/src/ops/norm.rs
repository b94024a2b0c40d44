//! Layer normalisation (Ba, Kiros and Hinton, 2016).

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Shape, Tensor};
use rayon::prelude::*;

use super::{numbers, slice, wide};

const EPSILON: f32 = 1e-5;

/// Normalises the last axis and scales it by `gain` and `shift`, both `[width]`.
pub(crate) fn layer_norm(x: &Tensor, gain: &Tensor, shift: &Tensor) -> Result<Tensor> {
    match x.device().is_cpu() {
        true => x.contiguous()?.apply_op3(gain, shift, Norm),
        false => candle_nn::ops::layer_norm_slow(x, gain, shift, EPSILON),
    }
}

struct Norm;

/// Lanes of sums side by side, so that the compiler can use wide registers.
const LANES: usize = 16;

/// The sum of what `of` makes of each place below `n`, in a fixed order.
#[inline(always)]
fn sum(n: usize, of: impl Fn(usize) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let whole = n / LANES * LANES;
    for from in (0..whole).step_by(LANES) {
        for (lane, sum) in lanes.iter_mut().enumerate() {
            *sum += of(from + lane);
        }
    }
    lanes.iter().sum::<f32>() + (whole..n).map(of).sum::<f32>()
}

/// Mean and reciprocal deviation of a row.
#[inline(always)]
fn moments(row: &[f32]) -> (f32, f32) {
    let n = row.len() as f32;
    let mean = sum(row.len(), |at| row[at]) / n;
    let variance = sum(row.len(), |at| (row[at] - mean) * (row[at] - mean)) / n;
    (mean, 1.0 / (variance + EPSILON).sqrt())
}

impl CustomOp3 for Norm {
    fn name(&self) -> &'static str {
        "layer-norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        gain: &CpuStorage,
        gain_layout: &Layout,
        shift: &CpuStorage,
        shift_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (x, gain, shift) = (
            slice(x, x_layout)?,
            slice(gain, gain_layout)?,
            slice(shift, shift_layout)?,
        );
        let width = gain.len();
        let mut out = vec![0f32; x.len()];
        out.par_chunks_mut(width * 64)
            .zip(x.par_chunks(width * 64))
            .for_each(|(out, x)| wide(|| rows_forward(x, gain, shift, out)));
        Ok((CpuStorage::F32(out), x_layout.shape().clone()))
    }

    fn bwd(
        &self,
        x: &Tensor,
        gain: &Tensor,
        _shift: &Tensor,
        _out: &Tensor,
        grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let (shape, device) = (x.shape().clone(), x.device().clone());
        let (x, gain, grad) = (numbers(x)?, numbers(gain)?, numbers(grad)?);
        let width = gain.len();
        let mut to_x = vec![0f32; x.len()];
        // Sums over rows are made piece by piece in a fixed order, whatever the number of threads.
        let sums: Vec<Vec<f32>> = to_x
            .par_chunks_mut(width * 64)
            .zip(x.par_chunks(width * 64))
            .zip(grad.par_chunks(width * 64))
            .map(|((to_x, x), grad)| {
                let mut sums = vec![0f32; 2 * width];
                wide(|| {
                    for ((to_x, x), grad) in to_x
                        .chunks_exact_mut(width)
                        .zip(x.chunks_exact(width))
                        .zip(grad.chunks_exact(width))
                    {
                        row_backward(x, grad, &gain, to_x, &mut sums);
                    }
                });
                sums
            })
            .collect();
        let mut total = vec![0f32; 2 * width];
        for sums in &sums {
            total.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        }
        let to_shift = total.split_off(width);
        Ok((
            Some(Tensor::from_vec(to_x, shape, &device)?),
            Some(Tensor::from_vec(total, width, &device)?),
            Some(Tensor::from_vec(to_shift, width, &device)?),
        ))
    }
}

#[inline(always)]
fn rows_forward(x: &[f32], gain: &[f32], shift: &[f32], out: &mut [f32]) {
    let width = gain.len();
    for (out, x) in out.chunks_exact_mut(width).zip(x.chunks_exact(width)) {
        let (mean, scale) = moments(x);
        for at in 0..width {
            out[at] = (x[at] - mean) * scale * gain[at] + shift[at];
        }
    }
}

#[inline(always)]
fn row_backward(x: &[f32], grad: &[f32], gain: &[f32], to_x: &mut [f32], sums: &mut [f32]) {
    let width = gain.len();
    let (x, grad) = (&x[..width], &grad[..width]);
    let (mean, scale) = moments(x);
    let along = sum(width, |at| grad[at] * gain[at]) / width as f32;
    let across = sum(width, |at| grad[at] * gain[at] * (x[at] - mean) * scale) / width as f32;
    let (to_gain, to_shift) = sums.split_at_mut(width);
    for at in 0..width {
        let normal = (x[at] - mean) * scale;
        to_x[at] = scale * (grad[at] * gain[at] - along - normal * across);
        to_gain[at] += grad[at] * normal;
        to_shift[at] += grad[at];
    }
}
