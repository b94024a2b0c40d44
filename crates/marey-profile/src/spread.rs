//! [`Spread`]: mean, deviation and shape of numbers, always finite.

use crate::{moments::Moments, number_line::NumberLine, numbers::Numbers};

/// Mean, sum and shape, always finite.
pub(crate) struct Spread {
    pub(crate) mean: f64,
    pub(crate) sum: f64,
    pub(crate) stdev: f64,
    pub(crate) skewness: f64,
    pub(crate) kurtosis: f64,
}

impl Spread {
    /// From the running moments, or from the values where there are none or they overflowed.
    pub(crate) fn of(line: &NumberLine, seen: Option<&Numbers>) -> Self {
        match seen {
            Some(numbers) if numbers.moments.is_finite() => Self::scaled(&numbers.moments, 1.0),
            // Powers of numbers near the limits overflow: the sketch's values are scaled down first.
            _ => {
                let largest = line.min.abs().max(line.max.abs());
                let scale = if (1e-60..1e60).contains(&largest) || largest == 0.0 {
                    1.0
                } else {
                    2_f64.powi(largest.log2().floor().clamp(-1000.0, 1000.0) as i32)
                };
                let values = line.sorted.iter().map(|(value, count)| (value / scale, *count));
                let mut spread = Self::scaled(&Moments::of(values), scale);
                if seen.is_none() {
                    let sum = line.sorted.iter().map(|(value, count)| value * *count as f64);
                    spread.sum = finite(sum.sum());
                }
                spread
            }
        }
    }

    fn scaled(moments: &Moments, scale: f64) -> Self {
        Self {
            mean: finite(moments.mean() * scale),
            sum: finite(moments.sum() * scale),
            stdev: finite(moments.stdev() * scale),
            skewness: moments.skewness(),
            kurtosis: moments.kurtosis(),
        }
    }
}

/// The nearest finite number, so that profiles stay valid JSON.
fn finite(value: f64) -> f64 {
    if value.is_nan() {
        0.0
    } else {
        value.clamp(f64::MIN, f64::MAX)
    }
}
