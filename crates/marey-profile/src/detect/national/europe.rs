//! National numbers of the European continent and Russia.

use super::{Signs, is_day, part};
use crate::detect::{
    check_digit::{luhn, mod_11_10, number, verhoeff, weighted},
    product::is_gs1,
    signs::digits,
};

/// Sex, year and month of birth, place, order, key of 97 (Code de la sécurité sociale, R114-26);
/// `2A` and `2B` are the departments of Corsica.
pub(super) fn nir(signs: &Signs, _: &str) -> bool {
    let mut bytes = [0; 15];
    if signs.as_bytes().len() != bytes.len() {
        return false;
    }
    bytes.copy_from_slice(signs.as_bytes());
    match (bytes[5], bytes[6]) {
        (b'2', b'A') => (bytes[5], bytes[6]) = (b'1', b'9'),
        (b'2', b'B') => (bytes[5], bytes[6]) = (b'1', b'8'),
        _ => {}
    }
    digits::<15>(&bytes).is_some_and(|digits| {
        matches!(digits[0], 1..=4 | 7 | 8)
            && matches!(part(&digits, 3, 2), 1..=12 | 20..=42 | 50..=99)
            && 97 - part(&digits, 0, 13) % 97 == part(&digits, 13, 2)
    })
}

/// Eight digits and a letter, or `X`, `Y`, `Z`, seven digits and a letter.
pub(super) fn dni(signs: &Signs, _: &str) -> bool {
    let Some((check, body)) = signs.as_bytes().split_last() else {
        return false;
    };
    let (Some((first, rest)), 8) = (body.split_first(), body.len()) else {
        return false;
    };
    let first = match first {
        b'X' => 0,
        b'Y' => 1,
        b'Z' => 2,
        digit if digit.is_ascii_digit() => u64::from(digit - b'0'),
        _ => return false,
    };
    digits::<7>(rest).is_some_and(|rest| {
        let number = first * 10_000_000 + number(&rest);
        b"TRWAGMYFPDXBNJZSQVHLCKE".get((number % 23) as usize) == Some(check)
    })
}

/// Province, number and a remainder of 97.
pub(super) fn nuss(signs: &Signs, _: &str) -> bool {
    signs.digits::<12>().is_some_and(|digits| {
        let (province, serial) = (part(&digits, 0, 2), part(&digits, 2, 8));
        // Small serials are joined to the province with one zero less.
        let short = if serial < 10_000_000 {
            province * 10_000_000 + serial
        } else {
            part(&digits, 0, 10)
        };
        matches!(province, 1..=53 | 66) && short % 97 == part(&digits, 10, 2)
    })
}

/// Letters of the names, date of birth, place, and a check letter
/// (Decreto Ministeriale 23 dicembre 1976).
pub(super) fn codice_fiscale(signs: &Signs, _: &str) -> bool {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    let Ok(bytes) = <[u8; 16]>::try_from(signs.as_bytes()) else {
        return false;
    };
    // Where two persons would share a number, digits are replaced by these letters.
    let numeric = |byte: u8| byte.is_ascii_digit() || b"LMNPQRSTUV".contains(&byte);
    let shaped = bytes.iter().enumerate().all(|(place, byte)| match place {
        6 | 7 | 9 | 10 | 12 | 13 | 14 => numeric(*byte),
        8 => b"ABCDEHLMPRST".contains(byte),
        _ => byte.is_ascii_uppercase(),
    });
    let sum: u32 = bytes
        .iter()
        .take(15)
        .enumerate()
        .map(|(place, byte)| {
            let value = match byte {
                b'0'..=b'9' => u32::from(byte - b'0'),
                _ => u32::from(byte.wrapping_sub(b'A')),
            };
            match place % 2 {
                0 => ODD.get(value as usize).copied().unwrap_or(0),
                _ => value,
            }
        })
        .sum();
    shaped && u32::from(bytes[15].wrapping_sub(b'A')) == sum % 26
}

pub(super) fn nif_pt(signs: &Signs, _: &str) -> bool {
    signs.digits::<9>().is_some_and(|digits| {
        let rest = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        let check = if rest < 2 { 0 } else { 11 - rest };
        (!matches!(digits[0], 0 | 4) || digits.starts_with(&[4, 5])) && check == u32::from(digits[8])
    })
}

pub(super) fn bsn(signs: &Signs, _: &str) -> bool {
    signs.digits::<9>().is_some_and(|digits| {
        let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]);
        sum > 0 && sum % 11 == u32::from(digits[8])
    })
}

pub(super) fn rijksregister(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let (body, check) = (part(&digits, 0, 9), part(&digits, 9, 2));
        let month = part(&digits, 2, 2);
        // Born since 2000: a 2 stands before the number. Months 0, 20 to 52 are of registers of others.
        (month <= 12 || (20..=52).contains(&month))
            && (97 - body % 97 == check || 97 - (2_000_000_000 + body) % 97 == check)
    })
}

/// Year, month, day, serial, Luhn's digit and Verhoeff's.
pub(super) fn matricule(signs: &Signs, _: &str) -> bool {
    signs.digits::<13>().is_some_and(|digits| {
        let body = digits.first_chunk::<11>().copied().unwrap_or_default();
        let mut other = [0; 12];
        other.iter_mut().zip(body).for_each(|(to, from)| *to = from);
        other[11] = digits[12];
        (1850..=2100).contains(&part(&digits, 0, 4))
            && is_day(part(&digits, 4, 2), part(&digits, 6, 2))
            && luhn(digits.get(..12).unwrap_or_default())
            && verhoeff(&other)
    })
}

/// Eleven digits: among the first ten, one digit stands twice or three times; ISO 7064 MOD 11,10
/// (Bundeszentralamt für Steuern).
pub(super) fn steuer_id(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let mut counts = [0_u8; 10];
        for digit in digits.iter().take(10) {
            if let Some(count) = counts.get_mut(usize::from(*digit)) {
                *count += 1;
            }
        }
        let repeated = counts.iter().filter(|count| **count > 1).count();
        digits[0] != 0 && repeated == 1 && counts.iter().all(|count| *count <= 3) && mod_11_10(&digits)
    })
}

/// Area, date of birth, a letter, serial, check digit (VKVV, section 4).
pub(super) fn rentenversicherung(signs: &Signs, _: &str) -> bool {
    let Ok(bytes) = <[u8; 12]>::try_from(signs.as_bytes()) else {
        return false;
    };
    let letter = bytes[8];
    if !letter.is_ascii_uppercase() {
        return false;
    }
    let place = letter - b'A' + 1;
    let mut all = [0; 12];
    let Some(before) = digits::<8>(bytes.get(..8).unwrap_or_default()) else {
        return false;
    };
    let Some(after) = digits::<3>(bytes.get(9..).unwrap_or_default()) else {
        return false;
    };
    let place = [place / 10, place % 10];
    let written = before.iter().chain(&place).chain(after.iter().take(2)).copied();
    all.iter_mut().zip(written).for_each(|(to, from)| *to = from);
    let sum: u32 = all
        .iter()
        .zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    let day = part(&before, 2, 2);
    is_day(part(&before, 4, 2), if day > 50 { day - 50 } else { day }) && sum % 10 == u32::from(after[2])
}

/// Serial, check digit, date of birth.
pub(super) fn sozialversicherung_at(signs: &Signs, _: &str) -> bool {
    signs.digits::<10>().is_some_and(|digits| {
        let sum = weighted(&digits, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
        let month = part(&digits, 6, 2);
        digits[0] != 0
            && sum % 11 == u32::from(digits[3])
            && (is_day(month, part(&digits, 4, 2)) || (13..=15).contains(&month))
    })
}

/// 756 for Switzerland, nine digits, the check digit of GS1.
pub(super) fn ahv(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<13>()
        .is_some_and(|digits| digits.starts_with(&[7, 5, 6]) && is_gs1(&digits))
}

/// Date of birth (months of other centuries plus 20, 40, 60, 80), serial, check digit.
pub(super) fn pesel(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        is_day(part(&digits, 2, 2) % 20, part(&digits, 4, 2))
            && weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
    })
}

/// Czechia and Slovakia: date of birth (months of women plus 50), a slash, serial; ten digits are a
/// multiple of eleven, nine digits (until 1953) have no check.
pub(super) fn rodne_cislo(signs: &Signs, text: &str) -> bool {
    let date_fits = |digits: &[u8]| {
        let month = part(digits, 2, 2) % 50;
        is_day(if month > 20 { month - 20 } else { month }, part(digits, 4, 2))
    };
    if let Some(digits) = signs.digits::<10>() {
        let rest = number(digits.get(..9).unwrap_or_default()) % 11 % 10;
        return date_fits(&digits) && rest == u64::from(digits[9]);
    }
    let slashed = text.as_bytes().get(6) == Some(&b'/');
    slashed
        && signs
            .digits::<9>()
            .is_some_and(|digits| date_fits(&digits) && part(&digits, 0, 2) <= 53)
}

/// Sex and century, date of birth, serial, check digit (1996. évi XX. törvény).
pub(super) fn szemelyi(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let rising = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11;
        let falling = weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
        let check = u32::from(digits[10]);
        matches!(digits[0], 1..=8)
            && is_day(part(&digits, 3, 2), part(&digits, 5, 2))
            // Rising weights until 1996, falling ones since.
            && (rising == check || falling == check)
    })
}

pub(super) fn taj(signs: &Signs, _: &str) -> bool {
    signs.digits::<9>().is_some_and(|digits| {
        weighted(&digits, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == u32::from(digits[8])
            && digits.iter().any(|digit| *digit != 0)
    })
}

/// Sex and century, date of birth, county, serial, check digit.
pub(super) fn cnp(signs: &Signs, _: &str) -> bool {
    signs.digits::<13>().is_some_and(|digits| {
        let rest = weighted(&digits, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
        let check = if rest == 10 { 1 } else { rest };
        digits[0] != 0
            && is_day(part(&digits, 3, 2), part(&digits, 5, 2))
            && matches!(part(&digits, 7, 2), 1..=52 | 70 | 80..=83)
            && check == u32::from(digits[12])
    })
}

/// Date of birth (months of other centuries plus 20 or 40), serial, check digit.
pub(super) fn egn(signs: &Signs, _: &str) -> bool {
    signs.digits::<10>().is_some_and(|digits| {
        let sum = weighted(&digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6]);
        part(&digits, 2, 2) <= 52
            && is_day(part(&digits, 2, 2) % 20, part(&digits, 4, 2))
            && sum % 11 % 10 == u32::from(digits[9])
    })
}

pub(super) fn oib(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| mod_11_10(&digits))
}

/// The countries that were Yugoslavia: date of birth, place, serial, check digit.
pub(super) fn jmbg(signs: &Signs, _: &str) -> bool {
    signs.digits::<13>().is_some_and(|digits| {
        let rest = weighted(&digits, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        let check = if rest < 2 { 0 } else { 11 - rest };
        is_day(part(&digits, 2, 2), part(&digits, 0, 2))
            && matches!(digits[4], 0 | 8 | 9)
            && check == u32::from(digits[12])
    })
}

/// Date of birth, serial, Luhn's check digit.
pub(super) fn amka(signs: &Signs, _: &str) -> bool {
    signs
        .digits::<11>()
        .is_some_and(|digits| is_day(part(&digits, 2, 2), part(&digits, 0, 2)) && luhn(&digits))
}

pub(super) fn afm(signs: &Signs, _: &str) -> bool {
    signs.digits::<9>().is_some_and(|digits| {
        let sum: u32 = digits
            .iter()
            .take(8)
            .zip((1..=8).rev())
            .map(|(digit, power)| u32::from(*digit) << power)
            .sum();
        sum > 0 && sum % 11 % 10 == u32::from(digits[8])
    })
}

pub(super) fn snils(signs: &Signs, _: &str) -> bool {
    signs.digits::<11>().is_some_and(|digits| {
        let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
        u64::from(sum % 101 % 100) == part(&digits, 9, 2) && part(&digits, 0, 9) > 1_001_998
    })
}

/// The taxpayer's number of a person, twelve digits with two check digits.
pub(super) fn inn(signs: &Signs, _: &str) -> bool {
    signs.digits::<12>().is_some_and(|digits| {
        let first = weighted(&digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
        let second = weighted(&digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
        first == u32::from(digits[10]) && second == u32::from(digits[11]) && part(&digits, 0, 2) != 0
    })
}

/// Ukraine's taxpayer's number, ten digits.
pub(super) fn rnokpp(signs: &Signs, _: &str) -> bool {
    signs.digits::<10>().is_some_and(|digits| {
        // The first weight is -1, which is 10 in this remainder.
        let sum = weighted(&digits, &[10, 5, 7, 9, 4, 6, 10, 5, 7]);
        sum % 11 % 10 == u32::from(digits[9]) && digits.iter().any(|digit| *digit != 0)
    })
}
