//! Two measures: whether they rise together, bend, move together from week to week, or go one way
//! overall and the other way within categories.

use super::{
    hypothesis::{Finding, Hypothesis},
    timeline::{Timeline, bucket_deviations, nothing},
};
use crate::{
    Bucket, Direction, Effect, EffectName, Guard, InsightKind,
    autoregression::{innovations, levinson},
    chance::{best_of, correlation_two_sided},
    column::{Columns, TimeAxis},
    moments::{Grouped, Paired},
    series::Series,
};

/// P of a correlation that is plain enough to be looked at within categories.
const PLAIN: f64 = 1e-4;
/// Fewest rows inside and outside a category in which a correlation is looked at.
const LEAST_WITHIN: f64 = 40.0;
/// Most categories of a dimension within which correlations are looked at.
const MOST_WITHIN: usize = 40;
/// Fewest buckets in which two series are compared.
const LEAST_BUCKETS: usize = 16;
/// Seasons in days that are taken off both series before they are compared.
const SEASONS: [f64; 4] = [30.4369, 91.3106, 182.6211, 365.2425];

/// Asks whether two measures rise together.
pub(crate) fn correlation(
    at: (usize, usize),
    columns: &Columns,
    pair: &Paired,
    times: &[Timeline],
) -> Hypothesis {
    let n = pair.n / columns.multiplicity;
    let (first, second) = (&columns.measures[at.0], &columns.measures[at.1]);
    let skewness = first.skewness() * second.skewness() / n.max(1.0).sqrt();
    let mut p = correlation_two_sided(pair.r, n, 0.0).max(by_skewness(pair.r, n, skewness));
    let mut guard = Guard::Independent;
    let mut size = pair.r;
    let mut inflation = 1.0;
    if p < 0.05 && both_remember(at, times) {
        inflation = shared_memory(&first.z, &second.z);
        let (r, rows) = prewhitened(at, columns, times, Power::One);
        p = p.max(same_sign(
            r,
            pair.r,
            correlation_two_sided(r, rows / columns.multiplicity, 2.0),
        ));
        guard = Guard::Prewhitened;
        size = if r.abs() < size.abs() { r } else { size };
    }
    let finding = Finding::new(InsightKind::Correlation, correlation_effect(size, n))
        .measures(at.0, at.1)
        .direction(Direction::together(pair.r))
        .guard(guard)
        .inflation(inflation);
    Hypothesis::new(InsightKind::Correlation, p, finding)
}

/// Asks whether two measures that go together do so otherwise within one category: Fisher's difference of
/// the correlations inside and outside.
///
/// Asked only of pairs whose correlation over all rows is plain. That is told from the pooled rows, of which
/// the difference between categories is independent (Bourgon, Gentleman and Huber 2010).
pub(crate) fn correlation_within(
    (a, b, d): (usize, usize, usize),
    columns: &Columns,
    pair: &Paired,
    times: &[Timeline],
) -> Option<Hypothesis> {
    let (first, second, dimension) = (&columns.measures[a], &columns.measures[b], &columns.dimensions[d]);
    let pooled = correlation_two_sided(pair.r, pair.n / columns.multiplicity, 0.0);
    if pooled > PLAIN || dimension.len() > MOST_WITHIN || both_remember((a, b), times) {
        return None;
    }
    let mut sums = vec![[0.0_f64; 6]; dimension.len() + 1];
    let mut all = [0.0_f64; 6];
    for (row, code) in dimension.codes.iter().enumerate() {
        if !first.x[row].is_nan() && !second.x[row].is_nan() {
            let (u, v) = (first.z[row], second.z[row]);
            let parts = [1.0, u, v, u * u, v * v, u * v];
            let sums = &mut sums[*code as usize];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            all.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
    }
    sums.truncate(dimension.len());
    let of = |[n, u, v, uu, vv, uv]: [f64; 6]| correlation_of(uv - u * v / n, uu - u * u / n, vv - v * v / n);
    let (mut best, mut looked): (Option<(f64, usize, f64, f64)>, usize) = (None, 0);
    for (category, own) in sums.iter().enumerate() {
        let mut rest = all;
        rest.iter_mut().zip(own).for_each(|(rest, own)| *rest -= own);
        if own[0] < LEAST_WITHIN || rest[0] < LEAST_WITHIN {
            continue;
        }
        looked += 1;
        let turned = |r: f64| r.clamp(-0.999_999, 0.999_999).atanh();
        let weight = |n: f64| 1.0 / (n / columns.multiplicity - 3.0).max(1.0);
        let error = (weight(own[0]) + weight(rest[0])).sqrt();
        let difference = turned(of(*own)) - turned(of(rest));
        let p = crate::chance::normal_two_sided(difference / error);
        if best.is_none_or(|(least, ..)| p < least) {
            best = Some((
                p,
                category,
                of(*own),
                (difference.abs() - 1.96 * error).max(0.0).tanh(),
            ));
        }
    }
    let (p, category, r, low) = best?;
    let effect = Effect {
        name: EffectName::Correlation,
        value: r,
        low,
    };
    let mut finding = Finding::new(InsightKind::Correlation, effect)
        .measures(a, b)
        .direction(Direction::together(r))
        .impact((sums[category][0] / all[0]).sqrt())
        .looks(looked);
    finding.subspace = Some((d, category as u32));
    finding.contrast = p;
    Some(Hypothesis::new(
        InsightKind::Correlation,
        best_of(p, looked),
        finding,
    ))
}

/// Asks whether one measure is highest or lowest in the middle of the other, either way round.
pub(crate) fn nonlinear(
    at: (usize, usize),
    columns: &Columns,
    pair: &Paired,
    times: &[Timeline],
) -> Hypothesis {
    let n = pair.n / columns.multiplicity;
    let ways = [
        (at.0, at.1, pair.curvature()),
        (at.1, at.0, pair.curvature_back()),
    ];
    let [first, second] = ways;
    let (a, b, q) = if first.2.abs() >= second.2.abs() {
        first
    } else {
        second
    };
    let skewness =
        columns.measures[a].skewness_of_bend() * columns.measures[b].skewness() / n.max(1.0).sqrt();
    let mut p = correlation_two_sided(q, n, 1.0).max(by_skewness(q, n, skewness));
    let mut guard = Guard::Independent;
    if p < 0.05 && both_remember(at, times) {
        let (r, rows) = prewhitened((a, b), columns, times, Power::Two);
        p = p.max(same_sign(
            r,
            q,
            correlation_two_sided(r, rows / columns.multiplicity, 2.0),
        ));
        guard = Guard::Prewhitened;
    }
    let finding = Finding::new(InsightKind::Nonlinear, correlation_effect(q, n))
        .measures(a, b)
        .direction(if q > 0.0 {
            Direction::U
        } else {
            Direction::InvertedU
        })
        .guard(guard);
    Hypothesis::new(InsightKind::Nonlinear, best_of(p, 2), finding)
}

/// P of a correlation as a sum of products, whose skewness is the product of both sides' over the root of
/// their number: of columns of many ties, the tail is heavier than Student's.
fn by_skewness(r: f64, n: f64, skewness: f64) -> f64 {
    // Fisher's transform, so that strong correlations keep their weight.
    let z = r.clamp(-0.999_999, 0.999_999).atanh() * n.max(1.0).sqrt();
    crate::chance::skewed_two_sided(z, skewness)
}

/// Whether the turning point of a bend lies well inside: the line does not outweigh the bend.
pub(crate) fn turns_inside(pair: &Paired, flipped: bool) -> bool {
    let (third, product) = if flipped {
        (pair.b3, pair.abb)
    } else {
        (pair.a3, pair.aab)
    };
    let fourth = if flipped { pair.b4 } else { pair.a4 };
    let bend = (product - pair.r * third) / (fourth - 1.0 - third * third).max(1e-9);
    let slope = pair.r - bend * third;
    (slope / (2.0 * bend)).abs() < 1.5
}

fn correlation_effect(r: f64, n: f64) -> Effect {
    let margin = 1.96 / (n - 3.0).max(1.0).sqrt();
    let low = (r.clamp(-1.0 + 1e-12, 1.0 - 1e-12).atanh().abs() - margin)
        .max(0.0)
        .tanh();
    Effect {
        name: EffectName::Correlation,
        value: r,
        low,
    }
}

fn same_sign(r: f64, first: f64, p: f64) -> f64 {
    if r * first > 0.0 { p } else { 1.0 }
}

/// How many rows count for one where both series resemble their past: by the product of their
/// correlations with the value before (Bayley and Hammersley 1946). Values that are none are left out.
fn shared_memory(u: &[f64], v: &[f64]) -> f64 {
    let lagged = |x: &[f64]| {
        let pairs = x.iter().zip(x.get(1..).unwrap_or(&[]));
        let known = pairs.filter(|(a, b)| a.is_finite() && b.is_finite());
        let (a, b): (Vec<f64>, Vec<f64>) = known.map(|(a, b)| (*a, *b)).unzip();
        pearson(&a, &b)
    };
    let product = (lagged(u) * lagged(v)).clamp(0.0, 0.99);
    (1.0 + product) / (1.0 - product)
}

/// Whether both series depend on their past.
fn both_remember((a, b): (usize, usize), times: &[Timeline]) -> bool {
    times.get(a).is_some_and(|a| a.memory.any) && times.get(b).is_some_and(|b| b.memory.any)
}

/// Which power of the first series is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Power {
    One,
    Two,
}

/// Correlation of what the past of each series does not tell (Haugh 1976), and the number of rows.
fn prewhitened((a, b): (usize, usize), columns: &Columns, times: &[Timeline], power: Power) -> (f64, f64) {
    let Some(axis) = &columns.time else {
        return (0.0, 0.0);
    };
    let (first, second) = (&columns.measures[a], &columns.measures[b]);
    let rows = (0..axis.rows()).filter(|row| !first.x[*row].is_nan() && !second.x[*row].is_nan());
    let (u, v): (Vec<f64>, Vec<f64>) = rows.map(|row| (first.z[row], second.z[row])).unzip();
    let mut u = times[a].memory.innovations(&u);
    let mut v = times[b].memory.innovations(&v);
    let n = u.len().min(v.len());
    u.drain(..u.len() - n);
    v.drain(..v.len() - n);
    if power == Power::Two {
        let mean = u.iter().sum::<f64>() / n.max(1) as f64;
        let slope = dot(&u, &v) / dot(&u, &u).max(1e-300);
        v.iter_mut().zip(&u).for_each(|(v, u)| *v -= slope * u);
        u.iter_mut().for_each(|u| *u = (*u - mean).powi(2));
    }
    let r = robust_correlation(&u, &v);
    // What is left of memory in both makes fewer rows of them.
    let (left, right) = (levinson(&u), levinson(&v));
    let kept = |fit: &crate::autoregression::Fit| fit.coefficients.iter().sum::<f64>().clamp(-0.9, 0.9);
    let shared = (kept(&left) * kept(&right)).max(0.0);
    (r, n as f64 * (1.0 - shared) / (1.0 + shared))
}

fn dot(u: &[f64], v: &[f64]) -> f64 {
    u.iter().zip(v).map(|(u, v)| u * v).sum()
}

/// Pearson's correlation; 0 where a series does not vary.
pub(crate) fn pearson(u: &[f64], v: &[f64]) -> f64 {
    let n = u.len().max(1) as f64;
    let (mu, mv) = (u.iter().sum::<f64>() / n, v.iter().sum::<f64>() / n);
    let (mut uv, mut uu, mut vv) = (0.0, 0.0, 0.0);
    for (u, v) in u.iter().zip(v) {
        uv += (u - mu) * (v - mv);
        uu += (u - mu).powi(2);
        vv += (v - mv).powi(2);
    }
    if uu <= 0.0 || vv <= 0.0 {
        0.0
    } else {
        uv / (uu * vv).sqrt()
    }
}

/// Pearson's correlation, shrunk where products vary more than independent sides of constant variance
/// make them (White 1980): two series that both calm down agree by chance more often.
fn robust_correlation(u: &[f64], v: &[f64]) -> f64 {
    let r = pearson(u, v);
    let n = u.len().max(1) as f64;
    let (mu, mv) = (u.iter().sum::<f64>() / n, v.iter().sum::<f64>() / n);
    let centred = || u.iter().zip(v).map(|(u, v)| (u - mu, v - mv));
    let (uu, vv) = centred().fold((0.0, 0.0), |(uu, vv), (u, v)| (uu + u * u, vv + v * v));
    let products: f64 = centred().map(|(u, v)| (u * v).powi(2)).sum();
    let usual = uu * vv / n * (1.0 + 2.0 * r * r);
    if usual <= 0.0 {
        0.0
    } else {
        r / (products / usual).max(1.0).sqrt()
    }
}

/// The series of buckets of a measure made ready to be compared: line and seasons of the calendar
/// taken off, then what its own past tells.
pub(crate) struct Whitened {
    /// One value per bucket; NaN where the bucket has too few rows.
    pub values: Vec<f64>,
    /// Mean score per bucket in its standard errors; NaN likewise.
    pub means: Vec<f64>,
    /// Parameters fitted.
    pub used: f64,
}

/// Makes the bucket series of every measure ready.
pub(crate) fn whitened(times: &[Timeline], axis: &TimeAxis) -> Vec<Whitened> {
    times
        .iter()
        .map(|time| whitened_series(&time.series, axis, time.memory.walks))
        .collect()
}

/// Makes one series ready; of one that walks, its differences.
pub(crate) fn whitened_series(series: &Series, axis: &TimeAxis, walks: bool) -> Whitened {
    let mut deviations = bucket_deviations(series, axis);
    if walks {
        for bucket in (1..deviations.len()).rev() {
            deviations[bucket] = deviations[bucket]
                .zip(deviations[bucket - 1])
                .map(|(own, before)| own - before);
        }
        if let Some(first) = deviations.first_mut() {
            *first = None;
        }
    }
    let days: Vec<f64> = (0..deviations.len())
        .map(|bucket| (axis.buckets.starts[bucket] - axis.start_ms) as f64 / 86_400_000.0)
        .collect();
    let known: Vec<usize> = (0..deviations.len())
        .filter(|bucket| deviations[*bucket].is_some())
        .collect();
    let mut values: Vec<f64> = known.iter().filter_map(|bucket| deviations[*bucket]).collect();
    let at: Vec<f64> = known.iter().map(|bucket| days[*bucket]).collect();
    let regressors = regressors(&at, axis);
    let used = regressors.len() as f64;
    take_off(&mut values, regressors);
    let fit = levinson(&values);
    let order = fit.coefficients.len();
    let rest = innovations(&values, &fit.coefficients);
    let mut out = vec![f64::NAN; deviations.len()];
    known
        .iter()
        .skip(order)
        .zip(rest)
        .for_each(|(bucket, value)| out[*bucket] = value);
    Whitened {
        values: out,
        means: deviations.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
        used: used + order as f64,
    }
}

/// A line, and waves of the calendar that are longer than two buckets and fit into the axis.
fn regressors(at: &[f64], axis: &TimeAxis) -> Vec<Vec<f64>> {
    let mut regressors = vec![vec![1.0; at.len()], at.to_vec()];
    let bucket_days = match axis.buckets.kind {
        Bucket::Hour => 1.0 / 24.0,
        Bucket::Day => 1.0,
        Bucket::Week => 7.0,
        Bucket::Month => 30.4369,
        Bucket::Quarter => 91.31,
        Bucket::Year => 365.24,
    };
    let mut periods: Vec<f64> = SEASONS.to_vec();
    periods.extend([1.0, 7.0]);
    for period in periods {
        if period > 2.2 * bucket_days
            && axis.span_days() >= 0.95 * period
            && at.len() > 2 * regressors.len() + 8
        {
            let angle = |day: &f64| std::f64::consts::TAU * day / period;
            regressors.push(at.iter().map(|day| angle(day).cos()).collect());
            regressors.push(at.iter().map(|day| angle(day).sin()).collect());
        }
    }
    regressors
}

/// Takes regressors off one after the other, each made orthogonal to those before (Gram and
/// Schmidt).
fn take_off(values: &mut [f64], regressors: Vec<Vec<f64>>) {
    let mut kept: Vec<Vec<f64>> = Vec::new();
    for mut regressor in regressors {
        let size = dot(&regressor, &regressor);
        for basis in &kept {
            let along = dot(&regressor, basis);
            regressor.iter_mut().zip(basis).for_each(|(r, b)| *r -= along * b);
        }
        let left = dot(&regressor, &regressor);
        if left <= 1e-6 * size {
            continue;
        }
        regressor.iter_mut().for_each(|r| *r /= left.sqrt());
        let along = dot(values, &regressor);
        values
            .iter_mut()
            .zip(&regressor)
            .for_each(|(v, r)| *v -= along * r);
        kept.push(regressor);
    }
}

/// Asks whether two measures move together from bucket to bucket, beyond line and seasons.
pub(crate) fn comovement((a, b): (usize, usize), axis: &TimeAxis, series: &[Whitened]) -> Hypothesis {
    let asked = InsightKind::Comovement;
    let (u, v): (Vec<f64>, Vec<f64>) = series[a]
        .values
        .iter()
        .zip(&series[b].values)
        .filter(|(u, v)| u.is_finite() && v.is_finite())
        .map(|(u, v)| (*u, *v))
        .unzip();
    if u.len() < LEAST_BUCKETS {
        return nothing(asked);
    }
    let r = robust_correlation(&u, &v);
    let used = series[a].used.max(series[b].used);
    let p = correlation_two_sided(r, u.len() as f64, used);
    let mut finding = Finding::new(asked, correlation_effect(r, u.len() as f64 - used))
        .measures(a, b)
        .timed()
        .direction(Direction::together(r))
        .guard(Guard::Prewhitened)
        .inflation(shared_memory(&series[a].means, &series[b].means));
    finding.locator.bucket = Some(axis.buckets.kind);
    Hypothesis::new(asked, p, finding)
}

/// Asks whether two measures go one way overall and the other way within the categories of a
/// dimension: the larger p of the two (Berger 1982).
pub(crate) fn simpson(
    (a, b, d): (usize, usize, usize),
    columns: &Columns,
    pair: &Paired,
    sums: (&Grouped, &Grouped),
) -> Option<Hypothesis> {
    // Only where both differ between categories can the categories turn the sign; this looks at
    // means only, which say nothing of what happens within (Bourgon, Gentleman and Huber 2010).
    if sums.0.chance() > 0.01 || sums.1.chance() > 0.01 {
        return None;
    }
    let complete = columns.measures[a].complete() && columns.measures[b].complete();
    let (r, n) = within(pair, sums, complete, (a, b, d), columns)?;
    let n = n / columns.multiplicity;
    let groups = sums.0.groups() as f64;
    let overall = correlation_two_sided(pair.r, pair.n / columns.multiplicity, 0.0);
    let inside = correlation_two_sided(r, n, groups - 1.0);
    let p = if r * pair.r < 0.0 {
        overall.max(inside)
    } else {
        1.0
    };
    let finding = Finding::new(InsightKind::Simpson, correlation_effect(r, n - groups))
        .measures(a, b)
        .dimension(d)
        .direction(Direction::together(pair.r));
    Some(Hypothesis::new(InsightKind::Simpson, p, finding))
}

/// Correlation of what is left of both measures after the categories' means, and its rows.
pub(crate) fn within(
    pair: &Paired,
    (left, right): (&Grouped, &Grouped),
    complete: bool,
    (a, b, d): (usize, usize, usize),
    columns: &Columns,
) -> Option<(f64, f64)> {
    let dimension = columns.dimensions.get(d)?;
    let whole = dimension.counts.iter().map(|n| f64::from(*n)).sum::<f64>() == columns.rows as f64;
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    if complete && whole {
        ab = pair.r * pair.n;
        (aa, bb) = (pair.n, pair.n);
        for ((n, a), b) in left.n.iter().zip(&left.z).zip(&right.z) {
            if *n > 0.0 {
                ab -= a * b / n;
                aa -= a * a / n;
                bb -= b * b / n;
            }
        }
        return Some((correlation_of(ab, aa, bb), pair.n));
    }
    let (first, second) = (&columns.measures[a], &columns.measures[b]);
    let mut sums = vec![[0.0_f64; 3]; dimension.len()];
    let rows = || {
        (0..columns.rows).filter(|row| {
            !first.x[*row].is_nan()
                && !second.x[*row].is_nan()
                && (dimension.codes[*row] as usize) < dimension.len()
        })
    };
    for row in rows() {
        let sum = &mut sums[dimension.codes[row] as usize];
        sum[0] += 1.0;
        sum[1] += first.z[row];
        sum[2] += second.z[row];
        ab += first.z[row] * second.z[row];
        aa += first.z[row].powi(2);
        bb += second.z[row].powi(2);
    }
    let n: f64 = sums.iter().map(|sum| sum[0]).sum();
    for [n, a, b] in sums {
        if n > 0.0 {
            ab -= a * b / n;
            aa -= a * a / n;
            bb -= b * b / n;
        }
    }
    Some((correlation_of(ab, aa, bb), n))
}

fn correlation_of(ab: f64, aa: f64, bb: f64) -> f64 {
    if aa <= 1e-9 || bb <= 1e-9 {
        0.0
    } else {
        (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0)
    }
}
