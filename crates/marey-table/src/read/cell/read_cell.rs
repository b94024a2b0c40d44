//! What one cell is, before its column is known.

use super::{
    number::Number,
    time::TimeCell,
    word::{self, WordId},
};

/// What a cell is when read alone.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CellKind<'c> {
    /// Nothing but white space.
    Empty,
    /// A number.
    Number(Number<'c>),
    /// A date, a time or both.
    Time(TimeCell),
    /// A word with a meaning of its own: `n/a`, `yes`.
    Word(WordId),
    /// Any other text.
    Text,
}

/// What each first byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// A number or a numeric date.
    Digit,
    /// A sign, a point or a bracket of a number, or a word such as `-`.
    Sign,
    /// A word, a month or a currency code.
    Letter,
}

/// Longest text in which dates and units are looked for.
const LONGEST: usize = 96;

/// Reads a cell alone.
#[inline]
pub(crate) fn cell_kind(cell: &str) -> CellKind<'_> {
    let cell = trim(cell);
    let Some(first) = cell.as_bytes().first() else {
        return CellKind::Empty;
    };
    if cell.len() > LONGEST {
        return CellKind::Text;
    }
    let start = match first {
        b'0'..=b'9' => Start::Digit,
        b'a'..=b'z' | b'A'..=b'Z' => Start::Letter,
        _ => Start::Sign,
    };
    match start {
        Start::Digit => digits_first(cell),
        Start::Sign => sign_first(cell),
        Start::Letter => letter_first(cell),
    }
}

/// Takes white space off both ends; free for cells that have none.
#[inline]
pub(crate) fn trim(cell: &str) -> &str {
    let inner = |b: Option<&u8>| b.is_none_or(|b| (b'!'..=b'~').contains(b));
    let bytes = cell.as_bytes();
    if inner(bytes.first()) && inner(bytes.last()) {
        cell
    } else {
        cell.trim()
    }
}

#[inline]
fn digits_first(cell: &str) -> CellKind<'_> {
    if let Some(number) = Number::read_plain(cell) {
        return CellKind::Number(number);
    }
    if let Some(time) = TimeCell::read(cell) {
        return CellKind::Time(time);
    }
    Number::read(cell).map_or(CellKind::Text, CellKind::Number)
}

fn sign_first(cell: &str) -> CellKind<'_> {
    if let Some(number) = Number::read_plain(cell).or_else(|| Number::read(cell)) {
        return CellKind::Number(number);
    }
    word::word(cell).map_or(CellKind::Text, CellKind::Word)
}

fn letter_first(cell: &str) -> CellKind<'_> {
    if let Some(word) = word::word(cell) {
        return CellKind::Word(word);
    }
    if !cell.bytes().any(|b| b.is_ascii_digit()) || is_code(cell) {
        return CellKind::Text;
    }
    if let Some(time) = TimeCell::read(cell) {
        return CellKind::Time(time);
    }
    Number::read(cell).map_or(CellKind::Text, CellKind::Number)
}

/// One letter with a digit behind it: no name of a month or weekday and no sign of a currency, and
/// only a quarter (`Q1 2020`) is more than text.
fn is_code(cell: &str) -> bool {
    matches!(cell.as_bytes(), [first, b'0'..=b'9', ..] if !first.eq_ignore_ascii_case(&b'q'))
}
