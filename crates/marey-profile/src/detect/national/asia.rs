//! National numbers of Asia, Africa and Oceania.

use super::{Signs, is_day, part};
use crate::detect::{
    check_digit::{luhn, verhoeff, weighted},
    signs::digits,
};

pub(super) fn kimlik(signs: &Signs, _: &str) -> bool {
    let Some(digits) = signs.digits::<11>() else {
        return false;
    };
    let odd = weighted(&digits, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(&digits, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let sum = weighted(&digits, &[1; 10]);
    digits[0] != 0 && (odd * 7 + 100 - even) % 10 == u32::from(digits[9]) && sum % 10 == u32::from(digits[10])
}

pub(super) fn teudat_zehut(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<9>()
        .is_some_and(|digits| luhn(&digits) && digits.iter().any(|digit| *digit != 0))
}

pub(super) fn aadhaar(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<12>()
        .is_some_and(|digits| digits[0] > 1 && verhoeff(&digits))
}

/// Five letters, the fourth for the kind of holder, four digits, a letter (Income Tax Department).
pub(super) fn pan(signs: &Signs, _: &str) -> bool {
    let bytes = signs.as_bytes();
    bytes.len() == 10
        && signs.separators == 0
        && bytes.iter().take(5).all(u8::is_ascii_uppercase)
        && bytes.get(3).is_some_and(|kind| b"ABCFGHLJPT".contains(kind))
        && bytes.iter().skip(5).take(4).all(u8::is_ascii_digit)
        && bytes.last().is_some_and(u8::is_ascii_uppercase)
}

/// Eighteen signs: place, date of birth, serial, and ISO 7064 MOD 11-2 (GB 11643).
pub(super) fn resident_identity(signs: &Signs, _: &str) -> bool {
    let Some((check, body)) = signs.as_bytes().split_last() else {
        return false;
    };
    let Some(body) = digits::<17>(body) else {
        return false;
    };
    let sum = weighted(&body, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    (11..=82).contains(&part(&body, 0, 2))
        && (1850..=2100).contains(&part(&body, 6, 4))
        && is_day(part(&body, 10, 2), part(&body, 12, 2))
        && b"10X98765432".get(sum as usize % 11) == Some(check)
}

/// A letter for the place, 1 or 2 (8 or 9 for residents) and eight digits.
pub(super) fn taiwan(signs: &Signs, _: &str) -> bool {
    /// Letters in the order of their numbers, from 10.
    const ORDER: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some((letter, rest)) = signs.as_bytes().split_first() else {
        return false;
    };
    let (Some(place), Some(rest)) = (ORDER.iter().position(|known| known == letter), digits::<9>(rest))
    else {
        return false;
    };
    let place = place as u32 + 10;
    let sum = place / 10 + place % 10 * 9 + weighted(&rest, &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(rest[0], 1 | 2 | 8 | 9) && signs.separators == 0 && sum.is_multiple_of(10)
}

/// One or two letters, six digits and a check sign in brackets.
pub(super) fn hong_kong(signs: &Signs, _: &str) -> bool {
    let bytes = signs.as_bytes();
    let Some((check, body)) = bytes.split_last() else {
        return false;
    };
    let letters = body.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    if !matches!(letters, 1 | 2) || body.len() != letters + 6 || signs.separators > 1 {
        return false;
    }
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => u32::from(byte.wrapping_sub(b'0')),
    };
    let blank = if letters == 1 { 36 * 9 } else { 0 };
    let start = if letters == 1 { 8 } else { 9 };
    let sum: u32 = body
        .iter()
        .zip((2..=start).rev())
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    let digits_follow = body.iter().skip(letters).all(u8::is_ascii_digit);
    let check = match check {
        b'A' => 10,
        digit @ b'0'..=b'9' => u32::from(digit - b'0'),
        _ => return false,
    };
    digits_follow && (blank + sum + check).is_multiple_of(11)
}

/// Date of birth, sex and century, and a check digit (numbers given since October 2020 have none
/// and fail one time in ten only by chance).
pub(super) fn resident_registration(signs: &Signs, _: &str) -> bool {
    signs.digits::<13>().is_some_and(|digits| {
        let sum = weighted(&digits, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
        is_day(part(&digits, 2, 2), part(&digits, 4, 2))
            && matches!(digits[6], 1..=8)
            && (11 - sum % 11) % 10 == u32::from(digits[12])
    })
}

/// The individual number of twelve digits (Ministry of Internal Affairs, ordinance 85 of 2014).
pub(super) fn my_number(signs: &Signs, _: &str) -> bool {
    signs.digits::<12>().is_some_and(|digits| {
        let rest = weighted(&digits, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        let check = if rest <= 1 { 0 } else { 11 - rest };
        check == u32::from(digits[11]) && digits.iter().any(|digit| *digit != 0)
    })
}

/// A letter for the kind, seven digits, a check letter.
pub(super) fn nric(signs: &Signs, _: &str) -> bool {
    let &[kind, ref middle @ .., check] = signs.as_bytes() else {
        return false;
    };
    let Some(body) = digits::<7>(middle) else {
        return false;
    };
    let sum = weighted(&body, &[2, 7, 6, 5, 4, 3, 2]);
    let letters: &[u8; 11] = match kind {
        b'S' | b'T' => b"JZIHGFEDCBA",
        b'F' | b'G' => b"XWUTRQPNMLK",
        b'M' => b"KLJNPQRTUWX",
        _ => return false,
    };
    let shift = match kind {
        b'T' | b'G' => 4,
        b'M' => 3,
        _ => 0,
    };
    let place = (sum + shift) as usize % 11;
    // The letters of M run the other way.
    let expected = if kind == b'M' {
        letters.get(10 - place)
    } else {
        letters.get(place)
    };
    signs.separators == 0 && expected == Some(&check)
}

/// Date of birth, place of birth, serial; no check digit.
pub(super) fn mykad(signs: &Signs, _: &str) -> bool {
    signs.digits::<12>().is_some_and(|digits| {
        is_day(part(&digits, 2, 2), part(&digits, 4, 2))
            && matches!(part(&digits, 6, 2), 1..=16 | 21..=68 | 71..=72 | 74..=79 | 82..=93 | 98 | 99)
    })
}

pub(super) fn thai(signs: &Signs, _: &str) -> bool {
    signs.digits::<13>().is_some_and(|digits| {
        let sum = weighted(&digits, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
        matches!(digits[0], 1..=8) && (11 - sum % 11) % 10 == u32::from(digits[12])
    })
}

/// Province, place, date of birth (days of women plus forty), serial; no check digit.
pub(super) fn nik(signs: &Signs, _: &str) -> bool {
    signs.digits::<16>().is_some_and(|digits| {
        let day = part(&digits, 6, 2);
        (11..=96).contains(&part(&digits, 0, 2))
            && is_day(part(&digits, 8, 2), if day > 40 { day - 40 } else { day })
            && part(&digits, 12, 4) != 0
    })
}

/// Date of birth, sex, citizenship, and Luhn's check digit.
pub(super) fn south_africa(signs: &Signs, _: &str) -> bool {
    signs.digits::<13>().is_some_and(|digits| {
        is_day(part(&digits, 2, 2), part(&digits, 4, 2)) && digits[10] <= 2 && luhn(&digits)
    })
}

pub(super) fn tax_file_number(signs: &Signs, _: &str) -> bool {
    signs.digits::<9>().is_some_and(|digits| {
        weighted(&digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
            && digits.iter().any(|digit| *digit != 0)
    })
}
