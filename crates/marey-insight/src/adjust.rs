//! Second looks at what passed a first gate: does it hold within the categories of other columns,
//! between entities, and between rows that resemble their neighbours?
//!
//! A p-value can only grow here, so what passes the second gate has passed the first, and a finding
//! counts as true only where every look agrees. Four looks:
//!
//! 1. *Confounded*: where both sides of a finding go with a third column (and the one still does once
//!    the finding is taken out), both are taken as differences from its categories' means (Frisch and
//!    Waugh 1933).
//! 2. *Clustered*: where one side is the same in all rows of a category (a patient's clinic), the
//!    categories are the units (Liang and Zeger 1986, Student's t with as many degrees of freedom as
//!    units).
//! 3. *Uneven*: two measures that vary more in the same rows agree by chance more often (White 1980).
//! 4. *Serial*: the variance of a sum of products of two series is enlarged by the products of their
//!    autocorrelations (Bartlett 1935).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    Caveat, Guard, InsightKind,
    chance::{normal_quantile, normal_two_sided, student_two_sided},
    column::{Columns, Measure},
    contrast::{Contrast, contrast},
    family::{Evidence, Finding, Hypothesis},
    strata::{GOES_WITH, Place, Split, Strata, Sums, f_chance, strata},
};

/// The same once the finding is taken out.
const STILL_GOES_WITH: f64 = 0.05;
/// Share of variance within categories below which a side counts as the same in all their rows.
const SAME: f64 = 0.03;
/// Batches of neighbouring rows whose spread is compared.
const BATCHES: usize = 24;
/// Most rows from which memory is told.
const MOST_REMEMBERED: usize = 1 << 17;
/// Most lags whose autocorrelations are multiplied.
const MOST_LAGS: usize = 300;
/// Lags that are added at once.
const LAGS_AT_ONCE: usize = 10;

/// What a second look found of a hypothesis: by how much it weakens what the first one found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Normal deviate of the second p, relative to that of the first: 0 to 1.
    strength: f64,
    /// Lower bound of the effect, relative to that of the first.
    bound: f64,
    inflation: f64,
    guard: Guard,
    caveat: Option<Caveat>,
}

/// Second looks by what was looked at.
pub(crate) type Looked = BTreeMap<String, Found>;

impl Found {
    fn between(before: &Hypothesis, after: &Hypothesis) -> Self {
        let deviate = |p: f64| -normal_quantile(p.clamp(1e-300, 1.0) / 2.0);
        let (first, second) = (deviate(before.p), deviate(after.p));
        let low = before.finding.effect.low;
        Self {
            strength: if first > 0.0 {
                (second / first).clamp(0.0, 1.0)
            } else {
                1.0
            },
            bound: if low > 0.0 {
                after.finding.effect.low / low
            } else {
                1.0
            },
            inflation: after.finding.inflation,
            guard: after.finding.guard,
            caveat: after.finding.caveat,
        }
    }

    fn apply(&self, hypothesis: &mut Hypothesis) {
        if self.strength < 1.0 {
            let deviate = -normal_quantile(hypothesis.p / 2.0) * self.strength;
            hypothesis.p = normal_two_sided(deviate).max(hypothesis.p);
        }
        hypothesis.finding.effect.low *= self.bound;
        hypothesis.finding.inflation = self.inflation;
        hypothesis.finding.guard = self.guard;
        hypothesis.finding.caveat = self.caveat;
    }
}

/// What a hypothesis and its best answer are about.
fn subject(hypothesis: &Hypothesis) -> String {
    let finding = &hypothesis.finding;
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        hypothesis.asked,
        finding.kind,
        finding.measure,
        finding.measure2,
        finding.dimension,
        finding.dimension2,
        finding.subspace,
        finding.focus,
        finding.direction
    )
}

/// Looks again at the hypotheses of a family that passed a first gate. What was looked at before is not
/// looked at again: it weakens a finding by as much as it did then.
pub(crate) fn second_looks(
    columns: &Columns,
    evidence: &Evidence,
    family: &mut [Hypothesis],
    passed: &[bool],
    looked: &mut Looked,
) {
    let strata = std::sync::OnceLock::new();
    let fresh: Vec<(String, Found)> = family
        .par_iter_mut()
        .zip(passed)
        .filter(|(_, passed)| **passed)
        .filter_map(|(hypothesis, _)| {
            let subject = subject(hypothesis);
            if let Some(found) = looked.get(&subject) {
                found.apply(hypothesis);
                return None;
            }
            let before = hypothesis.clone();
            look(
                columns,
                evidence,
                hypothesis,
                strata.get_or_init(|| self::strata(columns)),
            );
            Some((subject, Found::between(&before, hypothesis)))
        })
        .collect();
    looked.extend(fresh);
}

fn look(columns: &Columns, evidence: &Evidence, hypothesis: &mut Hypothesis, strata: &[Strata]) {
    if hypothesis.finding.kind == InsightKind::Comovement {
        comovement_again(columns, hypothesis, strata);
    } else if let Some(contrast) = contrast(columns, &evidence.timelines, &hypothesis.finding) {
        let may = strata
            .iter()
            .filter(|strata| may_matter(strata.place, &hypothesis.finding, evidence));
        let strata: Vec<&Strata> = may.collect();
        look_again(hypothesis, &contrast, &strata, columns.multiplicity);
    }
}

fn look_again(hypothesis: &mut Hypothesis, contrast: &Contrast, strata: &[&Strata], multiplicity: f64) {
    let Some(plain) = plain(contrast) else { return };
    let looks = hypothesis.finding.looks.max(1.0);
    if let Some(t) = heteroscedastic(contrast, &plain, hypothesis.finding.kind) {
        weaken(
            hypothesis,
            student_two_sided(t / multiplicity.sqrt(), contrast.rows()) * looks,
            1.0,
            Guard::Conditioned,
        );
    }
    // Findings over time allow for memory themselves, but for the categories' own.
    let kind = hypothesis.finding.kind;
    if !hypothesis.finding.timed
        || matches!(
            kind,
            InsightKind::CompositionShift
                | InsightKind::SubspaceTrend
                | InsightKind::ShareChange
                | InsightKind::NewCategory
                | InsightKind::LostCategory
        )
    {
        let inflation = serial(&plain);
        if inflation > 1.05 {
            let by_lags =
                student_two_sided(plain.t / inflation.sqrt(), (contrast.rows() / inflation).max(3.0));
            let p = by_lags.max(by_batches(&plain));
            weaken(hypothesis, p * looks, 1.0 / inflation.sqrt(), Guard::Blocks);
        }
    }
    let finding = hypothesis.finding.clone();
    for strata in strata.iter().filter(|strata| !is_own(strata.place, &finding)) {
        if let Some((t, freedom, guard)) = given(contrast, strata) {
            let t = t / multiplicity.sqrt();
            let ratio = (t / plain.t).clamp(-1.0, 1.0);
            let p = if ratio > 0.0 {
                student_two_sided(t, freedom) * looks
            } else {
                1.0
            };
            weaken(hypothesis, p, ratio.max(0.0), guard);
        }
    }
}

/// The movement of two measures from bucket to bucket, once the means of a third column's categories
/// are taken off both: a mix of categories that changes moves all measures that depend on it.
fn comovement_again(columns: &Columns, hypothesis: &mut Hypothesis, strata: &[Strata]) {
    let (Some(axis), Some(a), Some(b)) = (
        &columns.time,
        hypothesis.finding.measure,
        hypothesis.finding.measure2,
    ) else {
        return;
    };
    for strata in strata.iter().filter(|strata| strata.place != Place::Time) {
        let sides = [a, b].map(|at| residual(&columns.measures[at], strata));
        let [Some(first), Some(second)] = sides else {
            continue;
        };
        let again = crate::family::comovement_of(
            axis,
            [(&columns.measures[a], first), (&columns.measures[b], second)],
        );
        let same = again.finding.direction == hypothesis.finding.direction;
        weaken(
            hypothesis,
            if same { again.p } else { 1.0 },
            1.0,
            Guard::Conditioned,
        );
    }
}

/// Scores less the means of categories, where they differ between them.
fn residual(measure: &Measure, strata: &Strata) -> Option<Vec<f64>> {
    let mut sums = vec![(0.0_f64, 0.0_f64, 0.0_f64); strata.count + 1];
    for ((code, z), x) in strata.codes.iter().zip(&measure.z).zip(&measure.x) {
        if !x.is_nan() {
            let sum = &mut sums[*code as usize];
            *sum = (sum.0 + 1.0, sum.1 + z, sum.2 + z * z);
        }
    }
    sums[strata.count] = (1.0, 0.0, 0.0);
    let filled = || sums.iter().take(strata.count).filter(|sum| sum.0 > 0.0);
    let (n, groups) = (filled().map(|sum| sum.0).sum::<f64>(), filled().count() as f64);
    let total: f64 =
        filled().map(|sum| sum.2).sum::<f64>() - filled().map(|sum| sum.1).sum::<f64>().powi(2) / n.max(1.0);
    let within: f64 = filled().map(|sum| sum.2 - sum.1 * sum.1 / sum.0).sum();
    if groups < 2.0 || f_chance(&Split { within, total }, n, groups) > GOES_WITH {
        return None;
    }
    let less = |(code, z): (&u32, &f64)| {
        let (n, sum, _) = sums[*code as usize];
        z - sum / n.max(1.0)
    };
    Some(strata.codes.iter().zip(&measure.z).map(less).collect())
}

/// Keeps the larger p and the smaller effect.
fn weaken(hypothesis: &mut Hypothesis, p: f64, ratio: f64, guard: Guard) {
    if p > hypothesis.p {
        hypothesis.p = p.min(1.0);
        hypothesis.finding.guard = guard;
    }
    if guard == Guard::Blocks && ratio > 0.0 {
        let finding = &mut hypothesis.finding;
        finding.inflation = finding.inflation.max(1.0 / (ratio * ratio));
    }
    if ratio < 0.9 {
        hypothesis.finding.effect.low *= ratio;
        hypothesis.finding.caveat = Some(if guard == Guard::Conditioned {
            Caveat::Adjusted
        } else {
            Caveat::Clustered
        });
    }
}

/// Whether a dimension can explain a finding about means of measures: all of them must differ between
/// its categories, which the sums made before tell without another pass.
fn may_matter(place: Place, finding: &Finding, evidence: &Evidence) -> bool {
    use InsightKind as K;
    let Place::Dimension(d) = place else { return true };
    let of_means = matches!(
        finding.kind,
        K::Correlation
            | K::GroupDifference
            | K::OutstandingFirst
            | K::OutstandingLast
            | K::Dominance
            | K::Trend
            | K::ChangePoint
            | K::Seasonality
            | K::OutlierTime
    );
    let measures = [finding.measure, finding.measure2].into_iter().flatten();
    !of_means
        || measures
            .into_iter()
            .all(|m| evidence.grouped[d][m].chance() < STILL_GOES_WITH)
}

fn is_own(place: Place, finding: &Finding) -> bool {
    let subspace = finding.subspace.map(|(d, _)| d);
    match place {
        Place::Dimension(d) => [finding.dimension, finding.dimension2, subspace].contains(&Some(d)),
        Place::Entity => false,
        Place::Time => finding.timed || finding.kind == InsightKind::Comovement,
    }
}

/// The contrast without any third column.
struct Plain {
    t: f64,
    /// Sum of products of both sides centred.
    sum: f64,
    /// The first side centred.
    x: Vec<f64>,
    /// The second side less what the finding tells of it, centred: a finding must not count as memory.
    rest: Vec<f64>,
}

fn plain(contrast: &Contrast) -> Option<Plain> {
    let (x, y) = (
        centred(&contrast.x, &contrast.has),
        centred(&contrast.y, &contrast.has),
    );
    let (xy, xx, yy) = products(&x, &y);
    if xx <= 0.0 || yy <= 0.0 || xy == 0.0 {
        return None;
    }
    Some(Plain {
        t: xy / (xx * yy / contrast.rows()).sqrt(),
        sum: xy,
        x,
        rest: centred(&contrast.rest, &contrast.has),
    })
}

/// Student's t with White's variance (1980), for two measures: where both vary more in the same rows,
/// they agree by chance more often.
fn heteroscedastic(contrast: &Contrast, plain: &Plain, kind: InsightKind) -> Option<f64> {
    if !matches!(kind, InsightKind::Correlation | InsightKind::Nonlinear) {
        return None;
    }
    let y = centred(&contrast.y, &contrast.has);
    let sum: f64 = plain.x.iter().zip(&y).map(|(x, y)| x * y).sum();
    let square: f64 = plain
        .x
        .iter()
        .zip(&plain.rest)
        .map(|(x, rest)| (x * rest).powi(2))
        .sum();
    (square > 0.0).then(|| sum / square.sqrt())
}

fn products(x: &[f64], y: &[f64]) -> (f64, f64, f64) {
    x.iter().zip(y).fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
        (xy + x * y, xx + x * x, yy + y * y)
    })
}

/// Values less their mean; 0 where the contrast has no row.
fn centred(values: &[f64], has: &[bool]) -> Vec<f64> {
    let rows = has.iter().filter(|has| **has).count().max(1) as f64;
    let sum: f64 = values
        .iter()
        .zip(has)
        .filter(|(_, has)| **has)
        .map(|(v, _)| v)
        .sum();
    let mean = sum / rows;
    values
        .iter()
        .zip(has)
        .map(|(v, has)| if *has { v - mean } else { 0.0 })
        .collect()
}

/// P by the spread of batches of neighbouring rows, which needs no autocorrelations (Schmeiser 1982): it
/// holds where memory is shorter than a batch, whatever its shape.
fn by_batches(plain: &Plain) -> f64 {
    let size = plain.x.len().div_ceil(BATCHES).max(1);
    let rows = plain.x.chunks(size).zip(plain.rest.chunks(size));
    let parts: Vec<f64> = rows
        .map(|(x, rest)| x.iter().zip(rest).map(|(x, rest)| x * rest).sum())
        .collect();
    let square: f64 = parts.iter().map(|part| part * part).sum();
    let count = parts.len() as f64;
    if square <= 0.0 || count < 3.0 {
        return 1.0;
    }
    let t = plain.sum / (square * count / (count - 1.0)).sqrt();
    student_two_sided(t, count - 1.0)
}

/// One plus twice the sum of products of autocorrelations; 1 at least.
fn serial(plain: &Plain) -> f64 {
    // A long series tells its memory by its middle.
    let from = (plain.x.len() - plain.x.len().min(MOST_REMEMBERED)) / 2;
    let middle = |side: &'_ [f64]| side[from..side.len() - from].to_vec();
    let (x, rest) = (middle(&plain.x), middle(&plain.rest));
    let n = x.len();
    let (_, xx, yy) = products(&x, &rest);
    if xx <= 0.0 || yy <= 0.0 {
        return 1.0;
    }
    let together = |lag: usize| {
        let along = |v: &[f64]| v.iter().zip(&v[lag..]).map(|(a, b)| a * b).sum::<f64>();
        along(&x) / xx * (along(&rest) / yy)
    };
    // Far lags hold mostly noise: the sum ends with the first ten that add nothing (Geyer 1992).
    let mut sum = 0.0;
    let mut lag = 1;
    while lag < MOST_LAGS.min(n / 5) {
        let part: f64 = (lag..(lag + LAGS_AT_ONCE).min(n)).map(together).sum();
        if part <= 0.0 {
            break;
        }
        sum += part;
        lag += LAGS_AT_ONCE;
    }
    1.0 + 2.0 * sum
}

/// The contrast given a column: its t, degrees of freedom and how it was guarded; `None` where the
/// column has nothing to do with both sides.
fn given(contrast: &Contrast, strata: &Strata) -> Option<(f64, f64, Guard)> {
    let sums = Sums::new(contrast, strata);
    let groups = sums.groups();
    if groups < 2.0 || sums.n < 2.0 * groups {
        return None;
    }
    let x = sums.split(0);
    if f_chance(&x, sums.n, groups) > GOES_WITH {
        return None;
    }
    if f_chance(&sums.split(2), sums.n, groups) > STILL_GOES_WITH {
        return None;
    }
    let y = sums.split(1);
    if x.within < SAME * x.total || y.within < SAME * y.total {
        return Some(clustered(&sums, groups));
    }
    let freedom = (sums.n - groups - 2.0).max(1.0);
    let (mut xy, mut xx, mut yy) = (sums.within_product(), x.within, y.within);
    if let Some(line) = &contrast.line {
        // A line taken off over all rows is another one within categories.
        let [aa, ax, ay] = sums.within_line(contrast, strata, line);
        let aa = aa.max(1e-300);
        (xy, xx, yy) = (xy - ax * ay / aa, xx - ax * ax / aa, yy - ay * ay / aa);
    }
    let r = (xy / (xx * yy).max(1e-300).sqrt()).clamp(-1.0 + 1e-12, 1.0 - 1e-12);
    Some((r * (freedom / (1.0 - r * r)).sqrt(), freedom, Guard::Conditioned))
}

/// Student's t of the units' sums of products.
fn clustered(sums: &Sums, groups: f64) -> (f64, f64, Guard) {
    let (mx, my) = (sums.mean(0), sums.mean(1));
    let parts = sums
        .groups
        .iter()
        .filter(|group| group.n > 0.0)
        .map(|group| group.xy - mx * group.of[1] - my * group.of[0] + group.n * mx * my);
    let (sum, square) = parts.fold((0.0, 0.0), |(sum, square), part| {
        (sum + part, square + part * part)
    });
    // The units were chosen with the sum in view: a unit is taken off for each mean.
    let correction = (groups - 1.0) / groups;
    (
        sum / square.max(1e-300).sqrt() * correction.sqrt(),
        (groups - 2.0).max(1.0),
        Guard::Blocks,
    )
}
