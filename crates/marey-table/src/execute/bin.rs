//! Binning: the bins of a range of numbers, and the bin of each number.
//!
//! The choice of bins is that of vega-statistics' `bin` (documented in Vega's reference under
//! "Bin Transform"), including its tolerance for floating-point error at bin edges.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use marey_core::{
    FieldName,
    spec::{Bin, BinParams},
};
use rayon::prelude::*;

use super::{
    cells::{CHUNK, Numbers},
    frame::{Column, Frame},
};
use crate::TableError;

/// Largest number of bins when a spec says nothing.
const MAXBINS: f64 = 10.0;

/// What keeps a number at a bin edge in the bin it starts.
const EDGE: f64 = 1e-14;

/// Bins of equal width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bins {
    /// Lower edge of the first bin.
    pub start: f64,
    /// Upper edge of the last bin.
    pub stop: f64,
    /// Width of a bin.
    pub step: f64,
}

impl Bins {
    /// The bins Vega chooses for numbers between two ends.
    ///
    /// `maxbins` is 10 unless said, as in Vega-Lite. Parameters that make no sense (negative or
    /// NaN widths, no divisors) are as good as absent.
    pub fn choose(extent: (f64, f64), params: &BinParams) -> Bins {
        let positive = |value: Option<f64>| value.filter(|value| *value > 0.0 && value.is_finite());
        let base = positive(params.base).filter(|base| *base > 1.0).unwrap_or(10.0);
        let (low, high) = params.extent.map_or(extent, |[low, high]| (low, high));
        let span = [high - low, low.abs(), 1.0]
            .into_iter()
            .find(|span| *span != 0.0 && !span.is_nan())
            .unwrap_or(1.0)
            .abs();
        let step = positive(params.step)
            .or_else(|| listed_step(params, span))
            .unwrap_or_else(|| chosen_step(params, span, base));
        let (start, stop) = if params.nice.unwrap_or(true) {
            rounded(low, high, step, base)
        } else {
            (low, high)
        };
        let stop = if stop == start { start + step } else { stop };
        Bins { start, stop, step }.anchored(params.anchor)
    }

    /// Whole bins, shifted so that one starts at the anchor.
    fn anchored(self, anchor: Option<f64>) -> Bins {
        let Bins { start, stop, step } = self;
        let stop = start + ((stop - start) / step).ceil() * step;
        let shift = anchor.filter(|anchor| anchor.is_finite()).map_or(0.0, |anchor| {
            anchor - (start + step * ((anchor - start) / step).floor())
        });
        Bins {
            start: start + shift,
            stop: stop + shift,
            step,
        }
    }

    /// Lower edge of a number's bin; infinite outside all bins, NaN for NaN.
    pub fn lower(&self, number: f64) -> f64 {
        let Bins { start, stop, step } = *self;
        if number < start {
            f64::NEG_INFINITY
        } else if number > stop {
            f64::INFINITY
        } else if number.is_nan() {
            f64::NAN
        } else {
            let number = number.min(stop - step).max(start);
            start + step * (EDGE + (number - start) / step).floor()
        }
    }

    /// Upper edge of the bin with a lower edge.
    pub fn upper(&self, lower: f64) -> f64 {
        self.start + self.step * (1.0 + (lower - self.start) / self.step)
    }
}

fn maxbins(params: &BinParams) -> f64 {
    params
        .maxbins
        .filter(|maxbins| *maxbins >= 1.0)
        .unwrap_or(MAXBINS)
}

/// The largest of the listed widths that is not too narrow.
fn listed_step(params: &BinParams, span: f64) -> Option<f64> {
    let steps = params.steps.as_ref()?;
    let narrowest = span / maxbins(params);
    let wide = steps
        .iter()
        .position(|step| *step >= narrowest)
        .unwrap_or(steps.len());
    steps
        .get(wide.saturating_sub(1))
        .copied()
        .filter(|step| *step > 0.0)
}

fn chosen_step(params: &BinParams, span: f64, base: f64) -> f64 {
    let maxbins = maxbins(params);
    let minstep = params.minstep.filter(|step| *step > 0.0).unwrap_or(0.0);
    let logarithm = base.ln();
    let level = (maxbins.ln() / logarithm).ceil();
    // JavaScript rounds halves up.
    let power = (span.ln() / logarithm + 0.5).floor() - level;
    let mut step = base.powf(power).max(minstep).max(f64::MIN_POSITIVE);
    while (span / step).ceil() > maxbins && step.is_finite() {
        step *= base;
    }
    for divisor in params.divide.as_deref().unwrap_or(&[5.0, 2.0]) {
        let finer = step / divisor;
        if finer > 0.0 && finer >= minstep && span / finer <= maxbins {
            step = finer;
        }
    }
    step
}

/// Ends rounded outwards to multiples of the width.
fn rounded(low: f64, high: f64, step: f64, base: f64) -> (f64, f64) {
    let size = step.ln();
    let precision = if size >= 0.0 {
        0.0
    } else {
        (-size / base.ln()).trunc() + 1.0
    };
    let tolerance = base.powf(-precision - 1.0);
    let floor = (low / step + tolerance).floor() * step;
    let start = if low < floor { floor - step } else { floor };
    (start, (high / step).ceil() * step)
}

/// Adds the lower and the upper edge of each row's bin.
pub(crate) fn bin(
    frame: &Frame,
    bin: &Bin,
    field: &FieldName,
    output: &[FieldName],
) -> Result<Frame, TableError> {
    let Bin::On(params) = bin else {
        return Err(TableError::Transform {
            transform: "bin",
            found: "a bin that is switched off or already done".into(),
            expected: "`true` or parameters of binning",
        });
    };
    let Some(lower_name) = output.first() else {
        return Err(TableError::Transform {
            transform: "bin",
            found: "no name for the result".into(),
            expected: "one or two names in `as`",
        });
    };
    let numbers = Numbers::of(frame.column(field, "bin")?.array()?);
    let extent = params
        .extent
        .map(|[low, high]| (low, high))
        .or_else(|| numbers.extent());
    let bins = extent.map(|extent| Bins::choose(extent, params));
    let (lower, upper) = edges(&numbers, bins.as_ref());
    let upper_name = output
        .get(1)
        .cloned()
        .unwrap_or_else(|| FieldName::new(format!("{lower_name}_end")));
    let mut result = frame.clone();
    result.put(Column::new(lower_name.clone(), lower));
    result.put(Column::new(upper_name, upper));
    Ok(result)
}

/// Lower and upper edge of each number's bin.
fn edges(numbers: &Numbers, bins: Option<&Bins>) -> (ArrayRef, ArrayRef) {
    let Some(bins) = bins else {
        let nothing: ArrayRef = Arc::new(Float64Array::new_null(numbers.values.len()));
        return (nothing.clone(), nothing);
    };
    let (lower, upper): (Vec<f64>, Vec<f64>) = numbers
        .values
        .par_iter()
        .with_min_len(CHUNK)
        .map(|number| {
            let lower = bins.lower(*number);
            (lower, bins.upper(lower))
        })
        .unzip();
    let column =
        |edges: Vec<f64>| -> ArrayRef { Arc::new(Float64Array::new(edges.into(), numbers.valid.clone())) };
    (column(lower), column(upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected bins are `vega.bin({extent, maxbins: 10, …})` of vega-statistics.
    #[test]
    fn bins_are_those_of_vega() {
        let check = |extent, params: BinParams, [start, stop, step]: [f64; 3]| {
            assert_eq!(
                Bins::choose(extent, &params),
                Bins { start, stop, step },
                "{extent:?} {params:?}"
            );
        };
        let params = BinParams::default;
        check((0.0, 100.0), params(), [0.0, 100.0, 10.0]);
        check((1.3, 7.9), params(), [1.0, 8.0, 1.0]);
        check((-0.03, 0.42), params(), [-0.05, 0.45, 0.05]);
        check((5.0, 5.0), params(), [5.0, 5.5, 0.5]);
        check((0.0, 0.0), params(), [0.0, 0.1, 0.1]);
        check(
            (3.0, 50_000.0),
            BinParams {
                maxbins: Some(4.0),
                ..params()
            },
            [0.0, 60_000.0, 20_000.0],
        );
        check(
            (3.0, 47.0),
            BinParams {
                step: Some(7.0),
                ..params()
            },
            [0.0, 49.0, 7.0],
        );
        check(
            (3.0, 47.0),
            BinParams {
                steps: Some(vec![1.0, 5.0, 25.0]),
                ..params()
            },
            [3.0, 47.0, 1.0],
        );
        check(
            (0.0, 4.0),
            BinParams {
                minstep: Some(1.0),
                ..params()
            },
            [0.0, 4.0, 1.0],
        );
        check(
            (3.2, 9.1),
            BinParams {
                nice: Some(false),
                ..params()
            },
            [3.2, 9.2, 1.0],
        );
        check(
            (1.0, 9.0),
            BinParams {
                anchor: Some(0.5),
                ..params()
            },
            [1.5, 9.5, 1.0],
        );
        check(
            (0.0, 7.0),
            BinParams {
                base: Some(2.0),
                ..params()
            },
            [0.0, 7.0, 1.0],
        );
    }

    #[test]
    fn numbers_fall_into_half_open_bins() {
        let bins = Bins {
            start: 0.0,
            stop: 1.0,
            step: 0.1,
        };
        for (number, lower) in [(0.0, 0.0), (0.3, 0.3), (0.299_999, 0.2), (1.0, 0.9)] {
            assert!((bins.lower(number) - lower).abs() < 1e-12, "{number}");
        }
        assert_eq!(bins.lower(-1.0), f64::NEG_INFINITY);
        assert_eq!(bins.lower(1.1), f64::INFINITY);
        assert!(bins.lower(f64::NAN).is_nan());
    }
}
