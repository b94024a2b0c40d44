//! The Gregorian calendar in UTC, as JavaScript's `Date` counts it.
//!
//! Day counts follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

/// Milliseconds of a day.
pub(crate) const DAY: f64 = 86_400_000.0;

/// Largest time JavaScript can hold: 100 million days either side of 1970.
const LIMIT: f64 = 8.64e15;

/// A time taken apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Parts {
    /// Gregorian year.
    pub year: i64,
    /// Month from 0.
    pub month: i64,
    /// Day of the month from 1.
    pub date: i64,
    /// Hour of the day.
    pub hours: i64,
    /// Minute of the hour.
    pub minutes: i64,
    /// Second of the minute.
    pub seconds: i64,
    /// Millisecond of the second.
    pub milliseconds: i64,
    /// Day of the week, Sunday is 0.
    pub weekday: i64,
    /// Day of the year from 1.
    pub day_of_year: i64,
}

impl Parts {
    /// Takes a time apart; none for NaN and times JavaScript cannot hold.
    pub fn of(time: f64) -> Option<Parts> {
        let time = clipped(time);
        if time.is_nan() {
            return None;
        }
        let time = time as i64; // whole and within 8.64e15 by `clipped`
        let days = time.div_euclid(86_400_000);
        let rest = time.rem_euclid(86_400_000);
        let (year, month, date) = civil(days);
        Some(Parts {
            year,
            month,
            date,
            hours: rest / 3_600_000,
            minutes: rest / 60_000 % 60,
            seconds: rest / 1000 % 60,
            milliseconds: rest % 1000,
            weekday: weekday(days),
            day_of_year: days - days_of(year, 0, 1) + 1,
        })
    }

    /// Week of the year: the number of Sundays up to this day.
    pub fn week(&self) -> i64 {
        (self.day_of_year - 1 + 7 - self.weekday) / 7
    }

    /// Quarter from 0.
    pub fn quarter(&self) -> i64 {
        self.month / 3
    }
}

/// Whole milliseconds within the range JavaScript can hold, else NaN.
pub(crate) fn clipped(time: f64) -> f64 {
    if time.abs() <= LIMIT {
        time.trunc()
    } else {
        f64::NAN
    }
}

/// Year, month from 0 and day of the month of a day counted from 1970.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12;
    let year = year_of_era + era * 400 + i64::from(month < 2);
    (year, month, date)
}

/// Days from 1970 to a date; month (from 0) and day of the month may overflow.
pub(crate) fn days_of(year: i64, month: i64, date: i64) -> i64 {
    let year = year + month.div_euclid(12);
    let month = month.rem_euclid(12);
    let year = if month < 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (month + 10) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468 + (date - 1)
}

/// Day of the week of a day counted from 1970, Sunday is 0.
pub(crate) fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

/// JavaScript's `Date.UTC`: parts may overflow; NaN where one is no number.
///
/// Parts: year, month from 0, date from 1, hours, minutes, seconds, milliseconds.
pub(crate) fn time_of(parts: [f64; 7]) -> f64 {
    if parts.iter().any(|part| !part.is_finite() || part.abs() > LIMIT) {
        return f64::NAN;
    }
    let [year, month, date, hours, minutes, seconds, milliseconds] = parts.map(f64::trunc);
    if year.abs() > 400_000.0 || month.abs() > 4_000_000.0 {
        return f64::NAN;
    }
    // Year and month are small by the test above; the date is added as a float.
    let days = days_of(year as i64, month as i64, 1) as f64 + (date - 1.0);
    clipped(days * DAY + hours * 3_600_000.0 + minutes * 60_000.0 + seconds * 1000.0 + milliseconds)
}

/// ISO 8601 as `Date.prototype.toISOString` writes it; none for an invalid time.
pub(crate) fn iso(time: f64) -> Option<String> {
    let parts = Parts::of(time)?;
    let year = if (0..=9999).contains(&parts.year) {
        format!("{:04}", parts.year)
    } else {
        format!(
            "{}{:06}",
            if parts.year < 0 { '-' } else { '+' },
            parts.year.abs()
        )
    };
    Some(format!(
        "{year}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        parts.month + 1,
        parts.date,
        parts.hours,
        parts.minutes,
        parts.seconds,
        parts.milliseconds
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_apart_and_together() {
        for (time, text) in [
            (0.0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000.0, "2000-02-29T00:00:00.000Z"),
            (-1.0, "1969-12-31T23:59:59.999Z"),
            (-62_198_755_200_000.0, "-000001-01-01T00:00:00.000Z"),
            (253_402_300_800_000.0, "+010000-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(iso(time).as_deref(), Some(text));
        }
    }

    #[test]
    fn parts_overflow_into_coarser_ones() {
        let time = time_of([2012.0, 13.0, 0.0, 25.0, 0.0, 0.0, 0.0]);
        assert_eq!(iso(time).as_deref(), Some("2013-02-01T01:00:00.000Z"));
        assert!(time_of([f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]).is_nan());
    }

    #[test]
    fn weeks_count_sundays() {
        // 2012 began on a Sunday, 2011 on a Saturday.
        for (date, week) in [
            ([2012, 0, 1], 1),
            ([2011, 0, 1], 0),
            ([2011, 0, 2], 1),
            ([2012, 11, 31], 53),
        ] {
            let time = days_of(date[0], date[1], date[2]) as f64 * DAY;
            assert_eq!(Parts::of(time).map(|parts| parts.week()), Some(week));
        }
    }

    proptest::proptest! {
        #[test]
        fn civil_dates_round_trip(days in -50_000_000_i64..50_000_000) {
            let (year, month, date) = civil(days);
            proptest::prop_assert_eq!(days_of(year, month, date), days);
        }
    }
}
