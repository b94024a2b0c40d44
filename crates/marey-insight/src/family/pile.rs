//! Values that pile up: at round numbers, below a threshold, at one impossible number.

use hashbrown::HashMap;

use super::{
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::nothing,
};
use crate::{
    Effect, EffectName, InsightKind, Locator,
    chance::{best_of, binomial_upper, poisson_upper},
    column::Measure,
};

/// Fewest values of a column that is looked at.
const LEAST: usize = 50;
/// Most values whose remainders are looked at; of more, those of every so many rows.
const MOST_VALUES: usize = 250_000;
/// P below which multiples are compared with every other place too.
const LOOKED_AT: f64 = 0.05;
/// How many times as many values as any other place the multiples of a step hold where they are heaps.
const MORE_THAN_ANY: f64 = 1.2;
/// Places within a step, as shares of it, whose counts are compared with that of its multiples. Each
/// has its mirror, so that a slope of the density cancels.
const PLACES: [f64; 10] = [0.07, 0.13, 0.23, 0.31, 0.43, 0.57, 0.69, 0.77, 0.87, 0.93];
/// Windows below a threshold, as shares of it.
const WINDOWS: [f64; 3] = [0.005, 0.015, 0.04];
/// Numbers that stand for "unknown" in other people's files.
const CODES: [f64; 16] = [
    -1.0,
    -9.0,
    -99.0,
    -999.0,
    -9999.0,
    99.0,
    999.0,
    9999.0,
    99_999.0,
    999_999.0,
    9_999_999.0,
    888.0,
    8888.0,
    -88.0,
    -888.0,
    999.9,
];

/// Smallest power of ten, from 1 down to 0.0001, of which all values are multiples.
fn lattice(sorted: &[f64]) -> Option<f64> {
    let step = (sorted.len() / 512).max(1);
    let is_multiple = |x: f64, unit: f64| {
        let times = x / unit;
        (times - times.round()).abs() < 1e-6 * times.abs().max(1.0)
    };
    [1.0, 0.1, 0.01, 0.001, 0.0001]
        .into_iter()
        .find(|unit| sorted.iter().step_by(step).all(|x| is_multiple(*x, *unit)))
}

/// Number of sorted values from `low` to below `high`.
fn between(sorted: &[f64], low: f64, high: f64) -> u64 {
    let from = sorted.partition_point(|x| *x < low);
    let to = sorted.partition_point(|x| *x < high);
    (to - from.min(to)) as u64
}

/// Steps 1, 2, 5 times powers of ten from `least` to `most`.
fn round_numbers(least: f64, most: f64) -> Vec<f64> {
    let mut numbers = Vec::new();
    for power in -4..=9 {
        for factor in [1.0, 2.0, 5.0] {
            let number = factor * 10.0_f64.powi(power);
            if (least..=most).contains(&number) {
                numbers.push(number);
            }
        }
    }
    numbers
}

/// The smallest step whose multiples may be heaps. Amounts in cents are often whole: that is no heap.
fn least_step(unit: f64) -> f64 {
    if (unit - 0.01).abs() < 1e-9 {
        5.0
    } else {
        10.0 * unit
    }
}

/// Values at multiples of round steps, and at other places within each step.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    /// Of so many rows, one is looked at.
    every: usize,
    /// Rows seen so far.
    rows: usize,
    unit: f64,
    heaps: Vec<Heap>,
}

/// What lies at the multiples of one step.
#[derive(Debug, Clone, PartialEq)]
struct Heap {
    step: f64,
    /// The step in units of the column's resolution.
    units: i64,
    /// Places within the step that are compared, and a filter of their last six bits.
    places: Vec<i64>,
    filter: u64,
    at: u64,
    elsewhere: u64,
}

impl Steps {
    /// The steps worth a look, which follow from the column's resolution and spread; none of columns of few
    /// values.
    pub fn of(measure: &Measure) -> Self {
        let unit = lattice(&measure.sorted).unwrap_or(1e-5);
        let width = measure.quantile(0.75) - measure.quantile(0.25);
        let steps = if measure.n() < LEAST || measure.distinct < 20 || width <= 0.0 {
            Vec::new()
        } else {
            round_numbers(least_step(unit), 0.6 * width)
        };
        Self {
            every: measure.x.len().div_ceil(MOST_VALUES).max(1),
            rows: 0,
            unit,
            heaps: steps.into_iter().map(|step| Heap::new(step, unit)).collect(),
        }
    }

    /// Counts the values of more rows.
    pub fn add(&mut self, x: &[f64]) {
        let first = self.rows.next_multiple_of(self.every) - self.rows;
        self.rows += x.len();
        if self.heaps.is_empty() {
            return;
        }
        for x in x.iter().skip(first).step_by(self.every).filter(|x| !x.is_nan()) {
            let times = x / self.unit;
            let whole = times.round();
            if (times - whole).abs() <= 0.01 && whole.abs() < 9e15 {
                self.heaps.iter_mut().for_each(|heap| heap.add(whole as i64));
            }
        }
    }

    /// Counts anew where the column's resolution or spread asks for other steps by now.
    pub fn renew(&mut self, measure: &Measure) {
        let mut fresh = Self::of(measure);
        let steps = |steps: &Self| steps.heaps.iter().map(|heap| heap.step).collect::<Vec<_>>();
        if fresh.unit != self.unit || steps(&fresh) != steps(self) {
            fresh.every = self.every;
            fresh.add(&measure.x);
            *self = fresh;
        }
    }
}

impl Heap {
    fn new(step: f64, unit: f64) -> Self {
        let units = (step / unit).round();
        let mut places: Vec<i64> = PLACES
            .iter()
            .map(|place| (place * units).round() as i64)
            .collect();
        places.dedup();
        Self {
            step,
            units: (units as i64).max(1),
            filter: places.iter().fold(0, |filter, place| filter | 1 << (place & 63)),
            places,
            at: 0,
            elsewhere: 0,
        }
    }

    fn add(&mut self, times: i64) {
        let within = times.rem_euclid(self.units);
        // Zero is a multiple of everything and often means something else.
        if within == 0 {
            self.at += u64::from(times != 0);
        } else if self.filter >> (within & 63) & 1 == 1 && self.places.contains(&within) {
            self.elsewhere += 1;
        }
    }

    /// A tenth more than the other places is no heap.
    fn p(&self) -> f64 {
        binomial_upper(
            self.at,
            self.at + self.elsewhere,
            1.1 / (self.places.len() as f64 + 1.1),
        )
    }

    /// Whether multiples hold more than any other place within the step. Totals of whole prices and degrees
    /// that were Fahrenheit once leave most places empty: multiples are then as frequent as other places
    /// that are used at all.
    fn stands_out(&self, measure: &Measure, steps: &Steps) -> bool {
        let mut counts: HashMap<i64, u32, foldhash::fast::FixedState> = HashMap::default();
        for x in measure.sorted.iter().step_by(steps.every) {
            let times = (x / steps.unit).round();
            if (x / steps.unit - times).abs() <= 0.01 && times != 0.0 && times.abs() < 9e15 {
                *counts.entry((times as i64).rem_euclid(self.units)).or_default() += 1;
            }
        }
        let at = counts.remove(&0).unwrap_or(0);
        let largest = counts.into_values().max().unwrap_or(0);
        f64::from(at) >= MORE_THAN_ANY * f64::from(largest)
    }

    /// Values beyond what the other places within the step hold.
    fn surplus(&self) -> f64 {
        self.at as f64 - self.elsewhere as f64 / self.places.len().max(1) as f64
    }
}

/// Asks whether values pile up at whole multiples of a round step, beyond the column's own
/// resolution: the count at multiples against that at other places within the step.
pub(crate) fn round_heaping(index: usize, measure: &Measure, steps: &Steps) -> Hypothesis {
    let asked = InsightKind::RoundHeaping;
    let heaps: Vec<(f64, f64, f64)> = steps
        .heaps
        .iter()
        .map(|heap| {
            let p = heap.p();
            let p = if p > LOOKED_AT || heap.stands_out(measure, steps) {
                p
            } else {
                1.0
            };
            (heap.step, p, heap.surplus())
        })
        .collect();
    let least = heaps.iter().map(|heap| heap.1).fold(1.0, f64::min);
    // Multiples of 100 are multiples of 50 too: the largest step that holds most of the heap.
    let clear = || heaps.iter().filter(|heap| heap.1 <= 1e-4);
    let most = clear().map(|heap| heap.2).fold(0.0, f64::max);
    let whole = clear().rfind(|heap| heap.2 >= 0.85 * most);
    let Some((step, _, surplus)) = whole.or_else(|| heaps.iter().min_by(|a, b| a.1.total_cmp(&b.1))) else {
        return nothing(asked);
    };
    let surplus = surplus.max(0.0) * steps.every as f64;
    let fraction = surplus / measure.n().max(1) as f64;
    pile(
        asked,
        index,
        best_of(least, heaps.len()),
        fraction,
        surplus as u64,
        *step,
    )
}

/// Asks whether values pile up just below a round threshold: the count in a window below it against
/// the larger of its two neighbours, 15 % more than which is no pile.
pub(crate) fn threshold_bunching(index: usize, measure: &Measure) -> Hypothesis {
    let asked = InsightKind::ThresholdBunching;
    let n = measure.n();
    if n < LEAST || measure.distinct < 20 {
        return nothing(asked);
    }
    let unit = lattice(&measure.sorted).unwrap_or(0.0);
    // A wider window holds more than its neighbours wherever the column has its peak.
    let widest = 0.12 * (measure.quantile(0.75) - measure.quantile(0.25));
    let (mut best, mut looked): (Option<(f64, f64, f64, u64)>, usize) = (None, 0);
    for threshold in round_numbers(measure.quantile(0.02).max(1e-3), measure.quantile(0.98)) {
        for window in WINDOWS {
            let width = window * threshold;
            if width < 4.0 * unit || width > widest {
                continue;
            }
            // The same number of places on the lattice on every side; the threshold itself is none.
            let width = if unit > 0.0 {
                (width / unit).round() * unit
            } else {
                width
            };
            let edge = threshold - unit * 0.5;
            let inside = between(&measure.sorted, edge - width, edge);
            let below = between(&measure.sorted, edge - 2.0 * width, edge - width);
            let above = between(
                &measure.sorted,
                threshold + unit * 0.5,
                threshold + unit * 0.5 + width,
            );
            let beside = below.max(above);
            if inside + beside < 20 {
                continue;
            }
            looked += 1;
            let p = binomial_upper(inside, inside + beside, 1.15 / 2.15);
            if best.is_none_or(|(least, ..)| p < least) {
                best = Some((p, threshold, threshold - width, inside.saturating_sub(beside)));
            }
        }
    }
    let Some((p, threshold, edge, surplus)) = best else {
        return nothing(asked);
    };
    let mut hypothesis = pile(
        asked,
        index,
        best_of(p, looked),
        surplus as f64 / n as f64,
        surplus,
        threshold,
    );
    hypothesis.finding.locator.value = Some(edge);
    hypothesis
}

/// Asks whether one of the numbers that stand for "unknown" comes far more often than the values
/// around it.
pub(crate) fn sentinel(index: usize, measure: &Measure) -> Hypothesis {
    let asked = InsightKind::Sentinel;
    let sorted = &measure.sorted;
    let n = sorted.len();
    if n < LEAST || measure.distinct < 20 {
        return nothing(asked);
    }
    let unit = lattice(sorted).unwrap_or(1e-6);
    let width = (measure.quantile(0.9) - measure.quantile(0.1)).max(100.0 * unit);
    let mut best: Option<(f64, f64, u64)> = None;
    for code in CODES {
        let count = between(sorted, code - unit * 0.25, code + unit * 0.25);
        if count < 3 {
            continue;
        }
        let reach = (0.05 * width).max(10.0 * unit);
        let around = between(sorted, code - reach, code + reach) - count;
        let mean = (around as f64 + 1.0) / (2.0 * reach / unit).max(1.0);
        let largest = largest_beside(sorted, code, reach);
        let p = if count < 3 * largest {
            1.0
        } else {
            poisson_upper(count, 2.0 * mean)
        };
        if best.is_none_or(|(least, ..)| p < least) {
            best = Some((p, code, count));
        }
    }
    let Some((p, code, count)) = best else {
        return nothing(asked);
    };
    pile(
        asked,
        index,
        best_of(p, CODES.len()),
        count as f64 / n as f64,
        count,
        code,
    )
}

/// Rows of the most frequent other value around a number.
fn largest_beside(sorted: &[f64], code: f64, reach: f64) -> u64 {
    let from = sorted.partition_point(|x| *x < code - reach);
    let to = sorted.partition_point(|x| *x <= code + reach);
    let (mut largest, mut run, mut last) = (0, 0, f64::NAN);
    for x in sorted.get(from..to).unwrap_or(&[]) {
        run = if *x == last { run + 1 } else { 1 };
        last = *x;
        if *x != code {
            largest = largest.max(run);
        }
    }
    largest
}

fn pile(asked: InsightKind, index: usize, p: f64, fraction: f64, count: u64, place: f64) -> Hypothesis {
    let margin = 1.0 - 1.96 / (count.max(1) as f64).sqrt();
    let effect = Effect {
        name: EffectName::Fraction,
        value: fraction,
        low: (fraction * margin).max(0.0),
    };
    let mut finding = Finding::new(asked, effect)
        .measure(index)
        .focus(Focus::Number(place));
    finding.locator = Locator {
        threshold: Some(place),
        value: Some(place),
        ..Locator::default()
    };
    Hypothesis::new(asked, p, finding)
}
