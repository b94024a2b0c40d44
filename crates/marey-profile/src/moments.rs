//! [`Moments`]: mean and central moments up to the fourth, mergeable.
//!
//! Updates and merges follow Pébay, *Formulas for robust, one-pass parallel computation of
//! covariances and arbitrary-order statistical moments* (2008).

use marey_table::vector::widely;

/// Sums that are added up side by side.
const LANES: usize = 8;

/// Number of values with the sums of powers of their distances from the mean.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Moments {
    pub(crate) n: f64,
    pub(crate) mean: f64,
    pub(crate) m2: f64,
    pub(crate) m3: f64,
    pub(crate) m4: f64,
}

impl Moments {
    /// Moments of weighted values, in two passes.
    pub(crate) fn of(values: impl Iterator<Item = (f64, u64)> + Clone) -> Self {
        let n: f64 = values.clone().map(|(_, count)| count as f64).sum();
        if n == 0.0 {
            return Self::default();
        }
        let first = values
            .clone()
            .map(|(value, count)| value / n * count as f64)
            .sum::<f64>();
        // The rounding of the first mean is taken out by the mean of the distances from it.
        let mean = first
            + values
                .clone()
                .map(|(value, count)| (value - first) / n * count as f64)
                .sum::<f64>();
        let mut moments = Self {
            n,
            mean,
            ..Self::default()
        };
        for (value, count) in values {
            let distance = value - mean;
            let square = distance * distance;
            let weight = count as f64;
            moments.m2 += weight * square;
            moments.m3 += weight * square * distance;
            moments.m4 += weight * square * square;
        }
        moments
    }

    /// Moments of plain values, in two passes of [`LANES`] sums side by side.
    pub(crate) fn of_slice(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        widely(
            #[inline(always)]
            || Self::of_some(values),
        )
    }

    #[inline(always)]
    fn of_some(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let (chunks, rest) = values.as_chunks::<LANES>();
        let mut sums = [0.0; LANES];
        for chunk in chunks {
            for (sum, value) in sums.iter_mut().zip(chunk) {
                *sum += value;
            }
        }
        let mean = (sums.iter().sum::<f64>() + rest.iter().sum::<f64>()) / n;
        let mut powers = [[0.0; LANES]; 4];
        for chunk in chunks {
            add_powers(&mut powers, chunk, mean);
        }
        let mut last = [mean; LANES];
        for (slot, value) in last.iter_mut().zip(rest) {
            *slot = *value;
        }
        add_powers(&mut powers, &last, mean);
        let [m1, m2, m3, m4] = powers.map(|lanes| lanes.iter().sum::<f64>());
        // The rounding of the mean is taken out by the mean of the distances from it.
        let shift = m1 / n;
        Self {
            n,
            mean: mean + shift,
            m2: (m2 - shift * m1).max(0.0),
            m3: m3 - 3.0 * shift * m2,
            m4: (m4 - 4.0 * shift * m3).max(0.0),
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if other.n == 0.0 {
            return;
        }
        if self.n == 0.0 {
            *self = *other;
            return;
        }
        let (a, b) = (*self, *other);
        let n = a.n + b.n;
        let delta = b.mean - a.mean;
        let share = delta / n;
        let cross = delta * share * a.n * b.n;
        self.n = n;
        self.mean = a.mean + share * b.n;
        self.m2 = a.m2 + b.m2 + cross;
        self.m3 = a.m3 + b.m3 + cross * share * (a.n - b.n) + 3.0 * share * (a.n * b.m2 - b.n * a.m2);
        self.m4 = a.m4
            + b.m4
            + cross * share * share * (a.n * a.n - a.n * b.n + b.n * b.n)
            + 6.0 * share * share * (a.n * a.n * b.m2 + b.n * b.n * a.m2)
            + 4.0 * share * (a.n * b.m3 - b.n * a.m3);
    }

    pub(crate) fn is_finite(&self) -> bool {
        [self.mean, self.m2, self.m3, self.m4]
            .iter()
            .all(|moment| moment.is_finite())
    }

    pub(crate) fn mean(&self) -> f64 {
        self.mean
    }

    pub(crate) fn sum(&self) -> f64 {
        self.mean * self.n
    }

    /// Sample standard deviation; 0 for fewer than two values.
    pub(crate) fn stdev(&self) -> f64 {
        if self.n < 2.0 {
            return 0.0;
        }
        (self.m2 / (self.n - 1.0)).sqrt()
    }

    /// Adjusted Fisher-Pearson skewness (G1); 0 for fewer than three values or no spread.
    pub(crate) fn skewness(&self) -> f64 {
        let n = self.n;
        if n < 3.0 || self.m2 <= 0.0 {
            return 0.0;
        }
        let plain = n.sqrt() * self.m3 / self.m2.powf(1.5);
        defined(plain * (n * (n - 1.0)).sqrt() / (n - 2.0))
    }

    /// Excess kurtosis without small-sample bias (G2); 0 for fewer than four values or no spread.
    pub(crate) fn kurtosis(&self) -> f64 {
        let n = self.n;
        if n < 4.0 || self.m2 <= 0.0 {
            return 0.0;
        }
        let plain = n * self.m4 / (self.m2 * self.m2) - 3.0;
        defined((n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * plain + 6.0))
    }
}

#[inline(always)]
fn add_powers(powers: &mut [[f64; LANES]; 4], values: &[f64; LANES], mean: f64) {
    let [first, second, third, fourth] = powers;
    for lane in 0..LANES {
        let distance = values[lane] - mean;
        let square = distance * distance;
        first[lane] += distance;
        second[lane] += square;
        third[lane] += square * distance;
        fourth[lane] += square * square;
    }
}

fn defined(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * (1.0 + b.abs())
    }

    /// By hand: 2, 4, 4, 4, 5, 5, 7, 9 has mean 5, sum of squares 32, of cubes 42, of fourths 356.
    #[test]
    fn moments_equal_those_by_hand() {
        let values = [(2.0, 1), (4.0, 3), (5.0, 2), (7.0, 1), (9.0, 1)];
        let moments = Moments::of(values.iter().copied());
        assert!(close(moments.mean(), 5.0));
        assert!(close(moments.sum(), 40.0));
        assert!(close(moments.stdev(), (32.0_f64 / 7.0).sqrt()));
        let g1 = (42.0 / 8.0) / 4.0_f64.powf(1.5);
        assert!(close(moments.skewness(), g1 * 56.0_f64.sqrt() / 6.0));
        let g2 = (356.0 / 8.0) / 16.0 - 3.0;
        assert!(close(moments.kurtosis(), 7.0 / 30.0 * (9.0 * g2 + 6.0)));
    }

    #[test]
    fn plain_values_have_the_moments_of_weighted_ones() {
        for len in [1, 7, 8, 9, 4096, 5001] {
            let values: Vec<f64> = (0..len).map(|i| 1e6 + f64::from(i * i % 337) / 7.0).collect();
            let weighted = Moments::of(values.iter().map(|value| (*value, 1)));
            let plain = Moments::of_slice(&values);
            assert!(close(plain.mean(), weighted.mean()));
            assert!(close(plain.stdev(), weighted.stdev()), "{len}");
            assert!((plain.skewness() - weighted.skewness()).abs() < 1e-9, "{len}");
            assert!((plain.kurtosis() - weighted.kurtosis()).abs() < 1e-9, "{len}");
        }
    }

    #[test]
    fn merging_equals_the_whole() {
        let values: Vec<(f64, u64)> = (0..1000).map(|i| (f64::from(i * i % 337) - 50.0, 1)).collect();
        let whole = Moments::of(values.iter().copied());
        for at in [0, 1, 13, 500, 999, 1000] {
            let mut left = Moments::of(values[..at].iter().copied());
            left.merge(&Moments::of(values[at..].iter().copied()));
            assert!(close(left.mean(), whole.mean()));
            assert!(close(left.stdev(), whole.stdev()));
            assert!((left.skewness() - whole.skewness()).abs() < 1e-9);
            assert!((left.kurtosis() - whole.kurtosis()).abs() < 1e-9);
        }
    }

    #[test]
    fn few_or_equal_values_have_no_shape() {
        for values in [vec![], vec![(3.0, 1)], vec![(3.0, 10)], vec![(1.0, 1), (2.0, 1)]] {
            let moments = Moments::of(values.iter().copied());
            assert_eq!((moments.skewness(), moments.kurtosis()), (0.0, 0.0));
        }
    }
}
