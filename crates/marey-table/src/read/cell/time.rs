//! Dates and times as people write them.
//!
//! Reading a cell yields its [`Layout`], which says how it was written, and its fields. Only the
//! order of day and month in `01/02/2020` is left open: a column decides it as a whole.

use super::{
    calendar::{days_from_civil, days_in_month, days_of_iso_week, is_date, is_weekday, month_named},
    time_pattern,
};

/// How the date part of a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum DateLayout {
    /// No date, only a time.
    None,
    /// `2020-01-31`.
    YearMonthDay,
    /// `31/01/2020` or `01/31/2020`: the column decides.
    Numeric,
    /// `31/01/20` or `01/31/20`: the column decides.
    NumericShort,
    /// `31 Jan 2020`.
    DayName,
    /// `31-Jan-20`.
    DayNameShort,
    /// `January 31, 2020`.
    NameDay,
    /// `2020 Jan 31`.
    YearNameDay,
    /// `2020-01`.
    YearMonth,
    /// `01/2020`.
    MonthYear,
    /// `January 2020`.
    NameYear,
    /// `Jan-20`.
    NameYearShort,
    /// `2020 Jan`.
    YearName,
    /// `2020-Q1`, `2020Q1`.
    YearQuarter,
    /// `Q1 2020`.
    QuarterYear,
    /// `2020-W05`, `2020-W05-1`.
    IsoWeek,
    /// `20200131`, with a time behind it.
    Compact,
    /// `Wed Jan 1 10:00:00 2020`.
    Ctime,
}

/// How the time part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimeLayout {
    /// Number of parts: 0 no time, 1 hour, 2 minutes, 3 seconds, 4 fractions of seconds.
    pub parts: u8,
    /// Whether AM or PM follows.
    pub twelve_hours: bool,
    /// Whether the parts stand without colons.
    pub compact: bool,
}

/// How the offset from UTC is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ZoneLayout {
    /// No zone: a local time.
    None,
    /// `Z`.
    Zulu,
    /// `+01:00`.
    Offset,
    /// `CET`.
    Name,
}

/// How a date or time is written, as far as it matters to read others of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Layout {
    /// The date part.
    pub date: DateLayout,
    /// What stands between the parts of the date, 0 for nothing.
    pub separator: u8,
    /// `T` or a space between date and time, 0 without time.
    pub join: u8,
    /// The time part.
    pub time: TimeLayout,
    /// The zone.
    pub zone: ZoneLayout,
}

/// Which of the two first numbers of `01/02/2020` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// A date, a time or both, as found in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeCell {
    /// How it is written.
    pub layout: Layout,
    /// Year; 1970 without a date.
    pub year: i32,
    /// Month; for the numeric layouts whatever stands first.
    pub first: u8,
    /// Day; for the numeric layouts whatever stands second.
    pub second: u8,
    /// Microseconds since midnight.
    pub micros: i64,
    /// Offset from UTC in minutes.
    pub offset: i32,
}

const NO_TIME: TimeLayout = TimeLayout {
    parts: 0,
    twelve_hours: false,
    compact: false,
};

/// Microseconds of a day.
pub(crate) const DAY_MICROS: i64 = 86_400_000_000;

impl DateLayout {
    /// Whether the order of day and month is open.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Numeric | Self::NumericShort)
    }
}

impl Layout {
    /// Whether there is only a time of day.
    pub fn is_time_only(self) -> bool {
        self.date == DateLayout::None
    }

    /// Whether there is no time of day.
    pub fn is_date_only(self) -> bool {
        self.time.parts == 0
    }
}

impl TimeCell {
    /// Reads a trimmed cell.
    pub fn read(cell: &str) -> Option<Self> {
        let bytes = cell.as_bytes();
        if bytes.len() < 4 || bytes.len() > 64 {
            return None;
        }
        read_iso(bytes).or_else(|| Reader { rest: cell }.read())
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
        time_pattern::pattern(layout, order)
    }
}

/// `2020-01-31`, `2020-01-31T10:00:00`, `2020-01-31 10:00:00.000`, with or without `Z`: the common
/// case, read at fixed positions.
#[inline]
fn read_iso(bytes: &[u8]) -> Option<TimeCell> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = bytes else {
        return None;
    };
    let year = i32::from(two(*y1, *y2)?) * 100 + i32::from(two(*y3, *y4)?);
    let (first, second) = (two(*m1, *m2)?, two(*d1, *d2)?);
    if !is_date(year, first, second) {
        return None;
    }
    let mut cell = TimeCell {
        layout: Layout {
            date: DateLayout::YearMonthDay,
            separator: b'-',
            join: 0,
            time: NO_TIME,
            zone: ZoneLayout::None,
        },
        year,
        first,
        second,
        micros: 0,
        offset: 0,
    };
    if rest.is_empty() {
        return Some(cell);
    }
    let [
        join @ (b'T' | b' '),
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
        rest @ ..,
    ] = rest
    else {
        return None;
    };
    let seconds = clock_seconds(two(*h1, *h2)?, two(*n1, *n2)?, two(*s1, *s2)?)?;
    cell.layout.join = *join;
    cell.layout.time.parts = 3;
    cell.micros = seconds * 1_000_000;
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let (micros, digits) = fraction_micros(fraction)?;
            cell.micros += micros;
            cell.layout.time.parts = 4;
            &fraction[digits..]
        }
        _ => rest,
    };
    match rest {
        [] => Some(cell),
        [b'Z'] => {
            cell.layout.zone = ZoneLayout::Zulu;
            Some(cell)
        }
        _ => None,
    }
}

#[inline]
fn two(tens: u8, ones: u8) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| tens * 10 + ones)
}

#[inline]
fn clock_seconds(hour: u8, minute: u8, second: u8) -> Option<i64> {
    // A leap second is read as the last second of its minute.
    let second = if second == 60 { 59 } else { second };
    (hour < 24 && minute < 60 && second < 60)
        .then(|| i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

/// Microseconds of decimal digits, and how many digits there are; finer digits are cut.
fn fraction_micros(bytes: &[u8]) -> Option<(i64, usize)> {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 12 {
        return None;
    }
    let micros = (0..6).fold(0i64, |sum, at| {
        let digit = bytes
            .get(at)
            .filter(|_| at < digits)
            .map_or(0, |b| i64::from(b - b'0'));
        sum * 10 + digit
    });
    Some((micros, digits))
}

/// What the date part of a cell holds.
struct DatePart {
    layout: DateLayout,
    separator: u8,
    year: i32,
    first: u8,
    second: u8,
}

/// Reads any layout, token by token.
struct Reader<'c> {
    rest: &'c str,
}

impl<'c> Reader<'c> {
    fn read(mut self) -> Option<TimeCell> {
        if !self.rest.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        self.skip_weekday();
        let start = self.rest;
        let mut date = match self.time_only() {
            Some(cell) => return Some(cell),
            None => {
                self.rest = start;
                self.date()?
            }
        };
        let mut cell = TimeCell {
            layout: Layout {
                date: date.layout,
                separator: date.separator,
                join: 0,
                time: NO_TIME,
                zone: ZoneLayout::None,
            },
            year: 0,
            first: date.first,
            second: date.second,
            micros: 0,
            offset: 0,
        };
        if self.rest.is_empty() {
            if matches!(date.layout, DateLayout::Compact | DateLayout::Ctime) {
                return None;
            }
        } else {
            cell.layout.join = self.join(date.layout)?;
            self.clock(&mut cell)?;
            self.zone(&mut cell)?;
            if date.layout == DateLayout::Ctime {
                self.skip_spaces();
                date.year = self.year()?;
            }
        }
        cell.year = date.year;
        (self.rest.is_empty() && date_exists(&date)).then_some(cell)
    }

    /// `10:30`, `10:30:15.5`, `5:05 PM`, `5 PM`.
    fn time_only(&mut self) -> Option<TimeCell> {
        let digits = self.count_digits();
        let next = self.rest.as_bytes().get(digits)?;
        if !(1..=2).contains(&digits) || !matches!(next, b':' | b' ' | b'a' | b'A' | b'p' | b'P' | b'.') {
            return None;
        }
        let mut cell = TimeCell {
            layout: Layout {
                date: DateLayout::None,
                separator: 0,
                join: 0,
                time: NO_TIME,
                zone: ZoneLayout::None,
            },
            year: 1970,
            first: 1,
            second: 1,
            micros: 0,
            offset: 0,
        };
        self.clock(&mut cell)?;
        self.rest.is_empty().then_some(cell)
    }

    fn date(&mut self) -> Option<DatePart> {
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

    /// What may stand between a date and its time.
    fn join(&mut self, date: DateLayout) -> Option<u8> {
        if date == DateLayout::Ctime {
            return Some(b' ');
        }
        if date == DateLayout::DayName && self.eat(':') {
            return Some(b':');
        }
        if matches!(self.rest.as_bytes(), [b'T' | b't', b'0'..=b'9', ..]) {
            self.rest = &self.rest[1..];
            return Some(b'T');
        }
        let before = self.rest.len();
        self.eat(',');
        self.skip_spaces();
        self.skip_word("at");
        (self.rest.len() < before).then_some(b' ')
    }

    fn clock(&mut self, cell: &mut TimeCell) -> Option<()> {
        let digits = self.count_digits();
        let mut time = NO_TIME;
        let mut fields = [0u8; 3];
        if matches!(digits, 4 | 6) && cell.layout.join == b'T' {
            time.compact = true;
            for (field, part) in fields.iter_mut().zip(0..digits / 2) {
                *field = u8::try_from(self.number(2)?).ok()?;
                time.parts = part as u8 + 1;
            }
        } else {
            fields[0] = self.small_number()?;
            time.parts = 1;
            while usize::from(time.parts) < 3 && self.eat(':') {
                if self.count_digits() != 2 {
                    return None;
                }
                fields[usize::from(time.parts)] = self.small_number()?;
                time.parts += 1;
            }
        }
        let mut fraction = 0;
        let point = matches!(self.rest.as_bytes(), [b'.' | b',', b'0'..=b'9', ..]);
        if time.parts == 3 && point {
            let (micros, digits) = fraction_micros(&self.rest.as_bytes()[1..])?;
            fraction = micros;
            self.rest = &self.rest[1 + digits..];
            time.parts = 4;
        }
        if let Some(afternoon) = self.half_day() {
            time.twelve_hours = true;
            // "13:05 PM" does occur and is clear enough.
            fields[0] = match fields[0] {
                12 if !afternoon => 0,
                hour @ 0..=11 if afternoon => hour + 12,
                hour => hour,
            };
        } else if time.parts == 1 {
            return None;
        }
        cell.micros = clock_seconds(fields[0], fields[1], fields[2])? * 1_000_000 + fraction;
        cell.layout.time = time;
        Some(())
    }

    /// `AM`, `p.m.`, `p`; true in the afternoon.
    fn half_day(&mut self) -> Option<bool> {
        let rest = self.rest.trim_start();
        let (letter, behind) = match rest.as_bytes() {
            [letter, b'm' | b'M', ..] => (letter, &rest[2..]),
            [letter, b'.', b'm' | b'M', b'.', ..] => (letter, &rest[4..]),
            [letter, b'.', b' ', b'm' | b'M', b'.', ..] => (letter, &rest[5..]),
            _ => return None,
        };
        let afternoon = match letter {
            b'a' | b'A' => false,
            b'p' | b'P' => true,
            _ => return None,
        };
        if behind.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        self.rest = behind;
        Some(afternoon)
    }

    fn zone(&mut self, cell: &mut TimeCell) -> Option<()> {
        let trimmed = self.rest.trim_start();
        let ctime = cell.layout.date == DateLayout::Ctime;
        match trimmed.as_bytes() {
            [] => self.rest = trimmed,
            [b'+' | b'-', ..] => {
                self.rest = trimmed;
                cell.offset = self.offset()?;
                cell.layout.zone = ZoneLayout::Offset;
                self.skip_region();
            }
            [first, ..] if first.is_ascii_alphabetic() => {
                self.rest = trimmed;
                self.named_zone(cell)?;
                self.skip_region();
            }
            _ if ctime => {}
            _ => return None,
        }
        Some(())
    }

    /// `+01:00`, `-0530`, `+01`.
    fn offset(&mut self) -> Option<i32> {
        let negative = self.rest.starts_with('-');
        self.rest = &self.rest[1..];
        let (hours, minutes) = match self.count_digits() {
            4 => {
                let both = self.number(4)?;
                (both / 100, both % 100)
            }
            1 | 2 => {
                let hours = i32::from(self.small_number()?);
                let minutes = if self.eat(':') { self.number(2)? } else { 0 };
                (hours, minutes)
            }
            _ => return None,
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        let total = hours * 60 + minutes;
        Some(if negative { -total } else { total })
    }

    fn named_zone(&mut self, cell: &mut TimeCell) -> Option<()> {
        const ZONES: [(&str, i32); 16] = [
            ("UTC", 0),
            ("GMT", 0),
            ("WET", 0),
            ("BST", 60),
            ("CET", 60),
            ("CEST", 120),
            ("EET", 120),
            ("EEST", 180),
            ("EST", -300),
            ("EDT", -240),
            ("CST", -360),
            ("CDT", -300),
            ("MST", -420),
            ("MDT", -360),
            ("PST", -480),
            ("PDT", -420),
        ];
        let word = self.letters();
        self.rest = &self.rest[word.len()..];
        if word.eq_ignore_ascii_case("z") {
            cell.layout.zone = ZoneLayout::Zulu;
            return Some(());
        }
        let (name, offset) = ZONES.iter().find(|(name, _)| *name == word)?;
        cell.offset = *offset;
        cell.layout.zone = ZoneLayout::Name;
        if matches!(*name, "UTC" | "GMT") && self.rest.starts_with(['+', '-']) {
            cell.offset = self.offset()?;
        }
        Some(())
    }

    /// `[Europe/Paris]`, `(Central European Time)`.
    fn skip_region(&mut self) {
        let rest = self.rest.trim_start();
        if (rest.starts_with('[') && rest.ends_with(']')) || (rest.starts_with('(') && rest.ends_with(')')) {
            self.rest = "";
        }
    }

    fn skip_weekday(&mut self) {
        let word = self.letters();
        if is_weekday(word) {
            let rest = self.rest[word.len()..].trim_start_matches(['.', ',']);
            self.rest = rest.trim_start();
        }
    }

    fn month_name(&mut self) -> Option<u8> {
        let word = self.letters();
        let month = month_named(word)?;
        let rest = &self.rest[word.len()..];
        // The dot of "Jan." is no separator.
        self.rest = rest.strip_prefix('.').unwrap_or(rest);
        Some(month)
    }

    /// `Q1`, never without its digit.
    fn quarter(&mut self) -> Option<u8> {
        match self.rest.as_bytes() {
            [b'Q' | b'q', digit @ b'1'..=b'4', rest @ ..]
                if !rest.first().is_some_and(u8::is_ascii_digit) =>
            {
                self.rest = &self.rest[2..];
                Some(digit - b'0')
            }
            _ => None,
        }
    }

    fn skip_ordinal(&mut self) {
        const SUFFIXES: [&str; 6] = ["st", "nd", "rd", "th", "\u{ba}", "er"];
        let word = self.letters();
        if let Some(suffix) = SUFFIXES.iter().find(|s| word.eq_ignore_ascii_case(s)) {
            self.rest = &self.rest[suffix.len()..];
        }
    }

    fn skip_word(&mut self, word: &str) {
        let found = self.letters();
        if found.eq_ignore_ascii_case(word) && self.rest[found.len()..].starts_with(' ') {
            self.rest = self.rest[found.len()..].trim_start();
        }
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// One separator with the spaces around it; the mark itself, or a space, or 0 for nothing.
    fn separator(&mut self) -> u8 {
        let trimmed = self.rest.trim_start();
        let spaces = trimmed.len() < self.rest.len();
        match trimmed.as_bytes().first() {
            Some(mark @ (b'/' | b'-' | b'.' | b',' | b'\'')) => {
                let mark = *mark;
                self.rest = trimmed[1..].trim_start();
                mark
            }
            Some(_) if spaces => {
                self.rest = trimmed;
                b' '
            }
            _ => 0,
        }
    }

    fn letters(&self) -> &'c str {
        let end = self
            .rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    fn count_digits(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    fn number(&mut self, digits: usize) -> Option<i32> {
        let (number, rest) = self.rest.split_at_checked(digits)?;
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        number.parse().ok()
    }

    /// One or two digits.
    fn small_number(&mut self) -> Option<u8> {
        let digits = self.count_digits();
        if !(1..=2).contains(&digits) {
            return None;
        }
        u8::try_from(self.number(digits)?).ok()
    }

    fn year(&mut self) -> Option<i32> {
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

fn date_exists(date: &DatePart) -> bool {
    match date.layout {
        DateLayout::IsoWeek => true,
        DateLayout::Numeric | DateLayout::NumericShort => {
            is_date(date.year, date.first, date.second) || is_date(date.year, date.second, date.first)
        }
        _ => date.second >= 1 && date.second <= days_in_month(date.year, date.first),
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
