//! The story at the head of the page: chapters of cards, each with its claim, its chart and its sentence.

use std::fmt::Write;

use marey_core::Warned;
use marey_insight::{Story, story::Card};
use marey_render::{RenderOptions, render_svg};
use marey_table::Table;
use rayon::prelude::*;

use super::{describe, html::Escaped};

/// Drawings of the cards, in order; none where a card has no chart, and the reason where it cannot be drawn.
pub type Drawings = Vec<Option<Result<Warned<String, String>, String>>>;

/// Draws the charts of a story, each without its title, which the page shows as a heading.
pub fn draw(story: &Story, options: &RenderOptions) -> Drawings {
    let table = Table::empty(&story.table);
    let cards: Vec<(usize, &Card)> = story.cards.iter().enumerate().collect();
    cards
        .into_par_iter()
        .map(|(at, card)| {
            let mut spec = card.annotated.clone()?;
            spec.view.title = None;
            spec.top.usermeta = None;
            let options = RenderOptions {
                id_prefix: format!("story-{at}-"),
                ..options.clone()
            };
            Some(render_svg(&spec, &table, &options).map_err(|error| describe(&error)))
        })
        .collect()
}

/// Writes the story.
pub fn write(story: &Story, drawings: &Drawings, html: &mut String) {
    let _ = write!(
        html,
        r#"<section id="story"><p class="lead">{}</p>"#,
        Escaped(&story.lead)
    );
    let words = story.words().ok();
    let mut drawings = drawings.iter();
    for (chapter, cards) in story.chapters() {
        let name = words
            .as_ref()
            .map(|words| words.chapter(chapter))
            .unwrap_or_default();
        let _ = write!(
            html,
            r#"<h2 class="chapter {}">{}</h2><div class="charts">"#,
            chapter.as_str(),
            Escaped(&name)
        );
        for card in cards {
            write_card(card, drawings.next().and_then(Option::as_ref), html);
        }
        html.push_str("</div>");
    }
    let _ = write!(
        html,
        r#"<p class="note method">{}</p></section>"#,
        Escaped(&story.method)
    );
}

fn write_card(card: &Card, drawing: Option<&Result<Warned<String, String>, String>>, html: &mut String) {
    let _ = write!(
        html,
        r#"<article class="chart insight" id="insight-{}"><h3>{}</h3><p class="what">{}</p>"#,
        Escaped(&card.id.replace(|c: char| !c.is_ascii_alphanumeric(), "-")),
        Escaped(&card.title.to_string()),
        Escaped(&card.subtitle.to_string()),
    );
    match drawing {
        Some(Ok(drawing)) => {
            let _ = write!(html, r#"<div class="drawing">{}</div>"#, drawing.value);
        }
        Some(Err(why)) => {
            let _ = write!(
                html,
                r#"<p class="note">This chart could not be drawn: {}.</p>"#,
                Escaped(why)
            );
        }
        None => {}
    }
    let _ = write!(
        html,
        r#"<p class="reason">{}</p>"#,
        Escaped(&card.sentence.to_string())
    );
    behind_a_fold(card, html);
    html.push_str("</article>");
}

/// Source, caveats, queries and the spec.
fn behind_a_fold(card: &Card, html: &mut String) {
    let _ = write!(
        html,
        r#"<details><summary>How we know</summary><p>{}</p>"#,
        Escaped(&card.source)
    );
    html.push_str("<ul>");
    for caveat in &card.caveats {
        let _ = write!(html, "<li>{}</li>", Escaped(caveat));
    }
    html.push_str("</ul>");
    let queries: Vec<String> = card
        .repro
        .iter()
        .filter_map(|number| {
            Some(format!(
                "-- {} = {}\n{};",
                number.quantity,
                number.value,
                number.sql.as_ref()?
            ))
        })
        .collect();
    if !queries.is_empty() {
        let _ = write!(
            html,
            r#"<pre tabindex="0">{}</pre>"#,
            Escaped(&queries.join("\n"))
        );
    }
    html.push_str("</details>");
    if let Some(spec) = &card.annotated {
        let text = serde_json::to_string_pretty(&spec.to_json()).unwrap_or_default();
        let _ = write!(
            html,
            r#"<details><summary>Vega-Lite spec</summary><pre tabindex="0">{}</pre></details>"#,
            Escaped(&text)
        );
    }
}

#[cfg(test)]
mod tests {
    use marey_insight::{MineOptions, StoryOptions, Words};
    use marey_table::read::{ReadOptions, read};

    use super::*;

    #[test]
    fn every_chart_of_a_story_is_drawn() {
        for name in [
            "seattle-weather.csv",
            "penguins.json",
            "orders-messy.csv",
            "us-employment.csv",
        ] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../examples/data")
                .join(name);
            let bytes = std::fs::read(path).unwrap();
            let table = read(name, bytes, &ReadOptions::default()).unwrap().value;
            let words = Words::new(marey_insight::Locale::default());
            let story = crate::story(&table, &MineOptions::default(), &StoryOptions::default(), &words);
            assert!(!story.cards.is_empty());
            for (card, drawing) in story.cards.iter().zip(draw(&story, &RenderOptions::default())) {
                let drawing = drawing.unwrap_or_else(|| panic!("{}: no chart", card.id));
                let drawing = drawing.unwrap_or_else(|why| panic!("{}: {why}", card.id));
                assert!(
                    drawing.value.contains("<path") || drawing.value.contains("<rect"),
                    "{}",
                    card.id
                );
                assert_eq!(drawing.warnings, [] as [String; 0], "{}", card.id);
            }
        }
    }
}
