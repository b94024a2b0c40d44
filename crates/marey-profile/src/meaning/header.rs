//! Words of a column's name.

use marey_core::fold_name;

/// A column's name, taken apart into lower-case words without accents.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    words: Vec<String>,
}

impl Header {
    /// Cuts at white space and punctuation, between `camelCase` and between letters and digits.
    pub(crate) fn of(name: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut last = None;
        let letters: Vec<char> = name.chars().take(256).collect();
        for (at, &c) in letters.iter().enumerate() {
            let next_is_lower = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            let starts = last.is_some_and(|last: char| {
                (c.is_uppercase() && (last.is_lowercase() || (last.is_uppercase() && next_is_lower)))
                    || (c.is_numeric() != last.is_numeric())
            });
            if (!c.is_alphanumeric() && c != '%') || starts {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            }
            if c.is_alphanumeric() || c == '%' {
                word.push(c);
                last = Some(c);
            } else {
                last = None;
            }
        }
        words.extend((!word.is_empty()).then_some(word));
        let folded = words.iter().map(|word| match word.as_str() {
            "%" => "%".to_owned(),
            word => fold_name(word),
        });
        Self {
            words: folded.collect(),
        }
    }

    /// Whether one of the words occurs.
    pub(crate) fn has(&self, any: &[&str]) -> bool {
        self.words.iter().any(|word| any.contains(&word.as_str()))
    }

    /// Whether words follow each other, as in `day of week`.
    pub(crate) fn says(&self, phrase: &[&str]) -> bool {
        self.words.windows(phrase.len().max(1)).any(|words| {
            words.len() == phrase.len() && words.iter().zip(phrase).all(|(word, wanted)| word == wanted)
        })
    }

    /// Whether the name is these words and no others; digits do not count.
    pub(super) fn is(&self, phrase: &str) -> bool {
        let own = self.words.iter().filter(|word| !is_number(word));
        own.map(String::as_str).eq(phrase.split(' '))
    }

    /// Whether the words of a phrase follow each other; a single word of six letters or more is
    /// also found at either end of a word, as in `nombredepartamento`.
    pub(super) fn mentions(&self, phrase: &str) -> bool {
        let mut parts = phrase.split(' ');
        if let (Some(only), None) = (parts.next(), parts.next()) {
            let long = only.len() >= 6;
            return self
                .words
                .iter()
                .any(|word| word == only || (long && (word.starts_with(only) || word.ends_with(only))));
        }
        let parts: Vec<&str> = phrase.split(' ').collect();
        self.says(&parts)
    }

    /// Whether the name ends in one of the words; digits behind them do not count.
    pub(crate) fn ends_in(&self, any: &[&str]) -> bool {
        self.words
            .iter()
            .rev()
            .find(|word| !is_number(word))
            .is_some_and(|word| any.contains(&word.as_str()))
    }
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        for (name, words) in [
            ("customerID", &["customer", "id"][..]),
            ("HTTPServer_name2", &["http", "server", "name", "2"]),
            ("% of total", &["%", "of", "total"]),
            ("Année", &["annee"]),
            ("", &[]),
        ] {
            assert_eq!(Header::of(name).words, words);
        }
    }

    #[test]
    fn phrases_and_endings_are_found() {
        let header = Header::of("Day_of_Week 1");
        assert!(header.says(&["day", "of", "week"]));
        assert!(header.mentions("of week") && header.is("day of week") && !header.is("day of"));
        assert!(header.ends_in(&["week"]));
        assert!(!header.has(&["month"]));
        assert!(Header::of("nombredepartamento").mentions("departamento"));
        assert!(!Header::of("capacity").mentions("city"));
    }
}
