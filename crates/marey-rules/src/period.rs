//! Spans of time: which unit shows them, and how they are named.

use marey_core::{PhysicalType, TimeUnit, TimeUnitPart};
use marey_profile::{ColumnProfile, TemporalSummary, TimeGranularity};

const HOUR: f64 = 3_600_000.0;
const DAY: f64 = 24.0 * HOUR;

/// Most points that one line should have.
const MOST_POINTS: f64 = 400.0;
/// Fewest points worth a line.
const FEWEST_POINTS: f64 = 3.0;

/// A step of time with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Year,
    Quarter,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl Step {
    const FINE_TO_COARSE: [Step; 7] = [
        Step::Second,
        Step::Minute,
        Step::Hour,
        Step::Day,
        Step::Month,
        Step::Quarter,
        Step::Year,
    ];

    /// "month", as in "per month".
    pub(crate) fn word(self) -> &'static str {
        match self {
            Step::Year => "year",
            Step::Quarter => "quarter",
            Step::Month => "month",
            Step::Day => "day",
            Step::Hour => "hour",
            Step::Minute => "minute",
            Step::Second => "second",
        }
    }

    /// Mean length in milliseconds.
    fn length(self) -> f64 {
        match self {
            Step::Year => 365.25 * DAY,
            Step::Quarter => 91.31 * DAY,
            Step::Month => 30.44 * DAY,
            Step::Day => DAY,
            Step::Hour => HOUR,
            Step::Minute => 60_000.0,
            Step::Second => 1000.0,
        }
    }

    /// The truncation that keeps this step. Days are read as UTC by Vega, times as local.
    pub(crate) fn unit(self, column: &ColumnProfile) -> TimeUnit {
        use TimeUnitPart as P;
        let parts: &[P] = match self {
            Step::Year => &[P::Year],
            Step::Quarter => &[P::Year, P::Quarter],
            Step::Month => &[P::Year, P::Month],
            Step::Day => &[P::Year, P::Month, P::Date],
            Step::Hour => &[P::Year, P::Month, P::Date, P::Hours],
            Step::Minute => &[P::Year, P::Month, P::Date, P::Hours, P::Minutes],
            Step::Second => &[P::Year, P::Month, P::Date, P::Hours, P::Minutes, P::Seconds],
        };
        in_zone_of(column, TimeUnit::of(parts))
    }

    fn of(granularity: TimeGranularity) -> Step {
        match granularity {
            TimeGranularity::Year => Step::Year,
            TimeGranularity::Quarter => Step::Quarter,
            TimeGranularity::Month => Step::Month,
            TimeGranularity::Week | TimeGranularity::Day => Step::Day,
            TimeGranularity::Hour => Step::Hour,
            TimeGranularity::Minute => Step::Minute,
            TimeGranularity::Second | TimeGranularity::Subsecond => Step::Second,
        }
    }
}

/// Takes a unit in UTC for days: a written day such as `2024-05-01` is midnight UTC to Vega, and
/// a local truncation would move it west of Greenwich into the month before.
pub(crate) fn in_zone_of(column: &ColumnProfile, mut unit: TimeUnit) -> TimeUnit {
    unit.utc = column.physical_type == PhysicalType::Date;
    unit
}

/// The step that shows a span in a readable number of points.
///
/// A series of single rows keeps its own points while they can be told apart. Rows that share
/// points, or lie far apart, are gathered into steps that hold a few each.
pub(crate) fn step_for(time: &TemporalSummary, one_row_per_point: bool) -> Step {
    let finest = Step::of(time.granularity);
    let points = time.points.value as f64;
    if one_row_per_point && points <= MOST_POINTS {
        return finest;
    }
    let length = |step: Step| {
        if step == finest {
            native_length(time.granularity)
        } else {
            step.length()
        }
    };
    let count = |step: Step| span(time) / length(step) + 1.0;
    let regular = points >= 0.5 * span(time) / native_length(time.granularity);
    let most = if regular {
        MOST_POINTS
    } else {
        (points / 2.0).clamp(12.0, MOST_POINTS)
    };
    Step::FINE_TO_COARSE
        .into_iter()
        .filter(|step| *step <= finest)
        .filter(|step| *step != Step::Quarter || finest == Step::Quarter)
        .find(|step| count(*step) <= most)
        .map_or(Step::Year, |step| {
            if count(step) < FEWEST_POINTS { finest } else { step }
        })
}

/// Mean distance of neighbouring points of a granularity, in milliseconds.
fn native_length(granularity: TimeGranularity) -> f64 {
    match granularity {
        TimeGranularity::Week => 7.0 * DAY,
        other => Step::of(other).length(),
    }
}

fn span(time: &TemporalSummary) -> f64 {
    time.max_ms as f64 - time.min_ms as f64
}

/// Number of points a line by this step has at most.
pub(crate) fn points_by(time: &TemporalSummary, step: Step) -> u64 {
    let steps = (span(time) / step.length()).max(0.0).floor() as u64 + 1;
    steps.min(time.points.value.max(1))
}

/// Whether the span holds at least two of the longer cycle (years for months, weeks for days).
pub(crate) fn covers_days(time: &TemporalSummary, days: f64) -> bool {
    span(time) >= days * DAY
}

/// The span as people write it: "2015 to 2023", "2015-01 to 2015-06", one value when equal.
pub(crate) fn span_text(time: &TemporalSummary, step: Step) -> String {
    let from = moment(time.min_ms, step);
    let to = moment(time.max_ms, step);
    match from == to {
        true => from,
        false => format!("{from} to {to}"),
    }
}

/// A point in time written down to the step.
fn moment(ms: i64, step: Step) -> String {
    let (year, month, day) = civil(ms.div_euclid(86_400_000));
    let in_day = ms.rem_euclid(86_400_000);
    let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
    match step {
        Step::Year => format!("{year}"),
        Step::Quarter | Step::Month => format!("{year}-{month:02}"),
        Step::Day => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
    }
}

/// Year, month and day of a day number since 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days.saturating_add(719_468);
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use marey_profile::{Count, Distribution};

    use super::*;

    fn summary(days: i64, granularity: TimeGranularity, points: u64) -> TemporalSummary {
        TemporalSummary {
            min_ms: 1_420_070_400_000,
            max_ms: 1_420_070_400_000 + days * 86_400_000,
            granularity,
            points: Count {
                value: points,
                exact: true,
            },
            histogram: Distribution {
                start: 0.0,
                width: 1.0,
                counts: vec![],
            },
            ..TemporalSummary::default()
        }
    }

    #[test]
    fn the_step_follows_span_and_granularity() {
        for (days, granularity, points, expected) in [
            (3000, TimeGranularity::Day, 3000, Step::Month),
            (3000, TimeGranularity::Month, 99, Step::Month),
            (90, TimeGranularity::Day, 90, Step::Day),
            (20_000, TimeGranularity::Day, 9000, Step::Year),
            (20_000, TimeGranularity::Year, 55, Step::Year),
            (3, TimeGranularity::Second, 90_000, Step::Hour),
            (1, TimeGranularity::Day, 2, Step::Day),
            (3000, TimeGranularity::Day, 40, Step::Year),
            (1000, TimeGranularity::Day, 105, Step::Month),
            (31, TimeGranularity::Minute, 277, Step::Day),
            (400, TimeGranularity::Week, 57, Step::Day),
        ] {
            let time = summary(days, granularity, points);
            assert_eq!(step_for(&time, false), expected, "{days} days of {granularity:?}");
        }
    }

    #[test]
    fn single_rows_keep_their_points() {
        assert_eq!(
            step_for(&summary(3000, TimeGranularity::Day, 40), true),
            Step::Day
        );
        assert_eq!(
            step_for(&summary(3000, TimeGranularity::Day, 2900), true),
            Step::Month
        );
    }

    #[test]
    fn spans_are_written_to_the_step() {
        let time = summary(365, TimeGranularity::Day, 366);
        assert_eq!(span_text(&time, Step::Year), "2015 to 2016");
        assert_eq!(span_text(&time, Step::Month), "2015-01 to 2016-01");
        assert_eq!(span_text(&time, Step::Day), "2015-01-01 to 2016-01-01");
        assert_eq!(civil(-1), (1969, 12, 31));
    }
}
