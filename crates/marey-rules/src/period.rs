//! Spans of time: how many steps they hold, and how they are named.

use marey_profile::{TemporalSummary, TimeStep};

const DAY: f64 = 86_400_000.0;

fn span(time: &TemporalSummary) -> f64 {
    time.max_ms as f64 - time.min_ms as f64
}

/// Number of points a line by this step has at most.
pub(crate) fn points_by(time: &TemporalSummary, step: TimeStep) -> u64 {
    let steps = (span(time) / step.length()).max(0.0).floor() as u64 + 1;
    steps.min(time.points.value.max(1))
}

/// Whether the span holds at least two of the longer cycle (years for months, weeks for days).
pub(crate) fn covers_days(time: &TemporalSummary, days: f64) -> bool {
    span(time) >= days * DAY
}

/// The span as people write it: "2015 to 2023", "2015-01 to 2015-06", one value when equal.
pub(crate) fn span_text(time: &TemporalSummary, step: TimeStep) -> String {
    let from = moment(time.min_ms, step);
    let to = moment(time.max_ms, step);
    match from == to {
        true => from,
        false => format!("{from} to {to}"),
    }
}

/// A point in time written down to the step.
fn moment(ms: i64, step: TimeStep) -> String {
    let (year, month, day) = civil(ms.div_euclid(86_400_000));
    let in_day = ms.rem_euclid(86_400_000);
    let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
    match step {
        TimeStep::Year => format!("{year}"),
        TimeStep::Quarter | TimeStep::Month => format!("{year}-{month:02}"),
        TimeStep::Day => format!("{year}-{month:02}-{day:02}"),
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
    use super::*;

    #[test]
    fn spans_are_written_to_the_step() {
        let time = TemporalSummary {
            min_ms: 1_420_070_400_000,
            max_ms: 1_420_070_400_000 + 365 * 86_400_000,
            ..TemporalSummary::default()
        };
        assert_eq!(span_text(&time, TimeStep::Year), "2015 to 2016");
        assert_eq!(span_text(&time, TimeStep::Month), "2015-01 to 2016-01");
        assert_eq!(span_text(&time, TimeStep::Day), "2015-01-01 to 2016-01-01");
        assert_eq!(civil(-1), (1969, 12, 31));
    }
}
