//! The meaning of text columns.

use marey_core::SemanticType;

use super::{
    Evidence, Meaning, calendar_word,
    claim::{self, Passed},
    form,
    header::Header,
    scale::{self, ScaleKind, by_key},
    texts::Texts,
    topic::Topics,
};
use crate::EvidenceSource;

/// Most different texts that are put in order.
const MOST_ORDERED: usize = 64;

const ANSWERS: [&str; 20] = [
    "yes", "no", "y", "n", "true", "false", "t", "f", "on", "off", "si", "sí", "ja", "nein", "oui", "non",
    "x", "sim", "não", "nee",
];

/// Decides the meaning of a text column: by form and by lists of known words, helped by its name;
/// by an order of its words; by its name; and at last by how many and how long its texts are.
pub(super) fn meaning(evidence: &Evidence<'_>) -> Meaning {
    let header = Header::of(evidence.name);
    let texts = Texts::of(evidence);
    if texts.all.is_empty() {
        return Meaning::default();
    }
    let topics = Topics::of(&header);
    answers(&texts)
        .or_else(|| gender_letters(&texts))
        .or_else(|| by_values(&texts, &header, &topics))
        .or_else(|| ordered(&texts, &header, &topics))
        .or_else(|| by_name(&texts, &header, &topics, evidence))
        .unwrap_or_else(|| by_size(&texts, &header, evidence))
}

/// The strongest claim; medals are steps rather than colours.
fn by_values(texts: &Texts<'_>, header: &Header, topics: &Topics) -> Option<Meaning> {
    let passed = claim::strongest(texts, topics)?;
    let medals = passed.semantic == SemanticType::Color && !topics.has(SemanticType::Color);
    let steps = medals.then(|| ordered(texts, header, topics)).flatten();
    Some(steps.unwrap_or_else(|| claimed(passed, texts, topics)))
}

/// Two answers and nothing else.
fn answers(texts: &Texts<'_>) -> Option<Meaning> {
    let is_answer = |text: &&str| ANSWERS.contains(&text.to_lowercase().as_str());
    let both = texts.complete && texts.all.len() == 2 && texts.all.iter().all(is_answer);
    both.then(|| Meaning::of(SemanticType::Boolean, 0.9).because(EvidenceSource::List, "answers", Some(1.0)))
}

/// `M` and `F`, perhaps beside `X`, `U` or a word for unknown, and nothing else.
fn gender_letters(texts: &Texts<'_>) -> Option<Meaning> {
    let has = |letter: &str| texts.all.contains(&letter);
    let letters = texts.share(|known| matches!(known.text, "M" | "F" | "X" | "U" | "I" | "O" | "NB"));
    (texts.complete && texts.all.len() <= 6 && letters >= 1.0 && has("M") && has("F")).then(|| {
        Meaning::of(SemanticType::Gender, 0.8).because(EvidenceSource::List, "gender_letters", Some(1.0))
    })
}

/// The meaning that a claim makes, with the order of its texts where they have one.
fn claimed(passed: Passed, texts: &Texts<'_>, topics: &Topics) -> Meaning {
    let all = &texts.all;
    let order = if !texts.complete || all.len() > MOST_ORDERED {
        None
    } else {
        match passed.semantic {
            SemanticType::Month => by_key(all, calendar_word::month),
            SemanticType::Weekday => by_key(all, calendar_word::weekday),
            SemanticType::Quarter => by_key(all, form::quarter).filter(|_| is_uniform(all, form::quarter)),
            SemanticType::Week => by_key(all, form::week).filter(|_| is_uniform(all, form::week)),
            SemanticType::YearRange => by_key(all, form::year_span),
            SemanticType::FiscalYear => by_key(all, form::fiscal_year),
            _ => None,
        }
    };
    let fiscal = passed.semantic == SemanticType::YearRange
        && topics.has(SemanticType::FiscalYear)
        && all
            .iter()
            .all(|text| form::year_span(text).is_none_or(|(first, last)| last == first + 1))
        && all.iter().all(|text| text.len() < 9);
    Meaning {
        semantic: Some(if fiscal {
            SemanticType::FiscalYear
        } else {
            passed.semantic
        }),
        confidence: passed.confidence.clamp(0.0, 1.0),
        evidence: passed.evidence,
        order: order.unwrap_or_default(),
    }
}

/// Whether all texts name their year, or none does.
fn is_uniform(texts: &[&str], place: impl Fn(&str) -> Option<form::Place>) -> bool {
    let mut named = texts
        .iter()
        .filter_map(|text| place(text))
        .map(|place| place.year.is_some());
    let first = named.next();
    named.all(|next| Some(next) == first)
}

/// Texts that are all steps of one scale.
fn ordered(texts: &Texts<'_>, header: &Header, topics: &Topics) -> Option<Meaning> {
    if !texts.complete || !(2..=MOST_ORDERED).contains(&texts.all.len()) {
        return None;
    }
    let (kind, order) = scale::order(&texts.all, header)?;
    let semantic = match kind {
        ScaleKind::Age => SemanticType::AgeRange,
        ScaleKind::Judgement => SemanticType::Rating,
        ScaleKind::Other if topics.has(SemanticType::Age) || topics.has(SemanticType::AgeRange) => {
            SemanticType::AgeRange
        }
        ScaleKind::Other if topics.has(SemanticType::Rating) => SemanticType::Rating,
        ScaleKind::Other => SemanticType::OrderedCategory,
    };
    let meaning = Meaning::of(semantic, 0.9).because(EvidenceSource::List, "ordered_steps", Some(1.0));
    Some(Meaning { order, ..meaning })
}

/// Meanings that a name announces and no list can hold.
fn by_name(texts: &Texts<'_>, header: &Header, topics: &Topics, evidence: &Evidence<'_>) -> Option<Meaning> {
    let words = evidence.texts.map_or(0.0, |texts| texts.mean_words);
    let digits = texts.share(|known| known.text.bytes().any(|b| b.is_ascii_digit()));
    let named = |semantic: SemanticType, confidence: f64| {
        let phrase = topics.phrase(semantic)?;
        Some(Meaning::of(semantic, confidence).because(EvidenceSource::Header, phrase, None))
    };
    let person = digits <= 0.05 && words <= 3.5;
    let place = digits <= 0.1 && words <= 4.0;
    let ends = |words: &[&str]| header.ends_in(words);
    let city = ends(&[
        "city",
        "town",
        "municipality",
        "suburb",
        "ciudad",
        "municipio",
        "mpio",
        "ville",
        "commune",
        "stadt",
        "gemeinde",
        "comune",
        "cidade",
        "village",
        "plaats",
        "gemeente",
    ]);
    if city && place {
        return named(SemanticType::City, 0.6);
    }
    let state = ends(&[
        "state",
        "province",
        "departamento",
        "provincia",
        "bundesland",
        "dpto",
        "kanton",
    ]);
    if state && place && digits == 0.0 && texts.len() >= 10 && !evidence.unique {
        return named(SemanticType::Region, 0.5);
    }
    if person && !evidence.note.code {
        let told = named(SemanticType::FirstName, 0.6).or_else(|| named(SemanticType::LastName, 0.6));
        if told.is_some() {
            return told;
        }
    }
    let business = ends(&["company", "vendor", "employer", "empresa", "firma"])
        || ["company name", "business name", "vendor name"]
            .iter()
            .any(|name| header.mentions(name));
    if business && digits <= 0.3 && words <= 8.0 {
        return named(SemanticType::Company, 0.6);
    }
    if (header.mentions("job title") || header.mentions("occupation")) && words <= 8.0 && digits <= 0.6 {
        return named(SemanticType::JobTitle, 0.6);
    }
    let id = ends(&["id", "ids", "identifier", "key", "sku"]) && words <= 4.0;
    id.then(|| Meaning::of(SemanticType::Identifier, 0.9).because(EvidenceSource::Header, "id", None))
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
        "descripcion",
        "observaciones",
        "beschreibung",
        "commentaire",
        "descricao",
    ]);
    let told = |semantic, confidence: f64, what: &str| {
        Meaning::of(semantic, confidence).because(EvidenceSource::Counts, what, None)
    };
    if size.mean_words >= 8.0 || (size.mean_words >= 4.0 && prose_named) {
        if !(repeated && distinct <= 50.0) {
            return told(SemanticType::FreeText, 0.8, "many_words");
        }
    } else if evidence.unique && evidence.values >= 10 {
        let coded = texts.share(|known| {
            known.text.bytes().any(|b| b.is_ascii_digit()) && !known.text.contains(char::is_whitespace)
        });
        return told(SemanticType::Identifier, 0.5 + 0.4 * coded, "never_repeats");
    }
    if evidence.note.code && !repeated {
        return told(SemanticType::Identifier, 0.6, "padded_codes");
    }
    if distinct <= 20.0 || (repeated && distinct <= 1000.0) {
        let confidence = if repeated { 0.9 } else { 0.6 };
        return told(SemanticType::Category, confidence, "few_values");
    }
    if repeated || size.mean_words < 4.0 {
        told(SemanticType::Category, 0.4, "short_values")
    } else {
        told(SemanticType::FreeText, 0.5, "several_words")
    }
}
