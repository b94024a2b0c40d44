//! Correction for asking several questions at once.

/// The p-values adjusted by Holm's step-down method (*A Simple Sequentially Rejective Multiple Test
/// Procedure*, Scand. J. Statist. 6, 1979), in the order given: rejecting those at or below `alpha`
/// keeps the chance of any false rejection at or below `alpha`, however the tests depend.
///
/// Each is between its p-value and 1. NaN counts as 1.
///
/// ```
/// use marey_metrics::statistics::holm;
///
/// assert_eq!(holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let p_of = |index: usize| match p_values[index] {
        p if p.is_nan() => 1.0,
        p => p,
    };
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_of(a).total_cmp(&p_of(b)));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut largest: f64 = 0.0;
    for (rank, &index) in order.iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        largest = largest.max((p_of(index) * left).min(1.0));
        adjusted[index] = largest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_values_are_never_below_earlier_ones() {
        assert_eq!(holm(&[0.04, 0.01, 0.02]), [0.04, 0.03, 0.04]);
        assert_eq!(holm(&[]), Vec::<f64>::new());
        assert_eq!(holm(&[0.6, 0.7]), [1.0, 1.0]);
        assert_eq!(holm(&[f64::NAN, 0.01]), [1.0, 0.02]);
    }
}
