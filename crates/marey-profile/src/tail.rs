//! What lies far from the bulk of numbers: distance from the median, fences, tails.

use crate::{Outliers, Quantiles, Tails, number_line::NumberLine};

/// Scale of the MAD to a normal distribution's standard deviation (its upper quartile).
const NORMAL_QUARTILE: f64 = 0.6745;
/// Modified z-score beyond which Iglewicz and Hoaglin call a value an outlier.
const FAR_Z: f64 = 3.5;
/// Fewest values of which a tail's weight is judged.
const FEWEST: u64 = 200;
/// Weight from which a tail is heavy: that of an exponential one, 5.64, and a quarter more.
const HEAVY: f64 = 7.0;

/// Median of the distances from the median.
pub(crate) fn mad(line: &NumberLine, median: f64) -> f64 {
    let mut distances: Vec<(f64, u64)> = line
        .sorted
        .iter()
        .map(|(value, count)| ((value - median).abs().min(f64::MAX), *count))
        .collect();
    distances.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    crate::quantile::quantile(&distances, line.total, 0.5)
}

/// Values beyond Tukey's fences and beyond the robust z-score.
pub(crate) fn outliers(line: &NumberLine, quantiles: &Quantiles, mad: f64) -> Outliers {
    let range = (quantiles.q3 - quantiles.q1).min(f64::MAX);
    let fence = |from: f64, times: f64| (from + times * range).clamp(f64::MIN, f64::MAX);
    let (low, high) = (fence(quantiles.q1, -1.5), fence(quantiles.q3, 1.5));
    let (far_low, far_high) = (fence(quantiles.q1, -3.0), fence(quantiles.q3, 3.0));
    let below = line.count(|value| value < low);
    let above = line.count(|value| value > high);
    let z = |value: f64| NORMAL_QUARTILE * ((value - quantiles.median).abs() / mad);
    Outliers {
        low_fence: low,
        high_fence: high,
        below,
        above,
        share: (below + above) as f64 / line.total.max(1) as f64,
        far: line.count(|value| value < far_low || value > far_high),
        robust_z: if mad > 0.0 {
            line.count(|value| z(value) > FAR_Z)
        } else {
            0
        },
    }
}

/// Weights of the tails of so many values.
pub(crate) fn tails(quantiles: &Quantiles, total: u64) -> Tails {
    let weight = |end: f64, quartile: f64| {
        let weight = (end - quantiles.median).abs() / (quartile - quantiles.median).abs();
        if weight.is_finite() { weight } else { 0.0 }
    };
    let left_weight = weight(quantiles.p01, quantiles.q1);
    let right_weight = weight(quantiles.p99, quantiles.q3);
    Tails {
        left_weight,
        right_weight,
        heavy_left: total >= FEWEST && left_weight > HEAVY,
        heavy_right: total >= FEWEST && right_weight > HEAVY,
    }
}
