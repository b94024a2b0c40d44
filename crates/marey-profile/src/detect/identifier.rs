//! Codes that name things: identifiers, hashes, devices, vehicles, colours.

use super::{Signs, check_digit};

/// A universally unique identifier: 32 hexadecimal digits in groups of 8-4-4-4-12 (RFC 9562),
/// perhaps in braces.
pub fn is_uuid(text: &str) -> bool {
    let text = text.trim();
    let text = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(text);
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A digest in base 16: 32 (MD5), 40 (SHA-1), 56, 64 (SHA-256), 96 or 128 digits, with letters and
/// digits both.
pub fn is_hash(text: &str) -> bool {
    let text = text.trim();
    matches!(text.len(), 32 | 40 | 56 | 64 | 96 | 128)
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A colour as the web writes it: `#` and 3, 4, 6 or 8 hexadecimal digits.
pub fn is_hex_colour(text: &str) -> bool {
    text.trim().strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// An identity of mobile equipment (IMEI): 15 digits with Luhn's check digit (3GPP TS 23.003); one
/// in ten of all numbers of that length passes.
pub fn is_imei(text: &str) -> bool {
    Signs::of(text)
        .and_then(|signs| signs.digits::<15>())
        .is_some_and(|digits| digits[0] != 0 && check_digit::luhn(&digits))
}

/// A vehicle identification number: 17 letters and digits without I, O and Q, letters and digits
/// both (ISO 3779). See [`is_checked_vin`] for North America's check digit.
pub fn is_vin(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    bytes.len() == 17
        && bytes.iter().all(|byte| vin_value(*byte).is_some())
        && bytes.iter().any(u8::is_ascii_alphabetic)
        && bytes.iter().skip(12).filter(|byte| byte.is_ascii_digit()).count() >= 3
}

/// A vehicle identification number with the check digit that North America asks for
/// (49 CFR 565.15).
pub fn is_checked_vin(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let bytes = text.trim().as_bytes();
    if bytes.len() != 17 {
        return false;
    }
    let sum = bytes.iter().zip(WEIGHTS).try_fold(0, |sum, (byte, weight)| {
        Some(sum + u32::from(vin_value(*byte)?) * weight)
    });
    let check = match bytes.get(8) {
        Some(b'X' | b'x') => 10,
        Some(digit @ b'0'..=b'9') => u32::from(digit - b'0'),
        _ => return false,
    };
    sum.is_some_and(|sum| sum % 11 == check)
}

fn vin_value(byte: u8) -> Option<u8> {
    Some(match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => digit - b'0',
        letter @ b'A'..=b'H' => letter - b'A' + 1,
        letter @ b'J'..=b'N' => letter - b'J' + 1,
        b'P' => 7,
        b'R' => 9,
        letter @ b'S'..=b'Z' => letter - b'S' + 2,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holds: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(holds(text), "{text}"));
        no.iter().for_each(|text| assert!(!holds(text), "{text}"));
    }

    #[test]
    fn codes_are_told_by_their_form() {
        check(
            is_uuid,
            &[
                "550e8400-e29b-41d4-a716-446655440000",
                "{550E8400-E29B-41D4-A716-446655440000}",
            ],
            &[
                "550e8400e29b41d4a716446655440000",
                "550e8400-e29b-41d4-a716-44665544000g",
                "",
                "{}",
            ],
        );
        check(
            is_hash,
            &[
                "d41d8cd98f00b204e9800998ecf8427e",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            ],
            &[
                "d41d8cd98f00b204e9800998ecf8427",
                "12345678901234567890123456789012",
                "",
            ],
        );
        check(
            is_hex_colour,
            &["#fff", "#1a2B3c", "#1a2b3c4d"],
            &["fff", "#ff", "#ggg", "#", ""],
        );
        check(
            is_imei,
            &["490154203237518", "49-015420-323751-8"],
            &["490154203237517", "49015420323751", ""],
        );
        check(
            is_vin,
            &["1M8GDM9AXKP042788", "WVWZZZ1JZXW000001"],
            &["1M8GDM9AXKP04278", "1M8GDM9AXKPO42788", "12345678901234567", ""],
        );
        check(
            is_checked_vin,
            &["1M8GDM9AXKP042788"],
            &["1M8GDM9A1KP042788", "1M8GDM9AXKP042789", ""],
        );
    }
}
