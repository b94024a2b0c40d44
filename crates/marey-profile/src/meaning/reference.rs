//! Lists of known names and codes, behind the feature `reference-lists`.
//!
//! Two maps from keys to the lists that hold them, one bit per list; sources and licences are in
//! `reference/README.md`. Without the feature no list holds anything.

/// Lists of names, keys folded by [`marey_core::fold_name`].
pub(super) mod names {
    pub(in crate::meaning) const CITY: u64 = 1;
    pub(in crate::meaning) const US_COUNTY: u64 = 2;
    pub(in crate::meaning) const SUBDIVISION: u64 = 4;
    pub(in crate::meaning) const FIRST_NAME: u64 = 8;
    pub(in crate::meaning) const LAST_NAME: u64 = 16;
    pub(in crate::meaning) const LANGUAGE: u64 = 32;
    pub(in crate::meaning) const CURRENCY: u64 = 64;
}

/// Lists of codes, keys in capitals.
pub(super) mod codes {
    pub(in crate::meaning) const CURRENCY: u64 = 1;
    pub(in crate::meaning) const AIRPORT: u64 = 2;
    pub(in crate::meaning) const LANGUAGE: u64 = 4;
    pub(in crate::meaning) const ZIP: u64 = 8;
}

/// The lists that hold a folded name.
pub(super) fn of_name(folded: &str) -> u64 {
    look_up(Map::Names, folded)
}

/// The lists that hold a code.
pub(super) fn of_code(code: &str) -> u64 {
    look_up(Map::Codes, code)
}

/// Which of the two maps.
#[derive(Clone, Copy)]
enum Map {
    Names,
    Codes,
}

#[cfg(feature = "reference-lists")]
fn look_up(map: Map, key: &str) -> u64 {
    use std::sync::LazyLock;
    type Lists = LazyLock<Option<fst::Map<&'static [u8]>>>;
    static NAMES: Lists =
        LazyLock::new(|| fst::Map::new(&include_bytes!("../../reference/names.fst")[..]).ok());
    static CODES: Lists =
        LazyLock::new(|| fst::Map::new(&include_bytes!("../../reference/codes.fst")[..]).ok());
    let lists = match map {
        Map::Names => &NAMES,
        Map::Codes => &CODES,
    };
    lists.as_ref().and_then(|lists| lists.get(key)).unwrap_or(0)
}

#[cfg(not(feature = "reference-lists"))]
fn look_up(_: Map, _: &str) -> u64 {
    0
}

#[cfg(all(test, feature = "reference-lists"))]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_what_they_are_named_after() {
        let name = |name: &str, list: u64, held: bool| {
            assert_eq!(of_name(&marey_core::fold_name(name)) & list != 0, held, "{name}");
        };
        name("Zürich", names::CITY, true);
        name("Medellín", names::CITY, true);
        name("Cook", names::US_COUNTY, true);
        name("Staten Island", names::US_COUNTY, true);
        name("Nariño", names::SUBDIVISION, true);
        name("Maria", names::FIRST_NAME, true);
        name("Washington", names::LAST_NAME, true);
        name("Spanish", names::LANGUAGE, true);
        name("Deutsch", names::LANGUAGE, true);
        name("Zloty", names::CURRENCY, true);
        name("xyzzy", u64::MAX, false);
        let code = |code: &str, list: u64, held: bool| {
            assert_eq!(of_code(code) & list != 0, held, "{code}");
        };
        code("EUR", codes::CURRENCY, true);
        code("JFK", codes::AIRPORT, true);
        code("EGLL", codes::AIRPORT, true);
        code("DE", codes::LANGUAGE, true);
        code("10475", codes::ZIP, true);
        code("00000", codes::ZIP, false);
        code("QQQ", codes::CURRENCY, false);
    }
}
