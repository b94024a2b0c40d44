//! Charts in words for people who do not see them, at three levels: what is drawn, its numbers, and what it shows
//! (Lundgard and Satyanarayan 2022; their fourth level, what it means in the world, is never made up here).

use super::{Lexicon, Narration, Role, Slots, Unit, quantity::Style};
use crate::{Insight, Mining, Quantity, picture::Glance};

/// Longest short text, in characters.
const LONGEST_SHORT: usize = 150;

/// A chart in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alt {
    /// At most 150 characters.
    pub(crate) short: String,
    /// In full.
    pub(crate) long: String,
}

impl Lexicon<'_> {
    /// A chart in words.
    pub(crate) fn alt(&self, glance: Option<&Glance>, narration: &Narration) -> Alt {
        let Some(glance) = glance else {
            return Alt {
                short: shortened(&narration.title.to_string()),
                long: narration.sentence.to_string(),
            };
        };
        let chart = self.words.term(glance.chart, &[]);
        let drawn = self.words.term(
            "alt-drawn",
            &[
                ("chart", &chart),
                ("x", &glance.x),
                ("y", &glance.y),
                ("marks", &self.words.count(glance.marks as u64)),
                ("what", &narration.subtitle.to_string()),
            ],
        );
        let some = glance.of_rows.map(|rows| {
            let (marks, rows) = (
                self.words.count(glance.marks as u64),
                self.words.count(rows as u64),
            );
            self.words.term("alt-some", &[("marks", &marks), ("rows", &rows)])
        });
        let ends = glance.extremes.as_ref().map(|[low, high]| {
            let id = if glance.chart == "chart-histogram" {
                "alt-peak"
            } else {
                "alt-ends"
            };
            let slots: &[(&'static str, &str)] = &[
                ("low", &low.0),
                ("lowest", &low.1),
                ("high", &high.0),
                ("highest", &high.1),
            ];
            self.words.term(id, slots)
        });
        let sentences = [Some(drawn), some, ends, Some(narration.sentence.to_string())];
        let short = self.words.term(
            "alt-short",
            &[("chart", &chart), ("title", &narration.title.to_string())],
        );
        Alt {
            short: shortened(&short),
            long: sentences.into_iter().flatten().collect::<Vec<_>>().join(" "),
        }
    }

    /// What the table gave, in one sentence.
    pub(crate) fn lead(&self, mining: &Mining, told: usize) -> String {
        let mut slots = Slots::new();
        let words = self.words;
        slots.choose_plural("plural", told as f64);
        slots.words("told", Role::Text, words.count(told as u64));
        slots.words("rows", Role::Text, words.count(self.profile.rows));
        slots.words(
            "columns",
            Role::Text,
            words.count(self.profile.columns.len() as u64),
        );
        slots.words("family", Role::Text, words.count(mining.family.hypotheses));
        slots.words("table", Role::Text, self.value(&self.profile.table));
        let id = if told == 0 { "lead-nothing" } else { "lead" };
        words.say(&[id], &slots).to_string()
    }

    /// How insights were found, in one sentence.
    pub(crate) fn method(&self, mining: &Mining) -> String {
        let words = self.words;
        words.term(
            "method",
            &[
                ("family", &words.count(mining.family.hypotheses)),
                ("passed", &words.count(mining.family.rejected)),
                ("fdr", &words.amount(mining.family.fdr, &Unit::Share)),
            ],
        )
    }

    /// The unit of a quantity as readers see it; none where it has none.
    pub(crate) fn unit_of_quantity(&self, quantity: Quantity, insight: &Insight) -> Option<String> {
        match Style::of(quantity, insight, self) {
            Style::Amount(unit) | Style::Difference(unit) => match unit {
                Unit::None => None,
                Unit::Share => Some("1".to_owned()),
                Unit::Percent => Some("%".to_owned()),
                Unit::Currency(unit) | Unit::Named(unit) => Some(unit),
            },
            Style::Count => Some(self.words.term("rows", &[])),
            Style::Coefficient => None,
        }
    }
}

fn shortened(text: &str) -> String {
    marey_core::label::shorten(text, LONGEST_SHORT)
}
