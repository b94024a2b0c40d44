//! Numbers of nothing but digits, a point and a minus: the common case, classified and read in one scan.

use super::{
    body::{decimal_shape, whole_shape},
    shape::Shape,
};

/// Most digits that are read this way: their value fits 64 bits, whatever they are.
const MOST_DIGITS: usize = 18;

/// Up to this whole number every one is a float.
const EXACT: u64 = 1 << 53;

/// Powers of ten that floats hold exactly, as far as digits may stand behind the point.
const POWERS: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
];

/// A number of at most 18 digits, with at most one point and a minus before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlainNumber<'c> {
    /// The cell it was read from.
    cell: &'c str,
    /// Whether a minus stands before it.
    pub negative: bool,
    /// How the digits are put together.
    pub shape: Shape,
    /// The digits without the point, as one number.
    digits: u64,
    /// Number of digits.
    pub length: usize,
    /// Number of digits behind the point.
    decimals: usize,
}

impl<'c> PlainNumber<'c> {
    /// Reads a cell that holds nothing else, not even white space.
    #[inline]
    pub fn read(cell: &'c str) -> Option<Self> {
        let bytes = cell.as_bytes();
        let negative = bytes.first() == Some(&b'-');
        let body = bytes.get(usize::from(negative)..).unwrap_or_default();
        if body.len() > MOST_DIGITS + 1 {
            return None;
        }
        let (mut digits, mut point) = (0_u64, None);
        for (at, byte) in body.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit <= 9 {
                digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
            } else if *byte == b'.' && point.is_none() {
                point = Some(at);
            } else {
                return None;
            }
        }
        let length = body.len() - usize::from(point.is_some());
        if !(1..=MOST_DIGITS).contains(&length) {
            return None;
        }
        Some(Self {
            cell,
            negative,
            shape: point.map_or_else(
                || whole_shape(body),
                |at| decimal_shape(body, at, Shape::Dot, Shape::DotOrGroup),
            ),
            digits,
            length,
            decimals: point.map_or(0, |at| body.len() - at - 1),
        })
    }

    /// The value, where no point is among the digits.
    #[inline]
    pub fn whole(&self) -> Option<i64> {
        let value = i64::try_from(self.digits).ok()?;
        matches!(self.shape, Shape::Int | Shape::ZeroInt).then_some(if self.negative {
            -value
        } else {
            value
        })
    }

    /// The value, the point being a decimal point: the float nearest to it.
    #[inline]
    pub fn float(&self) -> Option<f64> {
        // The quotient of two exact numbers is rounded once (Clinger, *How to read floating point
        // numbers accurately*, 1990).
        if self.digits <= EXACT {
            let value = self.digits as f64 / POWERS.get(self.decimals)?;
            return Some(if self.negative { -value } else { value });
        }
        fast_float2::parse(self.cell).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::Number, *};
    use crate::read::cell::number::Decimal;

    /// Holds a cell against the reading that knows all ways to write numbers.
    fn check(cell: &str) {
        let Some(plain) = PlainNumber::read(cell) else {
            let digits = cell.bytes().filter(u8::is_ascii_digit).count();
            assert!(
                Number::read_plain(cell).is_none() || digits > MOST_DIGITS,
                "{cell:?}"
            );
            return;
        };
        let number = Number::read_plain(cell).expect(cell);
        assert_eq!(
            (plain.shape, plain.negative),
            (number.shape, number.negative),
            "{cell:?}"
        );
        assert_eq!(plain.whole(), number.as_int(Decimal::Point), "{cell:?}");
        let parsed: f64 = cell.parse().expect(cell);
        assert_eq!(
            plain.float().map(f64::to_bits),
            Some(parsed.to_bits()),
            "{cell:?}"
        );
    }

    #[test]
    fn plain_numbers_are_those_of_the_long_way() {
        for cell in [
            "",
            "-",
            ".",
            "-.",
            "0",
            "-0",
            "007",
            "-7",
            "5.",
            ".5",
            "-.5",
            "1.234",
            "0.123",
            "1.2.3",
            "1-2",
            "12a",
            " 1",
            "999999999999999999",
            "1234567890123456789",
            "9007199254740993",
            "0.9007199254740993",
            "-0.0",
            "123456789012345678.",
            "000000000000000000.1",
        ] {
            check(cell);
        }
    }

    proptest! {
        #[test]
        fn any_digits_with_a_point_are_read_alike(cell in "-?[0-9]{0,12}[.]?[0-9]{0,12}") {
            check(&cell);
        }
    }
}
