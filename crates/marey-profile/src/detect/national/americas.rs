//! National numbers of the Americas.

use super::{Signs, is_day, part};
use crate::detect::check_digit::{luhn, weighted};

/// Written with its dashes; areas 000, 666 and 9xx, group 00 and serial 0000 are not given out
/// (Social Security Administration, *SSN randomization*).
pub(super) fn social_security(signs: &Signs, text: &str) -> bool {
    let (Some(digits), true) = (signs.digits::<9>(), is_grouped(text)) else {
        return false;
    };
    let area = part(&digits, 0, 3);
    area != 0 && area != 666 && area < 900 && part(&digits, 3, 2) != 0 && part(&digits, 5, 4) != 0
}

/// 9xx-5x to 9xx-99 (Internal Revenue Service, Publication 1915).
pub(super) fn itin(signs: &Signs, text: &str) -> bool {
    let (Some(digits), true) = (signs.digits::<9>(), is_grouped(text)) else {
        return false;
    };
    digits[0] == 9 && matches!(part(&digits, 3, 2), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

fn is_grouped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11 && matches!((bytes.get(3), bytes.get(6)), (Some(a @ (b'-' | b' ')), Some(b)) if a == b)
}

pub(super) fn social_insurance(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<9>()
        .is_some_and(|digits| !matches!(digits[0], 0 | 8) && luhn(&digits))
}

/// Four letters, date of birth, sex, state, three consonants, a sign, a check digit
/// (Registro Nacional de Población).
pub(super) fn curp(signs: &Signs, _: &str) -> bool {
    const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMN\0OPQRSTUVWXYZ";
    let bytes = signs.as_bytes();
    let Some((date, letters)) = bytes.get(4..10).zip(bytes.get(..4)) else {
        return false;
    };
    let value = |byte: u8| ALPHABET.iter().position(|known| *known == byte).unwrap_or(0) as u32;
    let sum: u32 = bytes
        .iter()
        .take(17)
        .zip(2..=18)
        .map(|(byte, place)| value(*byte) * (20 - place))
        .sum();
    let check = bytes.get(17).map(|byte| u32::from(byte.wrapping_sub(b'0')));
    bytes.len() == 18
        && letters.iter().all(u8::is_ascii_uppercase)
        && is_written_day(date)
        && matches!(bytes.get(10), Some(b'H' | b'M' | b'X'))
        && bytes.iter().skip(11).take(5).all(u8::is_ascii_uppercase)
        && check == Some((10 - sum % 10) % 10)
}

/// A taxpayer that is a person: four letters, date of birth, three signs.
pub(super) fn rfc(signs: &Signs, _: &str) -> bool {
    let bytes = signs.as_bytes();
    bytes.len() == 13
        && bytes.iter().take(4).all(u8::is_ascii_uppercase)
        && bytes.get(4..10).is_some_and(is_written_day)
}

/// Six digits: year, month, day.
fn is_written_day(bytes: &[u8]) -> bool {
    crate::detect::signs::digits::<6>(bytes)
        .is_some_and(|digits| is_day(part(&digits, 2, 2), part(&digits, 4, 2)))
}

pub(super) fn cpf(signs: &Signs, _: &str) -> bool {
    let Some(digits) = signs.digits::<11>() else {
        return false;
    };
    let check = |len: usize| {
        let body = digits.get(..len).unwrap_or_default();
        let sum: u32 = body
            .iter()
            .zip((2..=len as u32 + 1).rev())
            .map(|(digit, weight)| u32::from(*digit) * weight)
            .sum();
        sum * 10 % 11 % 10
    };
    digits.iter().any(|digit| *digit != digits[0])
        && check(9) == u32::from(digits[9])
        && check(10) == u32::from(digits[10])
}

/// Persons and firms share the scheme; the first two digits say which.
pub(super) fn cuit(signs: &Signs, _: &str) -> bool {
    let Some(digits) = signs.digits::<11>() else {
        return false;
    };
    // A remainder of ten, for which there is no digit, is written 9.
    let check = match 11 - weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        11 => 0,
        10 => 9,
        digit => digit,
    };
    matches!(part(&digits, 0, 2), 20 | 23..=27 | 30 | 33 | 34) && check == u32::from(digits[10])
}

/// Seven or eight digits and a check sign, `K` for ten.
pub(super) fn rut(signs: &Signs, text: &str) -> bool {
    let Some((check, body)) = signs.as_bytes().split_last() else {
        return false;
    };
    // Without the dash before the check sign it is any number.
    let dashed = text.len() >= 2 && text.as_bytes().get(text.len() - 2) == Some(&b'-');
    if !dashed || !matches!(body.len(), 7 | 8) || !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = body
        .iter()
        .rev()
        .zip([2, 3, 4, 5, 6, 7, 2, 3])
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        digit => b'0' + digit as u8,
    };
    *check == expected
}

/// Ten digits: province, a digit below six, and a check like Luhn's (Registro Civil).
pub(super) fn cedula_ec(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<10>()
        .is_some_and(|digits| matches!(part(&digits, 0, 2), 1..=24 | 30) && digits[2] < 6 && luhn(&digits))
}
