//! What two samples of one source differ by: bounds that are passed once in a thousand times.
//!
//! They take rows for independent; where rows are not, the thresholds of size remain.

use super::ShareChange;

/// The standard normal quantile of 0.999.
const Z: f64 = 3.090;
/// Square root of -ln(0.001 / 2) / 2, of the limiting distribution of Kolmogorov and Smirnov.
const KS_FACTOR: f64 = 1.949;

/// Bound of the difference of two shares among so many rows.
pub(super) fn share_difference(shares: &ShareChange, [n, m]: [u64; 2]) -> f64 {
    let (n, m) = (n.max(1) as f64, m.max(1) as f64);
    let pooled = (shares.before * n + shares.after * m) / (n + m);
    Z * (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt()
}

/// Bound of the distance of two empirical distribution functions.
pub(super) fn ks(n: f64, m: f64) -> f64 {
    KS_FACTOR * (1.0 / n.max(1.0) + 1.0 / m.max(1.0)).sqrt()
}

/// Bound of the population stability index over so many classes: it is distributed like chi squared
/// times (1/n + 1/m) (Yurdakul and Naranjo, *Statistical properties of the population stability
/// index*, 2020); the quantile is that of Wilson and Hilferty (1931).
pub(super) fn psi(classes: usize, n: f64, m: f64) -> f64 {
    if classes < 2 {
        return 0.0;
    }
    let freedom = (classes - 1) as f64;
    let spread = 2.0 / (9.0 * freedom);
    let quantile = freedom * (1.0 - spread + Z * spread.sqrt()).powi(3);
    quantile * (1.0 / n.max(1.0) + 1.0 / m.max(1.0))
}

/// The index of two lists of counts of the same classes, half a row added to each.
pub(super) fn psi_of(before: &[f64], after: &[f64]) -> f64 {
    let total = |counts: &[f64]| counts.iter().map(|count| count + 0.5).sum::<f64>();
    let (all_before, all_after) = (total(before), total(after));
    before
        .iter()
        .zip(after)
        .map(|(p, q)| {
            let (p, q) = ((p + 0.5) / all_before, (q + 0.5) / all_after);
            (q - p) * (q / p).ln()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_chi_squared_are_those_of_tables() {
        // 0.999 quantiles: 16.27 of 3 degrees of freedom, 27.88 of 9.
        assert!((psi(4, 2.0, 2.0) - 16.27).abs() < 0.35);
        assert!((psi(10, 2.0, 2.0) - 27.88).abs() < 0.35);
        assert_eq!(psi(1, 2.0, 2.0), 0.0);
    }

    #[test]
    fn the_index_is_zero_of_the_same_and_grows() {
        let near = psi_of(&[100.0, 100.0], &[110.0, 90.0]);
        let far = psi_of(&[100.0, 100.0], &[190.0, 10.0]);
        assert_eq!(psi_of(&[10.0, 30.0], &[10.0, 30.0]), 0.0);
        assert!(near > 0.0 && far > near);
        assert!((near - psi_of(&[110.0, 90.0], &[100.0, 100.0])).abs() < 1e-12);
    }
}
