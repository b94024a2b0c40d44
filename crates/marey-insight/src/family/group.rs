//! Whether a measure differs between categories: one stands out, one holds most of the total, or
//! they just differ.

use super::{
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::nothing,
};
use crate::{
    Direction, Effect, EffectName, InsightKind,
    chance::{best_of, normal_two_sided, student_two_sided},
    column::{Dimension, Measure},
    moments::Grouped,
};

/// Fewest values of a category that is compared with the rest.
pub(crate) const LEAST_ROWS: f64 = 8.0;

/// One category against all others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contrast {
    pub category: usize,
    /// Standardised difference of mean scores.
    pub z: f64,
    pub p: f64,
    /// Difference in standard deviations.
    pub d: f64,
}

/// Asks whether a measure differs between the categories of a dimension.
pub(crate) fn group_difference(
    at: (usize, usize),
    dimension: &Dimension,
    measure: &Measure,
    sums: &Grouped,
    inflation: f64,
) -> Hypothesis {
    let contrasts = contrasts(sums, inflation);
    let looked = contrasts.len();
    let Some(best) = strongest(&contrasts) else {
        return nothing(InsightKind::GroupDifference);
    };
    let (_, variance) = sums.overall();
    let between = sums.between() / variance.max(1e-12) / inflation;
    let by_variance = sums.chance();
    // Most of the error that may be spent goes to the single category.
    let p = (best_of(best.p, looked) * 1.25).min(by_variance * 5.0);
    // What this category alone puts between itself and the rest, as part of all differences.
    let alone = best.z.powi(2) / between.max(1e-12);
    let finding = if alone > 0.55 && is_extreme(sums, best) {
        outstanding(at, best, sums)
    } else {
        differing(at, sums, between, best)
    };
    let finding = match dominating(at, dimension, measure, sums, inflation) {
        Some((by_share, mut dominance)) if by_share < 0.01 && dominance.focus == finding.focus => {
            dominance.also.push(finding);
            dominance
        }
        _ => finding,
    };
    Hypothesis::new(InsightKind::GroupDifference, p, finding.looks(looked))
}

/// Every category of enough rows against the rest; p is the larger of a permutation's and Welch's,
/// so that neither unequal variances nor few rows mislead.
pub(crate) fn contrasts(sums: &Grouped, inflation: f64) -> Vec<Contrast> {
    let (mean, variance) = sums.overall();
    let total = sums.total;
    if variance <= 0.0 {
        return Vec::new();
    }
    let all: f64 = sums.z.iter().sum();
    let squares: f64 = sums.zz.iter().sum();
    let mut contrasts = Vec::new();
    for (category, n) in sums.n.iter().enumerate() {
        let rest = total - n;
        if *n < LEAST_ROWS || rest < LEAST_ROWS {
            continue;
        }
        let difference = sums.z[category] / n - (all - sums.z[category]) / rest;
        let z = (sums.z[category] / n - mean) / (variance * (1.0 / n - 1.0 / total) * inflation).sqrt();
        let own = deviation(*n, sums.z[category], sums.zz[category]) / n;
        let other = deviation(rest, all - sums.z[category], squares - sums.zz[category]) / rest;
        let welch = difference / ((own + other) * inflation).max(1e-300).sqrt();
        let freedom =
            (own + other).powi(2) / (own * own / (n - 1.0) + other * other / (rest - 1.0)).max(1e-300);
        let p = normal_two_sided(z).max(student_two_sided(welch, freedom.max(1.0)));
        contrasts.push(Contrast {
            category,
            z,
            p,
            d: difference / variance.sqrt(),
        });
    }
    contrasts
}

/// Sample variance from sums.
fn deviation(n: f64, sum: f64, square: f64) -> f64 {
    ((square - sum * sum / n) / (n - 1.0).max(1.0)).max(1e-12)
}

fn strongest(contrasts: &[Contrast]) -> Option<Contrast> {
    contrasts
        .iter()
        .copied()
        .max_by(|a, b| a.z.abs().total_cmp(&b.z.abs()))
}

/// Whether no other category of enough rows has a mean further out on the same side.
fn is_extreme(sums: &Grouped, best: Contrast) -> bool {
    let mean = |category: usize| sums.z[category] / sums.n[category];
    let own = mean(best.category);
    (0..sums.n.len())
        .filter(|category| sums.n[*category] >= LEAST_ROWS && *category != best.category)
        .all(|category| {
            if best.z > 0.0 {
                mean(category) < own
            } else {
                mean(category) > own
            }
        })
}

fn outstanding((d, m): (usize, usize), best: Contrast, sums: &Grouped) -> Finding {
    let kind = if best.z > 0.0 {
        InsightKind::OutstandingFirst
    } else {
        InsightKind::OutstandingLast
    };
    let error = (best.d / best.z).abs();
    let effect = Effect {
        name: EffectName::CohenD,
        value: best.d,
        low: (best.d.abs() - 1.96 * error).max(0.0),
    };
    Finding::new(kind, effect)
        .measure(m)
        .dimension(d)
        .focus(Focus::Category(d, best.category as u32))
        .direction(Direction::against(best.z))
        .impact((sums.n[best.category] / sums.total).sqrt())
}

/// Categories differ, without one that makes the difference.
fn differing((d, m): (usize, usize), sums: &Grouped, between: f64, best: Contrast) -> Finding {
    let groups = sums.groups() as f64;
    let share = between / sums.total;
    let low = ((between - (groups - 1.0)).max(0.0).sqrt() - 1.64)
        .max(0.0)
        .powi(2)
        / sums.total;
    let effect = Effect {
        name: EffectName::VarianceShare,
        value: share,
        low,
    };
    Finding::new(InsightKind::GroupDifference, effect)
        .measure(m)
        .dimension(d)
        .focus(Focus::Category(d, best.category as u32))
        .direction(Direction::against(best.z))
}

/// Whether one category holds more than half of a total of numbers that are not negative, though it
/// has fewer than half of the rows: Student's t of the sum inside less the sum outside.
fn dominating(
    (d, m): (usize, usize),
    dimension: &Dimension,
    measure: &Measure,
    sums: &Grouped,
    inflation: f64,
) -> Option<(f64, Finding)> {
    if measure.sorted.first().is_none_or(|least| *least < 0.0) || dimension.len() < 3 {
        return None;
    }
    let all: f64 = sums.x.iter().sum();
    let (category, most) = sums
        .x
        .iter()
        .copied()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let share = most / all.max(1e-300);
    if share <= 0.5 || sums.n[category] / sums.total > 0.45 {
        return None;
    }
    let squares: f64 = sums.xx.iter().sum();
    let net = 2.0 * most - all;
    let variance = (squares - net * net / sums.total) * inflation;
    let t = net / variance.max(1e-300).sqrt();
    // One-sided, and the largest of the categories: only one can hold more than half.
    let p = student_two_sided(t, sums.total - 1.0);
    let error = variance.sqrt() / (2.0 * all);
    let surplus = share - sums.n[category] / sums.total;
    let scale = (0.25_f64).sqrt();
    let effect = Effect {
        name: EffectName::ShareDifference,
        value: surplus / scale,
        low: ((surplus - 1.96 * error) / scale).max(0.0),
    };
    let finding = Finding::new(InsightKind::Dominance, effect)
        .measure(m)
        .dimension(d)
        .focus(Focus::Category(d, category as u32))
        .direction(Direction::High)
        .impact(share);
    Some((p, finding))
}
