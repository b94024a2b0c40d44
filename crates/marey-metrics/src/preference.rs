//! Judgements of pairs: which of two charts is better.

/// Preference accuracy: the share of pairs whose better chart is given the higher score; a tie
/// counts one half, as does a pair with NaN. 0 to 1; none of no pairs.
///
/// Each pair is (score of the better chart, score of the worse).
///
/// ```
/// use marey_metrics::preference_accuracy;
///
/// assert_eq!(preference_accuracy(&[(2.0, 1.0), (1.0, 1.0), (0.0, 3.0)]), Some(0.5));
/// ```
pub fn preference_accuracy(pairs: &[(f64, f64)]) -> Option<f64> {
    let score: f64 = pairs
        .iter()
        .map(|&(better, worse)| preference(better, worse))
        .sum();
    (!pairs.is_empty()).then(|| score / pairs.len() as f64)
}

/// One pair: 1 where the better chart has the higher score, one half for a tie, else 0.
pub fn preference(better: f64, worse: f64) -> f64 {
    match better.partial_cmp(&worse) {
        Some(std::cmp::Ordering::Greater) => 1.0,
        Some(std::cmp::Ordering::Less) => 0.0,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_score_is_worth_a_coin() {
        assert_eq!(preference_accuracy(&[(1.0, 1.0); 4]), Some(0.5));
        assert_eq!(preference_accuracy(&[(f64::NAN, 1.0)]), Some(0.5));
        assert_eq!(preference_accuracy(&[(f64::INFINITY, 1.0)]), Some(1.0));
        assert_eq!(preference_accuracy(&[]), None);
    }
}
