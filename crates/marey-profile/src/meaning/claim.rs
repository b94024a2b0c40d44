//! Claims that the values of a text column make for a meaning.
//!
//! A claim is a form or a list, and two bars: the share of the different texts that must fit where
//! the column's name says nothing, and the lower one where it announces the meaning. Among the
//! claims that pass a bar the one with the largest share wins, a named one before others.

use marey_core::SemanticType::{self, *};

use super::{
    calendar_word, form, lexicon, place,
    reference::{codes, names},
    texts::{Known, Texts},
    topic::Topics,
};
use crate::{
    EvidenceSource, SemanticEvidence,
    detect::{account, coordinate, identifier, national, network, phone, product},
};

/// Never passed without a name that announces the meaning.
const NEVER: f64 = 2.0;
/// What a name that announces the meaning is worth, as a share of the values.
const NAMED: f64 = 0.6;
/// What a share is worth where the name says nothing.
const ALONE: f64 = 0.95;

/// So many of the rows must fit where misspelt texts keep a list from its bar,
const MOST_ROWS: f64 = 0.985;
/// and so many of the texts.
const HALF_OF_TEXTS: f64 = 0.6;

/// A form or a list with its bars.
struct Claim {
    semantic: SemanticType,
    /// Name of the form or list.
    what: &'static str,
    source: EvidenceSource,
    holds: fn(&Known<'_>) -> bool,
    /// Share that must fit where the name says nothing.
    alone: f64,
    /// Fewest different texts for that.
    texts: usize,
    /// Share of texts or of rows that must fit where the name announces the meaning.
    named: f64,
}

const fn form(
    semantic: SemanticType,
    what: &'static str,
    holds: fn(&Known<'_>) -> bool,
    alone: f64,
    texts: usize,
    named: f64,
) -> Claim {
    let source = EvidenceSource::Form;
    Claim {
        semantic,
        what,
        source,
        holds,
        alone,
        texts,
        named,
    }
}

const fn list(
    semantic: SemanticType,
    what: &'static str,
    holds: fn(&Known<'_>) -> bool,
    alone: f64,
    texts: usize,
    named: f64,
) -> Claim {
    let source = EvidenceSource::List;
    Claim {
        semantic,
        what,
        source,
        holds,
        alone,
        texts,
        named,
    }
}

/// All claims: meaning, name of the form or list, test, share alone, texts for that, share with the
/// name; where two are equally strong the earlier one wins.
#[rustfmt::skip]
const CLAIMS: [Claim; 53] = [
    form(Email, "email", |k| network::is_email(k.text), 0.75, 1, 0.3),
    form(Url, "url", |k| network::is_url(k.text), 0.75, 1, 0.5),
    form(Uuid, "uuid", |k| identifier::is_uuid(k.text), 0.9, 1, 0.5),
    form(Hash, "hash", |k| identifier::is_hash(k.text), 0.9, 1, 0.5),
    form(Iban, "iban", |k| account::is_iban(k.text), 0.8, 2, 0.5),
    form(CardNumber, "card_number", |k| account::is_card_number(k.text), 0.8, 3, 0.5),
    form(Isbn, "isbn", |k| product::is_isbn(k.text), 0.9, 3, 0.5),
    form(ProductCode, "gtin", |k| product::is_gtin(k.text), 0.9, 5, 0.6),
    form(IpAddress, "ip_address", |k| network::is_ip_address(k.text), 0.8, 2, 0.5),
    form(MacAddress, "mac_address", |k| network::is_mac_address(k.text), 0.8, 1, 0.5),
    form(NationalId, "national_id", is_social_security, 0.8, 3, 0.5),
    form(Geometry, "well_known_text", |k| form::is_geometry(k.text), 0.8, 1, 0.5),
    form(CoordinatePair, "coordinate_pair", is_pair, 0.7, 1, 0.4),
    form(Phone, "phone", |k| phone::is_phone(k.text), NEVER, 1, 0.5),
    form(Phone, "written_phone", |k| phone::is_written_phone(k.text), 0.75, 2, 0.4),
    form(PostalCode, "lettered_postal_code", |k| is_lettered_postal(k.text), 0.9, 3, 0.4),
    form(PostalCode, "postal_code", |k| is_postal(k.text), NEVER, 1, 0.5),
    list(PostalCode, "us_zcta", |k| k.codes & codes::ZIP != 0, 0.9, 12, 0.5),
    form(Quarter, "quarter", |k| form::quarter(k.text).is_some(), 0.9, 2, 0.7),
    form(Week, "week", |k| form::week(k.text).is_some(), 0.9, 2, 0.7),
    form(FiscalYear, "fiscal_year", |k| form::fiscal_year(k.text).is_some(), 0.9, 1, 0.6),
    form(YearRange, "year_range", |k| form::year_span(k.text).is_some(), 0.9, 1, 0.7),
    form(Duration, "duration", |k| form::is_duration(k.text), 0.9, 3, 0.6),
    list(Month, "months", |k| calendar_word::month(k.text).is_some(), 0.9, 1, 0.6),
    list(Weekday, "weekdays", |k| calendar_word::weekday(k.text).is_some(), 0.9, 1, 0.6),
    list(Gender, "genders", |k| lexicon::is_gender(&k.folded), NEVER, 1, 0.6),
    list(Gender, "gender_words", |k| lexicon::is_gender_word(&k.folded), 0.8, 2, 0.6),
    list(Country, "country_names", |k| place::is_country_name(k.text), 0.7, 1, 0.3),
    list(Country, "iso_3166_1_alpha_2", |k| place::is_alpha_2(k.text), 0.95, 10, 0.8),
    list(Country, "iso_3166_1_alpha_3", |k| place::is_alpha_3(k.text), 0.95, 5, 0.8),
    list(CurrencyCode, "iso_4217", |k| k.codes & codes::CURRENCY != 0, 0.95, 4, 0.7),
    list(CurrencyCode, "currency_names", |k| k.names & names::CURRENCY != 0, 0.8, 3, 0.5),
    list(Language, "language_names", is_language, 0.85, 4, 0.4),
    list(Language, "iso_639_1", |k| k.text.len() == 2 && k.codes & codes::LANGUAGE != 0, NEVER, 1, 0.9),
    list(AirportCode, "airport_codes", |k| k.codes & codes::AIRPORT != 0, 0.98, 20, 0.85),
    list(Region, "state_names", |k| place::is_region_name(k.text), 0.9, 5, 0.4),
    list(Region, "state_codes", |k| place::is_region_code(k.text), 0.95, 3, 0.6),
    list(Region, "iso_3166_2_names", is_subdivision, 0.85, 8, 0.4),
    list(County, "us_counties", |k| k.names & names::US_COUNTY != 0, 0.97, 5, 0.4),
    list(City, "cities", is_city, 0.85, 8, 0.3),
    list(City, "many_cities", is_city, 0.65, 15, 0.3),
    list(Color, "colors", |k| lexicon::is_color(&k.folded), 0.9, 3, 0.5),
    form(Color, "hex_color", |k| identifier::is_hex_colour(k.text), 0.9, 1, 0.5),
    list(UnitOfMeasure, "units", |k| lexicon::is_unit(&k.folded), NEVER, 1, 0.5),
    list(UnitOfMeasure, "unit_words", |k| k.folded.len() > 1 && lexicon::is_unit(&k.folded), 0.95, 4, 0.5),
    list(StreetType, "street_types", |k| lexicon::is_street_type(&k.folded), 0.9, 4, 0.6),
    form(StreetAddress, "street_address", |k| form::is_street_address(&k.folded), 0.6, 5, 0.25),
    form(FullName, "full_name", |k| form::is_full_name(&k.folded), 0.7, 8, 0.35),
    list(FirstName, "first_names", is_first_name, 0.9, 8, 0.3),
    list(LastName, "last_names", is_last_name, 0.95, 15, 0.3),
    list(JobTitle, "occupations", |k| lexicon::is_job(&k.folded), 0.7, 8, 0.3),
    list(Company, "legal_forms", |k| lexicon::is_firm(&k.folded), 0.5, 8, 0.12),
    list(Company, "company_words", |k| lexicon::is_company(&k.folded), NEVER, 1, 0.3),
];

/// A pair of coordinates; well-known text is a shape.
fn is_pair(known: &Known<'_>) -> bool {
    !form::is_geometry(known.text)
        && (coordinate::coordinate_pair(known.text).is_some() || coordinate::is_degrees_minutes(known.text))
}

fn is_social_security(known: &Known<'_>) -> bool {
    // Runs of digits fit too many schemes.
    known.text.contains('-')
        && national::NATIONAL_IDS
            .iter()
            .any(|scheme| scheme.country == "US" && scheme.holds(known.text))
}

/// A language, or a phrase that begins with one or is one in brackets (`Chinese - Mandarin`).
fn is_language(known: &Known<'_>) -> bool {
    known.names & names::LANGUAGE != 0
        || known.folded.split(' ').count() <= 4
            && known.folded.split(' ').take(2).any(|word| {
                word == "mandarin"
                    || word == "cantonese"
                    || super::reference::of_name(word) & names::LANGUAGE != 0
            })
}

fn is_city(known: &Known<'_>) -> bool {
    known.names & names::CITY != 0
}

fn is_subdivision(known: &Known<'_>) -> bool {
    known.names & names::SUBDIVISION != 0 || place::is_region_name(known.text)
}

fn is_first_name(known: &Known<'_>) -> bool {
    let first = |word: &str| super::reference::of_name(word) & names::FIRST_NAME != 0;
    known.names & names::FIRST_NAME != 0
        || (known.folded.split(' ').count() == 2 && known.folded.split(' ').all(first))
}

fn is_last_name(known: &Known<'_>) -> bool {
    known.names & names::LAST_NAME != 0
}

/// A postal code by its shape: Canada, United Kingdom, Netherlands, ZIP and ZIP+4, Brazil, Japan,
/// Poland, and bare numbers of four to six digits.
fn is_postal(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    (digits && (4..=6).contains(&text.len())) || is_lettered_postal(text)
}

fn is_lettered_postal(text: &str) -> bool {
    if !(6..=10).contains(&text.len()) {
        return false;
    }
    let shape: String = text
        .chars()
        .map(|c| match c {
            '0'..='9' => '9',
            'A'..='Z' | 'a'..='z' => 'A',
            c => c,
        })
        .collect();
    matches!(
        shape.as_str(),
        "99999-9999"
            | "A9A 9A9"
            | "A9A9A9"
            | "A9 9AA"
            | "A99 9AA"
            | "AA9 9AA"
            | "AA99 9AA"
            | "A9A 9AA"
            | "AA9A 9AA"
            | "9999 AA"
            | "9999AA"
            | "99999-999"
            | "999-9999"
            | "99-999"
    )
}

/// A claim that passed a bar.
pub(super) struct Passed {
    pub(super) semantic: SemanticType,
    pub(super) confidence: f64,
    pub(super) evidence: Vec<SemanticEvidence>,
    strength: f64,
}

/// The strongest claim.
pub(super) fn strongest(texts: &Texts<'_>, topics: &Topics) -> Option<Passed> {
    let passed = CLAIMS.iter().filter_map(|claim| passes(claim, texts, topics));
    passed.reduce(|best, next| if next.strength > best.strength { next } else { best })
}

fn passes(claim: &Claim, texts: &Texts<'_>, topics: &Topics) -> Option<Passed> {
    let phrase = topics.phrase(claim.semantic);
    // Most claims cannot pass: nothing is looked at for them.
    if texts.len() == 0 || (phrase.is_none() && (claim.alone > 1.0 || texts.len() < claim.texts)) {
        return None;
    }
    let (share, of_rows) = texts.shares(claim.holds);
    let best = share.max(of_rows);
    let named = phrase.filter(|_| best >= claim.named);
    // Misspellings are many texts and few rows.
    let most = share >= claim.alone || (of_rows >= MOST_ROWS && share >= HALF_OF_TEXTS && claim.alone < 1.0);
    let alone = most && texts.len() >= claim.texts;
    let (strength, confidence) = match (named, alone) {
        (Some(_), _) => (best + NAMED, 0.6 + 0.39 * best),
        (None, true) => (ALONE * best, ALONE * best),
        (None, false) => return None,
    };
    let mut evidence = vec![SemanticEvidence {
        source: claim.source,
        what: claim.what.to_owned(),
        share: Some(share),
    }];
    evidence.extend(named.map(|phrase| SemanticEvidence {
        source: EvidenceSource::Header,
        what: phrase.to_owned(),
        share: None,
    }));
    Some(Passed {
        semantic: claim.semantic,
        confidence,
        evidence,
        strength,
    })
}
