//! A measure along time: sums per tick, and lines, steps and seasons fitted to them.

use crate::{calendar::Cycle, column::TimeAxis};

/// Sums of scores per tick. Scores have variance 1, so fits are in standard deviations.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    /// Values per tick.
    pub n: Vec<f64>,
    /// Sum of scores per tick, their overall mean taken off.
    pub s: Vec<f64>,
    /// Sum of squared scores per tick, the overall mean taken off; empty where nobody asks.
    pub squares: Vec<f64>,
    /// All values.
    pub total: f64,
    /// Values before each tick.
    pub before: Vec<f64>,
}

/// A regressor fitted to a series.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fit {
    /// Standardised: normal with variance 1 if rows are independent and there is nothing.
    pub z: f64,
    /// Correlation with the scores.
    pub r: f64,
    /// Change of the score per unit of the regressor.
    pub slope: f64,
}

/// The best split of a series into two levels.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Step {
    /// First tick of the second level.
    pub tick: usize,
    /// Standardised difference of levels, second less first.
    pub z: f64,
    /// Difference of levels in standard deviations.
    pub height: f64,
}

/// A wave of one period fitted to a series.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wave {
    /// Length in days.
    pub period: f64,
    /// Cosine and sine coefficients.
    pub cosine: f64,
    /// Sine coefficient.
    pub sine: f64,
    /// Chi-square with 2 degrees of freedom if there is nothing.
    pub chi_square: f64,
}

/// Share of values at each end in which no step is looked for.
pub(crate) const TRIM: f64 = 0.1;

impl Series {
    /// Sums the scores of the rows that have a time and a value.
    pub fn new(axis: &TimeAxis, z: &[f64], x: &[f64]) -> Self {
        let mut n = vec![0.0; axis.ticks];
        let mut s = vec![0.0; axis.ticks];
        for ((tick, z), x) in axis.tick.iter().zip(z).zip(x) {
            if !x.is_nan() {
                n[*tick as usize] += 1.0;
                s[*tick as usize] += z;
            }
        }
        Self::of_sums(n, s)
    }

    /// A series of given sums, centred.
    pub fn of_sums(n: Vec<f64>, mut s: Vec<f64>) -> Self {
        let total: f64 = n.iter().sum();
        let mean = if total > 0.0 {
            s.iter().sum::<f64>() / total
        } else {
            0.0
        };
        s.iter_mut().zip(&n).for_each(|(s, n)| *s -= mean * n);
        let before = n
            .iter()
            .scan(0.0, |sum, n| {
                let before = *sum;
                *sum += n;
                Some(before)
            })
            .collect();
        Self {
            n,
            s,
            squares: Vec::new(),
            total,
            before,
        }
    }

    /// A series of sums and sums of squares per tick, brought to mean 0 and variance 1.
    pub fn standardised(n: &[f64], s: &[f64], squares: &[f64]) -> Self {
        let total = n.iter().sum::<f64>().max(1.0);
        let mean = s.iter().sum::<f64>() / total;
        let variance = squares.iter().sum::<f64>() / total - mean * mean;
        let unit = if variance > 1e-12 {
            variance.sqrt().recip()
        } else {
            0.0
        };
        let about = n.iter().zip(s).zip(squares);
        let about = about.map(|((n, s), q)| (q - 2.0 * mean * s + n * mean * mean).max(0.0) * unit * unit);
        let squares = about.collect();
        let scaled = s.iter().map(|s| s * unit).collect();
        Self {
            squares,
            ..Self::of_sums(n.to_vec(), scaled)
        }
    }

    /// Fits a straight line over time in days.
    pub fn line(&self, axis: &TimeAxis) -> Fit {
        self.fit(|tick| axis.day_of_tick(tick))
    }

    /// Fits one regressor and a constant.
    pub fn fit(&self, regressor: impl Fn(usize) -> f64) -> Fit {
        let mean = self.weighted(&regressor) / self.total.max(1.0);
        let (mut product, mut square) = (0.0, 0.0);
        for (tick, (n, s)) in self.n.iter().zip(&self.s).enumerate() {
            let w = regressor(tick) - mean;
            product += s * w;
            square += n * w * w;
        }
        if square <= 0.0 {
            return Fit::default();
        }
        let z = product / square.sqrt();
        Fit {
            z,
            r: z / self.total.sqrt(),
            slope: product / square,
        }
    }

    fn weighted(&self, regressor: &impl Fn(usize) -> f64) -> f64 {
        self.n
            .iter()
            .enumerate()
            .map(|(tick, n)| if *n > 0.0 { n * regressor(tick) } else { 0.0 })
            .sum()
    }

    /// The best split into two levels, both ends trimmed.
    pub fn step(&self) -> Step {
        let mut best = Step::default();
        let mut sum = 0.0;
        for (tick, (n, s)) in self.n.iter().zip(&self.s).enumerate() {
            let share = self.before[tick] / self.total.max(1.0);
            if *n > 0.0 && (TRIM..=1.0 - TRIM).contains(&share) {
                let z = -sum / (self.total * share * (1.0 - share)).sqrt();
                if z.abs() > best.z.abs() {
                    let height = z / (self.total * share * (1.0 - share)).sqrt();
                    best = Step { tick, z, height };
                }
            }
            sum += s;
        }
        best
    }

    /// Fits the wave of a cycle; both coefficients at once.
    pub fn wave(&self, cycle: &Cycle) -> Wave {
        let period = cycle.period;
        let (mut c, mut d, mut cc, mut dd, mut cd, mut sc, mut sd) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for ((n, s), [cosine, sine]) in self.n.iter().zip(&self.s).zip(&cycle.turns) {
            if *n == 0.0 {
                continue;
            }
            c += n * cosine;
            d += n * sine;
            cc += n * cosine * cosine;
            dd += n * sine * sine;
            cd += n * cosine * sine;
            sc += s * cosine;
            sd += s * sine;
        }
        let total = self.total.max(1.0);
        let (cc, dd, cd) = (cc - c * c / total, dd - d * d / total, cd - c * d / total);
        let determinant = cc * dd - cd * cd;
        if determinant <= 1e-9 * total * total {
            return Wave {
                period,
                ..Wave::default()
            };
        }
        let cosine = (sc * dd - sd * cd) / determinant;
        let sine = (sd * cc - sc * cd) / determinant;
        Wave {
            period,
            cosine,
            sine,
            chi_square: cosine * sc + sine * sd,
        }
    }

    /// Takes a wave off that was fitted to a cycle.
    pub fn take_wave_off(&mut self, wave: &Wave, cycle: &Cycle) {
        self.take_off(|tick| {
            let [cosine, sine] = cycle.turns.get(tick).copied().unwrap_or_default();
            wave.cosine * cosine + wave.sine * sine
        });
    }

    /// Takes a fitted regressor off.
    pub fn take_off(&mut self, fitted: impl Fn(usize) -> f64) {
        let mean = self.weighted(&fitted) / self.total.max(1.0);
        for (tick, (n, s)) in self.n.iter().zip(self.s.iter_mut()).enumerate() {
            if *n > 0.0 {
                *s -= n * (fitted(tick) - mean);
            }
        }
    }
}
