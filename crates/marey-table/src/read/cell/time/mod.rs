//! Dates and times as people write them.
//!
//! Reading a cell yields its [`Layout`], which says how it was written, and its fields. Only the
//! order of day and month in `01/02/2020` is left open: a column decides it as a whole.

mod clock_part;
mod date_part;
mod iso;
mod layout;
mod pattern;
mod reader;

use super::calendar::{days_from_civil, days_of_iso_week, is_date};
pub(crate) use layout::{DAY_MICROS, DateLayout, DayOrder, Layout, TimeCell, ZoneLayout};

impl TimeCell {
    /// Reads a trimmed cell.
    pub fn read(cell: &str) -> Option<Self> {
        let bytes = cell.as_bytes();
        if bytes.len() < 4 || bytes.len() > 64 {
            return None;
        }
        iso::read_iso(bytes).or_else(|| reader::Reader::new(cell).read())
    }

    /// Reads a cell that is written as ISO 8601 has it, with nothing around it: what
    /// [`read`](Self::read) finds there, sooner.
    #[inline]
    pub fn read_iso(cell: &str) -> Option<Self> {
        iso::read_iso(cell.as_bytes())
    }

    /// Whether day and month exist in the given order.
    pub fn fits(&self, order: DayOrder) -> bool {
        if !self.layout.date.is_numeric() {
            return true;
        }
        let (month, day) = self.month_day(order);
        is_date(self.year, month, day)
    }

    /// Days since 1970-01-01, if the date exists in the given order.
    pub fn days(&self, order: DayOrder) -> Option<i32> {
        if self.layout.date == DateLayout::IsoWeek {
            return Some(days_of_iso_week(self.year, self.first, self.second));
        }
        let (month, day) = self.month_day(order);
        is_date(self.year, month, day).then(|| days_from_civil(self.year, month, day))
    }

    /// Microseconds since 1970-01-01, in UTC when there is an offset, else local.
    pub fn timestamp(&self, order: DayOrder) -> Option<i64> {
        let days = i64::from(self.days(order)?);
        Some(days * DAY_MICROS + self.micros - i64::from(self.offset) * 60_000_000)
    }

    fn month_day(&self, order: DayOrder) -> (u8, u8) {
        if self.layout.date.is_numeric() && order == DayOrder::DayFirst {
            (self.second, self.first)
        } else {
            (self.first, self.second)
        }
    }

    /// The layout as an strftime pattern.
    pub fn pattern(layout: Layout, order: DayOrder) -> String {
        pattern::pattern(layout, order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: Option<&str>) {
        let found = TimeCell::read(cell).and_then(|time| {
            let micros = time.timestamp(DayOrder::DayFirst)?;
            let pattern = TimeCell::pattern(time.layout, DayOrder::DayFirst);
            let instant = chrono::DateTime::from_timestamp_micros(micros)?;
            Some(format!("{} {pattern}", instant.format("%Y-%m-%dT%H:%M:%S%.f")))
        });
        assert_eq!(found.as_deref(), expected, "{cell:?}");
    }

    #[test]
    fn dates() {
        for (cell, expected) in [
            ("2020-01-31", Some("2020-01-31T00:00:00 %Y-%m-%d")),
            ("2020/1/31", Some("2020-01-31T00:00:00 %Y/%m/%d")),
            ("2020-02-30", None),
            ("31/01/2020", Some("2020-01-31T00:00:00 %d/%m/%Y")),
            ("1.2.2020", Some("2020-02-01T00:00:00 %d.%m.%Y")),
            ("1. 2. 2020", Some("2020-02-01T00:00:00 %d.%m.%Y")),
            ("1-2-99", Some("1999-02-01T00:00:00 %d-%m-%y")),
            ("12 Jan 2020", Some("2020-01-12T00:00:00 %d %b %Y")),
            ("12-jan-20", Some("2020-01-12T00:00:00 %d-%b-%y")),
            ("12th January 2020", Some("2020-01-12T00:00:00 %d %b %Y")),
            ("12 de enero de 2020", Some("2020-01-12T00:00:00 %d %b %Y")),
            ("12. M\u{e4}rz 2020", Some("2020-03-12T00:00:00 %d.%b.%Y")),
            ("January 12, 2020", Some("2020-01-12T00:00:00 %b %d, %Y")),
            ("Sunday, Jan 12 2020", Some("2020-01-12T00:00:00 %b %d, %Y")),
            ("2020-Jan-12", Some("2020-01-12T00:00:00 %Y-%b-%d")),
            ("2020-01", Some("2020-01-01T00:00:00 %Y-%m")),
            ("2020-1", Some("2020-01-01T00:00:00 %Y-%m")),
            ("2020-13", None),
            ("01/2020", Some("2020-01-01T00:00:00 %m/%Y")),
            ("Jan 2020", Some("2020-01-01T00:00:00 %b %Y")),
            ("Jan-20", Some("2020-01-01T00:00:00 %b-%y")),
            ("Q2 2020", Some("2020-04-01T00:00:00 Q%q %Y")),
            ("2020-Q2", Some("2020-04-01T00:00:00 %Y-Q%q")),
            ("2020Q2", Some("2020-04-01T00:00:00 %YQ%q")),
            ("2020-W05-3", Some("2020-01-29T00:00:00 %G-W%V")),
            ("2020", None),
            ("12 Jan", None),
            ("555-1234", None),
            ("10.5", None),
            ("32/13/2020", None),
        ] {
            check(cell, expected);
        }
    }

    #[test]
    fn times() {
        for (cell, expected) in [
            ("10:30", Some("1970-01-01T10:30:00 %H:%M")),
            ("7:05:09", Some("1970-01-01T07:05:09 %H:%M:%S")),
            ("5:05PM", Some("1970-01-01T17:05:00 %I:%M %p")),
            ("12:00:00 am", Some("1970-01-01T00:00:00 %I:%M:%S %p")),
            ("5 pm", Some("1970-01-01T17:00:00 %I %p")),
            ("24:30", None),
            ("10:60", None),
            ("1:2:3", None),
            (
                "2020-01-31T10:30:00.250",
                Some("2020-01-31T10:30:00.250 %Y-%m-%dT%H:%M:%S%.f"),
            ),
            ("2020-01-31 10:30", Some("2020-01-31T10:30:00 %Y-%m-%d %H:%M")),
            (
                "2020-01-31T10:30:00Z",
                Some("2020-01-31T10:30:00 %Y-%m-%dT%H:%M:%SZ"),
            ),
            (
                "2020-01-31T10:30:00+01:00",
                Some("2020-01-31T09:30:00 %Y-%m-%dT%H:%M:%S%z"),
            ),
            (
                "2020-01-31T10:30:00+01:00[Europe/Paris]",
                Some("2020-01-31T09:30:00 %Y-%m-%dT%H:%M:%S%z"),
            ),
            (
                "2020-01-31 10:30:00 EST",
                Some("2020-01-31T15:30:00 %Y-%m-%d %H:%M:%S %Z"),
            ),
            ("31/01/20 05:30 PM", Some("2020-01-31T17:30:00 %d/%m/%y %I:%M %p")),
            (
                "31/01/2020 10:30:00 p. m.",
                Some("2020-01-31T22:30:00 %d/%m/%Y %I:%M:%S %p"),
            ),
            ("20200131T103000Z", Some("2020-01-31T10:30:00 %Y%m%dT%H%M%SZ")),
            (
                "Fri, 31 Jan 2020 10:30:00 +0000",
                Some("2020-01-31T10:30:00 %d %b %Y %H:%M:%S%z"),
            ),
            (
                "31/Jan/2020:10:30:00 +0000",
                Some("2020-01-31T10:30:00 %d/%b/%Y:%H:%M:%S%z"),
            ),
            (
                "Fri Jan 31 10:30:00 2020",
                Some("2020-01-31T10:30:00 %b %d %H:%M:%S %Y"),
            ),
            (
                "Fri Jan 31 10:30:00 +0000 2020",
                Some("2020-01-31T10:30:00 %b %d %H:%M:%S%z %Y"),
            ),
            ("2020-01-31T", None),
            ("2020-01-31 noon", None),
        ] {
            check(cell, expected);
        }
    }
}
