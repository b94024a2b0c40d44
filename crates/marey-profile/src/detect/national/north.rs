//! National numbers of the British Isles, the Nordic and the Baltic countries.

use super::{Signs, is_day, part};
use crate::detect::{
    check_digit::{luhn, number, weighted},
    signs::digits,
};

/// Two letters (not all pairs are given out), six digits, a letter of A to D
/// (HM Revenue & Customs, NIM39110).
pub(super) fn national_insurance(signs: &Signs, _: &str) -> bool {
    let &[first, second, ref middle @ .., last] = signs.as_bytes() else {
        return false;
    };
    let fits = |letter: u8| letter.is_ascii_uppercase() && !b"DFIQUV".contains(&letter);
    let barred = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].contains(&&[first, second]);
    fits(first)
        && fits(second)
        && second != b'O'
        && !barred
        && digits::<6>(middle).is_some()
        && matches!(last, b'A'..=b'D')
}

pub(super) fn nhs(signs: &Signs, _: &str) -> bool {
    signs.digits::<10>().is_some_and(|digits| {
        weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
            && digits.iter().any(|digit| *digit != digits[0])
    })
}

/// Seven digits, a check letter, and since 2013 a second letter.
pub(super) fn pps(signs: &Signs, _: &str) -> bool {
    let bytes = signs.as_bytes();
    let (Some(body), Some(check)) = (bytes.get(..7).and_then(digits::<7>), bytes.get(7)) else {
        return false;
    };
    let second = match bytes.get(8) {
        None | Some(b'W') => 0,
        Some(letter @ b'A'..=b'I') => u32::from(letter - b'A') + 1,
        _ => return false,
    };
    let sum = weighted(&body, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    bytes.len() <= 9 && b"WABCDEFGHIJKLMNOPQRSTUV".get(sum as usize % 23) == Some(check)
}

/// Ten digits, or twelve with the century: date of birth (days of coordination numbers plus
/// sixty), serial, Luhn's check digit.
pub(super) fn personnummer(signs: &Signs, _: &str) -> bool {
    let bytes = signs.as_bytes();
    let short = match bytes.len() {
        10 => bytes,
        12 if bytes.starts_with(b"18") || bytes.starts_with(b"19") || bytes.starts_with(b"20") => {
            bytes.get(2..).unwrap_or_default()
        }
        _ => return false,
    };
    digits::<10>(short).is_some_and(|digits| {
        let day = part(&digits, 4, 2);
        is_day(part(&digits, 2, 2), if day > 60 { day - 60 } else { day }) && luhn(&digits)
    })
}

pub(super) fn fodselsnummer(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let (day, month) = (part(&digits, 0, 2), part(&digits, 2, 2));
        // Days of D numbers are forty more, months of synthetic and assistance numbers forty or eighty.
        is_day(month % 40, if day > 40 { day - 40 } else { day })
            && weighted(&digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
            && weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
    })
}

/// Date of birth and serial; numbers given since 2007 have no check digit.
pub(super) fn cpr(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<10>()
        .is_some_and(|digits| is_day(part(&digits, 2, 2), part(&digits, 0, 2)))
}

/// Date of birth, a sign of the century, serial, check sign.
pub(super) fn hetu(_: &Signs, text: &str) -> bool {
    let bytes = text.as_bytes();
    let &[a, b, c, d, e, f, century, g, h, i, check] = bytes else {
        return false;
    };
    let Some(digits) = digits::<9>(&[a, b, c, d, e, f, g, h, i]) else {
        return false;
    };
    b"-+ABCDEFYXWVU".contains(&century)
        && is_day(part(&digits, 2, 2), part(&digits, 0, 2))
        && part(&digits, 6, 3) >= 2
        && b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(number(&digits) as usize % 31)
            == Some(&check.to_ascii_uppercase())
}

pub(super) fn kennitala(signs: &Signs, _: &str) -> bool {
    signs.digits::<10>().is_some_and(|digits| {
        let sum = weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]);
        let day = part(&digits, 0, 2);
        is_day(part(&digits, 2, 2), if day > 40 { day - 40 } else { day })
            && sum.is_multiple_of(11)
            && matches!(digits[9], 0 | 8 | 9)
    })
}

/// Estonia and Lithuania: sex and century, date of birth, serial, check digit.
pub(super) fn isikukood(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let first = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
        let second = weighted(&digits, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
        let check = if first < 10 { first } else { second % 10 };
        matches!(digits[0], 1..=8)
            && is_day(part(&digits, 3, 2), part(&digits, 5, 2))
            && check == u32::from(digits[10])
    })
}

/// Date of birth, century, serial, check digit; numbers given since 2017 start with 32.
pub(super) fn personas_kods(signs: &Signs, text: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let sum = 1 + weighted(&digits, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
        let dated = is_day(part(&digits, 2, 2), part(&digits, 0, 2))
            && digits[6] <= 2
            && sum % 11 % 10 == u32::from(digits[10]);
        dated || (digits.starts_with(&[3, 2]) && text.as_bytes().get(6) == Some(&b'-'))
    })
}
