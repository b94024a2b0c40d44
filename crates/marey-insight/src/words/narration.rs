//! [`Narration`]: an insight in words: title, subtitle, sentence, caveats, source and method.

use marey_core::label;

use super::{Role, Slots, Text, Unit, lexicon::Lexicon, slots::slots_of};
use crate::{Bucket, Caveat, FamilyReport, Insight, InsightKind, Quantity};

/// Most words of a title.
pub const MOST_TITLE_WORDS: usize = 10;

/// An insight in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Narration {
    pub(crate) title: Text,
    pub(crate) subtitle: Text,
    pub(crate) sentence: Text,
    pub(crate) caveats: Vec<String>,
    pub(crate) source: String,
}

/// Says an insight.
pub(crate) fn narrate(insight: &Insight, family: &FamilyReport, columns: &Lexicon<'_>) -> Narration {
    let kind = insight.kind.as_str();
    let mut slots = slots_of(insight, columns);
    if let Some(verb) = columns.words.try_say(&format!("{kind}.verb"), &slots) {
        slots.words("verb", Role::Verb, verb.to_string());
    }
    if let Some(lag) = columns.words.try_say("lag-written", &slots) {
        slots.parts("lag_written", lag.parts);
    }
    Narration {
        title: title(insight, &slots, columns),
        subtitle: subtitle(insight, &slots, columns),
        sentence: sentence(insight, &slots, columns),
        caveats: caveats(insight, columns),
        source: source(family, columns),
    }
}

fn sentence(insight: &Insight, slots: &Slots, columns: &Lexicon<'_>) -> Text {
    let kind = insight.kind.as_str();
    let ids = ["sentence", "short", "bare"].map(|form| format!("{kind}.{form}"));
    let sentence = columns.words.say(&ids.each_ref().map(String::as_str), slots);
    let is_told = insight.kind == InsightKind::SubspaceTrend;
    match slots.written("where") {
        Some(rows) if !is_told => {
            let mut around = Slots::new();
            around.parts("where", rows.to_vec());
            around.parts("sentence", sentence.parts);
            columns.words.say(&["sentence-within"], &around).capitalised()
        }
        _ => sentence.capitalised(),
    }
}

/// The claim in at most ten words: names are shortened step by step until it fits.
fn title(insight: &Insight, slots: &Slots, columns: &Lexicon<'_>) -> Text {
    let id = format!("{}.title", insight.kind.as_str());
    let whole = titled(&id, slots, columns, insight);
    if whole.word_count() <= MOST_TITLE_WORDS {
        return whole;
    }
    let mut slots = slots.clone();
    // Units stand in the subtitle too.
    slots.without_notes();
    let plain = titled(&id, &slots, columns, insight);
    if plain.word_count() <= MOST_TITLE_WORDS {
        return plain;
    }
    for (slot, dimension, focus) in [
        ("group", &insight.roles.dimension, insight.focus.first()),
        ("group2", &insight.roles.dimension2, insight.focus.get(1)),
    ] {
        if let (Some(_), Some(focus)) = (dimension, focus) {
            slots.words(slot, Role::Subject, columns.value(focus));
        }
    }
    let mut text = titled(&id, &slots, columns, insight);
    for most in (1..=4).rev() {
        if text.word_count() <= MOST_TITLE_WORDS {
            return text;
        }
        slots.shorten(most);
        text = titled(&id, &slots, columns, insight);
    }
    Text::plain(first_words(&text.to_string(), MOST_TITLE_WORDS))
}

fn titled(id: &str, slots: &Slots, columns: &Lexicon<'_>, insight: &Insight) -> Text {
    let bare = format!("{}.bare", insight.kind.as_str());
    let title = columns.words.say(&[id, &bare], slots);
    let is_told = insight.kind == InsightKind::SubspaceTrend;
    match slots.written("where") {
        Some(rows) if !is_told => {
            let mut around = Slots::new();
            around.parts("where", rows.to_vec());
            around.parts("title", title.parts);
            columns.words.say(&["title-within"], &around).capitalised()
        }
        _ => title.capitalised(),
    }
}

/// The first words of a text, with an ellipsis where some are left out.
pub(crate) fn first_words(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..most) {
        Some(first) if words.len() > most => format!("{}…", first.join(" ")),
        _ => text.to_owned(),
    }
}

impl Slots {
    /// Takes notes in brackets off the names of columns: "body mass (g)" is "body mass".
    fn without_notes(&mut self) {
        self.each_written(|parts| {
            for part in parts.iter_mut().filter(|part| part.role == Role::Subject) {
                let note = part.text.strip_suffix(')').and_then(|text| text.rfind(" ("));
                if let Some(at) = note.filter(|at| *at > 0 && part.numbers.is_empty()) {
                    part.text.truncate(at);
                }
            }
        });
    }

    /// Cuts the names of columns and categories to so many words.
    fn shorten(&mut self, most: usize) {
        self.each_written(|parts| {
            for part in parts.iter_mut().filter(|part| part.numbers.is_empty()) {
                if matches!(part.role, Role::Subject) {
                    part.text = first_words(&part.text, most);
                }
            }
        });
    }
}

/// Measure, unit, population and period in one line.
fn subtitle(insight: &Insight, slots: &Slots, columns: &Lexicon<'_>) -> Text {
    let words = columns.words;
    let what = words.say(&[&format!("{}.what", insight.kind.as_str())], slots);
    let mut around = Slots::new();
    around.parts("what", what.capitalised().parts);
    let inside = insight
        .fact(Quantity::Rows)
        .filter(|_| !insight.subspace.is_empty());
    let rows = inside.map_or(columns.profile.rows, |rows| rows as u64);
    around.words("rows", Role::Scope, words.count(rows));
    if let Some(period) = period(insight, columns) {
        around.words("period", Role::Scope, period);
    }
    let is_told = insight.kind == InsightKind::SubspaceTrend;
    if let Some(rows) = slots.written("where").filter(|_| !is_told) {
        around.parts("where", rows.to_vec());
    }
    words.say(
        &[
            "subtitle.within",
            "subtitle.within-timeless",
            "subtitle",
            "subtitle.timeless",
        ],
        &around,
    )
}

/// The time that the table covers, by the insight's own axis or the only one there is.
fn period(insight: &Insight, columns: &Lexicon<'_>) -> Option<String> {
    let dated: Vec<_> = columns
        .profile
        .columns
        .iter()
        .filter(|column| column.temporal.is_some())
        .collect();
    let column = match (&insight.roles.time, dated.as_slice()) {
        (Some(time), _) => columns.profile_of(time)?,
        (None, [only]) => only,
        _ => return None,
    };
    let time = column.temporal.as_ref()?;
    let bucket = match column.physical_type {
        marey_core::PhysicalType::Int => Bucket::Year,
        _ => Bucket::Day,
    };
    Some(columns.words.period(time.min_ms, time.max_ms, bucket))
}

fn caveats(insight: &Insight, columns: &Lexicon<'_>) -> Vec<String> {
    let words = columns.words;
    let mut caveats: Vec<Caveat> = insight.caveats.clone();
    caveats.sort_unstable();
    caveats.dedup();
    let guard = format!("guard-{}", insight.guard.as_str());
    caveats
        .iter()
        .map(|caveat| words.term(&format!("caveat-{}", caveat.as_str()), &[]))
        .chain([words.term(&guard, &[])])
        .collect()
}

/// Where the numbers are from and how many comparisons were made.
fn source(family: &FamilyReport, columns: &Lexicon<'_>) -> String {
    let words = columns.words;
    words.term(
        "source",
        &[
            (
                "table",
                &label::shorten(&columns.value(&columns.profile.table), 60),
            ),
            ("family", &words.count(family.hypotheses)),
            ("fdr", &words.amount(family.fdr, &Unit::Share)),
        ],
    )
}
