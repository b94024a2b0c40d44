//! A story as text, as Markdown and as data.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Card, Story};
use crate::{
    InsightError,
    story::Chapter,
    words::{Locale, Words},
};

impl Story {
    /// The chapters in order, each with its cards.
    pub fn chapters(&self) -> Vec<(Chapter, Vec<&Card>)> {
        let mut chapters: Vec<(Chapter, Vec<&Card>)> = Vec::new();
        for card in &self.cards {
            match chapters.last_mut() {
                Some((chapter, cards)) if *chapter == card.chapter => cards.push(card),
                _ => chapters.push((card.chapter, vec![card])),
            }
        }
        chapters
    }

    /// The words of the story's language.
    ///
    /// # Errors
    ///
    /// When the story says a language that no catalogue speaks, as one read from elsewhere may.
    pub fn words(&self) -> Result<Words, InsightError> {
        Ok(Words::new(Locale::new(&self.language)?))
    }

    /// The story as data: the output schema of each insight under `insights`.
    pub fn to_json(&self) -> Value {
        json!({
            "table": self.table,
            "language": self.language,
            "lead": self.lead,
            "method": self.method,
            "untold": self.untold,
            "insights": self.cards.iter().map(Card::to_json).collect::<Vec<_>>(),
        })
    }

    /// The story as Markdown, words from the data escaped.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("# {}\n\n{}\n", escaped(&self.table), escaped(&self.lead));
        let words = self.words().ok();
        for (chapter, cards) in self.chapters() {
            let name = words
                .as_ref()
                .map(|words| words.chapter(chapter))
                .unwrap_or_default();
            let _ = write!(text, "\n## {name}\n");
            for card in cards {
                card.write_markdown(&mut text);
            }
        }
        let _ = write!(text, "\n---\n\n{}\n", escaped(&self.method));
        text
    }

    /// The story as plain text for a terminal.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.lead);
        let words = self.words().ok();
        let mut rank = 0;
        for (chapter, cards) in self.chapters() {
            let name = words
                .as_ref()
                .map(|words| words.chapter(chapter))
                .unwrap_or_default();
            let _ = write!(text, "\n{name}\n");
            for card in cards {
                rank += 1;
                let _ = write!(
                    text,
                    "{rank:3}. {}\n     {}\n     {}\n",
                    card.title, card.sentence, card.subtitle
                );
            }
        }
        let _ = write!(text, "\n{}\n", self.method);
        text
    }
}

impl Words {
    /// The name of a chapter.
    pub fn chapter(&self, chapter: Chapter) -> String {
        self.term(&format!("chapter-{}", chapter.as_str()), &[])
    }
}

impl Card {
    /// The insight as data: texts as words, the sentence part by part beside them.
    pub fn to_json(&self) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(members) = &mut value {
            members.insert("title".to_owned(), Value::from(self.title.to_string()));
            members.insert("subtitle".to_owned(), Value::from(self.subtitle.to_string()));
            members.insert(
                "sentence".to_owned(),
                json!({ "text": self.sentence.to_string(), "parts": self.sentence }),
            );
        }
        value
    }

    fn write_markdown(&self, text: &mut String) {
        let _ = write!(
            text,
            "\n### {}\n\n*{}*\n\n{}\n",
            escaped(&self.title.to_string()),
            escaped(&self.subtitle.to_string()),
            escaped(&self.sentence.to_string()),
        );
        if !self.caveats.is_empty() {
            let _ = write!(text, "\n> {}\n", escaped(&self.caveats.join(" ")));
        }
        let _ = write!(text, "\n<small>{}</small>\n", escaped(&self.source));
    }
}

/// Text in which Markdown and HTML see nothing to interpret.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                written.push('\\');
                written.push(character);
            }
            '\n' | '\r' => written.push(' '),
            character => written.push(character),
        }
    }
    written
}
