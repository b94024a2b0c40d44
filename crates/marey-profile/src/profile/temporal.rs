//! [`TemporalSummary`]: what is told of points in time.

use serde::{Deserialize, Serialize};

use super::{Count, Distribution};

/// Finest part of time that varies in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    #[default]
    Subsecond,
}

/// Summary of points in time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TemporalSummary {
    /// Earliest, in milliseconds since 1970 (UTC or local as stored).
    pub min_ms: i64,
    /// Latest, likewise.
    pub max_ms: i64,
    /// Finest part of time that varies.
    pub granularity: TimeGranularity,
    /// Number of different points in time.
    pub points: Count,
    /// Time zone of the values: `UTC` for instants, none for days and local date-times.
    pub zone: Option<String>,
    /// Histogram over milliseconds since 1970.
    pub histogram: Distribution,
    /// Numbers of values from Monday to Sunday; empty where values are no days or finer.
    pub weekdays: Vec<u64>,
    /// Numbers of values per hour of the day, from 0 to 23; empty where no value has a time of day.
    pub hours: Vec<u64>,
    /// The usual step between the different points, and where it is not kept; none for fewer than
    /// three points, where no step holds for half of the distances, and where not every point was
    /// counted.
    pub spacing: Option<TimeSpacing>,
}

/// How evenly points lie in time.
///
/// The step is the most frequent distance of neighbouring points, in units of the granularity:
/// three months, fifteen minutes, one day. Where no value falls on a weekend, days are counted
/// without weekends.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TimeSpacing {
    /// What steps are counted in.
    pub unit: TimeGranularity,
    /// The most frequent distance of neighbouring points, in units.
    pub step: u64,
    /// Share of the distances that equal the step, 0 to 1.
    pub share: f64,
    /// Whether days are counted from Monday to Friday only.
    pub weekdays_only: bool,
    /// Number of points that are missing between the first and the last, were all one step apart.
    pub missing: u64,
    /// The longest gaps, longest first, at most five.
    pub gaps: Vec<TimeGap>,
}

/// A gap between two neighbouring points in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeGap {
    /// Last point before the gap, in milliseconds since 1970.
    pub from_ms: i64,
    /// First point after it, likewise.
    pub to_ms: i64,
    /// Number of points that are missing in it.
    pub missing: u64,
}
