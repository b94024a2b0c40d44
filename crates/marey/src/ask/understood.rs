//! What of a request was understood, and what was not.

use marey_features::{
    action::TierChart,
    mention::{ColumnMatch, ColumnMention, Mentions, ValueMatch},
    request::{Request, WordFlags},
};
use marey_model::Reading;
use marey_profile::TableProfile;

/// Most words that are said not to be understood.
const MOST_WORDS: usize = 5;
/// Most letters of a word that is repeated to the reader.
const MOST_LETTERS: usize = 40;

/// What was left out of the request, and which of its words name nothing.
pub(super) fn notes(reading: &Reading) -> Vec<String> {
    let Some(request) = &reading.request else {
        return vec!["The request has no words; the charts are those that suit the table.".to_owned()];
    };
    let mut notes: Vec<String> = request
        .warnings
        .iter()
        .map(|warning| format!("{warning}."))
        .collect();
    let unknown = unknown_words(request, &reading.mentions);
    if !unknown.is_empty() {
        let mut listed: Vec<String> = unknown.iter().take(MOST_WORDS).map(|word| quoted(word)).collect();
        if unknown.len() > MOST_WORDS {
            listed.push(format!("and {} more", unknown.len() - MOST_WORDS));
        }
        notes.push(format!(
            "Not understood: {}. No column or value of the table is called so.",
            listed.join(", ")
        ));
    }
    notes
}

/// Text between quotation marks, without its end where it is long.
pub(super) fn quoted(word: &str) -> String {
    let mut letters = word.chars();
    let start: String = letters.by_ref().take(MOST_LETTERS).collect();
    match letters.next() {
        Some(_) => format!("“{start}…”"),
        None => format!("“{start}”"),
    }
}

/// Words that mean nothing to the model beside a name, and name nothing.
fn unknown_words<'a>(request: &'a Request, mentions: &Mentions) -> Vec<&'a str> {
    let is_named = |at: usize| {
        mentions.columns.iter().any(|mention| mention.words.contains(&at))
            || mentions.values.iter().any(|mention| mention.words.contains(&at))
    };
    let mut unknown: Vec<&str> = Vec::new();
    for (at, word) in request.words.iter().enumerate() {
        let plain = word.flags.difference(WordFlags::CAPITALIZED).is_empty();
        let letters = word
            .surface
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count();
        if plain && letters > 2 && !is_named(at) && !unknown.contains(&word.surface.as_str()) {
            unknown.push(&word.surface);
        }
    }
    unknown
}

/// Which words stand for the columns and cells of a chart, where they are not called just so, and which columns
/// no word names.
pub(super) fn taken_for(chart: &TierChart, reading: &Reading, profile: &TableProfile) -> Vec<String> {
    let Some(request) = &reading.request else {
        return Vec::new();
    };
    let surface = |words: &std::ops::Range<usize>| {
        let words = request.words.get(words.clone()).unwrap_or_default();
        let words: Vec<&str> = words.iter().map(|word| word.surface.as_str()).collect();
        quoted(&words.join(" "))
    };
    let mut told = Vec::new();
    for place in chart.columns() {
        let Some(at) = reading.columns.get(place) else {
            continue;
        };
        let name = profile.columns.get(*at).map_or("", |column| column.name.as_str());
        let best = reading
            .mentions
            .columns
            .iter()
            .filter(|mention| mention.column == *at)
            .min_by_key(|mention| mention.kind);
        match best {
            Some(ColumnMention {
                kind: ColumnMatch::Exact | ColumnMatch::Stem,
                ..
            }) => {}
            Some(mention) => told.push(format!(
                "{} is taken for the column {name} ({}).",
                surface(&mention.words),
                how(mention.kind)
            )),
            None if reading
                .mentions
                .values
                .iter()
                .any(|mention| mention.column == *at) => {}
            None => told.push(format!("No word names the column {name}; it is a guess.")),
        }
    }
    for mention in &reading.mentions.values {
        if mention.kind == ValueMatch::Slip && mention.score > 0.5 {
            told.push(format!(
                "{} is taken for “{}”.",
                surface(&mention.words),
                mention.value
            ));
        }
    }
    told
}

fn how(kind: ColumnMatch) -> &'static str {
    match kind {
        ColumnMatch::Slip | ColumnMatch::PartSlip => "a slip of the pen",
        ColumnMatch::Meaning => "by its meaning",
        ColumnMatch::Prefix => "by its beginning",
        _ => "a part of its name",
    }
}
