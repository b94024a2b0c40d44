//! [`TemporalSummary`]: what is told of points in time.

use serde::{Deserialize, Serialize};

use super::{Count, Distribution};

/// Finest part of time that varies in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeGranularity {
    /// First of January each.
    Year,
    /// First of a quarter each.
    Quarter,
    /// First of a month each.
    Month,
    /// Seven days apart.
    Week,
    /// Midnight each.
    Day,
    /// Whole hours.
    Hour,
    /// Whole minutes.
    Minute,
    /// Whole seconds.
    Second,
    /// Finer.
    Subsecond,
}

/// Summary of points in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemporalSummary {
    /// Earliest, in milliseconds since 1970 (UTC or local as stored).
    pub min_ms: i64,
    /// Latest, likewise.
    pub max_ms: i64,
    /// Finest part of time that varies.
    pub granularity: TimeGranularity,
    /// Number of different points in time.
    pub points: Count,
    /// Histogram over milliseconds since 1970.
    pub histogram: Distribution,
}
