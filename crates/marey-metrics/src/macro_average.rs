//! Averages in which every class counts alike, however many items it has.

use std::collections::BTreeMap;

use crate::statistics::Tally;

/// Sums up scores by class: a chart type, a database.
///
/// ```
/// use marey_metrics::{macro_average, tallies};
///
/// let scores = [("bar", 1.0), ("bar", 0.0), ("bar", 0.0), ("bar", 0.0), ("line", 1.0)];
/// let by_mark = tallies(scores);
/// assert_eq!(macro_average(&by_mark), Some(0.625));
/// ```
pub fn tallies<K: Ord>(scores: impl IntoIterator<Item = (K, f64)>) -> BTreeMap<K, Tally> {
    let mut by: BTreeMap<K, Tally> = BTreeMap::new();
    for (class, score) in scores {
        let tally = by.entry(class).or_default();
        tally.sum += score;
        tally.n += 1.0;
    }
    by
}

/// Macro average: the mean of the classes' means; none of no class. Classes without items are left out.
pub fn macro_average<K>(by: &BTreeMap<K, Tally>) -> Option<f64> {
    let means: Vec<f64> = by
        .values()
        .filter(|tally| tally.n > 0.0)
        .map(|tally| tally.sum / tally.n)
        .collect();
    (!means.is_empty()).then(|| means.iter().sum::<f64>() / means.len() as f64)
}

/// Micro average: the mean over all items; none of no item.
pub fn micro_average<K>(by: &BTreeMap<K, Tally>) -> Option<f64> {
    let (sum, n) = by
        .values()
        .fold((0.0, 0.0), |(sum, n), tally| (sum + tally.sum, n + tally.n));
    (n > 0.0).then(|| sum / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_class_outweighs_a_small_one_in_the_micro_average_alone() {
        let by = tallies((0..100).map(|i| if i == 0 { ("rare", 1.0) } else { ("usual", 0.0) }));
        assert_eq!((macro_average(&by), micro_average(&by)), (Some(0.5), Some(0.01)));
        assert_eq!(macro_average(&BTreeMap::<u8, Tally>::new()), None);
        assert_eq!(micro_average(&BTreeMap::<u8, Tally>::new()), None);
    }
}
