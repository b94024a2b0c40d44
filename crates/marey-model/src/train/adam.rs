//! AdamW (Kingma and Ba, 2015; Loshchilov and Hutter, 2019) with a running mean of the weights.

use rayon::prelude::*;

use crate::ops::wide;

use super::TrainOptions;

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const EPSILON: f32 = 1e-8;
const PIECE: usize = 16_384;

/// What is kept of one weight between steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moments {
    pub(crate) first: Vec<f32>,
    pub(crate) second: Vec<f32>,
    /// Running mean of the weight itself (Polyak and Juditsky, 1992).
    pub(crate) mean: Vec<f32>,
}

impl Moments {
    /// Those of a weight before the first step.
    pub(crate) fn of(weight: Vec<f32>) -> Self {
        Self {
            first: vec![0.0; weight.len()],
            second: vec![0.0; weight.len()],
            mean: weight,
        }
    }
}

/// What all weights of a step share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Update {
    rate: f32,
    decay: f32,
    scale: f32,
    first: f32,
    second: f32,
    mean: f32,
}

impl Update {
    /// The update of a step, counted from 0, at a learning rate and with the gradients scaled.
    pub(crate) fn new(options: &TrainOptions, step: u64, rate: f64, scale: f32) -> Self {
        let times = (step + 1) as f64;
        // The mean of few steps is that of them all.
        let mean = options.mean_decay.min((1.0 + times) / (10.0 + times));
        Self {
            rate: rate as f32,
            decay: (rate * options.weight_decay) as f32,
            scale,
            first: (1.0 / (1.0 - f64::from(FIRST).powf(times))) as f32,
            second: (1.0 / (1.0 - f64::from(SECOND).powf(times))) as f32,
            mean: mean as f32,
        }
    }

    /// Moves a weight against its gradient. Only matrices decay.
    pub(crate) fn apply(&self, weight: &mut [f32], gradient: &[f32], kept: &mut Moments, is_matrix: bool) {
        let decay = if is_matrix { self.decay } else { 0.0 };
        weight
            .par_chunks_mut(PIECE)
            .zip(gradient.par_chunks(PIECE))
            .zip(kept.first.par_chunks_mut(PIECE))
            .zip(kept.second.par_chunks_mut(PIECE))
            .zip(kept.mean.par_chunks_mut(PIECE))
            .for_each(|((((weight, gradient), first), second), mean)| {
                wide(|| {
                    let kept = first.iter_mut().zip(second).zip(mean);
                    for ((weight, gradient), ((first, second), mean)) in
                        weight.iter_mut().zip(gradient).zip(kept)
                    {
                        let g = gradient * self.scale;
                        *first = FIRST * *first + (1.0 - FIRST) * g;
                        *second = SECOND * *second + (1.0 - SECOND) * g * g;
                        let step = *first * self.first / ((*second * self.second).sqrt() + EPSILON);
                        *weight -= decay * *weight + self.rate * step;
                        *mean = self.mean * *mean + (1.0 - self.mean) * *weight;
                    }
                });
            });
    }
}
