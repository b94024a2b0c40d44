//! Numbers, by what the profiles keep of their distribution functions.

use super::{
    ColumnComparison, Drift, KS, PSI, ValueChange,
    category::is_complete,
    chance::{self, psi_of},
};
use crate::{ColumnProfile, Distribution, NumericSummary};

/// Least share of the rows before in a class of the index.
const CLASS: f64 = 0.05;
/// Share of its most frequent value up to which a column counts as continuous, and the fewest
/// different values of one: quantiles of others jump.
const CONTINUOUS: (f64, u64) = (0.02, 100);

/// Compares numbers and says how far they have drifted.
pub(super) fn compare(
    before: &ColumnProfile,
    after: &ColumnProfile,
    values: [u64; 2],
    comparison: &mut ColumnComparison,
) -> Drift {
    let (Some(old), Some(new)) = (&before.numeric, &after.numeric) else {
        return Drift::None;
    };
    comparison.mean = Some(ValueChange {
        before: old.mean,
        after: new.mean,
    });
    comparison.median = Some(ValueChange {
        before: old.quantiles.median,
        after: new.quantiles.median,
    });
    let [n, m] = values.map(|values| values as f64);
    let finite = [n - old.non_finite as f64, m - new.non_finite as f64];
    if finite.iter().any(|count| *count <= 0.0) {
        return Drift::None;
    }
    let steps = Steps::of(before, after, old, new, values);
    let classes = steps.classes();
    let count = |shares: &[f64], rows: f64| shares.iter().map(|share| share * rows).collect::<Vec<_>>();
    let (left, right) = (
        count(&classes.before, finite[0]),
        count(&classes.after, finite[1]),
    );
    let (index, distance) = (psi_of(&left, &right), steps.distance());
    let (index_bound, distance_bound) = (
        chance::psi(left.len(), finite[0], finite[1]),
        chance::ks(finite[0], finite[1]),
    );
    comparison.psi = Some(index);
    comparison.psi_by_chance = Some(index_bound);
    comparison.ks = Some(distance);
    comparison.ks_by_chance = Some(distance_bound);
    let by_index = if index > index_bound {
        Drift::of(index, PSI)
    } else {
        Drift::None
    };
    let by_distance = if distance > distance_bound {
        Drift::of(distance, KS)
    } else {
        Drift::None
    };
    by_index.max(by_distance)
}

/// Both distribution functions at the places where both are known, in order of place.
struct Steps {
    /// Shares of the values up to each place, before and after; the last is 1 in both.
    at: Vec<[f64; 2]>,
}

/// Shares of classes.
struct Classes {
    before: Vec<f64>,
    after: Vec<f64>,
}

impl Steps {
    fn of(
        before: &ColumnProfile,
        after: &ColumnProfile,
        old: &NumericSummary,
        new: &NumericSummary,
        values: [u64; 2],
    ) -> Self {
        let mut at = if is_complete(before) && is_complete(after) {
            counted(before, after)
        } else if is_continuous(before, values[0]) && is_continuous(after, values[1]) {
            let functions = [Function::of(old), Function::of(new)];
            let mut places: Vec<f64> = functions
                .iter()
                .flat_map(|function| &function.knots)
                .map(|knot| knot.0)
                .collect();
            places.sort_by(f64::total_cmp);
            places.dedup();
            places
                .iter()
                .map(|place| [functions[0].at(*place), functions[1].at(*place)])
                .collect()
        } else {
            by_bins(&old.histogram, &new.histogram)
        };
        at.push([1.0, 1.0]);
        Self { at }
    }

    fn distance(&self) -> f64 {
        self.at
            .iter()
            .map(|[old, new]| (old - new).abs())
            .fold(0.0, f64::max)
    }

    /// Neighbouring steps put together until each class holds enough of the rows before or after.
    fn classes(&self) -> Classes {
        let mut classes = Classes {
            before: Vec::new(),
            after: Vec::new(),
        };
        let mut last = [0.0, 0.0];
        for [old, new] in &self.at {
            let (p, q) = (old - last[0], new - last[1]);
            if p.max(q) >= CLASS {
                classes.before.push(p.max(0.0));
                classes.after.push(q.max(0.0));
                last = [*old, *new];
            }
        }
        if let (Some(p), Some(q)) = (classes.before.last_mut(), classes.after.last_mut()) {
            *p += 1.0 - last[0];
            *q += 1.0 - last[1];
        }
        classes
    }
}

fn is_continuous(column: &ColumnProfile, values: u64) -> bool {
    let (most, fewest) = CONTINUOUS;
    let first = column.top.first().map_or(0, |top| top.count.value);
    first as f64 <= most * values as f64 && column.distinct.value >= fewest
}

/// The two functions where every value is listed.
fn counted(before: &ColumnProfile, after: &ColumnProfile) -> Vec<[f64; 2]> {
    let mut counts: Vec<(f64, [u64; 2])> = Vec::new();
    for (place, column) in [before, after].into_iter().enumerate() {
        for top in &column.top {
            if let Some(value) = number(&top.value) {
                let mut count = [0, 0];
                count[place] = top.count.value;
                counts.push((value, count));
            }
        }
    }
    counts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let totals = counts
        .iter()
        .fold([0, 0], |sum, (_, count)| [sum[0] + count[0], sum[1] + count[1]]);
    let mut sums = [0, 0];
    let mut at = Vec::with_capacity(counts.len());
    for (place, (value, count)) in counts.iter().enumerate() {
        sums = [sums[0] + count[0], sums[1] + count[1]];
        if counts.get(place + 1).is_none_or(|next| next.0 != *value) {
            at.push([
                sums[0] as f64 / totals[0].max(1) as f64,
                sums[1] as f64 / totals[1].max(1) as f64,
            ]);
        }
    }
    at
}

/// A value as profiles write it; booleans are 0 and 1.
fn number(text: &str) -> Option<f64> {
    match text {
        "true" => Some(1.0),
        "false" => Some(0.0),
        text => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

/// The two functions at edges of bins that both histograms share, or that lie beyond one of them;
/// where they share none, the later one is taken for straight inside its bins.
fn by_bins(old: &Distribution, new: &Distribution) -> Vec<[f64; 2]> {
    let mut places: Vec<f64> = edges(old).chain(edges(new)).collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * b.abs().max(1.0));
    let exact: Vec<[f64; 2]> = places
        .iter()
        .filter_map(|place| Some([share_below(old, *place, true)?, share_below(new, *place, true)?]))
        .collect();
    if exact.len() >= 5 {
        return exact;
    }
    places
        .iter()
        .filter_map(|place| Some([share_below(old, *place, false)?, share_below(new, *place, false)?]))
        .collect()
}

fn edges(bins: &Distribution) -> impl Iterator<Item = f64> {
    (0..=bins.counts.len()).map(|at| bins.start + bins.width * at as f64)
}

/// Share of the values below a place; none inside a bin where only edges count.
fn share_below(bins: &Distribution, place: f64, edges_only: bool) -> Option<f64> {
    let total: u64 = bins.counts.iter().sum();
    if total == 0 {
        return None;
    }
    if bins.width <= 0.0 {
        return Some(if place > bins.start { 1.0 } else { 0.0 });
    }
    let at = (place - bins.start) / bins.width;
    if at <= 0.0 {
        return Some(0.0);
    }
    if at >= bins.counts.len() as f64 {
        return Some(1.0);
    }
    let (near, inside) = (at.round(), at.floor());
    let on_edge = (at - near).abs() < 1e-6;
    if edges_only && !on_edge {
        return None;
    }
    let whole = if on_edge { near } else { inside } as usize;
    let below: u64 = bins.counts.iter().take(whole).sum();
    let part = if on_edge {
        0.0
    } else {
        (at - inside) * bins.counts.get(whole).copied().unwrap_or(0) as f64
    };
    Some((below as f64 + part) / total as f64)
}

/// A distribution function, straight between its quantiles.
struct Function {
    /// Value and share up to it, rising.
    knots: Vec<(f64, f64)>,
}

impl Function {
    fn of(numeric: &NumericSummary) -> Self {
        let q = &numeric.quantiles;
        let knots = [
            (numeric.min, 0.0),
            (q.p01, 0.01),
            (q.p05, 0.05),
            (q.p10, 0.1),
            (q.q1, 0.25),
            (q.median, 0.5),
            (q.q3, 0.75),
            (q.p90, 0.9),
            (q.p95, 0.95),
            (q.p99, 0.99),
            (numeric.max, 1.0),
        ];
        Self {
            knots: knots.to_vec(),
        }
    }

    fn at(&self, place: f64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.0 <= place);
        let Some(&(from, low)) = after.checked_sub(1).and_then(|at| self.knots.get(at)) else {
            return 0.0;
        };
        let Some(&(to, high)) = self.knots.get(after) else {
            return 1.0;
        };
        low + (high - low) * ((place - from) / (to - from)).clamp(0.0, 1.0)
    }
}
