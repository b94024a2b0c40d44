//! Categories, by the counts of their values.

use std::collections::BTreeMap;

use super::{
    CATEGORIES, ColumnComparison, Drift, PSI,
    chance::{psi, psi_of},
    share,
};
use crate::{ColumnProfile, TopValue};

/// New and lost values that are listed.
const LISTED: usize = 20;

/// Compares categories and says how far they have drifted.
pub(super) fn compare(
    before: &ColumnProfile,
    after: &ColumnProfile,
    values: [u64; 2],
    comparison: &mut ColumnComparison,
) -> Drift {
    let [n, m] = values;
    let table = counts(before, after);
    let complete = is_complete(before) && is_complete(after);
    let (left, right) = classes(&table, values, complete);
    let (index, bound) = (psi_of(&left, &right), psi(left.len(), n as f64, m as f64));
    comparison.psi = Some(index);
    comparison.psi_by_chance = Some(bound);
    let mut drift = if index > bound {
        Drift::of(index, PSI)
    } else {
        Drift::None
    };
    if complete {
        let new = missing_in(&after.top, &before.top);
        let lost = missing_in(&before.top, &after.top);
        let rows = |list: &[TopValue]| list.iter().map(|top| top.count.value).sum::<u64>();
        let changed = share(rows(&new), m).max(share(rows(&lost), n));
        // Rare values come and go by chance: as many as were seen once may be expected.
        let rare = |list: &[TopValue]| list.iter().filter(|top| top.count.value <= 2).count();
        let notable = new.len() + lost.len() > rare(&new) + rare(&lost);
        if notable {
            drift = drift.max(Drift::of(changed, CATEGORIES));
        }
        comparison.categories_changed = Some([new.len() as u64, lost.len() as u64]);
        comparison.new_categories = new.into_iter().take(LISTED).collect();
        comparison.lost_categories = lost.into_iter().take(LISTED).collect();
    }
    drift
}

/// Whether every value of a column is listed with its exact count.
pub(super) fn is_complete(column: &ColumnProfile) -> bool {
    column.distinct.exact
        && column.top.len() as u64 == column.distinct.value
        && column.top.iter().all(|top| top.count.exact)
}

/// Counts by value, before and after.
fn counts<'a>(before: &'a ColumnProfile, after: &'a ColumnProfile) -> BTreeMap<&'a str, [u64; 2]> {
    let mut table: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for (place, column) in [before, after].into_iter().enumerate() {
        for top in &column.top {
            table.entry(&top.value).or_default()[place] += top.count.value;
        }
    }
    table
}

/// Classes that are compared: values that are frequent enough, and all others as one. Where lists are
/// not complete, only values that both list stand alone: the others may have been as frequent.
fn classes(table: &BTreeMap<&str, [u64; 2]>, [n, m]: [u64; 2], complete: bool) -> (Vec<f64>, Vec<f64>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut rest_left, mut rest_right) = (n as f64, m as f64);
    for [p, q] in table.values() {
        let frequent = (*p as f64 / n.max(1) as f64).max(*q as f64 / m.max(1) as f64) >= 0.005;
        if frequent && (complete || (*p > 0 && *q > 0)) {
            left.push(*p as f64);
            right.push(*q as f64);
            rest_left -= *p as f64;
            rest_right -= *q as f64;
        }
    }
    if rest_left > 0.0 || rest_right > 0.0 {
        left.push(rest_left.max(0.0));
        right.push(rest_right.max(0.0));
    }
    (left, right)
}

/// Values of a list that another lacks, in order.
fn missing_in(list: &[TopValue], other: &[TopValue]) -> Vec<TopValue> {
    let known: std::collections::BTreeSet<&str> = other.iter().map(|top| top.value.as_str()).collect();
    list.iter()
        .filter(|top| !known.contains(top.value.as_str()))
        .cloned()
        .collect()
}
