//! Scales that cut a continuous domain into classes: quantize, quantile and threshold.

use super::tick::nice;

/// Thresholds in ascending order; a value's class is the number of thresholds at or below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    thresholds: Vec<f64>,
}

impl Steps {
    /// Classes cut at given thresholds; NaN among them is dropped.
    pub fn threshold(thresholds: impl IntoIterator<Item = f64>) -> Self {
        let mut thresholds: Vec<f64> = thresholds.into_iter().filter(|t| !t.is_nan()).collect();
        thresholds.sort_by(f64::total_cmp);
        Self { thresholds }
    }

    /// `classes` classes of equal width between the ends of the domain.
    pub fn quantize(domain: [f64; 2], classes: usize) -> Self {
        let [start, stop] = domain;
        let n = classes as f64;
        Self::threshold((1..classes).map(|i| (i as f64 * stop + (n - i as f64) * start) / n))
    }

    /// `classes` classes of equal width, the domain first widened to round numbers.
    pub fn quantize_nice(domain: [f64; 2], classes: usize) -> Self {
        Self::quantize(nice(domain, classes as f64), classes)
    }

    /// `classes` classes of about equally many of the given values; NaN is left out.
    pub fn quantile(values: impl IntoIterator<Item = f64>, classes: usize) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().filter(|v| !v.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        let cut = |i| quantile_sorted(&sorted, i as f64 / classes as f64);
        Self::threshold((1..classes).filter_map(cut))
    }

    /// The thresholds, one fewer than there are classes.
    pub fn thresholds(&self) -> &[f64] {
        &self.thresholds
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.thresholds.len() + 1
    }

    /// The class of a value, counted from 0; none for NaN.
    pub fn class(&self, x: f64) -> Option<usize> {
        (!x.is_nan()).then(|| self.thresholds.partition_point(|t| *t <= x))
    }

    /// The part of the domain that makes a class: from a threshold (or open) to one (or open).
    pub fn extent(&self, class: usize) -> (Option<f64>, Option<f64>) {
        let below = class.checked_sub(1).and_then(|i| self.thresholds.get(i));
        (below.copied(), self.thresholds.get(class).copied())
    }
}

/// The quantile at `p` of sorted values, interpolated linearly (Hyndman and Fan's type 7).
pub fn quantile_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * p.clamp(0.0, 1.0);
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (a, b) = (sorted[below], sorted[above]);
    Some(a + (b - a) * (place - below as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_d3() {
        let quantize = Steps::quantize([0.0, 10.0], 4);
        assert_eq!(quantize.thresholds(), [2.5, 5.0, 7.5]);
        assert_eq!(quantize.class(2.5), Some(1));
        assert_eq!(quantize.class(-5.0), Some(0));
        assert_eq!(quantize.class(99.0), Some(3));
        assert_eq!(quantize.class(f64::NAN), None);
        assert_eq!(quantize.extent(0), (None, Some(2.5)));
        assert_eq!(quantize.extent(3), (Some(7.5), None));
        let quantile = Steps::quantile(
            [3.0, 6.0, 7.0, 8.0, 8.0, 10.0, 13.0, 15.0, 16.0, 20.0, f64::NAN],
            4,
        );
        assert_eq!(quantile.thresholds(), [7.25, 9.0, 14.5]);
        assert_eq!(Steps::quantile([], 4).classes(), 1);
        assert_eq!(Steps::quantize([0.0, 1.0], 0).classes(), 1);
    }
}
