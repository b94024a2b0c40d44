//! National numbers of persons, each with the check that its issuer publishes.
//!
//! Lengths, ranges and check digits were written from the issuers' descriptions and compared with
//! the `stdnum` collection. A number that passes was not necessarily given out.

mod americas;
mod asia;
mod europe;
mod north;

use super::Signs;

/// A scheme of national numbers.
#[derive(Clone, Copy)]
pub struct NationalId {
    /// Two-letter code of the country (ISO 3166-1).
    pub country: &'static str,
    /// The name that people of that country use.
    pub name: &'static str,
    /// What share of codes of the same length and letters passes by chance, 0 to 1.
    pub chance: f64,
    /// Whether a column's name must say so too: there is no check digit, or firms, books and others
    /// share it.
    pub needs_name: bool,
    holds: fn(&Signs, &str) -> bool,
}

impl NationalId {
    /// Whether a text is such a number; blanks around it do not count.
    pub fn holds(&self, text: &str) -> bool {
        let text = text.trim();
        self.holds_signs(text, Signs::of(text).as_ref())
    }

    /// The same for a text whose signs were read already.
    pub(crate) fn holds_signs(&self, text: &str, signs: Option<&Signs>) -> bool {
        signs.is_some_and(|signs| (self.holds)(signs, text))
    }
}

impl std::fmt::Debug for NationalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.country)
    }
}

const fn scheme(
    country: &'static str,
    name: &'static str,
    chance: f64,
    holds: fn(&Signs, &str) -> bool,
) -> NationalId {
    NationalId {
        country,
        name,
        chance,
        needs_name: false,
        holds,
    }
}

/// A scheme that its numbers alone do not tell.
const fn named(
    country: &'static str,
    name: &'static str,
    chance: f64,
    holds: fn(&Signs, &str) -> bool,
) -> NationalId {
    NationalId {
        needs_name: true,
        ..scheme(country, name, chance, holds)
    }
}

/// Every scheme that is known here, those least likely to fit by chance first within a country.
pub const NATIONAL_IDS: &[NationalId] = &[
    scheme("US", "Social Security number", 1e-3, americas::social_security),
    scheme("US", "ITIN", 1e-3, americas::itin),
    scheme("GB", "National Insurance number", 5e-4, north::national_insurance),
    named("GB", "NHS number", 0.09, north::nhs),
    scheme("IE", "PPS number", 0.04, north::pps),
    scheme("FR", "NIR", 4e-4, europe::nir),
    scheme("ES", "DNI/NIE", 0.04, europe::dni),
    scheme("ES", "NUSS", 0.005, europe::nuss),
    scheme("IT", "Codice Fiscale", 1e-5, europe::codice_fiscale),
    scheme("PT", "NIF", 0.09, europe::nif_pt),
    scheme("NL", "BSN", 0.09, europe::bsn),
    scheme("BE", "Rijksregisternummer", 5e-4, europe::rijksregister),
    scheme("LU", "Matricule", 1e-4, europe::matricule),
    scheme("DE", "Steuer-ID", 0.04, europe::steuer_id),
    scheme(
        "DE",
        "Rentenversicherungsnummer",
        4e-4,
        europe::rentenversicherung,
    ),
    scheme(
        "AT",
        "Sozialversicherungsnummer",
        0.003,
        europe::sozialversicherung_at,
    ),
    scheme("CH", "AHV-Nummer", 1e-4, europe::ahv),
    scheme("PL", "PESEL", 0.008, europe::pesel),
    scheme("CZ", "rodné číslo", 0.01, europe::rodne_cislo),
    scheme("HU", "személyi azonosító", 0.003, europe::szemelyi),
    scheme("HU", "TAJ-szám", 0.1, europe::taj),
    scheme("RO", "CNP", 0.002, europe::cnp),
    scheme("BG", "EGN", 0.01, europe::egn),
    scheme("HR", "OIB", 0.1, europe::oib),
    scheme("RS", "JMBG", 0.003, europe::jmbg),
    scheme("GR", "AMKA", 0.004, europe::amka),
    scheme("GR", "AFM", 0.1, europe::afm),
    scheme("SE", "personnummer", 0.004, north::personnummer),
    scheme("NO", "fødselsnummer", 8e-4, north::fodselsnummer),
    named("DK", "CPR-nummer", 0.037, north::cpr),
    scheme("FI", "henkilötunnus", 1e-4, north::hetu),
    scheme("IS", "kennitala", 0.002, north::kennitala),
    scheme("EE", "isikukood / asmens kodas", 0.003, north::isikukood),
    scheme("LV", "personas kods", 0.004, north::personas_kods),
    scheme("RU", "SNILS", 0.01, europe::snils),
    scheme("RU", "INN", 0.01, europe::inn),
    scheme("UA", "RNOKPP", 0.1, europe::rnokpp),
    scheme("TR", "T.C. Kimlik No", 0.01, asia::kimlik),
    named("IL", "Teudat Zehut", 0.1, asia::teudat_zehut),
    scheme("IN", "Aadhaar", 0.08, asia::aadhaar),
    scheme("IN", "PAN", 1e-3, asia::pan),
    scheme("CN", "resident identity number", 1e-5, asia::resident_identity),
    scheme("TW", "national identification card", 0.02, asia::taiwan),
    scheme("HK", "identity card", 0.09, asia::hong_kong),
    scheme(
        "KR",
        "resident registration number",
        0.004,
        asia::resident_registration,
    ),
    scheme("JP", "My Number", 0.1, asia::my_number),
    scheme("SG", "NRIC/FIN", 0.02, asia::nric),
    named("MY", "MyKad", 0.02, asia::mykad),
    scheme("TH", "national identity number", 0.08, asia::thai),
    named("ID", "NIK", 0.03, asia::nik),
    scheme("ZA", "identity number", 1e-3, asia::south_africa),
    scheme("AU", "tax file number", 0.09, asia::tax_file_number),
    named("CA", "Social Insurance Number", 0.08, americas::social_insurance),
    scheme("MX", "CURP", 1e-5, americas::curp),
    named("MX", "RFC", 0.01, americas::rfc),
    scheme("BR", "CPF", 0.01, americas::cpf),
    scheme("AR", "CUIL/CUIT", 0.006, americas::cuit),
    scheme("CL", "RUN/RUT", 0.09, americas::rut),
    scheme("EC", "cédula", 0.015, americas::cedula_ec),
];

/// Whether a month has such a day; the twenty-ninth of February always.
fn is_day(month: u64, day: u64) -> bool {
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// The number that a part of the digits writes.
fn part(digits: &[u8], start: usize, len: usize) -> u64 {
    super::check_digit::number(digits.get(start..start + len).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scheme of a country by a part of its name.
    fn of(country: &str, name: &str) -> &'static NationalId {
        NATIONAL_IDS
            .iter()
            .find(|scheme| scheme.country == country && scheme.name.contains(name))
            .unwrap()
    }

    #[test]
    fn numbers_pass_and_their_neighbours_fail() {
        let check = |country: &str, name: &str, valid: &[&str], invalid: &[&str]| {
            let scheme = of(country, name);
            valid
                .iter()
                .for_each(|text| assert!(scheme.holds(text), "{scheme:?}: {text}"));
            invalid
                .iter()
                .for_each(|text| assert!(!scheme.holds(text), "{scheme:?}: {text}"));
            for text in ["", "x", "é", "-", "0"] {
                assert!(!scheme.holds(text), "{scheme:?}: {text}");
            }
        };
        check("US", "Social", &["123-45-6789"], &["123-45-0000"]);
        check("US", "ITIN", &["912-70-1234"], &["912-45-6789"]);
        check("GB", "NHS", &["1234560003"], &["1234560004"]);
        check("IE", "PPS", &["1234567T"], &["1234567U"]);
        check(
            "FR",
            "NIR",
            &["101017500100192", "101012A00100152"],
            &["101017500100193", "101012A00100153"],
        );
        check(
            "ES",
            "DNI",
            &["12345678Z", "X1234567L"],
            &["123456780", "X1234567M"],
        );
        check("IT", "Codice", &["RSSMRA01A01H501D"], &["RSSMRA01A01H501E"]);
        check("PT", "NIF", &["123456002"], &["123456003"]);
        check("NL", "BSN", &["123456009"], &["123456011"]);
        check("BE", "Rijks", &["01010100126"], &["01010100127"]);
        check(
            "DE",
            "Steuer",
            &["11234567890", "12345678911"],
            &["11234567891", "12345678912"],
        );
        check("AT", "Sozial", &["1235010101"], &["1236010101"]);
        check("CH", "AHV", &["756.1234.5678.97"], &["756.1234.5678.98"]);
        check("PL", "PESEL", &["01010101006"], &["01010101007"]);
        check("CZ", "rod", &["010101/0008"], &["010101/0009"]);
        check("RO", "CNP", &["1010101011006"], &["1010101011007"]);
        check("BG", "EGN", &["0101010007"], &["0101010008"]);
        check("HR", "OIB", &["12345678903"], &["12345678904"]);
        check("RS", "JMBG", &["0101901500003"], &["0101901500004"]);
        check("GR", "AMKA", &["01010100004"], &["01010100005"]);
        check("GR", "AFM", &["123456783"], &["123456784"]);
        check("SE", "person", &["010101-0007"], &["010101-0008"]);
        check("NO", "f", &["01010100050"], &["01010100051"]);
        check("IS", "kenn", &["010130-0189"], &["010130-0199"]);
        check("EE", "isiku", &["30101010007"], &["30101010008"]);
        check("LV", "personas", &["01010110006"], &["01010110007"]);
        check("RU", "INN", &["123456789047"], &["123456789048"]);
        check("TR", "Kimlik", &["12345678950"], &["12345678951"]);
        check("IL", "Teudat", &["123456782"], &["123456783"]);
        check("IN", "Aadhaar", &["234123412346"], &["234123412347"]);
        check("CN", "resident", &["110101190101010011"], &["110101190101010012"]);
        check("KR", "resident", &["010101-1000000"], &["010101-1000001"]);
        check("JP", "My", &["123456789018"], &["123456789019"]);
        check("TH", "national", &["1234567890121"], &["1234567890122"]);
        check(
            "ZA",
            "identity",
            &["0101015010081", "0101015009083"],
            &["0101015011081", "0101015009084"],
        );
        check("AU", "tax", &["123456782"], &["123456783"]);
        check("CA", "Social", &["123456782"], &["123456783"]);
        check("MX", "CURP", &["XXXX010101HDFXXX08"], &["XXXX010101HDFXXX09"]);
        check("BR", "CPF", &["12345678909"], &["12345678910"]);
        check("AR", "CUIL", &["20123456786"], &["20123456787"]);
        check("CL", "RUN", &["12345678-5"], &["12345678-6"]);
        check("EC", "c", &["1712345675"], &["1712345676"]);
        check(
            "GB",
            "Insurance",
            &["AB123456C", "AB 12 34 56 D"],
            &["QQ123456C", "GB123456A", "AB123456E", "AB12345C"],
        );
        check("ES", "NUSS", &["281234567840"], &["281234567841"]);
        check("DE", "Renten", &["15 070649 C 103"], &["15 070649 C 104"]);
        check(
            "MY",
            "MyKad",
            &["010101-14-0001"],
            &["011301-14-0001", "010101-00-0001"],
        );
        check(
            "ID",
            "NIK",
            &["3171014101010001"],
            &["3171013201010001", "3171010101010000"],
        );
        check("IN", "PAN", &["ABCPE1234F"], &["ABCDE1234F", "ABCP11234F"]);
        check("TW", "national", &["A123456789"], &["A123456788", "A323456789"]);
        check("HK", "identity", &["A123456(3)"], &["A123456(4)"]);
        check("SG", "NRIC", &["S1234567D"], &["S1234567E"]);
        check("MX", "RFC", &["XXXX010101AB1"], &["XXXX011301AB1"]);
        check("RU", "SNILS", &["112-233-445 95"], &["112-233-445 96"]);
        check("FI", "henk", &["131052-308T"], &["131052-308U"]);
        check("DK", "CPR", &["010101-0001"], &["320101-0001"]);
    }

    #[test]
    fn days_of_months_are_known() {
        assert!(is_day(2, 29) && is_day(12, 31));
        assert!(!is_day(2, 30) && !is_day(4, 31) && !is_day(13, 1) && !is_day(0, 1) && !is_day(1, 0));
    }
}
