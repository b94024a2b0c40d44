//! Stories of tables: every number counted again, every title short, no word of cause, every chart whole.

use std::{fs, path::Path};

use marey_core::ChartSpec;
use marey_insight::{
    Insight, Locale, MineOptions, Mining, Quantity, Story, StoryOptions, Words, mine, story,
    story::Card,
    with_derived,
    words::{Part, Role, Source, cause},
};
use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::{
    Table,
    read::{ReadOptions, read},
};

use crate::{interval, recount::Rows};

const SAMPLES: &[&str] = &[
    "seattle-weather.csv",
    "penguins.json",
    "us-employment.csv",
    "unemployment-across-industries.json",
    "us-federal-budgets.json",
    "orders-messy.csv",
];

struct Mined {
    name: &'static str,
    table: Table,
    profile: TableProfile,
    mining: Mining,
    story: Story,
}

impl Mined {
    /// The rows, with the columns that were derived.
    fn rows(&self) -> Rows {
        Rows::new(&with_derived(&self.table, &self.mining.derived).unwrap())
    }
}

fn mined(name: &'static str) -> Mined {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/data")
        .join(name);
    let table = read(name, fs::read(path).unwrap(), &ReadOptions::default())
        .unwrap()
        .value;
    let profile = profile(&table, &ProfileOptions::default());
    let mining = mine(&table, &profile, &MineOptions::default());
    let options = StoryOptions { most: 20 };
    let story = story(
        &mining,
        &table,
        &profile,
        &Words::new(Locale::default()),
        &options,
    );
    Mined {
        name,
        table,
        profile,
        mining,
        story,
    }
}

fn insight<'a>(mining: &'a Mining, card: &Card) -> &'a Insight {
    mining
        .insights
        .iter()
        .find(|insight| insight.id == card.id)
        .unwrap()
}

fn each_card(mut check: impl FnMut(&Mined, &Card)) {
    let mut cards = 0;
    for name in SAMPLES {
        let mined = mined(name);
        for card in &mined.story.cards {
            check(&mined, card);
            cards += 1;
        }
    }
    assert!(cards > 15, "only {cards} cards were checked");
}

#[test]
fn every_number_of_every_sentence_is_counted_again() {
    let mut checked = 0;
    for name in SAMPLES {
        let mined = mined(name);
        let rows = mined.rows();
        for card in &mined.story.cards {
            let insight = insight(&mined.mining, card);
            for part in card.title.parts.iter().chain(&card.sentence.parts) {
                checked += check_part(part, insight, &rows, &format!("{name}: {}", card.sentence));
            }
        }
    }
    assert!(checked > 40, "only {checked} numbers were counted again");
}

/// Counts the numbers of a part again, and reads them back from the words.
fn check_part(part: &Part, insight: &Insight, rows: &Rows, place: &str) -> usize {
    let again = |quantity| {
        let fact = insight.facts.iter().find(|fact| fact.quantity == quantity)?;
        rows.answer(fact.query.as_ref()?)
    };
    let mut counted = 0;
    for number in &part.numbers {
        let recount = match number.source {
            Source::Fact(quantity) => again(quantity),
            Source::Difference(a, b) => again(a).zip(again(b)).map(|(a, b)| a - b),
            Source::Ratio(a, b) => again(a).zip(again(b)).map(|(a, b)| a / b),
            Source::Scaled(quantity, factor) => again(quantity).map(|value| value * factor),
            Source::Low => interval::of(insight, rows).map(|(low, _)| low),
            Source::High => interval::of(insight, rows).map(|(_, high)| high),
            Source::ScaledEnd(upper, factor) => {
                interval::of(insight, rows).map(|(low, high)| if upper { high } else { low } * factor)
            }
            Source::Locator => Some(number.value),
        };
        // Means of groups are averaged over nothing where a group has no rows.
        let recount =
            recount.unwrap_or_else(|| panic!("{place}: {:?} cannot be counted again", number.source));
        {
            // Ends of intervals are cut to what a share or a coefficient can be.
            let cut = part.role == Role::Uncertainty
                && recount.abs() > number.value.abs()
                && number.value.abs() <= 1.0;
            let far = !cut && (recount - number.value).abs() > 1e-6 * (1.0 + recount.abs());
            assert!(
                !far,
                "{place}: {:?} is {}, counted again {recount}",
                number.source, number.value
            );
            counted += 1;
        }
        if part.role != Role::Uncertainty && part.numbers.len() == 1 {
            assert_written(&part.text, number.value, place);
        }
    }
    counted
}

/// Whether words write a number, to the digits that they show; shares may be written in per cent.
fn assert_written(text: &str, value: f64, place: &str) {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let digits = digits.trim_end_matches('.');
    if text.contains('×') || digits.is_empty() {
        return;
    }
    let written: f64 = digits.parse().unwrap_or_else(|_| panic!("{place}: {text}"));
    let scale = match text {
        _ if text.contains("million") => 1e6,
        _ if text.contains("billion") => 1e9,
        _ if text.contains("trillion") => 1e12,
        _ => 1.0,
    };
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let step = scale * 10f64.powi(-(decimals as i32));
    let close = |value: f64| {
        let coarse = if value >= 10_000.0 {
            value * 0.005
        } else {
            step * 0.5001
        };
        (written * scale - value).abs() <= coarse.max(step * 0.5001)
    };
    assert!(
        close(value.abs()) || close(value.abs() * 100.0),
        "{place}: `{text}` is not {value}"
    );
}

#[test]
fn titles_are_short_and_nothing_claims_a_cause() {
    each_card(|mined, card| {
        let place = format!("{}: {}", mined.name, card.title);
        assert!(card.title.word_count() <= 10, "{place}");
        assert!(card.alt_short.chars().count() <= 150, "{place}");
        for text in [&card.title, &card.subtitle, &card.sentence] {
            let own = text
                .parts
                .iter()
                .filter(|part| matches!(part.role, Role::Text | Role::Verb));
            let own: String = own.map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
            assert_eq!(cause::claim("en", &own), None, "{place}: {text}");
            assert!(
                !text.to_string().contains(&format!("{}.", card.kind)),
                "{place}: a message is missing"
            );
            assert!(
                !text.to_string().contains(['{', '}', '\u{e000}']),
                "{place}: {text}"
            );
        }
        for text in card
            .caveats
            .iter()
            .chain([&card.source, &mined.story.lead, &mined.story.method])
        {
            assert_eq!(cause::claim("en", text), None, "{place}: {text}");
            assert!(text.contains(' '), "{place}: a message is missing: {text}");
        }
        assert!(mined.profile.rows > 0);
    });
}

#[test]
fn every_chart_is_whole_and_reads_back() {
    each_card(|mined, card| {
        for chart in [&card.chart, &card.annotated] {
            let place = format!("{}: {}", mined.name, card.title);
            let chart = chart.as_ref().unwrap_or_else(|| panic!("{place}: no chart"));
            assert_eq!(chart.validate(), [], "{place}");
            let read = ChartSpec::from_json(&chart.to_json()).unwrap();
            assert_eq!(read.value.to_json(), chart.to_json(), "{place}");
        }
    });
}

#[test]
fn no_subject_comes_back_within_three() {
    for name in SAMPLES {
        let story = mined(name).story;
        for window in story.cards.windows(2) {
            assert!(window[0].chapter <= window[1].chapter, "{name}");
        }
        let ids: Vec<&String> = story.cards.iter().map(|card| &card.id).collect();
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "{name}");
    }
}

#[test]
fn stories_of_sample_tables() {
    for name in SAMPLES {
        insta::assert_snapshot!(name.replace('.', "-"), mined(name).story.to_text());
    }
}

#[test]
fn empty_and_odd_tables_give_a_story_without_findings() {
    for csv in ["a,b\n", "a\n1\n", "a,b\n1,\n,\n"] {
        let table = read("odd.csv", csv.into(), &ReadOptions::default())
            .unwrap()
            .value;
        let profile = profile(&table, &ProfileOptions::default());
        let mining = mine(&table, &profile, &MineOptions::default());
        let words = Words::new(Locale::default());
        let story = story(&mining, &table, &profile, &words, &StoryOptions::default());
        assert!(story.cards.is_empty());
        assert!(story.lead.starts_with("Nothing in odd"), "{}", story.lead);
        assert!(story.to_markdown().contains("# odd"));
    }
}

/// Every insight of the sample tables, folded ones too, with the rows to count again.
fn each_insight(mut check: impl FnMut(&Rows, &Insight, &str)) {
    for name in SAMPLES {
        let mined = mined(name);
        let rows = mined.rows();
        for insight in &mined.mining.insights {
            std::iter::once(insight)
                .chain(&insight.folded)
                .for_each(|insight| check(&rows, insight, name));
        }
    }
}

#[test]
fn ends_of_intervals_are_counted_again() {
    let mut checked: std::collections::BTreeMap<Quantity, usize> = Default::default();
    each_insight(|rows, insight, name| {
        let Some(estimate) = insight.estimate else { return };
        let place = format!("{name} {}: {estimate:?}", insight.id);
        let fact = insight
            .facts
            .iter()
            .find(|fact| fact.quantity == estimate.quantity);
        assert_eq!(
            fact.unwrap_or_else(|| panic!("{place}")).value,
            estimate.value,
            "{place}"
        );
        assert!(
            estimate.low <= estimate.value && estimate.value <= estimate.high,
            "{place}"
        );
        assert!(insight.inflation >= 1.0, "{place}");
        let (low, high) = interval::of(insight, rows).unwrap_or_else(|| panic!("{place}"));
        for (said, counted) in [(estimate.low, low), (estimate.high, high)] {
            assert!(
                (said - counted).abs() <= 1e-6 * (1.0 + counted.abs()),
                "{place}: {counted}"
            );
        }
        *checked.entry(estimate.quantity).or_default() += 1;
    });
    assert!(
        checked.len() >= 5 && checked.values().sum::<usize>() > 40,
        "{checked:?}"
    );
}

#[test]
fn stories_are_told_in_german() {
    let words = Words::new(Locale::new("de-AT").unwrap());
    let mut cards = 0;
    for name in SAMPLES {
        let mined = mined(name);
        let story = story(
            &mined.mining,
            &mined.table,
            &mined.profile,
            &words,
            &StoryOptions { most: 20 },
        );
        assert_eq!(story.cards.len(), mined.story.cards.len(), "{name}");
        for (card, english) in story.cards.iter().zip(&mined.story.cards) {
            let (title, sentence) = (card.title.to_string(), card.sentence.to_string());
            assert!(title.split_whitespace().count() <= 10, "{name}: {title}");
            assert_ne!(sentence, english.sentence.to_string(), "{name}");
            for text in [&title, &sentence] {
                assert!(
                    !text.contains(['{', '}']) && !text.contains("NaN"),
                    "{name}: {text}"
                );
                let english = [" of ", " the ", " rows", " over time", " appears "];
                let kept = english.iter().find(|word| text.contains(**word));
                assert!(kept.is_none(), "{name}: {kept:?} in {text}");
            }
            let said = card.sentence.parts.iter().filter(|part| part.role == Role::Text);
            for part in said {
                assert_eq!(cause::claim("de", &part.text), None, "{name}: {}", part.text);
            }
            // The same numbers, whatever the language.
            let numbers = |card: &Card| -> Vec<u64> {
                let parts = card.sentence.parts.iter().flat_map(|part| &part.numbers);
                let mut bits: Vec<u64> = parts.map(|number| number.value.to_bits()).collect();
                bits.sort_unstable();
                bits
            };
            assert_eq!(numbers(card), numbers(english), "{name}: {sentence}");
            cards += 1;
        }
    }
    assert!(cards > 15, "{cards}");
}
