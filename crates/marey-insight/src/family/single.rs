//! One measure alone: a row far out, more than one peak, and clusters of two measures.

use super::{
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::{Timeline, nothing},
};
use crate::{
    Direction, Effect, EffectName, InsightKind, Locator,
    chance::{best_of, correlation_two_sided, dip, dip_upper, normal_quantile, normal_upper},
    column::{Columns, Measure},
    moments::Paired,
};

/// Fewest values of a column whose tail is looked at.
const LEAST_TAIL: usize = 30;
/// Largest share of rows that one value may hold in a column taken as continuous.
const ATOM: f64 = 0.05;
/// Angles of the projections in which clusters are looked for.
const PROJECTIONS: [f64; 6] = [
    0.0,
    std::f64::consts::FRAC_PI_6,
    std::f64::consts::FRAC_PI_3,
    std::f64::consts::FRAC_PI_2,
    2.0 * std::f64::consts::FRAC_PI_3,
    5.0 * std::f64::consts::FRAC_PI_6,
];

/// Asks whether one row's value lies beyond what the column's own tail explains.
///
/// The column is taken as it is or by its logarithm, whichever has the more symmetric middle. The
/// tail beyond the 2 % and more extreme values is taken as Weibull (Gardes and Girard 2008, against
/// normal quantiles), its exponent raised by a standard error; where a Pareto tail fits better
/// (moment estimator, Dekkers, Einmahl and de Haan 1989), it counts too.
pub(crate) fn outlier_row(index: usize, columns: &Columns, measure: &Measure) -> Hypothesis {
    let asked = InsightKind::OutlierRow;
    let n = measure.n();
    if n < LEAST_TAIL || measure.distinct < 20 {
        return nothing(asked);
    }
    let logged = symmetric_by_logarithm(measure);
    let of = |x: f64| if logged { x.ln() } else { x };
    let middle = of(measure.quantile(0.5));
    let upper = tail(n, |rank| of(measure.sorted[n - 1 - rank]) - middle);
    let lower = tail(n, |rank| middle - of(measure.sorted[rank]));
    let (p, z, value, high) = if upper.0 <= lower.0 {
        (upper.0, upper.1, measure.sorted[n - 1], true)
    } else {
        (lower.0, lower.1, measure.sorted[0], false)
    };
    let Some(row) = measure.x.iter().position(|x| *x == value) else {
        return nothing(asked);
    };
    let effect = Effect {
        name: EffectName::Distance,
        value: z,
        low: (z - 3.5).max(0.0),
    };
    let mut finding = Finding::new(asked, effect)
        .measure(index)
        .focus(Focus::Number(value))
        .direction(if high { Direction::High } else { Direction::Low })
        .impact(0.1);
    finding.locator = Locator {
        row: Some(columns.source_row(row)),
        value: Some(value),
        ..Locator::default()
    };
    Hypothesis::new(asked, best_of(p, 2), finding)
}

/// Whether the logarithm makes the middle of a positive column more symmetric.
fn symmetric_by_logarithm(measure: &Measure) -> bool {
    let least = measure.sorted.first().copied().unwrap_or(0.0);
    if least <= 0.0 {
        return false;
    }
    let skew = |of: fn(f64) -> f64| {
        let quantile = |share| of(measure.quantile(share));
        let (low, middle, high) = (quantile(0.05), quantile(0.5), quantile(0.95));
        ((high + low - 2.0 * middle) / (high - low).max(1e-300)).abs()
    };
    skew(f64::ln) < skew(|x| x)
}

/// P that the largest of `n` is as far out as it is, given the ones after it, and how far that is in
/// normal deviates. `distance(0)` is the largest.
fn tail(n: usize, distance: impl Fn(usize) -> f64) -> (f64, f64) {
    let k = (n / 40).clamp(8, 60);
    let base = distance(k);
    let first = distance(0);
    if base <= 0.0 || first <= distance(1) {
        return (1.0, 0.0);
    }
    let deviate = |rank: usize| normal_quantile(1.0 - (rank as f64 + 0.5) / n as f64);
    let (mut slope, mut ideal) = (0.0, 0.0);
    for rank in 1..k {
        slope += (distance(rank) / base).ln();
        ideal += (deviate(rank) / deviate(k)).ln();
    }
    let exponent = (slope / ideal.max(1e-9)).max(0.7) * (1.0 + 1.0 / (k as f64).sqrt());
    let z = deviate(k) * (first / base).powf(1.0 / exponent);
    let by_weibull = n as f64 * normal_upper(z);
    let by_pareto = pareto(n, first, &distance);
    (by_weibull.max(by_pareto).min(1.0), z)
}

/// The same for a Pareto tail, where the moment estimator finds one; 0 otherwise.
fn pareto(n: usize, first: f64, distance: &impl Fn(usize) -> f64) -> f64 {
    let k = (n / 20).clamp(8, 120).min(n / 2);
    let base = distance(k);
    if base <= 0.0 {
        return 1.0;
    }
    let logs = (1..k).map(|rank| (distance(rank) / base).ln());
    let count = k as f64 - 1.0;
    let (sum, square) = logs.fold((0.0, 0.0), |(sum, square), log| (sum + log, square + log * log));
    let (one, two) = (sum / count, square / count);
    let index = one + 1.0 - 0.5 / (1.0 - (one * one / two.max(1e-12)).min(0.999_999));
    if index < 0.15 {
        return 0.0;
    }
    (k as f64 * (first / base).powf(-1.0 / one.max(1e-9))).min(1.0)
}

/// Asks whether a measure has more than one peak (Hartigan's dip).
pub(crate) fn multimodal(
    index: usize,
    columns: &Columns,
    measure: &Measure,
    time: Option<&Timeline>,
) -> Hypothesis {
    let asked = InsightKind::Multimodal;
    let Some((dip, _)) = peaks(&spread_out(&measure.sorted), measure.distinct) else {
        return nothing(asked);
    };
    // Rows that depend on their past, or belong to the same entity, count for fewer.
    let past = time.map_or(1.0, |time| time.memory.inflation);
    let inflation = past.max(crate::adjust::design_effect(columns, &measure.z, |row| {
        !measure.x[row].is_nan()
    }));
    let p = dip_upper(dip, (measure.n() as f64 / inflation) as usize);
    let effect = dip_effect(dip, measure.n());
    Hypothesis::new(asked, p, Finding::new(asked, effect).measure(index))
}

fn dip_effect(dip: f64, n: usize) -> Effect {
    // A dip of 0.05 belongs to two equal peaks about three deviations apart.
    let low = (dip - 0.5 / (n.max(1) as f64).sqrt()).max(0.0) * 10.0;
    Effect {
        name: EffectName::Dip,
        value: dip,
        low,
    }
}

/// The dip of sorted values and its p; none for columns of few values.
fn peaks(sorted: &[f64], distinct: usize) -> Option<(f64, f64)> {
    if distinct < 10 || sorted.len() < 20 {
        return None;
    }
    let found = dip(sorted)?;
    Some((found, dip_upper(found, sorted.len())))
}

/// Sorted values with ties spread over the column's resolution, so that rounding makes no peaks, and
/// without values that hold more than a twentieth of the rows.
fn spread_out(sorted: &[f64]) -> Vec<f64> {
    let n = sorted.len();
    let mut resolution = f64::INFINITY;
    for pair in sorted.windows(2) {
        let gap = pair[1] - pair[0];
        if gap > 0.0 {
            resolution = resolution.min(gap);
        }
    }
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for x in sorted {
        match runs.last_mut() {
            Some((value, count)) if value == x => *count += 1,
            _ => runs.push((*x, 1)),
        }
    }
    let usual = n / runs.len().max(1);
    let most = ((n as f64 * ATOM) as usize).max(4 * usual);
    let mut spread = Vec::with_capacity(n);
    for (value, count) in runs
        .into_iter()
        .filter(|(_, count)| *count <= most || *count == 1)
    {
        let step = resolution / count as f64;
        spread.extend((0..count).map(|at| value + (at as f64 + 0.5) * step - resolution / 2.0));
    }
    spread
}

/// Asks whether rows form clusters in two measures: the measures depend on each other, and some
/// projection of them has more than one peak (the larger p of the two).
pub(crate) fn clusters(
    (a, b): (usize, usize),
    columns: &Columns,
    pair: &Paired,
    times: &[Timeline],
) -> Hypothesis {
    let asked = InsightKind::Clusters;
    let (first, second) = (&columns.measures[a], &columns.measures[b]);
    let dependence = dependence(pair, columns.multiplicity);
    let remember = |at: usize| times.get(at).is_some_and(|time| time.memory.any);
    // Where both depend on their past, dependence between rows can be told from neither.
    if (remember(a) && remember(b)) || first.distinct < 20 || second.distinct < 20 {
        return nothing(asked);
    }
    if dependence > 0.05 {
        return Hypothesis::new(asked, dependence, nothing(asked).finding.measures(a, b));
    }
    let (u, v) = standardised(first, second);
    let mut best = (1.0, 0.0);
    for angle in PROJECTIONS {
        let (sine, cosine) = angle.sin_cos();
        let mut along: Vec<f64> = u.iter().zip(&v).map(|(u, v)| u * cosine + v * sine).collect();
        along.sort_unstable_by(f64::total_cmp);
        let axis_only = sine == 0.0 || cosine.abs() < 1e-9;
        let along = if axis_only { spread_out(&along) } else { along };
        if let Some((dip, p)) = peaks(&along, along.len()).filter(|(_, p)| *p < best.0) {
            best = (p, dip);
        }
    }
    let p = best_of(best.0, PROJECTIONS.len()).max(dependence);
    let finding = Finding::new(asked, dip_effect(best.1, u.len())).measures(a, b);
    Hypothesis::new(asked, p, finding)
}

/// P of independence by correlation, curvature both ways, and squares.
fn dependence(pair: &Paired, multiplicity: f64) -> f64 {
    let n = pair.n / multiplicity;
    let squares = (pair.aabb - 1.0) / ((pair.a4 - 1.0) * (pair.b4 - 1.0)).max(1e-9).sqrt();
    let looks = [pair.r, pair.curvature(), pair.curvature_back(), squares];
    let best = looks
        .iter()
        .map(|r| correlation_two_sided(*r, n, 1.0))
        .fold(1.0, f64::min);
    best_of(best, looks.len())
}

/// Both measures of the rows that have both, centred and scaled by quartiles.
fn standardised(a: &Measure, b: &Measure) -> (Vec<f64>, Vec<f64>) {
    let scale = |measure: &Measure| {
        let logged = symmetric_by_logarithm(measure);
        let of = move |x: f64| if logged { x.ln() } else { x };
        let width = of(measure.quantile(0.75)) - of(measure.quantile(0.25));
        let middle = of(measure.quantile(0.5));
        move |x: f64| (of(x) - middle) / width.max(1e-12)
    };
    let (first, second) = (scale(a), scale(b));
    let rows = a.x.iter().zip(&b.x).filter(|(x, y)| !x.is_nan() && !y.is_nan());
    rows.map(|(x, y)| (first(*x), second(*y))).unzip()
}
