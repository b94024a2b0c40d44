//! Any date or time, token by token.

use super::{
    super::calendar::{days_in_month, is_date, is_weekday, month_named},
    date_part::DatePart,
    layout::{DateLayout, Layout, NO_TIME, TimeCell, ZoneLayout},
};

/// Reads a cell from the left; every method takes what it knows off the front.
pub(super) struct Reader<'c> {
    /// What is not read yet.
    pub(super) rest: &'c str,
}

impl<'c> Reader<'c> {
    /// A reader at the beginning of a trimmed cell.
    pub(super) fn new(cell: &'c str) -> Self {
        Self { rest: cell }
    }

    /// Reads the whole cell.
    pub(super) fn read(mut self) -> Option<TimeCell> {
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

    pub(super) fn skip_weekday(&mut self) {
        let word = self.letters();
        if is_weekday(word) {
            let rest = self.rest[word.len()..].trim_start_matches(['.', ',']);
            self.rest = rest.trim_start();
        }
    }

    pub(super) fn month_name(&mut self) -> Option<u8> {
        let word = self.letters();
        let month = month_named(word)?;
        let rest = &self.rest[word.len()..];
        // The dot of "Jan." is no separator.
        self.rest = rest.strip_prefix('.').unwrap_or(rest);
        Some(month)
    }

    /// `Q1`, never without its digit.
    pub(super) fn quarter(&mut self) -> Option<u8> {
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

    pub(super) fn skip_ordinal(&mut self) {
        const SUFFIXES: [&str; 6] = ["st", "nd", "rd", "th", "\u{ba}", "er"];
        let word = self.letters();
        if let Some(suffix) = SUFFIXES.iter().find(|s| word.eq_ignore_ascii_case(s)) {
            self.rest = &self.rest[suffix.len()..];
        }
    }

    pub(super) fn skip_word(&mut self, word: &str) {
        let found = self.letters();
        if found.eq_ignore_ascii_case(word) && self.rest[found.len()..].starts_with(' ') {
            self.rest = self.rest[found.len()..].trim_start();
        }
    }

    pub(super) fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn eat(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// One separator with the spaces around it; the mark itself, or a space, or 0 for nothing.
    pub(super) fn separator(&mut self) -> u8 {
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

    pub(super) fn letters(&self) -> &'c str {
        let end = self
            .rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    pub(super) fn count_digits(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    pub(super) fn number(&mut self, digits: usize) -> Option<i32> {
        let (number, rest) = self.rest.split_at_checked(digits)?;
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        number.parse().ok()
    }

    /// One or two digits.
    pub(super) fn small_number(&mut self) -> Option<u8> {
        let digits = self.count_digits();
        if !(1..=2).contains(&digits) {
            return None;
        }
        u8::try_from(self.number(digits)?).ok()
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
