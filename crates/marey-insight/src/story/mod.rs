//! Stories: the insights of a table in words and pictures, in an order that reads.

mod card;
mod export;
mod order;

pub use card::{Card, CardEffect, CardEstimate, Reproduction};
pub use order::Chapter;

use marey_profile::TableProfile;
use marey_table::Table;
use serde::Serialize;

use crate::{
    Mining,
    words::{Lexicon, Words},
};

/// How a story is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryOptions {
    /// Most insights told, best first; the others are counted.
    pub most: usize,
}

impl Default for StoryOptions {
    fn default() -> Self {
        Self { most: 12 }
    }
}

/// The insights of a table, told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// Name of the table.
    pub table: String,
    /// BCP 47 tag of the language.
    pub language: String,
    /// What the table gave, in one sentence.
    pub lead: String,
    /// The insights in reading order.
    pub cards: Vec<Card>,
    /// How they were found, in one sentence.
    pub method: String,
    /// How many more insights passed and are not told.
    pub untold: usize,
}

/// Tells the insights of a table: says them, draws them and puts them in order.
///
/// `table` and `profile` are those that were mined. The same input gives the same story.
pub fn story(
    mining: &Mining,
    table: &Table,
    profile: &TableProfile,
    words: &Words,
    options: &StoryOptions,
) -> Story {
    let lexicon = Lexicon {
        words,
        profile,
        derived: &mining.derived,
    };
    let told = order::chosen(mining, options.most);
    let cards: Vec<Card> = order::ordered(&told)
        .into_iter()
        .map(|insight| Card::new(insight, mining, table, &lexicon))
        .collect();
    Story {
        table: profile.table.clone(),
        language: words.locale().tag(),
        lead: lexicon.lead(mining, cards.len()),
        method: lexicon.method(mining),
        untold: mining.insights.len().saturating_sub(cards.len()),
        cards,
    }
}
