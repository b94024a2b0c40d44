//! Signs, parentheses and units around the digits of a number.

use super::super::unit::{self, CellUnit};

/// Signs, parentheses and units around the digits.
#[derive(Default)]
pub(super) struct Affix<'c> {
    pub negative: bool,
    signed: bool,
    open: bool,
    pub unit: CellUnit<'c>,
}

impl<'c> Affix<'c> {
    /// Reads what stands before the digits and returns the rest.
    pub fn read_before(&mut self, cell: &'c str) -> Option<&'c str> {
        let mut rest = cell;
        loop {
            let first = rest.chars().next()?;
            match first {
                '0'..='9' | '.' | ',' => return Some(rest),
                '-' | '\u{2212}' | '\u{2013}' | '+' => {
                    if self.signed || self.open {
                        return None;
                    }
                    self.signed = true;
                    self.negative = first != '+';
                    rest = &rest[first.len_utf8()..];
                }
                '(' => {
                    if self.signed || self.open {
                        return None;
                    }
                    self.open = true;
                    rest = &rest[1..];
                }
                _ if first.is_whitespace() => rest = rest.trim_start(),
                _ => {
                    if self.unit != CellUnit::None {
                        return None;
                    }
                    let (unit, behind) = unit::before_number(rest)?;
                    self.unit = unit;
                    rest = behind;
                }
            }
        }
    }

    /// Reads what stands behind the digits, which must be all.
    pub fn read_behind(&mut self, behind: &'c str) -> Option<()> {
        let mut rest = behind;
        while let Some(first) = rest.chars().next() {
            match first {
                ')' => {
                    if !self.open || self.negative {
                        return None;
                    }
                    self.negative = true;
                    rest = &rest[1..];
                }
                '-' | '\u{2212}' => {
                    if self.signed || self.open || rest.len() != first.len_utf8() {
                        return None;
                    }
                    self.signed = true;
                    self.negative = true;
                    rest = "";
                }
                _ if first.is_whitespace() => rest = rest.trim_start(),
                _ => {
                    if self.unit != CellUnit::None {
                        return None;
                    }
                    let spaced = rest.len() < behind.len();
                    let (unit, after) = unit::behind_number(rest, spaced)?;
                    self.unit = unit;
                    rest = after;
                }
            }
        }
        // "(5" is not a number, "(5)" is.
        (self.open == (self.open && self.negative)).then_some(())
    }
}
