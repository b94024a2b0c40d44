//! Personal data: suspected from the form of the values where a form can be checked, else from the
//! column's name.

use marey_core::PhysicalType;

use super::{Evidence, header::Header};

/// A check of one value.
type Check = fn(&str) -> bool;

/// Kind of personal data that the values look like, by forms with a check of their own.
pub(super) fn by_values(texts: &[&str]) -> Option<&'static str> {
    let mostly = |holds: Check| {
        let fitting = || texts.iter().filter(|text| holds(text)).count();
        // The first of a fair sample decide against most checks.
        let hopeless = texts.len() > 32 && !texts.iter().take(32).any(|text| holds(text));
        let fitting = if hopeless { 0 } else { fitting() };
        texts.len() >= 3 && fitting as f64 >= 0.8 * texts.len() as f64
    };
    let checks: [(Check, &str); 4] = [
        (is_social_security_number, "social_security_number"),
        (is_card_number, "card_number"),
        (is_iban, "iban"),
        (is_ip_address, "ip_address"),
    ];
    checks
        .into_iter()
        .find(|(holds, _)| mostly(*holds))
        .map(|(_, kind)| kind)
}

/// Kind of personal data that the name of a column of texts or dates announces.
pub(super) fn by_name(header: &Header, evidence: &Evidence<'_>) -> Option<&'static str> {
    let person = [
        "first",
        "last",
        "middle",
        "maiden",
        "given",
        "family",
        "full",
        "sur",
        "christian",
    ];
    if header.has(&["firstname", "lastname", "surname", "fullname", "forename"])
        || person.iter().any(|word| header.says(&[word, "name"]))
    {
        return is_text(evidence).then_some("name");
    }
    if header.has(&["ssn"]) || header.says(&["social", "security"]) {
        return Some("social_security_number");
    }
    if header.has(&["passport"]) {
        return Some("passport_number");
    }
    if header.has(&["dob", "birthdate", "birthday"])
        || header.says(&["date", "of", "birth"])
        || header.says(&["birth", "date"])
    {
        return Some("birth_date");
    }
    let street =
        header.says(&["street", "address"]) || header.says(&["home", "address"]) || header.has(&["address"]);
    let digital = header.has(&["web", "ip", "mac", "url"]);
    (street && !digital && is_text(evidence) && evidence.distinct.value > 20).then_some("address")
}

fn is_text(evidence: &Evidence<'_>) -> bool {
    evidence.physical == PhysicalType::Text
}

/// A United States social security number, written with its dashes; areas 000, 666 and 9xx are not
/// given out.
fn is_social_security_number(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let [area, group, serial] = groups[..] else {
        return false;
    };
    let digits = |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    digits(area, 3)
        && digits(group, 2)
        && digits(serial, 4)
        && area != "000"
        && area != "666"
        && !area.starts_with('9')
        && group != "00"
        && serial != "0000"
}

/// A payment card: 13 to 19 digits, a known first digit and Luhn's check digit.
fn is_card_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let written = text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    written && (13..=19).contains(&digits.len()) && matches!(digits[0], 3..=6) && sum.is_multiple_of(10)
}

/// An international bank account number (ISO 13616): the number, read with its first four signs
/// last and letters as 10 to 35, leaves 1 when divided by 97.
fn is_iban(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    let (start, rest) = match signs.split_at_checked(4) {
        Some(parts) if (15..=34).contains(&signs.len()) => parts,
        _ => return false,
    };
    let shaped =
        start[..2].iter().all(char::is_ascii_uppercase) && start[2..].iter().all(char::is_ascii_digit);
    let remainder = rest.iter().chain(start).try_fold(0_u32, |remainder, c| {
        let value = c.to_digit(36)?;
        let shift = if value > 9 { 100 } else { 10 };
        Some((remainder * shift + value) % 97)
    });
    shaped && remainder == Some(1)
}

/// An address of the Internet protocol, version 4, or 6 with a colon at least.
fn is_ip_address(text: &str) -> bool {
    text.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_checked_not_guessed() {
        let check =
            |texts: [&str; 3], expected: Option<&str>| assert_eq!(by_values(&texts), expected, "{texts:?}");
        check(
            ["123-45-6789", "001-01-0001", "899-12-3456"],
            Some("social_security_number"),
        );
        check(["000-45-6789", "666-01-0001", "900-12-3456"], None);
        check(
            ["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009"],
            Some("card_number"),
        );
        check(["4111111111111112", "5500000000000005", "340000000000008"], None);
        check(
            [
                "DE89 3704 0044 0532 0130 00",
                "GB82WEST12345698765432",
                "FR1420041010050500013M02606",
            ],
            Some("iban"),
        );
        check(["DE88370400440532013000", "GB81WEST12345698765432", "é"], None);
        check(["10.0.0.1", "192.168.1.254", "::1"], Some("ip_address"));
        check(["1.2.3", "10.0", "256.1.1.1"], None);
    }
}
