//! Countries and regions by their names and codes.

use marey_core::fold_name as plain;

use super::places::{COUNTRY_CODES, COUNTRY_CODES_3, COUNTRY_NAMES, REGION_CODES, REGION_NAMES};

fn holds(list: &[&str], wanted: &str) -> bool {
    list.binary_search(&wanted).is_ok()
}

/// Country names that English does not have, in Spanish, Portuguese, French, German and Italian.
const OTHER_COUNTRY_NAMES: &[&str] = &[
    "alemania",
    "alemanha",
    "allemagne",
    "argelia",
    "belgica",
    "belgie",
    "belgien",
    "belgique",
    "brasil",
    "bresil",
    "canada",
    "chine",
    "corea del sur",
    "costa de marfil",
    "danemark",
    "dinamarca",
    "deutschland",
    "egipto",
    "egypte",
    "ee uu",
    "espagne",
    "espana",
    "espanha",
    "estados unidos",
    "estados unidos de america",
    "etats unis",
    "filipinas",
    "finlandia",
    "francia",
    "frankreich",
    "germania",
    "grecia",
    "griechenland",
    "haiti",
    "holanda",
    "hungria",
    "inde",
    "inglaterra",
    "irlanda",
    "italia",
    "italie",
    "italien",
    "japon",
    "japao",
    "libano",
    "marruecos",
    "mexique",
    "mexiko",
    "nederland",
    "noruega",
    "osterreich",
    "paises bajos",
    "perou",
    "polen",
    "polonia",
    "regno unito",
    "reino unido",
    "republica dominicana",
    "royaume uni",
    "rusia",
    "schweiz",
    "suecia",
    "suiza",
    "vereinigte staaten",
];

pub(super) fn is_country_name(text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    let plain = plain(text);
    holds(&COUNTRY_NAMES, &plain)
        || OTHER_COUNTRY_NAMES.contains(&plain.as_str())
        || plain
            .strip_prefix("the ")
            .is_some_and(|rest| holds(&COUNTRY_NAMES, rest))
}

/// An ISO 3166-1 code of two capital letters.
pub(super) fn is_alpha_2(text: &str) -> bool {
    text.len() == 2 && holds(&COUNTRY_CODES, text)
}

/// An ISO 3166-1 code of three capital letters.
pub(super) fn is_alpha_3(text: &str) -> bool {
    text.len() == 3 && holds(&COUNTRY_CODES_3, text)
}

/// Regions in spellings that ISO 3166-2 does not have.
const OTHER_REGION_NAMES: &[&str] = &[
    "archipielago de san andres",
    "archipielago de san andres providencia y santa catalina",
    "bogota",
    "bogota d c",
    "bogota dc",
    "guajira",
    "norte santander",
    "san andres y providencia",
    "valle",
];

/// A state, province or territory of the United States, Canada or Australia, or one of the
/// spellings above.
pub(super) fn is_region_name(text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    let plain = plain(text);
    holds(&REGION_NAMES, &plain) || OTHER_REGION_NAMES.contains(&plain.as_str())
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
        assert!(is_alpha_2("DE") && is_alpha_3("DEU") && !is_alpha_2("de"));
        assert!(is_region_name("New  York") && is_region_code("ny") && !is_region_code("ZZ"));
        assert!(!is_country_name("Atlantis"));
    }
}
