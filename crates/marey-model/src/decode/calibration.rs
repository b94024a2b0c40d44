//! [`Calibration`]: from what the network gives a chart to the probability that it is what was asked for.
//!
//! Scores of the charts that were found, and of "none of them", go through one softmax; the four numbers
//! are fitted by maximum likelihood on tables that were not trained on, which is Platt's scaling (1999) with
//! a temperature (Guo et al., ICML 2017) for a list of answers.

use serde::{Deserialize, Serialize};

/// What speaks for a chart and against it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Logarithm of the probability by the network.
    pub log: f64,
    /// Cost by the design rules, at least 0; a hard rule that is broken counts as ten.
    pub cost: f64,
    /// Whether all that is drawn is one mark.
    pub lone: bool,
}

/// How scores become probabilities; part of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calibration {
    /// Logarithms are divided by it; above 1 where the network is too sure.
    pub temperature: f64,
    /// What a unit of the rules' cost takes off.
    pub design: f64,
    /// What a chart of a single mark loses.
    pub lone: f64,
    /// What "none of these" gets beside the probability that was not found.
    pub rest: f64,
}

impl Default for Calibration {
    /// The network's own probabilities.
    fn default() -> Self {
        Self {
            temperature: 1.0,
            design: 0.0,
            lone: 0.0,
            rest: 0.0,
        }
    }
}

/// Least share that is taken to be not found.
const LEAST_REST: f64 = 1e-6;

/// Ranges of the four numbers.
const RANGES: [(f64, f64); 4] = [(0.25, 8.0), (0.0, 1.0), (0.0, 8.0), (-8.0, 8.0)];

impl Calibration {
    /// Whether every number is within its range.
    pub fn is_sound(&self) -> bool {
        let numbers = self.numbers().into_iter().zip(RANGES);
        numbers
            .into_iter()
            .all(|(number, (low, high))| (low..=high).contains(&number))
    }

    fn numbers(&self) -> [f64; 4] {
        [self.temperature, self.design, self.lone, self.rest]
    }

    fn of([temperature, design, lone, rest]: [f64; 4]) -> Self {
        Self {
            temperature,
            design,
            lone,
            rest,
        }
    }

    fn score(&self, evidence: &Evidence) -> f64 {
        let lone = f64::from(u8::from(evidence.lone));
        evidence.log / self.temperature - self.design * evidence.cost - self.lone * lone
    }

    /// Probabilities of charts, in their order, by what was found; with that of none of them they sum
    /// to 1.
    pub fn probabilities(&self, all: &[Evidence]) -> Vec<f64> {
        let found: f64 = all.iter().map(|evidence| evidence.log.exp()).sum();
        let rest = (1.0 - found).max(LEAST_REST).ln() / self.temperature + self.rest;
        let scores: Vec<f64> = all.iter().map(|evidence| self.score(evidence)).collect();
        let most = scores.iter().copied().fold(rest, f64::max);
        let whole: f64 = scores
            .iter()
            .chain([&rest])
            .map(|score| (score - most).exp())
            .sum();
        scores.iter().map(|score| (score - most).exp() / whole).collect()
    }

    /// Fits the numbers to lists of charts and the place of the right one in each, if any is: the
    /// likelihood is largest, searched along one number after the other.
    ///
    /// Without a list the network's own probabilities are kept.
    pub fn fit(asked: &[(Vec<Evidence>, Option<usize>)]) -> Self {
        let mut best = Self::default().numbers();
        if asked.is_empty() {
            return Self::default();
        }
        for _ in 0..SWEEPS {
            for at in 0..best.len() {
                let with = |number: f64| {
                    let mut numbers = best;
                    numbers[at] = number;
                    Self::of(numbers).loss(asked)
                };
                best[at] = smallest(RANGES[at], with);
            }
        }
        // Four digits say what so few answers can.
        Self::of(best.map(|number| (number * 1e4).round() / 1e4))
    }

    /// Mean negative logarithm of the probability of what was right.
    fn loss(&self, asked: &[(Vec<Evidence>, Option<usize>)]) -> f64 {
        let of = |(all, right): &(Vec<Evidence>, Option<usize>)| {
            let probabilities = self.probabilities(all);
            let probability = match right {
                Some(right) => probabilities.get(*right).copied().unwrap_or(0.0),
                None => 1.0 - probabilities.iter().sum::<f64>(),
            };
            -probability.max(1e-9).ln()
        };
        asked.iter().map(of).sum::<f64>() / asked.len() as f64
    }
}

/// Rounds over all numbers.
const SWEEPS: usize = 8;
/// Steps of the search along one number; the range shrinks to a hundred thousandth.
const STEPS: usize = 24;

/// Where a function of one hollow is smallest (golden section, Kiefer 1953).
fn smallest((mut low, mut high): (f64, f64), of: impl Fn(f64) -> f64) -> f64 {
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    let within = |low: f64, high: f64, share: f64| low + (high - low) * share;
    let (mut a, mut b) = (within(low, high, 1.0 - golden), within(low, high, golden));
    let (mut at_a, mut at_b) = (of(a), of(b));
    for _ in 0..STEPS {
        if at_a <= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = within(low, high, 1.0 - golden);
            at_a = of(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = within(low, high, golden);
            at_b = of(b);
        }
    }
    // An end of the range may be best of all: a number that helps nothing is zero.
    let middle = (low + high) / 2.0;
    let ends = [middle, low, high];
    let best = ends.into_iter().min_by(|a, b| of(*a).total_cmp(&of(*b)));
    best.unwrap_or(middle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Random;

    fn evidence(share: f64, cost: f64, lone: bool) -> Evidence {
        Evidence {
            log: share.ln(),
            cost,
            lone,
        }
    }

    #[test]
    fn without_a_fit_the_network_is_believed() {
        let all = [evidence(0.5, 3.0, false), evidence(0.25, 0.0, true)];
        let probabilities = Calibration::default().probabilities(&all);
        assert!((probabilities[0] - 0.5).abs() < 1e-12);
        assert!((probabilities[1] - 0.25).abs() < 1e-12);
        assert_eq!(Calibration::fit(&[]), Calibration::default());
        assert!(Calibration::default().probabilities(&[]).is_empty());
    }

    /// Lists whose first chart the network gives 90 %, and which is right in 60 % of them.
    fn too_sure(random: &mut Random) -> Vec<(Vec<Evidence>, Option<usize>)> {
        let one = |random: &mut Random| {
            let ugly = random.uniform() < 0.5;
            let all = vec![
                evidence(0.9, if ugly { 20.0 } else { 0.0 }, false),
                evidence(0.08, 0.0, false),
            ];
            // A first chart that breaks rules is right less often.
            let first = random.uniform() < if ugly { 0.4 } else { 0.8 };
            let right = match first {
                true => Some(0),
                false => (random.uniform() < 0.75).then_some(1),
            };
            (all, right)
        };
        (0..800).map(|_| one(random)).collect()
    }

    #[test]
    fn what_is_fitted_is_as_often_right_as_it_says() {
        let mut random = Random::new(11);
        let fitted = Calibration::fit(&too_sure(&mut random));
        assert!(fitted.is_sound(), "{fitted:?}");
        assert!(fitted.temperature > 1.2 && fitted.design > 0.01, "{fitted:?}");
        for (cost, expected) in [(0.0, 0.8), (20.0, 0.4)] {
            let all = [evidence(0.9, cost, false), evidence(0.08, 0.0, false)];
            let probability = fitted.probabilities(&all)[0];
            assert!((probability - expected).abs() < 0.07, "{cost}: {probability}");
        }
        // Nothing here says anything of lone marks.
        assert_eq!(fitted.lone, 0.0);
    }
}
