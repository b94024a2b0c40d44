//! Numbers as people write them: separators, signs, exponents, and the unit beside them.

mod affix;
mod body;
mod plain;
mod shape;

use super::unit::CellUnit;
use affix::Affix;
use body::{MAX_BODY, decimal_shape, read_body, whole_shape};
pub(crate) use plain::PlainNumber;
pub(crate) use shape::{Decimal, SHAPES, Shape};

/// A number found in a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number<'c> {
    /// Whether a sign or parentheses make it negative.
    pub negative: bool,
    /// Digits with separators, without sign and unit.
    pub body: &'c str,
    /// How the body is put together.
    pub shape: Shape,
    /// What stood beside the digits.
    pub unit: CellUnit<'c>,
    /// Whether signs or parentheses beyond a plain minus were used.
    pub plain: bool,
}

impl<'c> Number<'c> {
    /// Reads a trimmed cell without sign variants and units, in one scan; the common case.
    #[inline]
    pub fn read_plain(cell: &'c str) -> Option<Self> {
        let bytes = cell.as_bytes();
        let negative = bytes.first() == Some(&b'-');
        let digits = &bytes[usize::from(negative)..];
        if digits.is_empty() || digits.len() > MAX_BODY {
            return None;
        }
        let mut dot = None;
        for (at, byte) in digits.iter().enumerate() {
            if byte.is_ascii_digit() {
                continue;
            }
            if *byte != b'.' || dot.is_some() {
                return None;
            }
            dot = Some(at);
        }
        let shape = match dot {
            None => whole_shape(digits),
            Some(_) if digits.len() == 1 => return None,
            Some(at) => decimal_shape(digits, at, Shape::Dot, Shape::DotOrGroup),
        };
        Some(Self {
            negative,
            body: &cell[usize::from(negative)..],
            shape,
            unit: CellUnit::None,
            plain: true,
        })
    }

    /// Reads a trimmed cell with any sign, separators and unit.
    pub fn read(cell: &'c str) -> Option<Self> {
        if cell.len() > MAX_BODY * 2 {
            return None;
        }
        let mut affix = Affix::default();
        let rest = affix.read_before(cell)?;
        let (body, shape, rest) = read_body(rest)?;
        affix.read_behind(rest)?;
        // "1. Small" is an item of a list, not one small.
        if body.ends_with('.') && matches!(affix.unit, CellUnit::Word(_)) {
            return None;
        }
        Some(Self {
            negative: affix.negative,
            body,
            shape,
            unit: affix.unit,
            plain: false,
        })
    }

    /// The value as an integer, when it is whole and fits.
    #[inline]
    pub fn as_int(&self, decimal: Decimal) -> Option<i64> {
        if !self.shape.is_whole(decimal) {
            return None;
        }
        let mut value: i64 = 0;
        for byte in self.body.bytes().filter(u8::is_ascii_digit) {
            let digit = i64::from(byte - b'0');
            // Built on the negative side, so that i64::MIN is read too.
            value = value.checked_mul(10)?.checked_sub(digit)?;
        }
        if self.negative {
            Some(value)
        } else {
            value.checked_neg()
        }
    }

    /// The value as a float.
    #[inline]
    pub fn as_float(&self, decimal: Decimal) -> Option<f64> {
        if !self.shape.fits(decimal) {
            return None;
        }
        let value: f64 = match self.shape {
            Shape::Int | Shape::Dot => fast_float2::parse(self.body).ok()?,
            _ => parse_grouped(self.body, decimal)?,
        };
        Some(if self.negative { -value } else { value })
    }
}

fn parse_grouped(body: &str, decimal: Decimal) -> Option<f64> {
    let mut plain = [0u8; MAX_BODY];
    let mut length = 0;
    for byte in body.bytes() {
        let kept = match byte {
            b'0'..=b'9' | b'e' | b'E' | b'+' | b'-' => byte,
            b'.' if decimal == Decimal::Point => b'.',
            b',' if decimal == Decimal::Comma => b'.',
            _ => continue,
        };
        *plain.get_mut(length)? = kept;
        length += 1;
    }
    fast_float2::parse(&plain[..length]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, decimal: Decimal, expected: Option<f64>) {
        let number = Number::read_plain(cell).or_else(|| Number::read(cell));
        let value = number.and_then(|n| n.as_float(decimal));
        assert_eq!(value, expected, "{cell:?} with {decimal:?}");
    }

    #[test]
    fn numbers_with_a_decimal_point() {
        for (cell, expected) in [
            ("0", Some(0.0)),
            ("-12", Some(-12.0)),
            ("+12", Some(12.0)),
            ("1.5", Some(1.5)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1,234.50", Some(1234.5)),
            ("12,34,567", Some(1_234_567.0)),
            ("1 234 567", Some(1_234_567.0)),
            ("1\u{202f}234.5", Some(1234.5)),
            ("1'234.5", Some(1234.5)),
            ("1\u{2019}234", Some(1234.0)),
            ("$1,234.50", Some(1234.5)),
            ("(1,234.50)", Some(-1234.5)),
            ("($1,234.50)", Some(-1234.5)),
            ("$(5)", Some(-5.0)),
            ("-$5", Some(-5.0)),
            ("$-5", Some(-5.0)),
            ("5-", Some(-5.0)),
            ("\u{2212}5", Some(-5.0)),
            ("45.3%", Some(45.3)),
            ("45 %", Some(45.0)),
            ("12 kg", Some(12.0)),
            ("USD 12", Some(12.0)),
            ("12 EUR", Some(12.0)),
            ("1e3", Some(1000.0)),
            ("1.5E-3", Some(0.0015)),
            ("1,5", None),
            ("1.234.567", None),
            ("1,23,45", None),
            ("12 34", None),
            ("~5", None),
            ("(5", None),
            ("5)", None),
            ("--5", None),
            ("1st", None),
            ("10:30", None),
            ("1/2", None),
            (".", None),
            ("-", None),
            ("$", None),
            ("", None),
            ("192.168.1.1", None),
            ("+1 (555) 555-1234", None),
        ] {
            check(cell, Decimal::Point, expected);
        }
    }

    #[test]
    fn numbers_with_a_decimal_comma() {
        for (cell, expected) in [
            ("1,5", Some(1.5)),
            ("1.234,56", Some(1234.56)),
            ("1.234", Some(1234.0)),
            ("1 234,5", Some(1234.5)),
            ("-1.234,50 \u{20ac}", Some(-1234.5)),
            ("1.5", None),
        ] {
            check(cell, Decimal::Comma, expected);
        }
    }

    #[test]
    fn long_digits_stay_exact() {
        let read = |cell| Number::read_plain(cell).map(|n: Number<'_>| (n.shape, n.as_int(Decimal::Point)));
        assert_eq!(read("9223372036854775807"), Some((Shape::Int, Some(i64::MAX))));
        assert_eq!(read("9223372036854775808"), Some((Shape::BigInt, None)));
        assert_eq!(read("007"), Some((Shape::ZeroInt, Some(7))));
    }
}
