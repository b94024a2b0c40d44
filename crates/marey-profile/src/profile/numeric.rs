//! [`NumericSummary`]: what is told of numbers.

use serde::{Deserialize, Serialize};

use super::Distribution;

/// The five numbers of a box plot and a few more quantiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// 5 %.
    pub p05: f64,
    /// 25 %.
    pub q1: f64,
    /// 50 %.
    pub median: f64,
    /// 75 %.
    pub q3: f64,
    /// 95 %.
    pub p95: f64,
    /// Whether they were computed from all values rather than from a sketch.
    pub exact: bool,
}

/// Summary of numbers; NaN and infinities are counted and left out of everything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Number of zeros.
    pub zeros: u64,
    /// Number of negative values.
    pub negatives: u64,
    /// Number of NaN and infinite values.
    pub non_finite: u64,
    /// Whether every value is a whole number.
    pub integers: bool,
    /// Histogram with nice bins.
    pub histogram: Distribution,
}
