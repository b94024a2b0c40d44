//! Whether a measure varies more in one category.

use super::{
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::nothing,
};
use crate::{
    Direction, Effect, EffectName, InsightKind,
    chance::{best_of, f_upper},
    moments::Grouped,
};

/// Fewest values of a category whose spread is compared.
const LEAST_ROWS: f64 = 12.0;

/// Asks whether the spread of a measure differs in one category from that elsewhere.
///
/// The spread is that of normal scores whose ties were broken by a hash, each category about its own
/// mean (Klotz 1962 with centring): ties, zeros and long tails cannot pass for spread. Degrees of
/// freedom are adjusted for the kurtosis of the scores (Box 1953).
pub(crate) fn variance_difference((d, m): (usize, usize), sums: &Grouped, inflation: f64) -> Hypothesis {
    let parts = || sums.n.iter().zip(sums.u.iter().zip(&sums.uu));
    let square = |n: f64, u: f64, uu: f64| if n > 0.0 { (uu - u * u / n).max(0.0) } else { 0.0 };
    let within: f64 = parts().map(|(n, (u, uu))| square(*n, *u, *uu)).sum();
    let groups = sums.groups() as f64;
    let mut best: Option<(f64, usize, f64, f64)> = None;
    let mut looked = 0;
    for (category, (n, (u, uu))) in parts().enumerate() {
        let freedom = n - 1.0;
        let rest_freedom = sums.total - groups - freedom;
        if *n < LEAST_ROWS || rest_freedom < LEAST_ROWS {
            continue;
        }
        looked += 1;
        let own = square(*n, *u, *uu);
        let ratio = own / freedom / ((within - own) / rest_freedom).max(1e-12);
        let p = ratio_chance(ratio, freedom / inflation, rest_freedom / inflation);
        if best.is_none_or(|(least, ..)| p < least) {
            let error = (0.5 * inflation * (1.0 / freedom + 1.0 / rest_freedom)).sqrt();
            best = Some((p, category, 0.5 * ratio.max(1e-12).ln(), error));
        }
    }
    let Some((p, category, log_ratio, error)) = best else {
        return nothing(InsightKind::VarianceDifference);
    };
    let effect = Effect {
        name: EffectName::LogDeviationRatio,
        value: log_ratio,
        low: (log_ratio.abs() - 1.96 * error).max(0.0),
    };
    let finding = Finding::new(InsightKind::VarianceDifference, effect)
        .measure(m)
        .dimension(d)
        .focus(Focus::Category(d, category as u32))
        .direction(Direction::against(log_ratio))
        .impact((sums.n[category] / sums.total).sqrt())
        .looks(looked);
    Hypothesis::new(InsightKind::VarianceDifference, best_of(p, looked), finding)
}

/// Two-sided p of a ratio of variances.
fn ratio_chance(ratio: f64, above: f64, below: f64) -> f64 {
    let upper = f_upper(ratio, above, below);
    let lower = f_upper(1.0 / ratio.max(1e-12), below, above);
    (2.0 * upper.min(lower)).min(1.0)
}
