//! [`WordFlags`]: what kind of word a word is, and what it hints at.

use bitflags::bitflags;

use super::{Word, lexicon};
use crate::{segment::PieceKind, word::WordForms};

bitflags! {
    /// What kind of word a word is, and what it hints at.
    ///
    /// Several may hold at once (`monthly`: a step of time; `count`: an aggregate). Bit positions are
    /// part of the version of the model's features.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
    pub struct WordFlags: u32 {
        /// A number in figures or words.
        const NUMBER = 1;
        /// Stands between quotation marks.
        const QUOTED = 1 << 1;
        /// A day in figures, or the name of a month or weekday.
        const DATE = 1 << 2;
        /// A whole number from 1500 to 2199.
        const YEAR = 1 << 3;
        /// Compares: `more`, `older … than`, `above`, `>=`, `at least`.
        const COMPARATIVE = 1 << 4;
        /// Singles out an end of an order: `highest`, `top`, `most`.
        const SUPERLATIVE = 1 << 5;
        /// Summarises: `average`, `total`, `how many`.
        const AGGREGATE = 1 << 6;
        /// Names a chart or a mark: `pie`, `histogram`, `plot`.
        const CHART = 1 << 7;
        /// Sorts: `order`, `descending`, `alphabetically`.
        const SORT = 1 << 8;
        /// A step of time: `month`, `weekly`, `quarter`.
        const TIME_UNIT = 1 << 9;
        /// Denies: `not`, `without`, `except`.
        const NEGATION = 1 << 10;
        /// Groups: `by`, `per`, `each`, `across`.
        const GROUP = 1 << 11;
        /// Bounds a range: `between`, `from`, `since`, `until`.
        const RANGE = 1 << 12;
        /// Joins conditions: `and`, `or`.
        const CONJUNCTION = 1 << 13;
        /// Names an axis or a channel: `x`, `axis`, `color`, `size`.
        const CHANNEL = 1 << 14;
        /// Asks how two things go together: `correlation`, `versus`, `relationship`.
        const RELATIONSHIP = 1 << 15;
        /// Asks how values spread: `distribution`, `bins`, `spread`.
        const DISTRIBUTION = 1 << 16;
        /// Asks for shares of a whole: `proportion`, `percent`, `share`.
        const PROPORTION = 1 << 17;
        /// Asks how something went: `trend`, `over`, `change`, `growth`.
        const TREND = 1 << 18;
        /// Points down in an order: `descending`, `highest`, `largest`.
        const DESCENDING = 1 << 19;
        /// Points up in an order: `ascending`, `lowest`, `alphabetical`.
        const ASCENDING = 1 << 20;
        /// Asks for stacks or parts side by side: `stacked`, `grouped`.
        const STACK = 1 << 21;
        /// Speaks of missing values: `null`, `missing`, `empty`.
        const MISSING = 1 << 22;
        /// So frequent in requests that it tells little: `the`, `show`, `please`.
        const STOPWORD = 1 << 23;
        /// Begins with a capital, without being the first word.
        const CAPITALIZED = 1 << 24;
    }
}

impl WordFlags {
    /// Number of flags.
    pub const COUNT: usize = 25;

    /// The flags as 0 and 1, in order of their bits: `[f32; 25]`.
    pub fn vector(self) -> [f32; Self::COUNT] {
        std::array::from_fn(|bit| if self.bits() >> bit & 1 == 1 { 1.0 } else { 0.0 })
    }
}

/// The flags that a word has by itself.
pub(super) fn of_word(surface: &str, forms: &WordForms, kind: PieceKind) -> WordFlags {
    match kind {
        PieceKind::Operator => WordFlags::COMPARATIVE,
        PieceKind::Date => WordFlags::DATE,
        PieceKind::Number => {
            let is_year = surface.len() == 4 && matches!(surface.parse(), Ok(1500..=2199));
            let year = if is_year {
                WordFlags::YEAR
            } else {
                WordFlags::empty()
            };
            WordFlags::NUMBER | year
        }
        PieceKind::Letters => {
            let mut flags = lexicon::flags(&forms.folded);
            if lexicon::number_word(&forms.folded).is_some() {
                flags |= WordFlags::NUMBER;
            }
            if lexicon::is_superlative(&forms.folded) {
                flags |= WordFlags::SUPERLATIVE;
            }
            flags
        }
    }
}

/// Adds what words mean by their neighbours, and takes back what they do not mean there.
pub(super) fn add_context(words: &mut [Word]) {
    for at in 0..words.len() {
        let folded = |at: usize| words.get(at).map_or("", |word: &Word| word.forms.folded.as_str());
        let (before, this, after) = (folded(at.wrapping_sub(1)), folded(at), folded(at + 1));
        let mut flags = words[at].flags;
        // "older than", "more expensive than".
        if after == "than" || (folded(at + 2) == "than" && matches!(this, "more" | "less")) {
            flags = (flags | WordFlags::COMPARATIVE) - WordFlags::SUPERLATIVE;
        }
        if before == "at" && matches!(this, "least" | "most") {
            flags = (flags | WordFlags::COMPARATIVE) - WordFlags::SUPERLATIVE;
            flags -= WordFlags::ASCENDING | WordFlags::DESCENDING;
        }
        if before == "how" && matches!(this, "many" | "much" | "often") {
            flags |= WordFlags::AGGREGATE;
        }
        // "over 30" compares, "over time" does not.
        if this == "over" {
            let number = words
                .get(at + 1)
                .is_some_and(|word| word.flags.contains(WordFlags::NUMBER));
            let flag = if number {
                WordFlags::COMPARATIVE
            } else {
                WordFlags::TREND
            };
            flags |= flag;
        }
        if at > 0 && words[at].surface.starts_with(char::is_uppercase) {
            flags |= WordFlags::CAPITALIZED;
        }
        words[at].flags = flags;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_have_all_flags() {
        assert_eq!(WordFlags::all().bits().count_ones() as usize, WordFlags::COUNT);
        assert_eq!(WordFlags::all().vector(), [1.0; WordFlags::COUNT]);
        assert_eq!(WordFlags::CHART.vector()[7], 1.0);
        assert_eq!(WordFlags::CHART.vector().iter().sum::<f32>(), 1.0);
    }
}
