//! A softmax classifier over sparse vectors.

use marey_metrics::statistics::Generator;
use rayon::prelude::*;

use super::text::Sparse;

/// How the weights are fitted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) epochs: usize,
    pub(super) rate: f32,
    pub(super) decay: f32,
    pub(super) seed: u64,
}

/// A linear classifier: one weight per position and class, and one per class.
pub(super) struct Softmax {
    classes: usize,
    /// By position, then class.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Softmax {
    /// Fits weights by gradient descent on the cross-entropy, one example after the other in a random
    /// order, with AdaGrad's step for each position (Duchi, Hazan and Singer, JMLR 12, 2011).
    pub(super) fn fit(examples: &[(Sparse, usize)], positions: usize, classes: usize, fit: Fit) -> Self {
        let mut model = Self {
            classes,
            weights: vec![0.0; positions * classes],
            bias: vec![0.0; classes],
        };
        let mut seen = vec![1e-6_f32; positions];
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut generator = Generator::new(fit.seed);
        let mut gradient = vec![0.0; classes];
        for epoch in 0..fit.epochs {
            generator.shuffle(&mut order);
            let rate = fit.rate * (1.0 - epoch as f32 / fit.epochs as f32 * 0.9);
            for &example in &order {
                let (vector, class) = &examples[example];
                model.scores_into(vector, &mut gradient);
                softmax(&mut gradient);
                gradient[*class] -= 1.0;
                model.step(vector, &gradient, &mut seen, rate, fit.decay);
            }
        }
        model
    }

    fn step(&mut self, vector: &Sparse, gradient: &[f32], seen: &mut [f32], rate: f32, decay: f32) {
        let squared: f32 = gradient.iter().map(|g| g * g).sum();
        for &(position, weight) in vector {
            seen[position] += squared * weight * weight;
            let step = rate * weight / seen[position].sqrt();
            let row = &mut self.weights[position * self.classes..(position + 1) * self.classes];
            for (own, g) in row.iter_mut().zip(gradient) {
                *own -= step * g + rate * decay * *own;
            }
        }
        for (own, g) in self.bias.iter_mut().zip(gradient) {
            *own -= 0.05 * rate * g;
        }
    }

    fn scores_into(&self, vector: &Sparse, scores: &mut [f32]) {
        scores.copy_from_slice(&self.bias);
        for &(position, weight) in vector {
            let row = &self.weights[position * self.classes..(position + 1) * self.classes];
            for (score, own) in scores.iter_mut().zip(row) {
                *score += weight * own;
            }
        }
    }

    /// The probability of each class.
    pub(super) fn probabilities(&self, vector: &Sparse) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        self.scores_into(vector, &mut scores);
        softmax(&mut scores);
        scores
    }

    /// Number of weights.
    pub(super) fn parameters(&self) -> usize {
        self.weights.par_iter().filter(|weight| **weight != 0.0).count() + self.bias.len()
    }
}

fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - largest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_told_apart_is() {
        let examples: Vec<(Sparse, usize)> = (0..60)
            .map(|i| (vec![(i % 3, 0.8), (3 + i % 2, 0.6)], i % 3))
            .collect();
        let fit = Fit {
            epochs: 20,
            rate: 0.5,
            decay: 0.0,
            seed: 1,
        };
        let model = Softmax::fit(&examples, 5, 3, fit);
        for (vector, class) in &examples {
            let probabilities = model.probabilities(vector);
            assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            assert!(probabilities[*class] > 0.8, "{probabilities:?}");
        }
        assert_eq!(
            model.probabilities(&vec![(0, 1.0)]),
            Softmax::fit(&examples, 5, 3, fit).probabilities(&vec![(0, 1.0)])
        );
    }
}
