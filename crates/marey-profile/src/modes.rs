//! Where numbers pile up: peaks of a histogram that deep valleys part.

use crate::{Distribution, Modes};

/// Fewest values of which several modes are told.
const FEWEST: u64 = 100;
/// Share of the values that each mode must hold.
const SMALLEST: f64 = 0.05;
/// Height of a valley as share of the lower peak beside it.
const DEEP: f64 = 0.5;
/// Standard deviations by which a peak must rise above the valley.
const CERTAIN: f64 = 3.0;

/// The modes of a histogram (see [`Modes`]); every one that has values has one at least.
pub(crate) fn of(histogram: &Distribution) -> Modes {
    let total: u64 = histogram.counts.iter().sum();
    if total == 0 {
        return Modes::default();
    }
    let smooth = smoothed(&histogram.counts);
    let mut peaks = peaks(&smooth);
    if total < FEWEST {
        peaks = highest(&peaks, &smooth);
    }
    while let Some(weakest) = first_unparted(&peaks, &smooth, &histogram.counts, total) {
        peaks.remove(weakest);
    }
    Modes {
        several: peaks.len() > 1,
        at: peaks
            .iter()
            .map(|bin| histogram.start + (*bin as f64 + 0.5) * histogram.width)
            .map(|at| at.clamp(f64::MIN, f64::MAX))
            .collect(),
    }
}

/// Means of each bin and its neighbours with weights 1, 2, 1; beyond the ends lie empty bins.
fn smoothed(counts: &[u64]) -> Vec<f64> {
    let at = |bin: Option<usize>| {
        bin.and_then(|bin| counts.get(bin))
            .map_or(0.0, |count| *count as f64)
    };
    (0..counts.len())
        .map(|bin| (at(bin.checked_sub(1)) + 2.0 * at(Some(bin)) + at(Some(bin + 1))) / 4.0)
        .collect()
}

/// Bins that are higher than the one before and not lower than the one behind.
fn peaks(smooth: &[f64]) -> Vec<usize> {
    let at = |bin: Option<usize>| bin.and_then(|bin| smooth.get(bin)).copied().unwrap_or(0.0);
    (0..smooth.len())
        .filter(|bin| {
            let height = at(Some(*bin));
            height > at(bin.checked_sub(1)) && height >= at(Some(bin + 1))
        })
        .collect()
}

fn highest(peaks: &[usize], smooth: &[f64]) -> Vec<usize> {
    let height = |bin: &usize| smooth.get(*bin).copied().unwrap_or(0.0);
    peaks
        .iter()
        .copied()
        .max_by(|a, b| height(a).total_cmp(&height(b)).then(b.cmp(a)))
        .into_iter()
        .collect()
}

/// Place of the lower peak beside the first valley that does not part two modes.
fn first_unparted(peaks: &[usize], smooth: &[f64], counts: &[u64], total: u64) -> Option<usize> {
    let height = |bin: usize| smooth.get(bin).copied().unwrap_or(0.0);
    let valleys: Vec<usize> = peaks
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => (*a..=*b).min_by(|x, y| height(*x).total_cmp(&height(*y))),
            _ => None,
        })
        .collect();
    let mass = |from: usize, to: usize| {
        let held: u64 = counts.iter().skip(from).take(to.saturating_sub(from)).sum();
        held as f64 / total as f64
    };
    let edge =
        |at: Option<usize>, otherwise: usize| at.and_then(|at| valleys.get(at)).copied().unwrap_or(otherwise);
    for (at, (valley, pair)) in valleys.iter().zip(peaks.windows(2)).enumerate() {
        let [a, b] = pair else { continue };
        let (lower, side) = if height(*a) <= height(*b) {
            (*a, at)
        } else {
            (*b, at + 1)
        };
        let (peak, low) = (height(lower), height(*valley));
        // The variance of a 1-2-1 mean of counts is at most 3/8 of its height.
        let deviation = (0.375 * (peak + low)).sqrt();
        let left = mass(edge(at.checked_sub(1), 0), *valley);
        let right = mass(*valley, edge(Some(at + 1), counts.len()));
        let parted = low <= DEEP * peak && peak - low > CERTAIN * deviation;
        if !parted {
            return Some(side);
        }
        if left < SMALLEST {
            return Some(at);
        }
        if right < SMALLEST {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: &[u64], expected: &[f64]) {
        let modes = of(&Distribution {
            start: 0.0,
            width: 1.0,
            counts: counts.to_vec(),
        });
        assert_eq!(modes.at, expected, "{counts:?}");
        assert_eq!(modes.several, expected.len() > 1);
    }

    #[test]
    fn deep_valleys_part_modes() {
        check(&[5, 40, 80, 40, 5, 1, 5, 60, 90, 60, 5], &[2.5, 8.5]);
        check(&[100, 10, 0, 0, 10, 100, 10, 0, 0, 10, 100], &[0.5, 5.5, 10.5]);
    }

    #[test]
    fn noise_small_groups_and_shallow_valleys_do_not() {
        check(&[1, 5, 20, 60, 90, 60, 20, 5, 1], &[4.5]);
        check(&[20, 60, 90, 55, 60, 80, 30], &[2.5]);
        check(&[100, 300, 100, 0, 0, 5, 9, 5], &[1.5]);
        check(&[3, 0, 0, 0, 0, 3], &[0.5]);
        check(
            &[
                10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0,
            ],
            &[0.5],
        );
        check(&[], &[]);
    }
}
