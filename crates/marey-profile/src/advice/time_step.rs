//! [`TimeStep`]: which steps of time show a span.

use marey_core::{PhysicalType, TimeUnit, TimeUnitPart};
use serde::{Deserialize, Serialize};

use super::ChartRole;
use crate::{ColumnProfile, TemporalSummary, TimeGranularity};

const HOUR: f64 = 3_600_000.0;
const DAY: f64 = 24.0 * HOUR;

/// Most points that one line should have.
const MOST_POINTS: f64 = 400.0;
/// Fewest points worth a line.
const FEWEST_POINTS: f64 = 3.0;

/// A step of time with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeStep {
    /// Calendar years.
    Year,
    /// Quarters of a year.
    Quarter,
    /// Months.
    Month,
    /// Days.
    Day,
    /// Hours.
    Hour,
    /// Minutes.
    Minute,
    /// Seconds.
    Second,
}

impl TimeStep {
    const FINE_TO_COARSE: [TimeStep; 7] = [
        TimeStep::Second,
        TimeStep::Minute,
        TimeStep::Hour,
        TimeStep::Day,
        TimeStep::Month,
        TimeStep::Quarter,
        TimeStep::Year,
    ];

    /// "month", as in "per month".
    pub fn word(self) -> &'static str {
        match self {
            TimeStep::Year => "year",
            TimeStep::Quarter => "quarter",
            TimeStep::Month => "month",
            TimeStep::Day => "day",
            TimeStep::Hour => "hour",
            TimeStep::Minute => "minute",
            TimeStep::Second => "second",
        }
    }

    /// Mean length in milliseconds.
    pub fn length(self) -> f64 {
        match self {
            TimeStep::Year => 365.25 * DAY,
            TimeStep::Quarter => 91.31 * DAY,
            TimeStep::Month => 30.44 * DAY,
            TimeStep::Day => DAY,
            TimeStep::Hour => HOUR,
            TimeStep::Minute => 60_000.0,
            TimeStep::Second => 1000.0,
        }
    }

    /// The truncation that keeps this step. Days are read as UTC by Vega, times as local.
    pub fn unit(self, column: &ColumnProfile) -> TimeUnit {
        use TimeUnitPart as P;
        let parts: &[P] = match self {
            TimeStep::Year => &[P::Year],
            TimeStep::Quarter => &[P::Year, P::Quarter],
            TimeStep::Month => &[P::Year, P::Month],
            TimeStep::Day => &[P::Year, P::Month, P::Date],
            TimeStep::Hour => &[P::Year, P::Month, P::Date, P::Hours],
            TimeStep::Minute => &[P::Year, P::Month, P::Date, P::Hours, P::Minutes],
            TimeStep::Second => &[P::Year, P::Month, P::Date, P::Hours, P::Minutes, P::Seconds],
        };
        in_zone_of(column, TimeUnit::of(parts))
    }

    fn of(granularity: TimeGranularity) -> TimeStep {
        match granularity {
            TimeGranularity::Year => TimeStep::Year,
            TimeGranularity::Quarter => TimeStep::Quarter,
            TimeGranularity::Month => TimeStep::Month,
            TimeGranularity::Week | TimeGranularity::Day => TimeStep::Day,
            TimeGranularity::Hour => TimeStep::Hour,
            TimeGranularity::Minute => TimeStep::Minute,
            TimeGranularity::Second | TimeGranularity::Subsecond => TimeStep::Second,
        }
    }
}

/// Takes a unit in UTC for days: a written day such as `2024-05-01` is midnight UTC to Vega, and
/// a local truncation would move it west of Greenwich into the month before.
pub fn in_zone_of(column: &ColumnProfile, mut unit: TimeUnit) -> TimeUnit {
    unit.utc = column.physical_type == PhysicalType::Date;
    unit
}

/// The step that suits a column of times or years.
pub(super) fn of(column: &ColumnProfile, role: ChartRole, rows: u64) -> Option<TimeStep> {
    match (role, &column.temporal) {
        (ChartRole::Time, Some(time)) => {
            let filled = rows.saturating_sub(column.nulls);
            Some(step_for(time, column.distinct.value == filled))
        }
        (ChartRole::Year, _) => Some(TimeStep::Year),
        _ => None,
    }
}

/// The step that shows a span in a readable number of points.
///
/// A series of single rows keeps its own points while they can be told apart. Rows that share
/// points, or lie far apart, are gathered into steps that hold a few each.
fn step_for(time: &TemporalSummary, one_row_per_point: bool) -> TimeStep {
    let finest = TimeStep::of(time.granularity);
    let points = time.points.value as f64;
    if one_row_per_point && points <= MOST_POINTS {
        return finest;
    }
    let length = |step: TimeStep| {
        if step == finest {
            native_length(time.granularity)
        } else {
            step.length()
        }
    };
    let count = |step: TimeStep| span(time) / length(step) + 1.0;
    let regular = points >= 0.5 * span(time) / native_length(time.granularity);
    let most = if regular {
        MOST_POINTS
    } else {
        (points / 2.0).clamp(12.0, MOST_POINTS)
    };
    TimeStep::FINE_TO_COARSE
        .into_iter()
        .filter(|step| *step <= finest)
        .filter(|step| *step != TimeStep::Quarter || finest == TimeStep::Quarter)
        .find(|step| count(*step) <= most)
        .map_or(TimeStep::Year, |step| {
            if count(step) < FEWEST_POINTS { finest } else { step }
        })
}

/// Mean distance of neighbouring points of a granularity, in milliseconds.
fn native_length(granularity: TimeGranularity) -> f64 {
    match granularity {
        TimeGranularity::Week => 7.0 * DAY,
        other => TimeStep::of(other).length(),
    }
}

fn span(time: &TemporalSummary) -> f64 {
    time.max_ms as f64 - time.min_ms as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Count;

    fn summary(days: i64, granularity: TimeGranularity, points: u64) -> TemporalSummary {
        TemporalSummary {
            min_ms: 1_420_070_400_000,
            max_ms: 1_420_070_400_000 + days * 86_400_000,
            granularity,
            points: Count::exact(points),
            ..TemporalSummary::default()
        }
    }

    #[test]
    fn the_step_follows_span_and_granularity() {
        for (days, granularity, points, expected) in [
            (3000, TimeGranularity::Day, 3000, TimeStep::Month),
            (3000, TimeGranularity::Month, 99, TimeStep::Month),
            (90, TimeGranularity::Day, 90, TimeStep::Day),
            (20_000, TimeGranularity::Day, 9000, TimeStep::Year),
            (20_000, TimeGranularity::Year, 55, TimeStep::Year),
            (3, TimeGranularity::Second, 90_000, TimeStep::Hour),
            (1, TimeGranularity::Day, 2, TimeStep::Day),
            (3000, TimeGranularity::Day, 40, TimeStep::Year),
            (1000, TimeGranularity::Day, 105, TimeStep::Month),
            (31, TimeGranularity::Minute, 277, TimeStep::Day),
            (400, TimeGranularity::Week, 57, TimeStep::Day),
        ] {
            let time = summary(days, granularity, points);
            assert_eq!(step_for(&time, false), expected, "{days} days of {granularity:?}");
        }
    }

    #[test]
    fn single_rows_keep_their_points() {
        assert_eq!(
            step_for(&summary(3000, TimeGranularity::Day, 40), true),
            TimeStep::Day
        );
        assert_eq!(
            step_for(&summary(3000, TimeGranularity::Day, 2900), true),
            TimeStep::Month
        );
    }
}
