//! Numbers as people write them: separators, signs, exponents, and the unit beside them.

use super::unit::{self, CellUnit};

/// How the digits of a number are put together.
///
/// A shape says which decimal separator it allows, so that a column can be decided by counting
/// shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// Digits that fit an `i64`: `1234`.
    Int,
    /// More digits than an `i64` holds.
    BigInt,
    /// Digits after a leading zero: `00123`.
    ZeroInt,
    /// Decimal point beyond doubt: `1.5`, `.5`, `1234.567`.
    Dot,
    /// `1.234`: a decimal point or a thousands dot.
    DotOrGroup,
    /// Decimal comma beyond doubt: `1,5`.
    Comma,
    /// `1,234`: a decimal comma or a thousands comma.
    CommaOrGroup,
    /// `1,234,567` or `12,34,567`.
    GroupComma,
    /// `1,234.5`.
    GroupCommaDot,
    /// `1.234.567`.
    GroupDot,
    /// `1.234,5`.
    GroupDotComma,
    /// `1 234`.
    GroupSpace,
    /// `1 234.5`.
    GroupSpaceDot,
    /// `1 234,5`.
    GroupSpaceComma,
    /// `1'234`.
    GroupQuote,
    /// `1'234.5`.
    GroupQuoteDot,
    /// `1'234,5`.
    GroupQuoteComma,
    /// `1.5e3`, `1e3`.
    Exponent,
    /// `1,5e3`.
    ExponentComma,
}

/// Number of shapes.
pub(crate) const SHAPES: usize = 19;

/// The decimal separator of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// `1.5`.
    Point,
    /// `1,5`.
    Comma,
}

impl Decimal {
    /// The separator as a character.
    pub fn as_char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

impl Shape {
    /// All shapes, by their number.
    pub const ALL: [Self; SHAPES] = [
        Self::Int,
        Self::BigInt,
        Self::ZeroInt,
        Self::Dot,
        Self::DotOrGroup,
        Self::Comma,
        Self::CommaOrGroup,
        Self::GroupComma,
        Self::GroupCommaDot,
        Self::GroupDot,
        Self::GroupDotComma,
        Self::GroupSpace,
        Self::GroupSpaceDot,
        Self::GroupSpaceComma,
        Self::GroupQuote,
        Self::GroupQuoteDot,
        Self::GroupQuoteComma,
        Self::Exponent,
        Self::ExponentComma,
    ];

    /// Whether a number of this shape can be read with the decimal separator.
    pub fn fits(self, decimal: Decimal) -> bool {
        match decimal {
            Decimal::Point => !matches!(
                self,
                Self::Comma
                    | Self::GroupDot
                    | Self::GroupDotComma
                    | Self::GroupSpaceComma
                    | Self::GroupQuoteComma
                    | Self::ExponentComma
            ),
            Decimal::Comma => !matches!(
                self,
                Self::Dot
                    | Self::GroupComma
                    | Self::GroupCommaDot
                    | Self::GroupSpaceDot
                    | Self::GroupQuoteDot
                    | Self::Exponent
            ),
        }
    }

    /// Whether the number is whole as written, read with the decimal separator.
    pub fn is_whole(self, decimal: Decimal) -> bool {
        match self {
            Self::Int | Self::BigInt | Self::ZeroInt | Self::GroupSpace | Self::GroupQuote => true,
            Self::GroupComma | Self::CommaOrGroup => decimal == Decimal::Point,
            Self::GroupDot | Self::DotOrGroup => decimal == Decimal::Comma,
            _ => false,
        }
    }

    /// The thousands separator, read with the decimal separator.
    pub fn group(self, decimal: Decimal) -> Option<char> {
        match self {
            Self::GroupComma | Self::GroupCommaDot => Some(','),
            Self::GroupDot | Self::GroupDotComma => Some('.'),
            Self::CommaOrGroup if decimal == Decimal::Point => Some(','),
            Self::DotOrGroup if decimal == Decimal::Comma => Some('.'),
            Self::GroupSpace | Self::GroupSpaceDot | Self::GroupSpaceComma => Some(' '),
            Self::GroupQuote | Self::GroupQuoteDot | Self::GroupQuoteComma => Some('\''),
            _ => None,
        }
    }
}

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

/// Longest body that is read as a number.
const MAX_BODY: usize = 48;

/// Most thousands separators in a number.
const MAX_GROUPS: usize = 12;

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

#[inline]
fn whole_shape(digits: &[u8]) -> Shape {
    if digits.len() > 1 && digits[0] == b'0' {
        Shape::ZeroInt
    } else if digits.len() <= 18 || fits_i64(digits) {
        Shape::Int
    } else {
        Shape::BigInt
    }
}

/// Whether digits without leading zero fit an `i64`.
fn fits_i64(digits: &[u8]) -> bool {
    digits.len() < 19 || (digits.len() == 19 && digits <= b"9223372036854775807".as_slice())
}

#[inline]
fn decimal_shape(digits: &[u8], at: usize, sure: Shape, unsure: Shape) -> Shape {
    let behind = digits.len() - at - 1;
    if behind == 3 && (1..=3).contains(&at) && digits[0] != b'0' {
        unsure
    } else {
        sure
    }
}

/// Signs, parentheses and units around the digits.
#[derive(Default)]
struct Affix<'c> {
    negative: bool,
    signed: bool,
    open: bool,
    unit: CellUnit<'c>,
}

impl<'c> Affix<'c> {
    fn read_before(&mut self, cell: &'c str) -> Option<&'c str> {
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

    fn read_behind(&mut self, behind: &'c str) -> Option<()> {
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

/// A separator between digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Dot,
    Comma,
    Space,
    Quote,
}

impl Separator {
    fn at(rest: &[u8]) -> Option<(Self, usize)> {
        match rest {
            [b'.', ..] => Some((Self::Dot, 1)),
            [b',', ..] => Some((Self::Comma, 1)),
            [b' ', ..] => Some((Self::Space, 1)),
            [b'\'', ..] => Some((Self::Quote, 1)),
            // No-break space; narrow no-break and thin space; right single quote.
            [0xC2, 0xA0, ..] => Some((Self::Space, 2)),
            [0xE2, 0x80, 0xAF | 0x89, ..] => Some((Self::Space, 3)),
            [0xE2, 0x80, 0x99, ..] => Some((Self::Quote, 3)),
            _ => None,
        }
    }
}

/// Digits and the separators between them.
#[derive(Default)]
struct Groups {
    lengths: [u8; MAX_GROUPS + 1],
    separators: [Option<Separator>; MAX_GROUPS],
    count: usize,
}

/// Splits the digits with their separators off the front.
fn read_body(text: &str) -> Option<(&str, Shape, &str)> {
    let bytes = text.as_bytes();
    let mut groups = Groups::default();
    let mut at = 0;
    loop {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        groups.lengths[groups.count] = u8::try_from(at - start).ok()?;
        let Some((separator, width)) = bytes.get(at..).and_then(Separator::at) else {
            break;
        };
        let digit_follows = bytes.get(at + width).is_some_and(u8::is_ascii_digit);
        // "5. " ends in a decimal point; a space or quote without a digit behind is not ours.
        let decimal_point = separator == Separator::Dot && at > start;
        if !digit_follows && !decimal_point {
            break;
        }
        *groups.separators.get_mut(groups.count)? = Some(separator);
        groups.count += 1;
        at += width;
        if !digit_follows {
            break;
        }
    }
    let mut shape = groups.shape(bytes)?;
    if let Some(length) = exponent_length(&bytes[at..]) {
        shape = match shape {
            Shape::Int | Shape::ZeroInt | Shape::Dot | Shape::DotOrGroup => Shape::Exponent,
            Shape::Comma | Shape::CommaOrGroup => Shape::ExponentComma,
            _ => return None,
        };
        at += length;
    }
    (at <= MAX_BODY).then(|| (&text[..at], shape, &text[at..]))
}

/// Length of an exponent that ends the number.
fn exponent_length(rest: &[u8]) -> Option<usize> {
    if !matches!(rest.first(), Some(b'e' | b'E')) {
        return None;
    }
    let signed = usize::from(matches!(rest.get(1), Some(b'+' | b'-')));
    let digits = rest[1 + signed..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let end = 1 + signed + digits;
    let ends = !rest.get(end).is_some_and(u8::is_ascii_alphanumeric);
    ((1..=4).contains(&digits) && ends).then_some(end)
}

impl Groups {
    fn shape(&self, bytes: &[u8]) -> Option<Shape> {
        let lengths = &self.lengths[..=self.count];
        let first = usize::from(lengths[0]);
        match self.count {
            0 => (first > 0).then(|| whole_shape(&bytes[..first])),
            1 => self.one_separator(bytes, first, usize::from(lengths[1])),
            _ => self.many_separators(lengths),
        }
    }

    fn one_separator(&self, bytes: &[u8], first: usize, second: usize) -> Option<Shape> {
        let groups = second == 3 && (1..=3).contains(&first);
        match self.separators[0]? {
            Separator::Dot if first + second == 0 => None,
            Separator::Dot => Some(decimal_shape(
                &bytes[..first + 1 + second],
                first,
                Shape::Dot,
                Shape::DotOrGroup,
            )),
            Separator::Comma if second == 0 => None,
            Separator::Comma => Some(decimal_shape(
                &bytes[..first + 1 + second],
                first,
                Shape::Comma,
                Shape::CommaOrGroup,
            )),
            Separator::Space => groups.then_some(Shape::GroupSpace),
            Separator::Quote => groups.then_some(Shape::GroupQuote),
        }
    }

    fn many_separators(&self, lengths: &[u8]) -> Option<Shape> {
        let kinds = &self.separators[..self.count];
        let (last, before) = kinds.split_last()?;
        let kind = kinds[0]?;
        if before.iter().any(|k| *k != Some(kind)) {
            return None;
        }
        if *last == Some(kind) {
            return grouped(lengths, kind).then_some(match kind {
                Separator::Comma => Shape::GroupComma,
                Separator::Dot => Shape::GroupDot,
                Separator::Space => Shape::GroupSpace,
                Separator::Quote => Shape::GroupQuote,
            });
        }
        if !grouped(&lengths[..lengths.len() - 1], kind) {
            return None;
        }
        match (kind, (*last)?) {
            (Separator::Comma, Separator::Dot) => Some(Shape::GroupCommaDot),
            (Separator::Dot, Separator::Comma) => Some(Shape::GroupDotComma),
            (Separator::Space, Separator::Dot) => Some(Shape::GroupSpaceDot),
            (Separator::Space, Separator::Comma) => Some(Shape::GroupSpaceComma),
            (Separator::Quote, Separator::Dot) => Some(Shape::GroupQuoteDot),
            (Separator::Quote, Separator::Comma) => Some(Shape::GroupQuoteComma),
            _ => None,
        }
    }
}

/// Whether group lengths are those of thousands, or of lakhs and crores (`12,34,567`).
fn grouped(lengths: &[u8], kind: Separator) -> bool {
    let [first, middle @ .., last] = lengths else {
        return false;
    };
    if *last != 3 || *first == 0 {
        return false;
    }
    let thousands = *first <= 3 && middle.iter().all(|n| *n == 3);
    let lakhs = kind == Separator::Comma && *first <= 2 && middle.iter().all(|n| *n == 2);
    thousands || lakhs
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
