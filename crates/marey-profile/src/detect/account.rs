//! Numbers of accounts and payment cards.

use super::{Signs, check_digit};

/// A payment card: a prefix and a length that an issuer uses (ISO/IEC 7812, issuers' published
/// ranges), and Luhn's check digit. Blanks and dashes may stand between the digits.
pub fn is_card_number(text: &str) -> bool {
    card_digits(text).is_some_and(|(digits, len)| check_digit::luhn(digits.get(..len).unwrap_or_default()))
}

/// Digits that an issuer's prefix and length fit, whatever the check digit says.
pub fn is_card_shaped(text: &str) -> bool {
    card_digits(text).is_some()
}

fn card_digits(text: &str) -> Option<([u8; 19], usize)> {
    // Fast way out: most values are no digits at all.
    if !text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let signs = Signs::of(text)?;
    let bytes = signs.as_bytes();
    let grouped = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-');
    if !signs.all_digits() || !grouped || !(12..=19).contains(&bytes.len()) {
        return None;
    }
    let mut digits = [0; 19];
    digits
        .iter_mut()
        .zip(bytes)
        .for_each(|(digit, byte)| *digit = byte - b'0');
    let prefix = |len: usize| check_digit::number(digits.get(..len).unwrap_or_default());
    let fits = match (bytes.len(), prefix(1)) {
        // Visa; American Express; Mastercard and Mir; Diners; JCB; Discover, UnionPay, Maestro.
        (13 | 16 | 19, 4) => true,
        (15, 3) if matches!(prefix(2), 34 | 37) => true,
        (16, 2) if (2221..=2720).contains(&prefix(4)) || (2200..=2204).contains(&prefix(4)) => true,
        (15, 1 | 2) if matches!(prefix(4), 1800 | 2131) => true,
        (14, 3) if matches!(prefix(2), 36 | 38 | 39) || (300..=305).contains(&prefix(3)) => true,
        (16, 3) if (3528..=3589).contains(&prefix(4)) || matches!(prefix(2), 30 | 36 | 38 | 39) => true,
        (16, 5) if (51..=55).contains(&prefix(2)) => true,
        (16..=19, 6) if matches!(prefix(2), 60 | 62 | 64 | 65 | 81 | 82) => true,
        (12..=19, 5 | 6) if matches!(prefix(2), 50 | 56..=58 | 63 | 67) => true,
        _ => false,
    };
    fits.then_some((digits, bytes.len()))
}

/// Signs of the shortest account number below, Norway's.
const SHORTEST_IBAN: usize = 15;

/// Countries of international bank account numbers with the lengths of these, from the registry
/// of ISO 13616 as SWIFT publishes it.
const IBAN_LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 \
    DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 \
    IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 \
    MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 \
    ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// An international bank account number (ISO 13616): a country that has them, its length, and the
/// check digits of ISO 7064 MOD 97-10. Blanks may stand between the signs.
pub fn is_iban(text: &str) -> bool {
    if text.len() < SHORTEST_IBAN || !text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let Some(signs) = Signs::of(text) else {
        return false;
    };
    let Some((start, rest)) = signs.as_bytes().split_at_checked(4) else {
        return false;
    };
    if !matches!(start, [b'A'..=b'Z', b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']) {
        return false;
    }
    let length = IBAN_LENGTHS.split_ascii_whitespace().find_map(|entry| {
        let (country, length) = entry.split_at_checked(2)?;
        let fits = start.starts_with(country.as_bytes());
        fits.then(|| length.parse::<usize>().ok())?
    });
    length == Some(signs.as_bytes().len()) && check_digit::mod_97(rest.iter().chain(start).copied())
}

/// A business identifier code (ISO 9362): four letters, a country's two letters, two signs, and
/// perhaps three for a branch. Form only: there is no check digit.
pub fn is_bic(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    matches!(bytes.len(), 8 | 11)
        && bytes.iter().take(6).all(u8::is_ascii_uppercase)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holds: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        yes.iter().for_each(|text| assert!(holds(text), "{text}"));
        no.iter().for_each(|text| assert!(!holds(text), "{text}"));
    }

    #[test]
    fn cards_have_an_issuer_and_a_check_digit() {
        check(
            is_card_number,
            &[
                "4111 1111 1111 1111",
                "5500-0000-0000-0004",
                "340000000000009",
                "6011000000000004",
                "2221000000000009",
                "30569309025904",
                "3530111333300000",
            ],
            &[
                "4111111111111112",
                "5500000000000005",
                "9111111111111111",
                "0000000000000000",
                "4111.1111.1111.1111",
                "411111111111",
                "",
                "x",
            ],
        );
    }

    #[test]
    fn bank_accounts_have_a_country_its_length_and_a_check() {
        check(
            is_iban,
            &[
                "DE89 3704 0044 0532 0130 00",
                "GB82WEST12345698765432",
                "FR1420041010050500013M02606",
                "NO9386011117947",
            ],
            &[
                "DE88370400440532013000",
                "GB81WEST12345698765432",
                "ZZ82WEST12345698765432",
                "DE8937040044053201300",
                "é",
                "",
            ],
        );
        check(
            is_bic,
            &["DEUTDEFF", "NEDSZAJJXXX"],
            &["DEUTDEF", "deutdeff", "12345678"],
        );
    }
}
