//! The digits of a number and the separators between them.

use super::shape::Shape;

/// Longest body that is read as a number.
pub(super) const MAX_BODY: usize = 48;

/// Most separators in a number.
const MAX_GROUPS: usize = 12;

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
pub(super) fn read_body(text: &str) -> Option<(&str, Shape, &str)> {
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

#[inline]
pub(super) fn whole_shape(digits: &[u8]) -> Shape {
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
pub(super) fn decimal_shape(digits: &[u8], at: usize, sure: Shape, unsure: Shape) -> Shape {
    let behind = digits.len() - at - 1;
    if behind == 3 && (1..=3).contains(&at) && digits[0] != b'0' {
        unsure
    } else {
        sure
    }
}
