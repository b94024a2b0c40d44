//! Dates as readers of a language write them, as fine as the data and no finer.

use chrono::{DateTime, Datelike, Timelike, Utc};
use icu_calendar::{Date, Gregorian};
use icu_datetime::{
    DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter,
    fieldsets::{E, M, T, YM, YMD},
    input::Time,
};

use super::{Locale, Words};
use crate::Bucket;

type Formatter<Fields> = Option<FixedCalendarDateTimeFormatter<Gregorian, Fields>>;

/// Writes dates by the CLDR. Every language with a catalogue is in the compiled data; without it dates are ISO 8601.
pub(super) struct CalendarWriter {
    day: Formatter<YMD>,
    short_day: Formatter<YMD>,
    month: Formatter<YM>,
    short_month: Formatter<YM>,
    month_name: Formatter<M>,
    weekday: Formatter<E>,
    time: Option<NoCalendarFormatter<T>>,
}

impl CalendarWriter {
    pub(super) fn new(locale: &Locale) -> Self {
        let preferences = DateTimeFormatterPreferences::from(locale.identifier());
        Self {
            day: FixedCalendarDateTimeFormatter::try_new(preferences, YMD::long()).ok(),
            short_day: FixedCalendarDateTimeFormatter::try_new(preferences, YMD::medium()).ok(),
            month: FixedCalendarDateTimeFormatter::try_new(preferences, YM::long()).ok(),
            short_month: FixedCalendarDateTimeFormatter::try_new(preferences, YM::medium()).ok(),
            month_name: FixedCalendarDateTimeFormatter::try_new(preferences, M::long()).ok(),
            weekday: FixedCalendarDateTimeFormatter::try_new(preferences, E::long()).ok(),
            time: NoCalendarFormatter::try_new(preferences, T::hm()).ok(),
        }
    }
}

/// The civil date of an instant in the Gregorian calendar, where chrono's and ICU's calendars reach.
fn gregorian(instant: DateTime<Utc>) -> Option<Date<Gregorian>> {
    let (month, day) = (
        u8::try_from(instant.month()).ok()?,
        u8::try_from(instant.day()).ok()?,
    );
    Date::try_new_gregorian(instant.year(), month, day).ok()
}

impl Words {
    /// A point in time, given in milliseconds since 1970 (UTC), as fine as its bucket. Empty beyond the calendar.
    pub fn instant(&self, milliseconds: i64, bucket: Bucket) -> String {
        let Some(instant) = DateTime::from_timestamp_millis(milliseconds) else {
            return String::new();
        };
        match bucket {
            Bucket::Year => instant.year().to_string(),
            Bucket::Quarter => self.quarter(instant),
            Bucket::Month => self.month(instant),
            Bucket::Week => self.term("week-of", &[("day", &self.day(instant))]),
            Bucket::Day => self.day(instant),
            Bucket::Hour => self.term(
                "day-and-time",
                &[("day", &self.day(instant)), ("time", &self.time(instant))],
            ),
        }
    }

    /// A point in time where there is little room; weeks by their first day.
    pub fn short_instant(&self, milliseconds: i64, bucket: Bucket) -> String {
        let Some(instant) = DateTime::from_timestamp_millis(milliseconds) else {
            return String::new();
        };
        let date = gregorian(instant);
        match (bucket, date) {
            (Bucket::Day | Bucket::Week, Some(date)) => match &self.calendar.short_day {
                Some(formatter) => formatter.format(&date).to_string(),
                None => self.day(instant),
            },
            (Bucket::Month, Some(date)) => match &self.calendar.short_month {
                Some(formatter) => formatter.format(&date).to_string(),
                None => self.month(instant),
            },
            _ => self.instant(milliseconds, bucket),
        }
    }

    /// A stretch of time as the end of a sentence: "in June 2024", "on June 3, 2024".
    pub fn when(&self, milliseconds: i64, bucket: Bucket) -> String {
        let day = match bucket {
            Bucket::Week => self.instant(milliseconds, Bucket::Day),
            bucket => self.instant(milliseconds, bucket),
        };
        self.term(&format!("when-{}", bucket.as_str()), &[("at", &day)])
    }

    /// The same with abbreviated dates.
    pub fn when_short(&self, milliseconds: i64, bucket: Bucket) -> String {
        let at = self.short_instant(milliseconds, bucket);
        self.term(&format!("when-{}", bucket.as_str()), &[("at", &at)])
    }

    /// The time from a first to a last instant, once where both are written alike.
    pub fn period(&self, first: i64, last: i64, bucket: Bucket) -> String {
        let from = self.short_instant(first, bucket);
        let to = self.short_instant(last, bucket);
        match from == to {
            true => from,
            false => self.term("period", &[("from", &from), ("to", &to)]),
        }
    }

    /// The name of a month, 1 for January; empty for anything that is none.
    pub fn month_name(&self, month: u8) -> String {
        let date = Date::try_new_gregorian(2000, month, 1).ok();
        match (&self.calendar.month_name, date) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => String::new(),
        }
    }

    /// The name of a day of the week, 0 for Sunday.
    pub fn weekday_name(&self, weekday: u8) -> String {
        // 2 January 2000 was a Sunday.
        let date = Date::try_new_gregorian(2000, 1, 2 + weekday % 7).ok();
        match (&self.calendar.weekday, date) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => String::new(),
        }
    }

    fn quarter(&self, instant: DateTime<Utc>) -> String {
        let quarter = instant.month0() / 3 + 1;
        self.term(
            "quarter",
            &[
                ("quarter", &quarter.to_string()),
                ("year", &instant.year().to_string()),
            ],
        )
    }

    fn month(&self, instant: DateTime<Utc>) -> String {
        match (&self.calendar.month, gregorian(instant)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => instant.format("%Y-%m").to_string(),
        }
    }

    fn day(&self, instant: DateTime<Utc>) -> String {
        match (&self.calendar.day, gregorian(instant)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => instant.format("%Y-%m-%d").to_string(),
        }
    }

    fn time(&self, instant: DateTime<Utc>) -> String {
        let time = match (u8::try_from(instant.hour()), u8::try_from(instant.minute())) {
            (Ok(hour), Ok(minute)) => Time::try_new(hour, minute, 0, 0).ok(),
            _ => None,
        };
        match (&self.calendar.time, time) {
            (Some(formatter), Some(time)) => formatter.format(&time).to_string(),
            _ => instant.format("%H:%M").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3 June 2024, 14:05.
    const AFTERNOON: i64 = 1_717_423_500_000;

    #[test]
    fn dates_are_as_fine_as_their_bucket() {
        for (tag, bucket, text) in [
            ("en", Bucket::Year, "2024"),
            ("en", Bucket::Quarter, "Q2 2024"),
            ("en", Bucket::Month, "June 2024"),
            ("en", Bucket::Week, "the week of June 3, 2024"),
            ("en-GB", Bucket::Week, "the week of 3 June 2024"),
            ("en", Bucket::Day, "June 3, 2024"),
            ("en", Bucket::Hour, "June 3, 2024, 2:05\u{202f}PM"),
        ] {
            let words = Words::new(Locale::new(tag).unwrap());
            assert_eq!(words.instant(AFTERNOON, bucket), text);
        }
    }

    #[test]
    fn periods_are_written_short_and_once_where_both_ends_are_alike() {
        let words = Words::new(Locale::default());
        let later = AFTERNOON + 86_400_000 * 40;
        assert_eq!(
            words.period(AFTERNOON, later, Bucket::Day),
            "Jun 3, 2024 – Jul 13, 2024"
        );
        assert_eq!(
            words.period(AFTERNOON, later, Bucket::Month),
            "Jun 2024 – Jul 2024"
        );
        assert_eq!(words.period(AFTERNOON, later, Bucket::Year), "2024");
    }

    #[test]
    fn months_and_weekdays_have_names_and_nothing_panics_beyond_the_calendar() {
        let words = Words::new(Locale::new("en").unwrap());
        assert_eq!(words.month_name(3), "March");
        assert_eq!(words.month_name(13), "");
        assert_eq!(words.weekday_name(0), "Sunday");
        assert_eq!(words.weekday_name(255), "Wednesday");
        assert_eq!(words.instant(i64::MAX, Bucket::Day), "");
    }
}
