//! Descriptive statistics of numbers.

/// Arithmetic mean; the caller knows that there are numbers.
pub(crate) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Central moments of orders 2 to 10 at the positions of their orders, population form: the means of
/// powers of the distances from the mean.
pub(crate) fn central_moments(numbers: &[f64], mean: f64) -> [f64; 11] {
    let mut sums = [0.0; 11];
    for number in numbers {
        let distance = number - mean;
        let mut power = distance;
        for sum in &mut sums[2..] {
            power *= distance;
            *sum += power;
        }
    }
    sums.map(|sum| sum / numbers.len() as f64)
}

/// A quantile of sorted numbers by Hyndman and Fan's type 7; the caller knows that there are numbers.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// The median of the distances of sorted numbers from a middle, without sorting them anew: the
/// distances rise to both sides of it.
pub(crate) fn median_distance(sorted: &[f64], middle: f64) -> f64 {
    let n = sorted.len();
    let mut right = sorted.partition_point(|number| *number < middle);
    let mut left = right;
    let (mut before, mut last) = (0.0, 0.0);
    for _ in 0..=n / 2 {
        let down = left
            .checked_sub(1)
            .map_or(f64::INFINITY, |at| middle - sorted[at]);
        let up = sorted.get(right).map_or(f64::INFINITY, |number| number - middle);
        before = last;
        if down < up {
            last = down;
            left -= 1;
        } else {
            last = up;
            right += 1;
        }
    }
    if n % 2 == 1 { last } else { (before + last) / 2.0 }
}

/// Gini's coefficient of sorted numbers, moved up to zero where some are below it: the mean absolute
/// difference of all pairs by twice the mean; 0 where all are zero.
pub(crate) fn gini(sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    let lift = -sorted[0].min(0.0);
    let (mut sum, mut weighted) = (0.0, 0.0);
    for (at, number) in sorted.iter().enumerate() {
        let number = number + lift;
        sum += number;
        weighted += (2.0 * (at + 1) as f64 - n - 1.0) * number;
    }
    if sum == 0.0 { 0.0 } else { weighted / (n * sum) }
}

/// Pearson's correlation of two equally long rows of numbers; none where one does not vary.
pub(crate) fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    if is_constant(a) || is_constant(b) {
        return None;
    }
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - mean_a, y - mean_b);
        aa += x * x;
        bb += y * y;
        ab += x * y;
    }
    let r = ab / (aa.sqrt() * bb.sqrt());
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

/// Whether there are no two different numbers.
pub(crate) fn is_constant(numbers: &[f64]) -> bool {
    numbers.windows(2).all(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_described() {
        let sorted = [1.0, 2.0, 4.0, 9.0];
        assert_eq!(mean(&sorted), 4.0);
        let moments = central_moments(&sorted, 4.0);
        // (9 + 4 + 0 + 25) / 4 and (-27 - 8 + 0 + 125) / 4.
        assert_eq!((moments[2], moments[3]), (9.5, 22.5));
        assert_eq!(quantile(&sorted, 0.5), 3.0);
        assert_eq!(quantile(&sorted, 0.25), 1.75);
        // Distances from 3: 2, 1, 1, 6.
        assert_eq!(median_distance(&sorted, 3.0), 1.5);
        assert_eq!(median_distance(&[5.0], 5.0), 0.0);
        // Mean absolute difference 4.333 with n (n - 1); by the n² form 3.25 / (2 · 4).
        assert!((gini(&sorted) - 0.40625).abs() < 1e-12);
        assert_eq!(gini(&[0.0, 0.0]), 0.0);
        assert_eq!(pearson(&sorted, &[-2.0, -4.0, -8.0, -18.0]), Some(-1.0));
        assert_eq!(pearson(&sorted, &[1.0; 4]), None);
    }
}
