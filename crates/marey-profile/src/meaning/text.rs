//! The meaning of text columns.

use marey_core::SemanticType;

use super::{Evidence, Meaning, header::Header, ordered, pattern, personal, place};
use crate::value::Value;

/// Texts of which one at least must fit for the others to be looked at.
const FIRST: usize = 96;

const COUNTRY_WORDS: [&str; 9] = [
    "country",
    "countries",
    "nation",
    "nationality",
    "pais",
    "país",
    "land",
    "pays",
    "paese",
];
const REGION_WORDS: [&str; 17] = [
    "state",
    "states",
    "province",
    "st",
    "region",
    "región",
    "région",
    "estado",
    "provincia",
    "departamento",
    "dpto",
    "depto",
    "bundesland",
    "kanton",
    "canton",
    "regione",
    "prefecture",
];
const CITY_WORDS: [&str; 18] = [
    "city",
    "cities",
    "town",
    "municipality",
    "suburb",
    "ciudad",
    "municipio",
    "mpio",
    "localidad",
    "ville",
    "commune",
    "stadt",
    "gemeinde",
    "ort",
    "comune",
    "cidade",
    "município",
    "village",
];

/// The different texts of a column, trimmed, empty ones left out.
struct Texts<'a> {
    texts: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    fn of(evidence: &Evidence<'a>) -> Self {
        let texts = evidence
            .sample
            .by_hash()
            .iter()
            .filter_map(|entry| match evidence.sample.value(entry) {
                Value::Text(text) => Some(text.trim()),
                _ => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        Self { texts }
    }

    /// Share of the different texts for which something holds.
    fn share(&self, holds: impl Fn(&str) -> bool) -> f64 {
        if self.texts.is_empty() {
            return 0.0;
        }
        // Texts come in order of hash, so the first are as good as any: where none of them fits,
        // too few of the others do to matter.
        if self.texts.len() > FIRST && !self.texts.iter().take(FIRST).any(|text| holds(text)) {
            return 0.0;
        }
        self.texts.iter().filter(|text| holds(text)).count() as f64 / self.texts.len() as f64
    }

    fn len(&self) -> usize {
        self.texts.len()
    }
}

/// Decides the meaning of a text column: by form, by lists of known words, by name, and at last by
/// how many and how long its texts are.
pub(super) fn meaning(evidence: &Evidence<'_>) -> Meaning {
    let header = Header::of(evidence.name);
    let texts = Texts::of(evidence);
    if texts.len() == 0 {
        return Meaning::default();
    }
    let meaning = by_form(&texts, &header)
        .or_else(|| by_list(&texts, &header))
        .or_else(|| by_name(&texts, &header, evidence))
        .unwrap_or_else(|| by_size(&texts, &header, evidence));
    let pii = meaning.pii.or_else(|| personal::by_values(&texts.texts));
    Meaning { pii, ..meaning }
}

fn by_form(texts: &Texts<'_>, header: &Header) -> Option<Meaning> {
    let email = texts.share(pattern::is_email);
    if email >= 0.75 {
        return Some(Meaning::of(SemanticType::Email, email).personal("email"));
    }
    let url = texts.share(pattern::is_url);
    if url >= 0.75 {
        return Some(Meaning::of(SemanticType::Url, url));
    }
    let phone = texts.share(pattern::is_phone);
    let named = header.has(&[
        "phone",
        "telephone",
        "tel",
        "fax",
        "mobile",
        "cell",
        "telefono",
        "teléfono",
    ]);
    if (named && phone >= 0.5) || texts.share(pattern::is_punctuated_phone) >= 0.75 {
        return Some(Meaning::of(SemanticType::Phone, phone.max(0.6)).personal("phone"));
    }
    let machine = texts.share(pattern::is_machine_code);
    if machine >= 0.9 {
        return Some(Meaning::of(SemanticType::Identifier, machine));
    }
    let postal = texts.share(pattern::is_postal_code);
    let named = header.has(&["zip", "zipcode", "postal", "postcode", "plz"]);
    let lettered = texts.share(pattern::is_lettered_postal_code);
    if (named && postal >= 0.5) || (lettered >= 0.9 && texts.len() >= 3) {
        return Some(Meaning::of(SemanticType::PostalCode, postal));
    }
    None
}

fn by_list(texts: &Texts<'_>, header: &Header) -> Option<Meaning> {
    let month = texts.share(ordered::is_month);
    if month >= 0.9 {
        return Some(Meaning::of(SemanticType::Month, month));
    }
    let weekday = texts.share(ordered::is_weekday);
    if weekday >= 0.9 {
        return Some(Meaning::of(SemanticType::Weekday, weekday));
    }
    if texts.len() == 2 && texts.share(ordered::is_answer) == 1.0 {
        return Some(Meaning::of(SemanticType::Boolean, 0.9));
    }
    region_or_country(texts, header).or_else(|| {
        let ordered = texts.len() >= 2 && ordered::scale(&texts.texts).is_some();
        ordered.then(|| Meaning::of(SemanticType::OrderedCategory, 0.9))
    })
}

fn region_or_country(texts: &Texts<'_>, header: &Header) -> Option<Meaning> {
    let country_named = header.has(&COUNTRY_WORDS);
    let region_named = header.has(&REGION_WORDS);
    let country_names = texts.share(place::is_country_name);
    let country_codes = texts.share(place::is_country_code);
    let regions = texts
        .share(place::is_region_name)
        .max(texts.share(place::is_region_code));
    let country = country_names.max(country_codes);
    if regions >= 0.9 && !country_named && (region_named || texts.len() >= 5) && regions >= country_codes {
        return Some(Meaning::of(SemanticType::Region, regions));
    }
    if country_names >= 0.7 || (country_codes >= 0.9 && (country_named || texts.len() >= 10)) {
        return Some(Meaning::of(SemanticType::Country, country));
    }
    if country_named && country >= 0.4 {
        return Some(Meaning::of(SemanticType::Country, 0.7));
    }
    (region_named && regions >= 0.4).then(|| Meaning::of(SemanticType::Region, 0.7))
}

fn by_name(texts: &Texts<'_>, header: &Header, evidence: &Evidence<'_>) -> Option<Meaning> {
    let wordy = evidence.texts.is_some_and(|texts| texts.mean_words > 4.0);
    let digits = texts.share(|text| text.bytes().any(|b| b.is_ascii_digit()));
    if header.ends_in(&CITY_WORDS) && digits <= 0.1 && !wordy {
        return Some(Meaning::of(SemanticType::City, 0.8));
    }
    if header.has(&["state", "province", "departamento", "provincia", "bundesland"])
        && digits == 0.0
        && !wordy
        && texts.len() >= 10
        && !evidence.unique
    {
        return Some(Meaning::of(SemanticType::Region, 0.5));
    }
    let id_named = header.ends_in(&["id", "ids", "identifier", "uuid", "guid", "key", "isbn", "sku"]);
    (id_named && !wordy).then(|| Meaning::of(SemanticType::Identifier, 0.9))
}

fn by_size(texts: &Texts<'_>, header: &Header, evidence: &Evidence<'_>) -> Meaning {
    let Some(size) = evidence.texts else {
        return Meaning::default();
    };
    let distinct = evidence.distinct.value as f64;
    let repeated = distinct <= 0.5 * evidence.values as f64;
    let prose_named = header.has(&[
        "description",
        "comment",
        "comments",
        "notes",
        "note",
        "remarks",
        "summary",
        "text",
    ]);
    if size.mean_words >= 8.0 || (size.mean_words >= 4.0 && prose_named) {
        if !(repeated && distinct <= 50.0) {
            return Meaning::of(SemanticType::FreeText, 0.8);
        }
    } else if evidence.unique && evidence.values >= 10 {
        let coded = texts
            .share(|text| text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(char::is_whitespace));
        return Meaning::of(SemanticType::Identifier, 0.5 + 0.4 * coded);
    }
    if evidence.note.code && !repeated {
        return Meaning::of(SemanticType::Identifier, 0.6);
    }
    if distinct <= 20.0 || (repeated && distinct <= 1000.0) {
        return Meaning::of(SemanticType::Category, if repeated { 0.9 } else { 0.6 });
    }
    if repeated || size.mean_words < 4.0 {
        Meaning::of(SemanticType::Category, 0.4)
    } else {
        Meaning::of(SemanticType::FreeText, 0.5)
    }
}
