//! Pairs of numbers that a curve is fitted to.

use super::cells::Numbers;

/// The pairs of some rows in which both are numbers.
pub(crate) fn pairs(x: &Numbers, y: &Numbers, rows: &[u32]) -> Vec<(f64, f64)> {
    rows.iter()
        .filter_map(|row| Some((x.get(*row as usize)?, y.get(*row as usize)?)))
        .filter(|(x, y)| !x.is_nan() && !y.is_nan())
        .collect()
}

/// Pairs moved so that both means are 0, and the means.
pub(crate) fn centred(pairs: &[(f64, f64)]) -> (Vec<(f64, f64)>, f64, f64) {
    let (mean_x, mean_y) = (
        mean(pairs.iter().map(|pair| pair.0)),
        mean(pairs.iter().map(|pair| pair.1)),
    );
    let moved = pairs.iter().map(|(x, y)| (x - mean_x, y - mean_y)).collect();
    (moved, mean_x, mean_y)
}

/// A running mean, which does not overflow; 0 of nothing.
pub(crate) fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut mean = 0.0;
    for (index, number) in numbers.enumerate() {
        mean += (number - mean) / (index as f64 + 1.0);
    }
    mean
}

/// Intercept and slope by least squares from the means of x, y, x y and x².
pub(crate) fn least_squares(x: f64, y: f64, xy: f64, xx: f64) -> (f64, f64) {
    let spread = xx - x * x;
    let slope = if spread.abs() < 1e-24 {
        0.0
    } else {
        (xy - x * y) / spread
    };
    (y - slope * x, slope)
}
