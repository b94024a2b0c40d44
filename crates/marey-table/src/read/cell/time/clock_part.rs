//! The time of day in a cell, and its zone.

use super::{
    iso::{clock_seconds, fraction_micros},
    layout::{DateLayout, NO_TIME, TimeCell, ZoneLayout},
    reader::Reader,
};

impl Reader<'_> {
    /// Reads a time of day into a cell.
    pub(super) fn clock(&mut self, cell: &mut TimeCell) -> Option<()> {
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

    /// Reads a zone or an offset into a cell, if there is one.
    pub(super) fn zone(&mut self, cell: &mut TimeCell) -> Option<()> {
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
}
