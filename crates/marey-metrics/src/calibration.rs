//! Whether stated probabilities are what they say, and whether they tell right from wrong.
//!
//! Every function takes (stated probability, whether the answer was right) pairs. Probabilities are
//! cut to 0 to 1, NaN counts as 0. None of no pairs.

use serde::Serialize;

/// A stated probability and whether the answer was right.
pub type Judged = (f64, bool);

fn stated(p: f64) -> f64 {
    if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) }
}

fn outcome(right: bool) -> f64 {
    f64::from(u8::from(right))
}

fn mean(pairs: &[Judged], of: impl Fn(f64, f64) -> f64) -> Option<f64> {
    let sum: f64 = pairs
        .iter()
        .map(|&(p, right)| of(stated(p), outcome(right)))
        .sum();
    (!pairs.is_empty()).then(|| sum / pairs.len() as f64)
}

/// One bin of a reliability diagram.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// Number of answers.
    pub n: usize,
    /// Mean stated probability.
    pub confidence: f64,
    /// Share of right answers.
    pub accuracy: f64,
}

/// Answers in order of their stated probability, cut into bins of equal number (the first ones hold
/// one more where it does not come out even). Fewer answers than bins give a bin each.
pub fn reliability(pairs: &[Judged], bins: usize) -> Vec<ReliabilityBin> {
    let mut sorted: Vec<Judged> = pairs.iter().map(|&(p, right)| (stated(p), right)).collect();
    // Of equal probabilities the wrong ones come first: the order given must not matter.
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let bins = bins.clamp(1, sorted.len().max(1));
    let (least, longer) = (sorted.len() / bins, sorted.len() % bins);
    let mut rest = sorted.as_slice();
    let mut cut = Vec::with_capacity(bins);
    for bin in 0..bins {
        let (own, others) = rest.split_at(least + usize::from(bin < longer));
        rest = others;
        if own.is_empty() {
            continue;
        }
        cut.push(ReliabilityBin {
            n: own.len(),
            confidence: own.iter().map(|(p, _)| p).sum::<f64>() / own.len() as f64,
            accuracy: own.iter().map(|(_, right)| outcome(*right)).sum::<f64>() / own.len() as f64,
        });
    }
    cut
}

/// Expected calibration error: the mean difference of stated probability and share of right answers
/// over [`reliability`] bins of equal number (15 are usual), weighted by their size; 0 to 1.
///
/// Guo et al., *On Calibration of Modern Neural Networks* (ICML 2017), with the bins of equal mass of
/// Nixon et al., *Measuring Calibration in Deep Learning* (2019).
///
/// ```
/// use marey_metrics::calibration::expected_calibration_error;
///
/// // Two bins: 0.2 stated and none of two right; 0.9 stated and both right.
/// let judged = [(0.2, false), (0.2, false), (0.9, true), (0.9, true)];
/// assert!((expected_calibration_error(&judged, 2).unwrap() - 0.15).abs() < 1e-12);
/// ```
pub fn expected_calibration_error(pairs: &[Judged], bins: usize) -> Option<f64> {
    let error = |bin: &ReliabilityBin| bin.n as f64 * (bin.accuracy - bin.confidence).abs();
    let sum: f64 = reliability(pairs, bins).iter().map(error).sum();
    (!pairs.is_empty()).then(|| sum / pairs.len() as f64)
}

/// Brier's score: the mean squared difference of stated probability and outcome, 0 (best) to 1.
pub fn brier(pairs: &[Judged]) -> Option<f64> {
    mean(pairs, |p, right| (p - right).powi(2))
}

/// Negative log-likelihood of the outcomes in nats, 0 (best) or more; probabilities are kept 1e-15
/// away from 0 and 1, so that it is at most 34.5.
pub fn negative_log_likelihood(pairs: &[Judged]) -> Option<f64> {
    mean(pairs, |p, right| {
        let p = p.clamp(1e-15, 1.0 - 1e-15);
        -(right * p.ln() + (1.0 - right) * (1.0 - p).ln())
    })
}

/// Area under the ROC curve: the chance that a right answer was given a higher probability than a
/// wrong one, ties one half; 0 to 1. None where all are right or all are wrong.
///
/// The Mann-Whitney statistic over its largest value (Hanley and McNeil, 1982).
pub fn auroc(pairs: &[Judged]) -> Option<f64> {
    let mut sorted: Vec<Judged> = pairs.iter().map(|&(p, right)| (stated(p), right)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wrong_below, mut wins) = (0.0, 0.0);
    for ties in sorted.chunk_by(|a, b| a.0 == b.0) {
        let right = ties.iter().filter(|(_, right)| *right).count() as f64;
        let wrong = ties.len() as f64 - right;
        wins += right * (wrong_below + wrong / 2.0);
        wrong_below += wrong;
    }
    let right = pairs.len() as f64 - wrong_below;
    (right > 0.0 && wrong_below > 0.0).then(|| wins / (right * wrong_below))
}

/// A point of the risk-coverage curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RiskAtCoverage {
    /// Share of the answers that are given, the surest first.
    pub coverage: f64,
    /// Share of these that are wrong.
    pub risk: f64,
}

/// The share of wrong answers when only the surest are given, for each number of answers. Of answers
/// with the same probability the mean over all orders is taken.
pub fn risk_coverage(pairs: &[Judged]) -> Vec<RiskAtCoverage> {
    let mut sorted: Vec<Judged> = pairs.iter().map(|&(p, right)| (stated(p), right)).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut curve = Vec::with_capacity(sorted.len());
    let mut wrong_before = 0.0;
    for ties in sorted.chunk_by(|a, b| a.0 == b.0) {
        let wrong = ties.iter().filter(|(_, right)| !right).count() as f64;
        let before = curve.len();
        for taken in 1..=ties.len() {
            let errors = wrong_before + wrong * taken as f64 / ties.len() as f64;
            let given = (before + taken) as f64;
            curve.push(RiskAtCoverage {
                coverage: given / sorted.len() as f64,
                risk: errors / given,
            });
        }
        wrong_before += wrong;
    }
    curve
}

/// Area under the risk-coverage curve: the mean risk over all numbers of answers, 0 (best) to 1
/// (Geifman and El-Yaniv, *Selective Classification for Deep Neural Networks*, NeurIPS 2017).
pub fn risk_coverage_area(pairs: &[Judged]) -> Option<f64> {
    let curve = risk_coverage(pairs);
    let sum: f64 = curve.iter().map(|point| point.risk).sum();
    (!curve.is_empty()).then(|| sum / curve.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JUDGED: [Judged; 4] = [(0.9, true), (0.8, false), (0.6, true), (0.2, false)];

    fn close(found: Option<f64>, expected: f64) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 1e-9),
            "{found:?} {expected}"
        );
    }

    #[test]
    fn the_figures_of_four_answers_worked_by_hand() {
        // (0.01 + 0.64 + 0.16 + 0.04) / 4
        close(brier(&JUDGED), 0.2125);
        // -(ln 0.9 + ln 0.2 + ln 0.6 + ln 0.8) / 4
        close(negative_log_likelihood(&JUDGED), 0.612_191_900_793_031_9);
        // Right 0.9 and 0.6 against wrong 0.8 and 0.2: three of four pairs in order.
        close(auroc(&JUDGED), 0.75);
        // Risks 0, 1/2, 1/3, 1/2.
        close(risk_coverage_area(&JUDGED), (0.5 + 1.0 / 3.0 + 0.5) / 4.0);
        // Bins (0.2 wrong, 0.6 right) and (0.8 wrong, 0.9 right): |0.5 - 0.4| and |0.5 - 0.85|.
        close(expected_calibration_error(&JUDGED, 2), 0.225);
        // One bin each: 0.1, 0.8, 0.4, 0.2.
        close(expected_calibration_error(&JUDGED, 15), 0.375);
    }

    #[test]
    fn bins_hold_equal_numbers() {
        let pairs: Vec<Judged> = (0..32).map(|i| (f64::from(i) / 32.0, i % 2 == 0)).collect();
        let sizes: Vec<usize> = reliability(&pairs, 15).iter().map(|bin| bin.n).collect();
        assert_eq!(sizes, [3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    }

    #[test]
    fn ties_do_not_depend_on_the_order_given() {
        let mut ties = [(0.5, true), (0.5, false), (0.5, true), (0.9, false)];
        let (area, error) = (risk_coverage_area(&ties), expected_calibration_error(&ties, 2));
        close(auroc(&ties), 0.25);
        ties.reverse();
        assert_eq!(
            (risk_coverage_area(&ties), expected_calibration_error(&ties, 2)),
            (area, error)
        );
    }

    #[test]
    fn extremes_stay_finite_and_nothing_gives_nothing() {
        assert!(negative_log_likelihood(&[(0.0, true), (f64::NAN, true)]).unwrap() < 34.6);
        assert_eq!(brier(&[(7.0, true)]), Some(0.0));
        assert_eq!(auroc(&[(0.5, true)]), None);
        assert_eq!(brier(&[]), None);
        assert_eq!(expected_calibration_error(&[], 15), None);
        assert_eq!(risk_coverage_area(&[]), None);
    }
}
