//! Countries and regions by their names and codes.

use super::places::{COUNTRY_CODES, COUNTRY_CODES_3, COUNTRY_NAMES, REGION_CODES, REGION_NAMES};

/// A name in the form of the lists: lower case, without accents, words of letters and digits only.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        let c = without_accent(c);
        if c == '&' {
            plain.push_str(" and ");
        } else if c.is_alphanumeric() {
            plain.push(c);
        } else {
            plain.push(' ');
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_accent(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        _ => c,
    }
}

fn holds(list: &[&str], wanted: &str) -> bool {
    list.binary_search(&wanted).is_ok()
}

pub(super) fn is_country_name(text: &str) -> bool {
    let plain = plain(text);
    holds(&COUNTRY_NAMES, &plain)
        || plain
            .strip_prefix("the ")
            .is_some_and(|rest| holds(&COUNTRY_NAMES, rest))
}

/// Whether a text is an ISO 3166-1 code of two or three capital letters.
pub(super) fn is_country_code(text: &str) -> bool {
    match text.len() {
        2 => holds(&COUNTRY_CODES, text),
        3 => holds(&COUNTRY_CODES_3, text),
        _ => false,
    }
}

pub(super) fn is_region_name(text: &str) -> bool {
    holds(&REGION_NAMES, &plain(text))
}

pub(super) fn is_region_code(text: &str) -> bool {
    text.len() <= 3 && holds(&REGION_CODES, &text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_plain() {
        for list in [
            &COUNTRY_NAMES[..],
            &REGION_NAMES,
            &COUNTRY_CODES,
            &COUNTRY_CODES_3,
            &REGION_CODES,
        ] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
        }
        for list in [&COUNTRY_NAMES[..], &REGION_NAMES] {
            list.iter().for_each(|name| assert_eq!(&plain(name), name));
        }
    }

    #[test]
    fn places_are_known_in_their_spellings() {
        for name in [
            "France",
            "CÔTE D’IVOIRE",
            "Korea, Rep.",
            "the Netherlands",
            "Bosnia & Herzegovina",
            "USA",
        ] {
            assert!(is_country_name(name), "{name}");
        }
        assert!(is_country_code("DE") && is_country_code("DEU") && !is_country_code("de"));
        assert!(is_region_name("New  York") && is_region_code("ny") && !is_region_code("ZZ"));
        assert!(!is_country_name("Atlantis"));
    }
}
