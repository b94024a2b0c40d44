//! What people ask of the latest period: is it unusual, how does it compare with the one before,
//! which categories are new or gone, who follows whom.

use super::{
    evidence::{Halves, Seen},
    hypothesis::{Finding, Focus, Hypothesis},
    pair::{Whitened, pearson},
    timeline::{Timeline, nothing},
};
use crate::{
    Bucket, Direction, Effect, EffectName, Guard, InsightKind,
    chance::{best_of, correlation_two_sided, hypergeometric_two_sided, student_two_sided},
    column::{Dimension, Measure, TimeAxis},
};

/// Lags, in buckets, at which one measure may follow another.
const LAGS: [usize; 4] = [1, 2, 3, 4];
/// Fewest rows of a period that is compared.
const LEAST_ROWS: f64 = 20.0;

/// The last two complete calendar periods of an axis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LastTwo {
    pub bucket: Bucket,
    /// Start of the one before.
    pub before_ms: i64,
    /// Start of the last.
    pub last_ms: i64,
    /// End of the last, not included.
    pub end_ms: i64,
}

impl LastTwo {
    /// Months where there are six and more, else weeks, else days; years where there are many.
    pub fn of(axis: &TimeAxis) -> Option<Self> {
        let days = axis.span_days();
        let bucket = if days > 3650.0 {
            Bucket::Year
        } else if days >= 150.0 {
            Bucket::Month
        } else if days >= 35.0 {
            Bucket::Week
        } else {
            Bucket::Day
        };
        let starts = axis.stretch(bucket).starts;
        let end = axis.ms_of_tick(axis.ticks);
        let complete = starts.iter().filter(|start| **start <= end).count();
        let at = |back: usize| complete.checked_sub(back).and_then(|at| starts.get(at)).copied();
        let two = Self {
            bucket,
            before_ms: at(3)?,
            last_ms: at(2)?,
            end_ms: at(1)?,
        };
        (two.before_ms >= axis.start_ms).then_some(two)
    }

    /// 0 for the period before, 1 for the last, 2 for neither.
    fn side(&self, ms: i64) -> usize {
        if ms >= self.end_ms || ms < self.before_ms {
            2
        } else {
            usize::from(ms >= self.last_ms)
        }
    }
}

/// Asks whether the mean of the last complete period differs from that of the one before.
pub(crate) fn period_change(m: usize, axis: &TimeAxis, time: &Timeline) -> Hypothesis {
    let asked = InsightKind::PeriodChange;
    let Some(two) = LastTwo::of(axis).filter(|_| !time.memory.walks) else {
        return nothing(asked);
    };
    let mut sums = [[0.0_f64; 3]; 3];
    let series = &time.series;
    for (tick, ((n, s), q)) in series.n.iter().zip(&series.s).zip(&series.squares).enumerate() {
        let sum = &mut sums[two.side(axis.ms_of_tick(tick))];
        *sum = [sum[0] + n, sum[1] + s, sum[2] + q];
    }
    let [[n0, s0, q0], [n1, s1, q1], _] = sums;
    if n0 < LEAST_ROWS || n1 < LEAST_ROWS {
        return nothing(asked);
    }
    let difference = s1 / n1 - s0 / n0;
    let variance = |n: f64, s: f64, q: f64| ((q - s * s / n) / (n - 1.0)).max(1e-12) / n;
    let (v0, v1) = (variance(n0, s0, q0), variance(n1, s1, q1));
    let inflation = time.memory.inflation;
    let error = ((v0 + v1) * inflation).sqrt();
    let freedom = (v0 + v1).powi(2) / (v0 * v0 / (n0 - 1.0) + v1 * v1 / (n1 - 1.0)) / inflation;
    let p = student_two_sided(difference / error, freedom.max(1.0));
    let effect = Effect {
        name: EffectName::CohenD,
        value: difference,
        low: (difference.abs() - 1.96 * error).max(0.0),
    };
    let mut finding = Finding::new(asked, effect)
        .measure(m)
        .timed()
        .focus(Focus::Instant(two.last_ms))
        .direction(Direction::over_time(difference))
        .impact((n1 / series.total).sqrt())
        .inflation(inflation)
        .guard(if time.memory.any {
            Guard::Spectrum
        } else {
            Guard::Independent
        });
    locate(&mut finding, &two);
    Hypothesis::new(asked, p, finding)
}

fn locate(finding: &mut Finding, two: &LastTwo) {
    finding.locator.at_ms = Some(two.last_ms);
    finding.locator.until_ms = Some(two.end_ms);
    finding.locator.bucket = Some(two.bucket);
}

/// Asks whether the last complete bucket lies outside what line, seasons and its past explain; a
/// record if it is the highest or lowest of all besides.
pub(crate) fn unusual_latest(m: usize, axis: &TimeAxis, series: &Whitened) -> Hypothesis {
    let asked = InsightKind::UnusualLatest;
    let end = axis.ms_of_tick(axis.ticks);
    let starts = &axis.buckets.starts;
    let complete = starts.iter().skip(1).filter(|next| **next <= end).count();
    let known: Vec<(usize, f64)> = series
        .values
        .iter()
        .copied()
        .enumerate()
        .take(complete)
        .filter(|(_, value)| value.is_finite())
        .collect();
    let Some((&(at, value), past)) = known.split_last() else {
        return nothing(asked);
    };
    let n = past.len() as f64 - series.used;
    if at + 1 != complete || n < 8.0 {
        return nothing(asked);
    }
    let square = past.iter().map(|(_, value)| value * value).sum::<f64>() / n;
    let t = value / square.max(1e-12).sqrt();
    let p = student_two_sided(t / (1.0 + 1.0 / n).sqrt(), n - 1.0);
    let highest = series
        .means
        .iter()
        .take(complete)
        .copied()
        .filter(|mean| mean.is_finite());
    let own = series.means.get(at).copied().unwrap_or(f64::NAN);
    let is_record = |above: bool| {
        highest
            .clone()
            .all(|mean| if above { mean <= own } else { mean >= own })
    };
    let kind = match t > 0.0 {
        true if is_record(true) => InsightKind::RecordHigh,
        false if is_record(false) => InsightKind::RecordLow,
        _ => asked,
    };
    let effect = Effect {
        name: EffectName::Distance,
        value: t,
        low: (t.abs() - 2.5).max(0.0),
    };
    let mut finding = Finding::new(kind, effect)
        .measure(m)
        .timed()
        .focus(Focus::Instant(starts[at]))
        .direction(Direction::against(t))
        .impact((1.0 / complete as f64).sqrt())
        .guard(Guard::Prewhitened);
    finding.locator.at_ms = Some(starts[at]);
    finding.locator.until_ms = starts.get(at + 1).copied();
    finding.locator.bucket = Some(axis.buckets.kind);
    Hypothesis::new(asked, p, finding)
}

/// Asks whether a category's share of rows differs between the last two complete periods.
pub(crate) fn share_change(
    d: usize,
    dimension: &Dimension,
    axis: &TimeAxis,
    seen: &Seen,
    inflation: f64,
) -> Hypothesis {
    let asked = InsightKind::ShareChange;
    let Some(two) = LastTwo::of(axis) else {
        return nothing(asked);
    };
    let counts: Vec<[f64; 3]> = (0..dimension.len())
        .map(|category| {
            let mut sides = [0.0; 3];
            let along = seen.along(category, dimension, &axis.tick);
            for (tick, n) in along.into_iter().enumerate() {
                sides[two.side(axis.ms_of_tick(tick))] += n;
            }
            sides
        })
        .collect();
    let total = |side: usize| counts.iter().map(|count| count[side]).sum::<f64>();
    let (n0, n1) = (total(0), total(1));
    if n0 < LEAST_ROWS || n1 < LEAST_ROWS {
        return nothing(asked);
    }
    let shrunk = |n: f64| (n / inflation).round() as u64;
    let looked: Vec<usize> = (0..counts.len())
        .filter(|at| counts[*at][0] + counts[*at][1] >= 8.0)
        .collect();
    let chance = |at: &usize| {
        let [before, last, _] = counts[*at];
        let (all, marked, drawn) = (shrunk(n0) + shrunk(n1), shrunk(before) + shrunk(last), shrunk(n1));
        hypergeometric_two_sided(shrunk(last), all, marked, drawn)
    };
    let best = looked
        .iter()
        .map(|at| (chance(at), *at))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((p, at)) = best else {
        return nothing(asked);
    };
    let [before, last, _] = counts[at];
    let change = last / n1 - before / n0;
    let share = (before + last) / (n0 + n1);
    let deviation = (share * (1.0 - share)).max(1e-12).sqrt();
    let error = deviation * ((1.0 / n0 + 1.0 / n1) * inflation).sqrt();
    let effect = Effect {
        name: EffectName::ShareDifference,
        value: change / deviation,
        low: ((change.abs() - 1.96 * error) / deviation).max(0.0),
    };
    let mut finding = Finding::new(asked, effect)
        .dimension(d)
        .timed()
        .focus(Focus::Category(d, at as u32))
        .direction(Direction::over_time(change))
        .looks(looked.len());
    locate(&mut finding, &two);
    Hypothesis::new(asked, best_of(p, looked.len()), finding)
}

/// Asks whether a category is first seen later, or last seen earlier, than its number of rows lets
/// expect: the chance that all of them fall on one side, were rows in random order.
pub(crate) fn appearance(
    d: usize,
    dimension: &Dimension,
    axis: &TimeAxis,
    seen: &Seen,
    inflation: f64,
) -> [Hypothesis; 2] {
    let rows = axis.rows();
    let (first, last) = (&seen.first, &seen.last);
    let counts: Vec<f64> = dimension.counts.iter().map(|n| f64::from(*n)).collect();
    let looked: Vec<usize> = (0..dimension.len())
        .filter(|at| counts[*at] >= 5.0 && first[*at] != usize::MAX)
        .collect();
    let one = |asked: InsightKind, absent: &dyn Fn(usize) -> usize| {
        // Each row seen lies outside the stretch without the category.
        let chance = |at: usize| {
            let free = 1.0 - absent(at) as f64 / rows.max(1) as f64;
            free.max(0.0).powf(counts[at] / inflation)
        };
        let best = looked
            .iter()
            .map(|at| (chance(*at), *at))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((p, at)) = best else {
            return nothing(asked);
        };
        let share = absent(at) as f64 / rows.max(1) as f64;
        let effect = Effect {
            name: EffectName::Fraction,
            value: share,
            low: share * 0.5,
        };
        let is_new = asked == InsightKind::NewCategory;
        let mut finding = Finding::new(asked, effect)
            .dimension(d)
            .timed()
            .focus(Focus::Category(d, at as u32))
            .direction(if is_new { Direction::Up } else { Direction::Down })
            .impact((counts[at] / rows.max(1) as f64).sqrt())
            .looks(looked.len());
        let edge = if is_new { first[at] } else { last[at] };
        finding.locator.at_ms = axis.tick.get(edge).map(|tick| axis.ms_of_tick(*tick as usize));
        Hypothesis::new(asked, best_of(p, looked.len()), finding)
    };
    [
        one(InsightKind::NewCategory, &|at| first[at]),
        one(InsightKind::LostCategory, &|at| rows - 1 - last[at].min(rows - 1)),
    ]
}

/// Asks whether one measure follows another by one to four buckets, beyond line, seasons and its own
/// past (Haugh 1976).
pub(crate) fn lead_lag((a, b): (usize, usize), axis: &TimeAxis, series: &[Whitened]) -> Hypothesis {
    let asked = InsightKind::LeadLag;
    let used = series[a].used.max(series[b].used);
    let mut best: Option<(f64, f64, usize, bool, f64)> = None;
    for lag in LAGS {
        for (forward, leader, follower) in [(true, a, b), (false, b, a)] {
            let follower = series[follower].values.iter().skip(lag);
            let both = series[leader].values.iter().zip(follower);
            let (u, v): (Vec<f64>, Vec<f64>) = both
                .filter(|(u, v)| u.is_finite() && v.is_finite())
                .map(|(u, v)| (*u, *v))
                .unzip();
            if u.len() < 20 {
                continue;
            }
            let r = pearson(&u, &v);
            let p = correlation_two_sided(r, u.len() as f64, used);
            if best.is_none_or(|(least, ..)| p < least) {
                best = Some((p, r, lag, forward, u.len() as f64));
            }
        }
    }
    let Some((p, r, lag, forward, n)) = best else {
        return nothing(asked);
    };
    let margin = 1.96 / (n - 3.0).max(1.0).sqrt();
    let low = (r.clamp(-0.999_999, 0.999_999).atanh().abs() - margin)
        .max(0.0)
        .tanh();
    let (leader, follower) = if forward { (a, b) } else { (b, a) };
    let mut finding = Finding::new(
        asked,
        Effect {
            name: EffectName::Correlation,
            value: r,
            low,
        },
    )
    .measures(leader, follower)
    .timed()
    .direction(Direction::together(r))
    .guard(Guard::Prewhitened);
    finding.locator.bucket = Some(axis.buckets.kind);
    finding.locator.value = Some(lag as f64);
    Hypothesis::new(asked, best_of(p, 2 * LAGS.len()), finding)
}

/// Asks whether the fifth of the categories that holds most of a total holds more than three fifths
/// of it. The fifth is chosen on every other row and measured on the rest, so that it is not
/// flattered by the choice.
pub(crate) fn pareto(
    (d, m): (usize, usize),
    measure: &Measure,
    halves: &Halves,
    inflation: f64,
) -> Hypothesis {
    let asked = InsightKind::Pareto;
    let sums = &halves.sums;
    if sums.is_empty() || measure.sorted.first().is_none_or(|least| *least < 0.0) {
        return nothing(asked);
    }
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by(|a, b| sums[*b][0].total_cmp(&sums[*a][0]).then(a.cmp(b)));
    let few = sums.len().div_ceil(5);
    // Each row's part in (sum inside) - 3/5 (sum of all).
    let (mut n, mut square, mut inside, mut all) = (0.0_f64, 0.0, 0.0, 0.0);
    for (rank, at) in order.iter().enumerate() {
        let [_, rows, x, xx] = sums[*at];
        let is_in = f64::from(u8::from(rank < few));
        n += rows;
        square += xx * (is_in - 0.6).powi(2);
        inside += x * is_in;
        all += x;
    }
    let sum = inside - 0.6 * all;
    if n < 30.0 || all <= 0.0 {
        return nothing(asked);
    }
    let error = ((square - sum * sum / n) * inflation).max(1e-300).sqrt();
    let t = sum / error;
    let p = if t > 0.0 {
        student_two_sided(t, n - 1.0) / 2.0
    } else {
        1.0
    };
    let share = inside / all;
    let surplus = share - few as f64 / sums.len() as f64;
    let effect = Effect {
        name: EffectName::ShareDifference,
        value: surplus * 2.0,
        low: ((surplus - 1.96 * error / all) * 2.0).max(0.0),
    };
    let mut finding = Finding::new(asked, effect)
        .measure(m)
        .dimension(d)
        .direction(Direction::High);
    finding.focus = order
        .iter()
        .take(few.min(10))
        .map(|at| Focus::Category(d, *at as u32))
        .collect();
    finding.locator.value = Some(few as f64);
    Hypothesis::new(asked, p, finding)
}
