//! Cross-entropy among the legal choices, with smoothing among them alone.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor, bail};
use rayon::prelude::*;

use super::{numbers, slice};

/// What each row should choose, and among which.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Targets {
    /// Number of choices of a row.
    pub(crate) choices: usize,
    /// For each row and choice 1 where it is legal: `[rows, choices]`.
    pub(crate) legal: Vec<u8>,
    /// The choice that is right.
    pub(crate) right: Vec<u32>,
    /// Weight of the row; 0 for one that does not count.
    pub(crate) weight: Vec<f32>,
    /// Share of the probability that is spread evenly over the legal choices.
    pub(crate) smoothing: f32,
}

/// The weighted mean of the rows' losses: a scalar. `logits` is `[rows, choices]`.
///
/// Smoothing spreads over the legal choices alone: an illegal one has no probability to win or lose.
pub(crate) fn masked_cross_entropy(logits: &Tensor, targets: &Arc<Targets>) -> Result<Tensor> {
    if logits.device().is_cpu() {
        return logits.contiguous()?.apply_op1(Loss(Arc::clone(targets)));
    }
    composed(logits, targets)
}

/// The same made of candle's operations.
fn composed(logits: &Tensor, targets: &Targets) -> Result<Tensor> {
    let (rows, choices) = logits.dims2()?;
    let device = logits.device();
    let mut wanted = vec![0f32; rows * choices];
    let mut barred = vec![0f32; rows * choices];
    let total: f32 = targets.weight.iter().sum();
    for row in 0..rows {
        let legal = &targets.legal[row * choices..][..choices];
        let n = legal.iter().filter(|flag| **flag == 1).count().max(1) as f32;
        let share = targets.weight[row] / total.max(1e-12);
        for (at, flag) in legal.iter().enumerate() {
            let of = row * choices + at;
            match flag {
                1 => wanted[of] = share * targets.smoothing / n,
                _ => barred[of] = -1e9,
            }
        }
        wanted[row * choices + targets.right[row] as usize] += share * (1.0 - targets.smoothing);
    }
    let barred = Tensor::from_vec(barred, (rows, choices), device)?;
    let wanted = Tensor::from_vec(wanted, (rows, choices), device)?;
    let log = candle_nn::ops::log_softmax(&(logits + barred)?, 1)?;
    (log * wanted)?.sum_all()?.neg()
}

struct Loss(Arc<Targets>);

impl Loss {
    /// Maximum, logarithm of the sum of exponentials and number of the legal logits of a row.
    fn norm(logits: &[f32], legal: &[u8]) -> (f32, f32) {
        let legal_logits = || {
            logits
                .iter()
                .zip(legal)
                .filter(|(_, flag)| **flag == 1)
                .map(|(x, _)| *x)
        };
        let most = legal_logits().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = legal_logits().map(|x| (x - most).exp()).sum();
        (most + sum.ln(), legal_logits().count() as f32)
    }

    fn row(&self, logits: &[f32], row: usize) -> f32 {
        let legal = &self.0.legal[row * self.0.choices..][..self.0.choices];
        let (norm, n) = Self::norm(logits, legal);
        let right = norm - logits[self.0.right[row] as usize];
        if self.0.smoothing == 0.0 {
            return right;
        }
        let all: f32 = logits
            .iter()
            .zip(legal)
            .filter(|(_, flag)| **flag == 1)
            .map(|(x, _)| norm - x)
            .sum();
        (1.0 - self.0.smoothing) * right + self.0.smoothing * all / n
    }

    fn total(&self) -> f32 {
        self.0.weight.iter().sum::<f32>().max(1e-12)
    }
}

impl CustomOp1 for Loss {
    fn name(&self) -> &'static str {
        "masked-cross-entropy"
    }

    fn cpu_fwd(&self, logits: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let logits = slice(logits, layout)?;
        let choices = self.0.choices;
        if logits.len() != self.0.legal.len() || logits.len() != self.0.right.len() * choices {
            bail!(
                "targets for {} logits, found {}",
                self.0.legal.len(),
                logits.len()
            );
        }
        let losses: Vec<f32> = logits
            .par_chunks(choices)
            .enumerate()
            .map(|(row, logits)| match self.0.weight[row] {
                0.0 => 0.0,
                weight => weight * self.row(logits, row),
            })
            .collect();
        let loss = losses.iter().sum::<f32>() / self.total();
        Ok((CpuStorage::F32(vec![loss]), Shape::from(())))
    }

    fn bwd(&self, logits: &Tensor, _out: &Tensor, grad: &Tensor) -> Result<Option<Tensor>> {
        let (shape, device) = (logits.shape().clone(), logits.device().clone());
        let scale = grad.to_scalar::<f32>()? / self.total();
        let mut to = numbers(logits)?;
        let Targets {
            choices,
            legal,
            right,
            weight,
            smoothing,
        } = &*self.0;
        to.par_chunks_mut(*choices).enumerate().for_each(|(row, logits)| {
            let legal = &legal[row * choices..][..*choices];
            let scale = scale * weight[row];
            if scale == 0.0 {
                logits.fill(0.0);
                return;
            }
            let (norm, n) = Self::norm(logits, legal);
            for (x, flag) in logits.iter_mut().zip(legal) {
                *x = match flag {
                    1 => scale * ((*x - norm).exp() - smoothing / n),
                    _ => 0.0,
                };
            }
            logits[right[row] as usize] -= scale * (1.0 - smoothing);
        });
        Tensor::from_vec(to, shape, &device).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{Device, Var};

    use super::*;

    #[test]
    fn fused_and_composed_losses_and_gradients_are_the_same() -> Result<()> {
        let targets = Arc::new(Targets {
            choices: 4,
            legal: vec![1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1],
            right: vec![2, 0, 3],
            weight: vec![1.0, 2.0, 0.0],
            smoothing: 0.1,
        });
        let numbers = vec![0.3f32, 9.0, -1.0, 0.7, 1.5, -0.2, 4.0, 4.0, 1.0, 2.0, 3.0, 4.0];
        let logits = Var::from_tensor(&Tensor::from_vec(numbers, (3, 4), &Device::Cpu)?)?;
        let fused = masked_cross_entropy(&logits, &targets)?;
        let plain = composed(&logits, &targets)?;
        let (a, b) = (fused.to_scalar::<f32>()?, plain.to_scalar::<f32>()?);
        assert!((a - b).abs() < 1e-5, "{a} {b}");
        let gradient = |loss: &Tensor| -> Result<Vec<f32>> {
            super::numbers(loss.backward()?.get(&logits).expect("a gradient"))
        };
        for (a, b) in gradient(&fused)?.iter().zip(gradient(&plain)?) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
        Ok(())
    }
}
