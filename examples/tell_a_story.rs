//! # Tell the story of a table
//!
//! We will mine a table, read what it says as text, and save the story as Markdown and as a page whose charts carry
//! their annotations.

use std::fs;

use marey::{
    Locale, MineOptions, ReportOptions, StoryOptions, Words, report, story,
    table::read::{ReadOptions, read},
};
use marey_examples::{output, sample};

fn main() -> anyhow::Result<()> {
    let table = read("penguins.json", sample("penguins.json")?, &ReadOptions::default())?;

    // The language comes first: words, numbers and dates follow it.
    let words = Words::new(Locale::new("en-GB")?);
    let told = story(
        &table.value,
        &MineOptions::default(),
        &StoryOptions::default(),
        &words,
    );
    println!("{}", told.to_text());

    // Every number of a sentence says where it is from, and the query computes it again.
    if let Some(card) = told.cards.first() {
        println!("{}", serde_json::to_string_pretty(&card.repro)?);
    }

    let markdown = output("penguins-story.md")?;
    fs::write(&markdown, told.to_markdown())?;
    let page = output("penguins-story.html")?;
    fs::write(&page, report(&table, &ReportOptions::default()).html)?;
    println!("{}\n{}", markdown.display(), page.display());
    Ok(())
}
