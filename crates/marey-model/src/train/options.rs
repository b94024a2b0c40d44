//! [`TrainOptions`]: how a network is trained.

use serde::{Deserialize, Serialize};

use crate::ModelError;

/// How a network is trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainOptions {
    /// Number of passes over the examples; the learning rate ends at zero with the last.
    pub epochs: u64,
    /// Examples of a step.
    pub batch: usize,
    /// Largest learning rate.
    pub learning_rate: f64,
    /// Steps over which the learning rate rises from zero.
    pub warm_up: u64,
    /// Decay of weights that are matrices (Loshchilov and Hutter, 2019).
    pub weight_decay: f64,
    /// Share of the sums of layers that is dropped.
    pub dropout: f32,
    /// Share of the probability that is spread over the legal choices.
    pub smoothing: f32,
    /// Largest norm of the gradient of all weights together.
    pub clip: f64,
    /// How much of the running mean of the weights is kept at each step; less in the first steps.
    pub mean_decay: f64,
    /// Share of the examples whose request is left out, where there is a chart without it.
    pub request_dropout: f64,
    /// Share of the words, columns and cells that do not show how they are spelt, so that a network
    /// learns to go by relations and meaning where it has never seen a name.
    pub word_dropout: f64,
    /// Seed of first weights, shuffles and dropout.
    pub seed: u64,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 12,
            batch: 64,
            learning_rate: 8e-4,
            warm_up: 300,
            weight_decay: 0.02,
            dropout: 0.1,
            smoothing: 0.05,
            clip: 1.0,
            mean_decay: 0.998,
            request_dropout: 0.05,
            word_dropout: 0.1,
            seed: 1,
        }
    }
}

impl TrainOptions {
    /// Checks that every option is within its range.
    ///
    /// # Errors
    ///
    /// When one is not.
    pub fn check(&self) -> Result<(), ModelError> {
        let wrong = |what, found: String, expected| {
            Err(ModelError::Config {
                what,
                found,
                expected,
            })
        };
        if self.epochs == 0 || self.epochs > 100_000 {
            return wrong("`epochs`", self.epochs.to_string(), "1 to 100000");
        }
        if self.batch == 0 || self.batch > 4_096 {
            return wrong("`batch`", self.batch.to_string(), "1 to 4096");
        }
        for (what, value) in [("`learning_rate`", self.learning_rate), ("`clip`", self.clip)] {
            if !(value > 0.0 && value.is_finite()) {
                return wrong(what, value.to_string(), "a number above 0");
            }
        }
        for (what, value) in [
            ("`weight_decay`", self.weight_decay),
            ("`dropout`", f64::from(self.dropout)),
            ("`smoothing`", f64::from(self.smoothing)),
            ("`mean_decay`", self.mean_decay),
            ("`request_dropout`", self.request_dropout),
            ("`word_dropout`", self.word_dropout),
        ] {
            if !(0.0..1.0).contains(&value) {
                return wrong(what, value.to_string(), "a number from 0 to below 1");
            }
        }
        Ok(())
    }

    /// The learning rate of a step of so many: it rises over the warm-up and falls as a cosine.
    pub(crate) fn rate(&self, step: u64, steps: u64) -> f64 {
        let warm_up = self.warm_up.min(steps / 2);
        if step < warm_up {
            return self.learning_rate * (step + 1) as f64 / warm_up as f64;
        }
        let along = (step - warm_up) as f64 / (steps - warm_up).max(1) as f64;
        self.learning_rate * 0.5 * (1.0 + (std::f64::consts::PI * along.min(1.0)).cos())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_and_falls() {
        let options = TrainOptions {
            warm_up: 10,
            learning_rate: 1.0,
            ..TrainOptions::default()
        };
        assert!((options.rate(0, 100) - 0.1).abs() < 1e-9);
        assert!((options.rate(9, 100) - 1.0).abs() < 1e-9);
        assert!((options.rate(55, 100) - 0.5).abs() < 1e-9);
        assert!(options.rate(99, 100) < 0.001);
        assert!(options.check().is_ok());
        let wrong = TrainOptions {
            dropout: 1.0,
            ..options
        };
        assert_eq!(
            wrong.check().unwrap_err().to_string(),
            "`dropout` is 1; a number from 0 to below 1 would be right"
        );
    }
}
