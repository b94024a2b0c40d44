//! `2020-01-31T10:00:00.000Z` at fixed positions: the common case, read fast.

use super::{
    super::calendar::is_date,
    layout::{DateLayout, Layout, NO_TIME, TimeCell, ZoneLayout},
};

/// `2020-01-31`, `2020-01-31T10:00:00`, `2020-01-31 10:00:00.000`, with or without `Z`: the common
/// case, read at fixed positions.
#[inline]
pub(super) fn read_iso(bytes: &[u8]) -> Option<TimeCell> {
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
pub(super) fn clock_seconds(hour: u8, minute: u8, second: u8) -> Option<i64> {
    // A leap second is read as the last second of its minute.
    let second = if second == 60 { 59 } else { second };
    (hour < 24 && minute < 60 && second < 60)
        .then(|| i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

/// Microseconds of decimal digits, and how many digits there are; finer digits are cut.
pub(super) fn fraction_micros(bytes: &[u8]) -> Option<(i64, usize)> {
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
