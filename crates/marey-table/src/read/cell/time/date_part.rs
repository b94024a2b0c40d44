//! The date part of a cell.

use super::{layout::DateLayout, reader::Reader};

/// What the date part of a cell holds.
pub(super) struct DatePart {
    pub layout: DateLayout,
    pub separator: u8,
    pub year: i32,
    pub first: u8,
    pub second: u8,
}

impl Reader<'_> {
    /// Reads a date in any layout.
    pub(super) fn date(&mut self) -> Option<DatePart> {
        match self.rest.as_bytes().first()? {
            b'0'..=b'9' => match self.count_digits() {
                4 => self.date_from_year(),
                8 => self.compact_date(),
                1 | 2 => self.date_from_number(),
                _ => None,
            },
            b'Q' | b'q' => self.date_from_quarter(),
            _ => self.date_from_name(),
        }
    }

    /// `2020…`.
    fn date_from_year(&mut self) -> Option<DatePart> {
        let year = self.number(4)?;
        let separator = self.separator();
        if let Some(quarter) = self.quarter() {
            return Some(part(DateLayout::YearQuarter, separator, year, quarter * 3 - 2, 1));
        }
        if separator == b'-' && self.eat('W') {
            return self.iso_week(year);
        }
        if separator == 0 {
            return None;
        }
        if let Some(month) = self.month_name() {
            if self.rest.is_empty() {
                return Some(part(DateLayout::YearName, separator, year, month, 1));
            }
            self.separator();
            let day = self.small_number()?;
            return Some(part(DateLayout::YearNameDay, separator, year, month, day));
        }
        let month = self.small_number()?;
        if self.rest.as_bytes().first() != Some(&separator) {
            let sure = matches!(separator, b'-' | b'/') && self.rest.is_empty();
            return sure.then(|| part(DateLayout::YearMonth, separator, year, month, 1));
        }
        self.rest = &self.rest[1..];
        let day = self.small_number()?;
        Some(part(DateLayout::YearMonthDay, separator, year, month, day))
    }

    fn iso_week(&mut self, year: i32) -> Option<DatePart> {
        let week = self.small_number().filter(|w| (1..=53).contains(w))?;
        let weekday = if self.eat('-') {
            self.small_number().filter(|d| (1..=7).contains(d))?
        } else {
            1
        };
        Some(part(DateLayout::IsoWeek, b'-', year, week, weekday))
    }

    /// `20200131T…`.
    fn compact_date(&mut self) -> Option<DatePart> {
        let digits = self.number(8)?;
        let (year, month_day) = (digits / 10_000, digits % 10_000);
        Some(part(
            DateLayout::Compact,
            0,
            year,
            u8::try_from(month_day / 100).ok()?,
            u8::try_from(month_day % 100).ok()?,
        ))
    }

    /// `31/01/2020`, `31 Jan 2020`, `01/2020`.
    fn date_from_number(&mut self) -> Option<DatePart> {
        let first = self.small_number()?;
        self.skip_ordinal();
        let separator = self.separator();
        self.skip_word("de");
        self.skip_word("of");
        if let Some(month) = self.month_name() {
            self.separator();
            self.skip_word("del");
            self.skip_word("de");
            let (year, short) = self.long_or_short_year()?;
            let layout = if short {
                DateLayout::DayNameShort
            } else {
                DateLayout::DayName
            };
            return Some(part(layout, separator, year, month, first));
        }
        if !matches!(separator, b'/' | b'-' | b'.' | b' ') {
            return None;
        }
        if self.count_digits() == 4 && matches!(separator, b'/' | b'-') {
            let year = self.number(4)?;
            return Some(part(DateLayout::MonthYear, separator, year, first, 1));
        }
        let second = self.small_number()?;
        // "1. 2. 2020" has a space behind each dot.
        let behind = self.separator();
        if behind != separator {
            return None;
        }
        let (year, short) = self.long_or_short_year()?;
        if short && separator == b' ' {
            return None;
        }
        let layout = if short {
            DateLayout::NumericShort
        } else {
            DateLayout::Numeric
        };
        Some(part(layout, separator, year, first, second))
    }

    /// `Q1 2020`.
    fn date_from_quarter(&mut self) -> Option<DatePart> {
        let quarter = self.quarter()?;
        let separator = self.separator();
        let year = self.year()?;
        Some(part(DateLayout::QuarterYear, separator, year, quarter * 3 - 2, 1))
    }

    /// `January 31, 2020`, `Jan 2020`, `Jan-20`, `Jan 1 10:00:00 2020`.
    fn date_from_name(&mut self) -> Option<DatePart> {
        let month = self.month_name()?;
        let separator = self.separator();
        self.skip_word("del");
        self.skip_word("de");
        if self.count_digits() == 4 {
            let year = self.number(4)?;
            return Some(part(DateLayout::NameYear, separator, year, month, 1));
        }
        let number = self.small_number()?;
        if self.rest.is_empty() {
            let short_year = matches!(separator, b'-' | b'\'' | b'/');
            return short_year.then(|| part(DateLayout::NameYearShort, separator, century(number), month, 1));
        }
        self.skip_ordinal();
        let day = number;
        let behind = self.separator();
        if behind == 0 {
            return None;
        }
        if self.count_digits() == 4 {
            let year = self.number(4)?;
            return Some(part(DateLayout::NameDay, separator, year, month, day));
        }
        if self.rest.as_bytes().get(self.count_digits()) == Some(&b':') {
            // The join is read again by the caller.
            return Some(part(DateLayout::Ctime, separator, 2000, month, day));
        }
        None
    }

    /// Four digits.
    pub(super) fn year(&mut self) -> Option<i32> {
        (self.count_digits() == 4).then(|| self.number(4))?
    }

    fn long_or_short_year(&mut self) -> Option<(i32, bool)> {
        match self.count_digits() {
            4 => Some((self.number(4)?, false)),
            2 => Some((century(self.small_number()?), true)),
            _ => None,
        }
    }
}

/// The year that two digits mean: 1969 to 2068, as POSIX `strptime` has it.
fn century(two_digits: u8) -> i32 {
    let year = i32::from(two_digits);
    if year < 69 { 2000 + year } else { 1900 + year }
}

fn part(layout: DateLayout, separator: u8, year: i32, first: u8, second: u8) -> DatePart {
    DatePart {
        layout,
        separator,
        year,
        first,
        second,
    }
}
