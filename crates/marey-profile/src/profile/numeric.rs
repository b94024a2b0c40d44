//! [`NumericSummary`]: what is told of numbers.

use serde::{Deserialize, Serialize};

use super::Distribution;

/// The five numbers of a box plot and a few more quantiles (Hyndman and Fan's type 7).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Quantiles {
    /// 1 %.
    pub p01: f64,
    /// 5 %.
    pub p05: f64,
    /// 10 %.
    pub p10: f64,
    /// 25 %.
    pub q1: f64,
    /// 50 %.
    pub median: f64,
    /// 75 %.
    pub q3: f64,
    /// 90 %.
    pub p90: f64,
    /// 95 %.
    pub p95: f64,
    /// 99 %.
    pub p99: f64,
    /// Whether they were computed from all values rather than from a sketch.
    pub exact: bool,
    /// Bound of the error of a rank, as a share of the number of values; 0 where exact.
    pub rank_error: f64,
}

/// Summary of numbers; NaN and infinities are counted and left out of everything else.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct NumericSummary {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation (n - 1); 0 for a single value.
    pub stdev: f64,
    /// Sum.
    pub sum: f64,
    /// Adjusted Fisher-Pearson skewness; 0 where undefined.
    pub skewness: f64,
    /// Excess kurtosis; 0 where undefined.
    pub kurtosis: f64,
    /// Quantiles.
    pub quantiles: Quantiles,
    /// Median of the distances from the median; not scaled. As exact as the quantiles.
    pub mad: f64,
    /// Number of zeros.
    pub zeros: u64,
    /// Number of negative values.
    pub negatives: u64,
    /// Number of NaN and infinite values.
    pub non_finite: u64,
    /// Whether every value is a whole number.
    pub integers: bool,
    /// Most digits behind the decimal point of a value, at most 9; none where more are needed. Of
    /// the values that a sketch kept where not every value was counted.
    pub decimals: Option<u8>,
    /// Largest number of which all values' distances from the smallest are multiples, such as 5 for
    /// 10, 15, 30; none for a single value, and where not every value was counted.
    pub step: Option<f64>,
    /// Values far from the bulk.
    pub outliers: Outliers,
    /// How heavy the tails are.
    pub tails: Tails,
    /// Where values pile up.
    pub modes: Modes,
    /// Histogram with nice bins.
    pub histogram: Distribution,
    /// Histogram over the decimal logarithms of the values, where all are above zero and span two
    /// powers of ten or more.
    pub log_histogram: Option<Distribution>,
}

/// Values far from the bulk, by two criteria. As exact as the quantiles; numbers of values beyond
/// a fence are estimates where those are.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Outliers {
    /// Lower inner fence of Tukey (*Exploratory Data Analysis*, 1977): q1 - 1.5 (q3 - q1).
    pub low_fence: f64,
    /// Upper inner fence: q3 + 1.5 (q3 - q1).
    pub high_fence: f64,
    /// Number of values below the lower fence.
    pub below: u64,
    /// Number of values above the upper fence.
    pub above: u64,
    /// Share of values beyond either fence, 0 to 1.
    pub share: f64,
    /// Number of values beyond the outer fences, 3 (q3 - q1) from the quartiles.
    pub far: u64,
    /// Number of values whose modified z-score 0.6745 |x - median| / MAD is above 3.5 (Iglewicz and
    /// Hoaglin, *How to Detect and Handle Outliers*, 1993); 0 where the MAD is 0.
    pub robust_z: u64,
}

/// How heavy the tails are.
///
/// A tail's weight is (p99 - median) / (q3 - median) on the right and (median - p01) /
/// (median - q1) on the left. A normal distribution has 3.45, an exponential one, by which heavy
/// tails are defined (Foss, Korshunov and Zachary, *An Introduction to Heavy-Tailed and
/// Subexponential Distributions*, 2011), 5.64; a tail is called heavy above 7, from 200 values on.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Tails {
    /// Weight of the left tail; 0 where the lower quartile is the median.
    pub left_weight: f64,
    /// Weight of the right tail; 0 where the upper quartile is the median.
    pub right_weight: f64,
    /// Whether the left tail is heavy.
    pub heavy_left: bool,
    /// Whether the right tail is heavy.
    pub heavy_right: bool,
}

/// Where values pile up: peaks of the smoothed histogram that deep valleys part.
///
/// A valley parts two peaks when it is at most half as high as the lower one, when the lower one
/// rises above it by more than three standard deviations of the difference of two counts, and
/// when each side holds at least 5 % of the values. Fewer than 100 values have one mode.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Modes {
    /// Middles of the bins of the peaks, in order of value.
    pub at: Vec<f64>,
    /// Whether there is more than one: groups may be mixed in the column.
    pub several: bool,
}
