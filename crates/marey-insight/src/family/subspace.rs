//! Whether a measure rises or falls over time within one category.

use super::{
    Evidence,
    hypothesis::{Finding, Hypothesis},
    timeline::nothing,
};
use crate::{
    Direction, Effect, EffectName, Guard, InsightKind,
    chance::{best_of, normal_two_sided, student_two_sided},
    column::{Dimension, Measure, TimeAxis},
};

/// Fewest rows of a category in which a trend is looked for.
const LEAST_ROWS: f64 = 40.0;

/// Sums of one category: rows, time, time squared, score, score squared, score times time.
#[derive(Debug, Clone, Copy, Default)]
struct Sums([f64; 6]);

/// Correlation with time from sums, and the sum of squares of time.
impl Sums {
    fn add(&mut self, t: f64, z: f64) {
        let parts = [1.0, t, t * t, z, z * z, z * t];
        self.0.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }

    fn less(&self, other: &Sums) -> Sums {
        let mut rest = *self;
        rest.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(sum, part)| *sum -= part);
        rest
    }

    fn correlation(&self) -> f64 {
        let [n, t, tt, z, zz, zt] = self.0;
        let (square, product) = (tt - t * t / n, zt - z * t / n);
        let size = square * (zz - z * z / n);
        if size <= 1e-12 {
            0.0
        } else {
            (product / size.sqrt()).clamp(-0.999_999, 0.999_999)
        }
    }
}

/// Asks whether a measure has a trend within a category of its own.
///
/// Each category's p is that of its correlation with time; where rows depend on their past, the
/// difference from all other rows counts too, which a course that all categories share leaves alone.
pub(crate) fn subspace_trend(
    (d, m): (usize, usize),
    axis: &TimeAxis,
    dimension: &Dimension,
    measure: &Measure,
    evidence: &Evidence,
    multiplicity: f64,
) -> Hypothesis {
    let asked = InsightKind::SubspaceTrend;
    let Some(time) = evidence.timelines.get(m) else {
        return nothing(asked);
    };
    let (sums, all) = sums((d, m), axis, dimension, measure, evidence);
    let mut best: Option<(f64, usize, f64, f64)> = None;
    let mut looked = 0;
    for (category, own) in sums.iter().enumerate() {
        let n = own.0[0];
        let rest = all.less(own);
        if n < LEAST_ROWS || rest.0[0] < LEAST_ROWS || !spans(own, &all) {
            continue;
        }
        looked += 1;
        let (r, other) = (own.correlation(), rest.correlation());
        let weight = |n: f64| (n / multiplicity - 3.0).max(1.0);
        let difference = (r.atanh() - other.atanh()) / (1.0 / weight(n) + 1.0 / weight(rest.0[0])).sqrt();
        let contrast = normal_two_sided(difference);
        let inflation = multiplicity * (1.0 + (time.memory.inflation - 1.0) * n / all.0[0]);
        let freedom = (n / inflation - 2.0).max(2.0);
        let within = student_two_sided(r * (freedom / (1.0 - r * r)).sqrt(), freedom);
        let p = match (time.memory.walks, time.memory.any) {
            (true, _) => contrast,
            (_, true) => within.max(contrast),
            _ => within,
        };
        if best.is_none_or(|(least, ..)| p < least) {
            best = Some((p, category, r, contrast));
        }
    }
    let Some((p, category, r, contrast)) = best else {
        return nothing(asked);
    };
    let n = sums[category].0[0];
    let low = (r.atanh().abs() - 1.96 / (n - 3.0).max(1.0).sqrt())
        .max(0.0)
        .tanh();
    let effect = Effect {
        name: EffectName::Correlation,
        value: r,
        low,
    };
    let guard = if time.memory.any {
        Guard::Spectrum
    } else {
        Guard::Independent
    };
    let mut finding = Finding::new(asked, effect)
        .measure(m)
        .timed()
        .direction(Direction::over_time(r))
        .impact((n / all.0[0]).sqrt())
        .guard(guard)
        .inflation(1.0 + (time.memory.inflation - 1.0) * n / all.0[0]);
    finding.subspace = Some((d, category as u32));
    finding.contrast = contrast;
    finding.looks = looked as f64;
    Hypothesis::new(asked, best_of(p, looked), finding)
}

/// Sums per category and over all; from sums made before where they cover the same rows.
fn sums(
    (d, m): (usize, usize),
    axis: &TimeAxis,
    dimension: &Dimension,
    measure: &Measure,
    evidence: &Evidence,
) -> (Vec<Sums>, Sums) {
    let known = evidence.cube.along(d, m, dimension.len());
    let mut sums = match (known, evidence.clocks.get(d)) {
        (Some(products), Some(clock)) => {
            let grouped = &evidence.grouped[d][m];
            (0..dimension.len())
                .map(|at| {
                    let [n, t, tt] = clock[at];
                    Sums([n, t, tt, grouped.z[at], grouped.zz[at], products[at]])
                })
                .collect()
        }
        _ => row_by_row(axis, dimension, measure),
    };
    sums.truncate(dimension.len());
    let mut all = Sums::default();
    for own in &sums {
        all.0.iter_mut().zip(own.0).for_each(|(sum, part)| *sum += part);
    }
    (sums, all)
}

fn row_by_row(axis: &TimeAxis, dimension: &Dimension, measure: &Measure) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); dimension.len() + 1];
    for (row, tick) in axis.tick.iter().enumerate() {
        if !measure.x[row].is_nan() {
            sums[dimension.codes[row] as usize].add(axis.centred(*tick), measure.z[row]);
        }
    }
    sums
}

/// Whether a category is seen over a good part of the axis: its times spread at least half as far as
/// all.
fn spans(own: &Sums, all: &Sums) -> bool {
    let spread = |sums: &Sums| {
        (sums.0[2] / sums.0[0] - (sums.0[1] / sums.0[0]).powi(2))
            .max(0.0)
            .sqrt()
    };
    spread(own) > 0.5 * spread(all)
}
