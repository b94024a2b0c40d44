//! Histograms with bins that people would draw: few, of round width, from a round start.

use crate::Distribution;

const MAX_BINS: f64 = 40.0;
const MIN_BINS: f64 = 5.0;

/// Sorted values with counts, and what is known of them.
pub(crate) struct Weighted<'a> {
    pub(crate) values: &'a [(f64, u64)],
    pub(crate) total: u64,
    pub(crate) quartiles: (f64, f64),
    pub(crate) min: f64,
    pub(crate) max: f64,
}

/// A histogram of numbers: width after Freedman and Diaconis (2 IQR / n^(1/3)), rounded to 1, 2 or
/// 5 times a power of ten, between 5 and 40 bins; whole numbers get bins of whole width, and
/// numbers on a grid get bins that hold equally many of its points.
pub(crate) fn of_numbers(weighted: &Weighted<'_>, integers: bool, step: Option<f64>) -> Distribution {
    let range = weighted.max - weighted.min;
    if weighted.total == 0 || range <= 0.0 {
        return constant(weighted);
    }
    let spread = weighted.quartiles.1 - weighted.quartiles.0;
    let wanted = 2.0 * spread / (weighted.total as f64).cbrt();
    let width = if wanted > 0.0 { wanted } else { range / 20.0 };
    let width = nice_number(width.clamp(range / MAX_BINS, range / MIN_BINS));
    let width = if integers { width.max(1.0) } else { width };
    fill(weighted, on_grid(width, step, range))
}

/// The width that is a multiple of the grid's step, where the grid is coarse enough to show.
fn on_grid(width: f64, step: Option<f64>, range: f64) -> f64 {
    match step {
        Some(step) if range / step <= 4.0 * MAX_BINS => (width / step).round().max(1.0) * step,
        _ => width,
    }
}

/// A histogram of the decimal logarithms of numbers that are all above zero and span at least two
/// powers of ten, so that the bulk below a long tail shows.
pub(crate) fn of_logarithms(weighted: &Weighted<'_>) -> Option<Distribution> {
    if weighted.total == 0 || weighted.min <= 0.0 || weighted.max / weighted.min < 100.0 {
        return None;
    }
    let values: Vec<(f64, u64)> = weighted
        .values
        .iter()
        .map(|(value, count)| (value.log10(), *count))
        .collect();
    let logarithms = Weighted {
        values: &values,
        total: weighted.total,
        quartiles: (weighted.quartiles.0.log10(), weighted.quartiles.1.log10()),
        min: weighted.min.log10(),
        max: weighted.max.log10(),
    };
    Some(of_numbers(&logarithms, false, None))
}

/// A histogram of milliseconds since 1970, with bins of a round span of time.
pub(crate) fn of_times(weighted: &Weighted<'_>) -> Distribution {
    let range = weighted.max - weighted.min;
    if weighted.total == 0 || range <= 0.0 {
        return constant(weighted);
    }
    fill(weighted, nice_span(range / 20.0))
}

fn constant(weighted: &Weighted<'_>) -> Distribution {
    Distribution {
        start: weighted.min,
        width: 1.0,
        counts: if weighted.total == 0 {
            Vec::new()
        } else {
            vec![weighted.total]
        },
    }
}

fn fill(weighted: &Weighted<'_>, width: f64) -> Distribution {
    let start = (weighted.min / width).floor() * width;
    let bins = ((weighted.max - start) / width).ceil();
    if !(start.is_finite() && width.is_finite() && bins <= 4.0 * MAX_BINS) {
        return halves(weighted);
    }
    let mut counts = vec![0; bins.max(1.0) as usize];
    let last = counts.len() - 1;
    for (value, count) in weighted.values {
        let bin = ((value - start) / width) as usize;
        if let Some(slot) = counts.get_mut(bin.min(last)) {
            *slot += count;
        }
    }
    Distribution { start, width, counts }
}

/// Two bins, for ranges that floating-point numbers can hardly express.
fn halves(weighted: &Weighted<'_>) -> Distribution {
    let middle = weighted.min / 2.0 + weighted.max / 2.0;
    let mut counts = vec![0; 2];
    for (value, count) in weighted.values {
        counts[usize::from(*value >= middle)] += count;
    }
    Distribution {
        start: weighted.min,
        width: weighted.max / 2.0 - weighted.min / 2.0,
        counts,
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is not below a positive number.
fn nice_number(value: f64) -> f64 {
    let power = value.log10().floor();
    let base = 10_f64.powf(power);
    let scaled = value / base;
    // A little play, so that 2.0000000001 stays 2.
    let factor = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|factor| scaled <= factor * (1.0 + 1e-9))
        .unwrap_or(10.0);
    if power < 0.0 {
        // Dividing by a whole power keeps 0.1 the nearest number to 0.1.
        factor / 10_f64.powf(-power)
    } else {
        factor * base
    }
}

fn nice_span(milliseconds: f64) -> f64 {
    const SECOND: f64 = 1000.0;
    const MINUTE: f64 = 60.0 * SECOND;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    const SPANS: [f64; 22] = [
        SECOND,
        2.0 * SECOND,
        5.0 * SECOND,
        15.0 * SECOND,
        30.0 * SECOND,
        MINUTE,
        2.0 * MINUTE,
        5.0 * MINUTE,
        15.0 * MINUTE,
        30.0 * MINUTE,
        HOUR,
        2.0 * HOUR,
        3.0 * HOUR,
        6.0 * HOUR,
        12.0 * HOUR,
        DAY,
        2.0 * DAY,
        7.0 * DAY,
        14.0 * DAY,
        30.0 * DAY,
        91.0 * DAY,
        182.0 * DAY,
    ];
    if milliseconds < SECOND {
        return nice_number(milliseconds);
    }
    SPANS
        .into_iter()
        .find(|span| milliseconds <= *span)
        .unwrap_or_else(|| nice_number(milliseconds / (365.25 * DAY)).max(1.0) * 365.25 * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(values: &[f64], integers: bool) -> Distribution {
        let mut sorted: Vec<(f64, u64)> = values.iter().map(|value| (*value, 1)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |p: f64| sorted[(p * (sorted.len() - 1) as f64) as usize].0;
        of_numbers(
            &Weighted {
                values: &sorted,
                total: sorted.len() as u64,
                quartiles: (at(0.25), at(0.75)),
                min: at(0.0),
                max: at(1.0),
            },
            integers,
            None,
        )
    }

    #[test]
    fn bins_are_round_and_hold_every_value() {
        let values: Vec<f64> = (0..=1000).map(|i| f64::from(i) / 100.0).collect();
        let bins = histogram(&values, false);
        assert_eq!((bins.start, bins.width), (0.0, 1.0));
        assert_eq!(bins.counts, [100, 100, 100, 100, 100, 100, 100, 100, 100, 101]);
    }

    #[test]
    fn whole_numbers_get_whole_bins() {
        let bins = histogram(&[1.0, 1.0, 2.0, 3.0, 3.0, 3.0, 4.0], true);
        assert_eq!((bins.start, bins.width), (1.0, 1.0));
        assert_eq!(bins.counts, [2, 1, 4]);
    }

    #[test]
    fn odd_ranges_stay_finite_and_lose_nothing() {
        for values in [
            &[f64::MIN, f64::MAX][..],
            &[5e-324, 1e-323, 0.0],
            &[1e300, 1e300 + 1e285],
            &[1.0, 1.0],
            &[0.0, 1e9, 1.0, 2.0, 3.0],
            &[1e15, 1e15 + 0.125, 1e15 + 0.25],
        ] {
            for integers in [false, true] {
                let bins = histogram(values, integers);
                assert!(bins.start.is_finite() && bins.width.is_finite() && bins.width > 0.0);
                assert_eq!(bins.counts.iter().sum::<u64>(), values.len() as u64, "{values:?}");
                assert!(bins.counts.len() <= 4 * MAX_BINS as usize);
            }
        }
    }

    #[test]
    fn tenths_are_tenths() {
        for (value, nice) in [(0.07, 0.1), (0.1, 0.1), (0.15, 0.2), (0.003, 0.005), (30.0, 50.0)] {
            assert_eq!(nice_number(value), nice);
        }
    }
}
