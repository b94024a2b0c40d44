//! Intervals of calendar time in UTC: flooring, stepping and listing instants.
//!
//! Instants are milliseconds since 1970 as `f64`, the convention of Vega and D3. Semantics are
//! d3-time's; dates are computed with the days-from-civil algorithm of Howard Hinnant
//! (<https://howardhinnant.github.io/date_algorithms.html>).

/// Milliseconds in a second.
pub const SECOND: f64 = 1000.0;
/// Milliseconds in a minute.
pub const MINUTE: f64 = 60.0 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: f64 = 60.0 * MINUTE;
/// Milliseconds in a day.
pub const DAY: f64 = 24.0 * HOUR;
/// Milliseconds in a week.
pub const WEEK: f64 = 7.0 * DAY;

/// Farthest instant from 1970 that is handled: JavaScript's limit, about 273,000 years.
pub const MAX_INSTANT: f64 = 8.64e15;

/// A date and time of day in the proleptic Gregorian calendar, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// Astronomical year (0 is 1 BC).
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, 1 to 31.
    pub day: u32,
    /// Hour, 0 to 23.
    pub hour: u32,
    /// Minute, 0 to 59.
    pub minute: u32,
    /// Second, 0 to 59.
    pub second: u32,
    /// Millisecond, 0 to 999.
    pub millisecond: u32,
}

impl Civil {
    /// The calendar reading of an instant, or none where it is NaN or out of range.
    pub fn of(instant: f64) -> Option<Self> {
        if instant.is_nan() || instant.abs() > MAX_INSTANT {
            return None;
        }
        let ms = instant.floor() as i64;
        let days = ms.div_euclid(86_400_000);
        let within = ms.rem_euclid(86_400_000) as u32;
        let (year, month, day) = civil_from_days(days);
        Some(Self {
            year,
            month,
            day,
            hour: within / 3_600_000,
            minute: within / 60_000 % 60,
            second: within / 1000 % 60,
            millisecond: within % 1000,
        })
    }

    /// The instant in milliseconds since 1970.
    pub fn instant(self) -> f64 {
        days_from_civil(self.year, self.month, self.day) as f64 * DAY
            + f64::from(self.hour) * HOUR
            + f64::from(self.minute) * MINUTE
            + f64::from(self.second) * SECOND
            + f64::from(self.millisecond)
    }

    /// Day of the week, 0 for Sunday.
    pub fn weekday(self) -> u32 {
        (days_from_civil(self.year, self.month, self.day) + 4).rem_euclid(7) as u32
    }

    /// Day of the year, 1 to 366.
    pub fn day_of_year(self) -> u32 {
        (days_from_civil(self.year, self.month, self.day) - days_from_civil(self.year, 1, 1) + 1) as u32
    }
}

/// Midnight at the start of a month; months beyond 1 to 12 carry into the year.
pub fn month_start(year: i64, month0: i64) -> f64 {
    let year = year + month0.div_euclid(12);
    days_from_civil(year, month0.rem_euclid(12) as u32 + 1, 1) as f64 * DAY
}

fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let shifted = i64::from((month + 9) % 12);
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
    let month = (if mp < 10 { mp + 3 } else { mp - 9 }) as u32;
    let year = yoe + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnitOf {
    /// Milliseconds.
    Millisecond,
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days since 1970.
    Day,
    /// Weeks that begin on Sunday.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// Every `step`-th unit of the calendar (each third month, each fifth minute).
///
/// Steps align as in D3: within the enclosing unit for seconds to hours and months (every 15
/// minutes is :00, :15 …), on multiples of the year for years, from 1970 for days and weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    unit: TimeUnitOf,
    step: i64,
}

impl Interval {
    /// Every `step`-th unit; steps below one count as one.
    pub fn every(unit: TimeUnitOf, step: i64) -> Self {
        Self {
            unit,
            step: step.clamp(1, 1_000_000_000),
        }
    }

    /// The unit.
    pub fn unit(self) -> TimeUnitOf {
        self.unit
    }

    /// The step.
    pub fn step(self) -> i64 {
        self.step
    }

    /// The interval's name as Vega-Lite spells intervals of `nice` and `tickCount`.
    pub fn parse(name: &str, step: i64) -> Option<Self> {
        let (unit, times) = match name {
            "millisecond" => (TimeUnitOf::Millisecond, 1),
            "second" => (TimeUnitOf::Second, 1),
            "minute" => (TimeUnitOf::Minute, 1),
            "hour" => (TimeUnitOf::Hour, 1),
            "day" | "date" => (TimeUnitOf::Day, 1),
            "week" => (TimeUnitOf::Week, 1),
            "month" => (TimeUnitOf::Month, 1),
            "quarter" => (TimeUnitOf::Month, 3),
            "year" => (TimeUnitOf::Year, 1),
            _ => return None,
        };
        Some(Self::every(unit, step.max(1).saturating_mul(times)))
    }

    /// The latest boundary at or before an instant; NaN where the instant is out of range.
    pub fn floor(self, instant: f64) -> f64 {
        let Some(civil) = Civil::of(instant) else {
            return f64::NAN;
        };
        let step = self.step;
        let within = |value: u32| i64::from(value) / step * step;
        match self.unit {
            TimeUnitOf::Millisecond => multiple(instant, step as f64),
            TimeUnitOf::Second => multiple(instant, MINUTE) + within(civil.second) as f64 * SECOND,
            TimeUnitOf::Minute => multiple(instant, HOUR) + within(civil.minute) as f64 * MINUTE,
            TimeUnitOf::Hour => multiple(instant, DAY) + within(civil.hour) as f64 * HOUR,
            TimeUnitOf::Day => multiple(instant, DAY * step as f64),
            TimeUnitOf::Week => sunday_floor(instant, step),
            TimeUnitOf::Month => month_start(civil.year, within(civil.month - 1)),
            TimeUnitOf::Year => month_start(civil.year.div_euclid(step) * step, 0),
        }
    }

    /// The earliest boundary at or after an instant; NaN where the instant is out of range.
    pub fn ceil(self, instant: f64) -> f64 {
        let floor = self.floor(instant);
        if floor == instant { floor } else { self.next(floor) }
    }

    /// The boundary after a boundary.
    pub fn next(self, boundary: f64) -> f64 {
        let Some(civil) = Civil::of(boundary) else {
            return f64::NAN;
        };
        let step = self.step;
        match self.unit {
            TimeUnitOf::Millisecond => boundary + step as f64,
            TimeUnitOf::Second => boundary + wrap(civil.second, step, 60) as f64 * SECOND,
            TimeUnitOf::Minute => boundary + wrap(civil.minute, step, 60) as f64 * MINUTE,
            TimeUnitOf::Hour => boundary + wrap(civil.hour, step, 24) as f64 * HOUR,
            TimeUnitOf::Day => boundary + step as f64 * DAY,
            TimeUnitOf::Week => boundary + step as f64 * WEEK,
            TimeUnitOf::Month => month_start(
                civil.year,
                i64::from(civil.month - 1) + wrap(civil.month - 1, step, 12),
            ),
            TimeUnitOf::Year => month_start(civil.year + step, 0),
        }
    }

    /// The boundaries in `[start, stop)`, at most `limit` of them.
    pub fn range(self, start: f64, stop: f64, limit: usize) -> Vec<f64> {
        let mut instants = Vec::new();
        let mut at = self.ceil(start);
        while at < stop && instants.len() < limit {
            instants.push(at);
            let next = self.next(at);
            if next.is_nan() || next <= at {
                break;
            }
            at = next;
        }
        instants
    }
}

/// Distance to the next multiple of `step`, or to the end of the enclosing unit if that is nearer.
fn wrap(value: u32, step: i64, size: i64) -> i64 {
    let value = i64::from(value);
    step.min(size - value)
}

fn multiple(instant: f64, size: f64) -> f64 {
    (instant / size).floor() * size
}

/// Sundays are three days after the week's boundary that 1970-01-01, a Thursday, would set.
fn sunday_floor(instant: f64, step: i64) -> f64 {
    const FIRST_SUNDAY: f64 = -4.0 * DAY;
    // The first Sunday before 1970 counts as number zero, as in D3.
    FIRST_SUNDAY + multiple(instant - FIRST_SUNDAY, WEEK * step as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i64, month: u32, day: u32, hour: u32, minute: u32) -> f64 {
        Civil {
            year,
            month,
            day,
            hour,
            minute,
            second: 0,
            millisecond: 0,
        }
        .instant()
    }

    #[test]
    fn calendar_reads_back() {
        for instant in [
            0.0,
            -1.0,
            951_782_400_000.0,
            -62_198_755_200_000.0,
            MAX_INSTANT,
            -MAX_INSTANT,
        ] {
            let civil = Civil::of(instant).expect("in range");
            assert_eq!(civil.instant(), instant, "{civil:?}");
        }
        assert_eq!(Civil::of(f64::NAN), None);
        assert_eq!(Civil::of(f64::INFINITY), None);
        assert_eq!(Civil::of(0.0).expect("in range").weekday(), 4);
    }

    #[track_caller]
    fn check(interval: Interval, instant: f64, floor: f64, ceil: f64) {
        assert_eq!(interval.floor(instant), floor, "floor of {interval:?}");
        assert_eq!(interval.ceil(instant), ceil, "ceil of {interval:?}");
    }

    #[test]
    fn floors_and_ceils() {
        let noon = at(2024, 5, 15, 12, 34);
        check(
            Interval::every(TimeUnitOf::Year, 1),
            noon,
            at(2024, 1, 1, 0, 0),
            at(2025, 1, 1, 0, 0),
        );
        check(
            Interval::every(TimeUnitOf::Year, 5),
            noon,
            at(2020, 1, 1, 0, 0),
            at(2025, 1, 1, 0, 0),
        );
        check(
            Interval::every(TimeUnitOf::Month, 3),
            noon,
            at(2024, 4, 1, 0, 0),
            at(2024, 7, 1, 0, 0),
        );
        check(
            Interval::every(TimeUnitOf::Week, 1),
            noon,
            at(2024, 5, 12, 0, 0),
            at(2024, 5, 19, 0, 0),
        );
        check(
            Interval::every(TimeUnitOf::Hour, 6),
            noon,
            at(2024, 5, 15, 12, 0),
            at(2024, 5, 15, 18, 0),
        );
        check(
            Interval::every(TimeUnitOf::Minute, 15),
            noon,
            at(2024, 5, 15, 12, 30),
            at(2024, 5, 15, 12, 45),
        );
        check(
            Interval::every(TimeUnitOf::Year, 1),
            at(2024, 1, 1, 0, 0),
            at(2024, 1, 1, 0, 0),
            at(2024, 1, 1, 0, 0),
        );
    }

    #[test]
    fn ranges_are_bounded() {
        let years = Interval::every(TimeUnitOf::Year, 1);
        assert_eq!(
            years.range(at(2020, 1, 1, 0, 0), at(2023, 1, 1, 0, 0), 100).len(),
            3
        );
        assert_eq!(years.range(0.0, MAX_INSTANT, 100).len(), 100);
        assert!(years.range(f64::NAN, 0.0, 100).is_empty());
    }
}
