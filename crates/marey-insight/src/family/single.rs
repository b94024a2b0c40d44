//! One measure alone: a row far out, more than one peak, and clusters of two measures.

use super::{
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::{Timeline, nothing},
};
use crate::{
    Direction, Effect, EffectName, InsightKind, Locator,
    chance::{best_of, correlation_two_sided, dip, dip_upper, normal_quantile, normal_upper},
    column::{Columns, Measure, scrambled},
    moments::Paired,
};

/// Fewest values of a column whose tail is looked at.
const LEAST_TAIL: usize = 30;
/// Largest share of rows that one value may hold in a column taken as continuous.
const ATOM: f64 = 0.05;
/// Most ranks from which the kurtosis of a column is told.
const MOST_RANKS: usize = 50_000;
/// Most values whose peaks are looked for; of more, every so many.
const MOST_POINTS: usize = 100_000;
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
/// (moment estimator, Dekkers, Einmahl and de Haan 1989), it counts too. A column that has more
/// kurtosis than a normal one even without its extremes has a tail of its own: there the exponent is
/// raised by three standard errors, and the Pareto tail always counts.
pub(crate) fn outlier_row(index: usize, columns: &Columns, measure: &Measure) -> Hypothesis {
    let asked = InsightKind::OutlierRow;
    let n = measure.n();
    if n < LEAST_TAIL || measure.distinct < 20 {
        return nothing(asked);
    }
    let logged = symmetric_by_logarithm(measure);
    let of = |x: f64| if logged { x.ln() } else { x };
    let middle = of(measure.quantile(0.5));
    let caution = Caution::of(n, |rank| of(measure.sorted[rank]));
    let upper = tail(n, caution, |rank| of(measure.sorted[n - 1 - rank]) - middle);
    let lower = tail(n, caution, |rank| middle - of(measure.sorted[rank]));
    let (p, z, at, high) = if upper.0 <= lower.0 {
        (upper.0, upper.1, n - 1, true)
    } else {
        (lower.0, lower.1, 0, false)
    };
    let (value, row) = (measure.sorted[at], measure.order[at] as usize);
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

/// How little a tail is trusted to be a normal one.
#[derive(Clone, Copy)]
struct Caution {
    /// Standard errors by which the Weibull exponent is raised.
    raised: f64,
    /// Least tail index of a Pareto tail that counts.
    pareto_from: f64,
    /// Standard errors by which the Pareto exponent is raised.
    pareto_raised: f64,
}

impl Caution {
    /// By the kurtosis of ranked values without the extremes.
    fn of(n: usize, value: impl Fn(usize) -> f64) -> Self {
        // Evenly spaced ranks of a long column tell its kurtosis as well as all of them.
        let every = n.div_ceil(MOST_RANKS).max(1);
        let inner = || (1..n - 1).step_by(every).map(&value);
        let count = inner().len() as f64;
        let mean = inner().sum::<f64>() / count;
        let square = inner().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        let fourth = inner().map(|x| (x - mean).powi(4)).sum::<f64>() / count;
        let excess = (fourth / (square * square).max(1e-300) - 3.0) / (24.0 / n as f64).sqrt();
        let few = n < 1000;
        if excess < if few { 0.3 } else { 1.0 } {
            Self {
                raised: if few { 1.5 } else { 1.0 },
                pareto_from: 0.15,
                pareto_raised: 0.0,
            }
        } else {
            Self {
                raised: 3.0,
                pareto_from: f64::NEG_INFINITY,
                pareto_raised: 1.0,
            }
        }
    }
}

/// P that the largest of `n` is as far out as it is, given the ones after it, and how far that is in
/// normal deviates. `distance(0)` is the largest.
fn tail(n: usize, caution: Caution, distance: impl Fn(usize) -> f64) -> (f64, f64) {
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
    let exponent = (slope / ideal.max(1e-9)).max(0.7) * (1.0 + caution.raised / (k as f64).sqrt());
    let z = deviate(k) * (first / base).powf(1.0 / exponent);
    let by_weibull = n as f64 * normal_upper(z);
    let by_pareto = pareto(n, caution, first, &distance);
    (by_weibull.max(by_pareto).min(1.0), z)
}

/// The same for a Pareto tail, where the moment estimator finds one; 0 otherwise.
fn pareto(n: usize, caution: Caution, first: f64, distance: &impl Fn(usize) -> f64) -> f64 {
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
    if index < caution.pareto_from {
        return 0.0;
    }
    let one = one.max(1e-9) * (1.0 + caution.pareto_raised / (k as f64).sqrt());
    (k as f64 * (first / base).powf(-1.0 / one)).min(1.0)
}

/// Asks whether a measure has more than one peak (Hartigan's dip).
pub(crate) fn multimodal(
    index: usize,
    columns: &Columns,
    measure: &Measure,
    time: Option<&Timeline>,
) -> Hypothesis {
    let asked = InsightKind::Multimodal;
    let values = thinned(spread_out(&measure.sorted));
    let Some((dip, _)) = peaks(&values, measure.distinct) else {
        return nothing(asked);
    };
    // Rows that depend on their past, or belong to the same entity, count for fewer.
    let past = time.map_or(1.0, |time| time.memory.inflation);
    let inflation = past.max(crate::strata::design_effect(columns, &measure.z, |row| {
        !measure.x[row].is_nan()
    }));
    let p = dip_upper(dip, (values.len() as f64 / inflation) as usize);
    let effect = dip_effect(dip, values.len());
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
    let resolution = resolution(sorted);
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

/// Every so many of the values, so that no more than a bound are left.
fn thinned(values: Vec<f64>) -> Vec<f64> {
    let step = values.len().div_ceil(MOST_POINTS).max(1);
    if step == 1 {
        values
    } else {
        values.into_iter().step_by(step).collect()
    }
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
    let (dependence, by_line) = dependence(pair, columns.multiplicity);
    let remember = |at: usize| times.get(at).is_some_and(|time| time.memory.any);
    // Where both depend on their past, dependence between rows can be told from neither.
    if (remember(a) && remember(b)) || first.distinct < 20 || second.distinct < 20 {
        return nothing(asked);
    }
    if dependence > 0.05 {
        return Hypothesis::new(asked, dependence, nothing(asked).finding.measures(a, b));
    }
    let (u, v) = standardised(first, second);
    let (u, v) = (thinned(u), thinned(v));
    let mut best = (1.0, 0.0);
    let mut looks = 0;
    let projections = PROJECTIONS.iter().map(|angle| {
        let (sine, cosine) = angle.sin_cos();
        u.iter()
            .zip(&v)
            .map(|(u, v)| u * cosine + v * sine)
            .collect::<Vec<f64>>()
    });
    for mut along in projections.chain(crate::cluster::strips(&u, &v)) {
        along.sort_unstable_by(f64::total_cmp);
        looks += 1;
        if let Some((dip, p)) = peaks(&along, along.len()).filter(|(_, p)| *p < best.0) {
            best = (p, dip);
        }
    }
    let p = best_of(best.0, looks).max(dependence);
    let mut finding = Finding::new(asked, dip_effect(best.1, u.len())).measures(a, b);
    finding.curved = !by_line;
    Hypothesis::new(asked, p, finding)
}

/// Most rows from which the centres of clusters are told.
const MOST_CLUSTERED: usize = 5000;

/// Centres of the clusters that rows form in two measures, in units of the measures, by the first; empty where
/// none lie apart.
pub(crate) fn centres((a, b): (usize, usize), columns: &Columns) -> Vec<(f64, f64)> {
    let (first, second) = (&columns.measures[a], &columns.measures[b]);
    let rows = first
        .x
        .iter()
        .zip(&second.x)
        .filter(|(x, y)| !x.is_nan() && !y.is_nan());
    let every = first.x.len().div_ceil(MOST_CLUSTERED).max(1);
    let (u, v) = standardised(first, second);
    let thin = |side: Vec<f64>| side.into_iter().step_by(every).collect::<Vec<f64>>();
    let Some((count, labels)) = crate::cluster::clusters(&thin(u), &thin(v)) else {
        return Vec::new();
    };
    let mut sums = vec![(0.0, 0.0, 0.0); count];
    for ((x, y), label) in rows.step_by(every).zip(labels) {
        let sum: &mut (f64, f64, f64) = &mut sums[label];
        *sum = (sum.0 + 1.0, sum.1 + x, sum.2 + y);
    }
    let filled = sums.into_iter().filter(|sum| sum.0 > 0.0);
    let mut centres: Vec<(f64, f64)> = filled.map(|(n, x, y)| (x / n, y / n)).collect();
    centres.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    centres
}

/// P of independence by correlation and by curvature both ways, and whether the line tells most.
fn dependence(pair: &Paired, multiplicity: f64) -> (f64, bool) {
    let n = pair.n / multiplicity;
    let looks = [pair.r, pair.curvature(), pair.curvature_back()];
    let best = looks
        .iter()
        .map(|r| correlation_two_sided(*r, n, 1.0))
        .fold(1.0, f64::min);
    let by_line = looks.iter().all(|r| r.abs() <= pair.r.abs());
    (best_of(best, looks.len()), by_line)
}

/// Both measures of the rows that have both, centred and scaled by quartiles; ties spread over the
/// columns' resolution by a hash of the row, so that rounding makes no clusters.
fn standardised(a: &Measure, b: &Measure) -> (Vec<f64>, Vec<f64>) {
    let scale = |measure: &Measure, salt: u64| {
        let logged = symmetric_by_logarithm(measure);
        let of = move |x: f64| if logged { x.ln() } else { x };
        let width = of(measure.quantile(0.75)) - of(measure.quantile(0.25));
        let middle = of(measure.quantile(0.5));
        let resolution = if measure.untied.is_some() {
            resolution(&measure.sorted)
        } else {
            0.0
        };
        let least = measure.sorted.first().copied().unwrap_or(0.0) * 0.5;
        move |row: usize, x: f64| {
            let share = scrambled(row as u64 ^ salt) as f64 / u64::MAX as f64 - 0.5;
            let spread = x + share * resolution;
            (of(if logged { spread.max(least) } else { spread }) - middle) / width.max(1e-12)
        }
    };
    let (first, second) = (scale(a, 0x5EED), scale(b, 0xFEED));
    let rows = a.x.iter().zip(&b.x).enumerate();
    rows.filter(|(_, (x, y))| !x.is_nan() && !y.is_nan())
        .map(|(row, (x, y))| (first(row, *x), second(row, *y)))
        .unzip()
}

/// Smallest gap between different values.
fn resolution(sorted: &[f64]) -> f64 {
    let gaps = sorted
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|gap| *gap > 0.0);
    let least = gaps.fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { 0.0 }
}
