//! Numbers of books, serials and goods.

use super::{Signs, check_digit};

/// A book: ISBN-13 (978 or 979) or ISBN-10 with `X` for ten, dashes or blanks as printed (ISO 2108).
pub fn is_isbn(text: &str) -> bool {
    let Some(signs) = Signs::of(text) else {
        return false;
    };
    if let Some(digits) = signs.digits::<13>() {
        return matches!(digits, [9, 7, 8 | 9, ..]) && is_gs1(&digits);
    }
    let Some((last, body)) = signs.as_bytes().split_last() else {
        return false;
    };
    let check = match last {
        b'X' => 10,
        digit if digit.is_ascii_digit() => digit - b'0',
        _ => return false,
    };
    let Some(body) = super::signs::digits::<9>(body) else {
        return false;
    };
    (check_digit::weighted(&body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) + u32::from(check)).is_multiple_of(11)
}

/// A serial: ISSN with its dash, `X` for ten (ISO 3297).
pub fn is_issn(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    let &[a, b, c, d, b'-', e, f, g, last] = bytes else {
        return false;
    };
    let Some(body) = super::signs::digits::<7>(&[a, b, c, d, e, f, g]) else {
        return false;
    };
    let check = match last {
        b'X' | b'x' => 10,
        digit if digit.is_ascii_digit() => digit - b'0',
        _ => return false,
    };
    (check_digit::weighted(&body, &[8, 7, 6, 5, 4, 3, 2]) + u32::from(check)).is_multiple_of(11)
}

/// A trade item number (GTIN): EAN-8, UPC-A, EAN-13 or GTIN-14 with its check digit. Digits only;
/// one in ten of all numbers of such a length passes.
pub fn is_gtin(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    if !matches!(bytes.len(), 8 | 12 | 13 | 14) || !bytes.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let mut digits = [0; 14];
    digits
        .iter_mut()
        .zip(bytes)
        .for_each(|(digit, byte)| *digit = byte - b'0');
    let digits = digits.get(..bytes.len()).unwrap_or_default();
    is_gs1(digits) && digits.iter().any(|digit| *digit != 0)
}

/// The check digit of GS1: weights 3 and 1 from the right, the check digit last.
pub(crate) fn is_gs1(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(*digit) * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holds: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(holds(text), "{text}"));
        no.iter().for_each(|text| assert!(!holds(text), "{text}"));
    }

    #[test]
    fn check_digits_decide() {
        check(
            is_isbn,
            &[
                "978-3-16-148410-0",
                "9783161484100",
                "0-306-40615-2",
                "080442957X",
            ],
            &[
                "978-3-16-148410-1",
                "0-306-40615-3",
                "9773161484100",
                "0804429579",
                "",
                "X",
            ],
        );
        check(
            is_issn,
            &["0378-5955", "2434-561X"],
            &["0378-5954", "03785955", "", "2434-561Y"],
        );
        check(
            is_gtin,
            &["4006381333931", "036000291452", "73513537", "10012345678902"],
            &["4006381333932", "00000000", "123", "", "40063813339é"],
        );
    }
}
