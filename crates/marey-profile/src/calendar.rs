//! [`Calendar`]: the finest part of time that varies in a column, mergeable.

use chrono::{Datelike, NaiveDate};

use crate::{TimeGranularity, value::Kind, week::Week};

/// Which truncations of time all values seen so far agree with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Calendar {
    pub(crate) years: bool,
    pub(crate) quarters: bool,
    pub(crate) months: bool,
    /// Day of the week (Monday is 0) shared by all values.
    pub(crate) weekday: Option<Shared>,
    pub(crate) midnights: bool,
    pub(crate) hours: bool,
    pub(crate) minutes: bool,
    pub(crate) seconds: bool,
}

/// Whether values share a day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shared {
    One(u32),
    Several,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            years: true,
            quarters: true,
            months: true,
            weekday: None,
            midnights: true,
            hours: true,
            minutes: true,
            seconds: true,
        }
    }
}

impl Calendar {
    /// Takes a day, as days since 1970.
    pub(crate) fn add_day(&mut self, days: i64) {
        let weekday = days.wrapping_add(3).rem_euclid(7) as u32;
        self.weekday = join(self.weekday, Some(Shared::One(weekday)));
        if !(self.months || self.years || self.quarters) {
            return;
        }
        let Some(date) = i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days) else {
            (self.years, self.quarters, self.months) = (false, false, false);
            return;
        };
        // The last day of a period stands for the period as well as its first does.
        let starts = date.day() == 1;
        let ends = date.succ_opt().is_none_or(|next| next.day() == 1);
        let month = if starts { date.month0() } else { date.month() };
        self.months &= starts || ends;
        self.quarters &= (starts || ends) && month % 3 == 0;
        self.years &= (starts || ends) && month % 12 == 0;
    }

    /// Takes an instant or local date-time, as microseconds since 1970.
    pub(crate) fn add_microseconds(&mut self, microseconds: i64) {
        const SECOND: i64 = 1_000_000;
        // What is no whole second is no whole minute either: one division where seconds vary.
        for (agrees, length) in [
            (&mut self.seconds, SECOND),
            (&mut self.minutes, 60 * SECOND),
            (&mut self.hours, 3600 * SECOND),
            (&mut self.midnights, 86_400 * SECOND),
        ] {
            if !*agrees {
                return;
            }
            if microseconds % length != 0 {
                *agrees = false;
            }
        }
        if self.midnights {
            self.add_day(microseconds.div_euclid(86_400 * SECOND));
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.years &= other.years;
        self.quarters &= other.quarters;
        self.months &= other.months;
        self.weekday = join(self.weekday, other.weekday);
        self.midnights &= other.midnights;
        self.hours &= other.hours;
        self.minutes &= other.minutes;
        self.seconds &= other.seconds;
    }

    pub(crate) fn granularity(&self) -> TimeGranularity {
        let truncations = [
            (self.seconds, TimeGranularity::Second),
            (self.minutes, TimeGranularity::Minute),
            (self.hours, TimeGranularity::Hour),
            (self.midnights, TimeGranularity::Day),
        ];
        let finest = truncations
            .iter()
            .take_while(|(agrees, _)| *agrees)
            .last()
            .map_or(TimeGranularity::Subsecond, |(_, granularity)| *granularity);
        if finest != TimeGranularity::Day {
            return finest;
        }
        match (self.years, self.quarters, self.months, self.weekday) {
            (true, ..) => TimeGranularity::Year,
            (_, true, ..) => TimeGranularity::Quarter,
            (_, _, true, _) => TimeGranularity::Month,
            (.., Some(Shared::One(_))) => TimeGranularity::Week,
            _ => TimeGranularity::Day,
        }
    }
}

/// Takes `count` values of a kind that is a line of time, as its bits, into calendar and week.
#[inline]
pub(crate) fn take(calendar: &mut Calendar, week: &mut Week, kind: Kind, bits: i64, count: u64) {
    const HOUR: i64 = 3_600_000_000;
    match kind {
        Kind::Date => {
            calendar.add_day(bits);
            week.add_hour(bits.wrapping_mul(24), count);
        }
        Kind::Timestamp(_) => {
            calendar.add_microseconds(bits);
            week.add_hour(bits.div_euclid(HOUR), count);
        }
        _ => {}
    }
}

fn join(a: Option<Shared>, b: Option<Shared>) -> Option<Shared> {
    match (a, b) {
        (None, other) | (other, None) => other,
        (Some(a), Some(b)) => Some(if a == b { a } else { Shared::Several }),
    }
}

/// Milliseconds since 1970 of the first of January of a year.
pub(crate) fn year_start_ms(year: f64) -> Option<i64> {
    NaiveDate::from_ymd_opt(year as i32, 1, 1)?
        .and_hms_opt(0, 0, 0)
        .map(|start| start.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dates: &[&str], expected: TimeGranularity) {
        let mut whole = Calendar::default();
        let mut parts = Calendar::default();
        for text in dates {
            let microseconds = if text.contains('T') {
                text.parse::<chrono::NaiveDateTime>().unwrap()
            } else {
                text.parse::<NaiveDate>().unwrap().and_hms_opt(0, 0, 0).unwrap()
            }
            .and_utc()
            .timestamp_micros();
            whole.add_microseconds(microseconds);
            let mut part = Calendar::default();
            part.add_microseconds(microseconds);
            parts.merge(&part);
        }
        assert_eq!(whole.granularity(), expected, "{dates:?}");
        assert_eq!(parts.granularity(), expected, "merged {dates:?}");
    }

    #[test]
    fn the_finest_varying_part_is_found() {
        check(&["2020-01-01", "1969-01-01"], TimeGranularity::Year);
        check(&["2020-12-31", "2021-12-31"], TimeGranularity::Year);
        check(&["2020-01-01", "2020-04-01"], TimeGranularity::Quarter);
        check(&["2020-03-31", "2020-06-30"], TimeGranularity::Quarter);
        check(&["2020-01-01", "2020-02-01"], TimeGranularity::Month);
        check(&["2020-02-29", "2021-02-28"], TimeGranularity::Month);
        check(&["2020-01-06", "2020-01-13", "2020-02-03"], TimeGranularity::Week);
        check(&["2020-01-06", "2020-01-07"], TimeGranularity::Day);
        check(&["2020-01-06", "2020-01-07T05:00:00"], TimeGranularity::Hour);
        check(&["2020-01-06T05:10:00", "2020-01-07"], TimeGranularity::Minute);
        check(&["1950-01-06T05:10:01"], TimeGranularity::Second);
        check(&["1950-01-06T05:10:01.5"], TimeGranularity::Subsecond);
    }

    #[test]
    fn years_start_where_they_start() {
        let start = year_start_ms(1994.0).unwrap();
        assert_eq!(start, 757_382_400_000);
        assert_eq!(year_start_ms(1e300), None);
    }
}
