//! What texts are made of: classes of characters, scripts, case, words.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use crate::{CaseStyle, ScriptShare, TextCharacters, value::Value, value_table::ValueTable};

/// Share of texts that must agree on a case.
const AGREE: f64 = 0.9;
/// Scripts listed.
const SCRIPTS: usize = 5;

/// What the different texts of a sample are made of.
pub(crate) fn of(sample: &ValueTable) -> TextCharacters {
    let mut classes = Classes::default();
    let mut cases: BTreeMap<Option<CaseStyle>, u64> = BTreeMap::new();
    let mut cased = 0;
    let mut words = 0;
    // In order of hash, so that equal samples give equal sums.
    let entries = sample.by_hash();
    for entry in &entries {
        let Value::Text(text) = sample.value(entry) else {
            continue;
        };
        classes.add(text);
        words += text.unicode_words().count() as u64;
        if text.chars().any(|c| c.is_lowercase() || c.is_uppercase()) {
            cased += 1;
            *cases.entry(case_of(text)).or_default() += 1;
        }
    }
    let case = cases
        .into_iter()
        .find(|(_, count)| *count as f64 >= AGREE * cased as f64);
    TextCharacters {
        texts: entries.len() as u64,
        case: case.and_then(|(style, _)| style),
        words: share(words, entries.len() as u64),
        ..classes.finish()
    }
}

#[derive(Default)]
struct Classes {
    letters: u64,
    digits: u64,
    spaces: u64,
    others: u64,
    scripts: BTreeMap<&'static str, u64>,
}

impl Classes {
    fn add(&mut self, text: &str) {
        let mut latin = 0;
        for c in text.chars() {
            if c.is_ascii_alphabetic() {
                latin += 1;
            } else if c.is_alphabetic() {
                self.letters += 1;
                // Letters that several scripts share say nothing about any of them.
                let script = c.script();
                if !matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
                    *self.scripts.entry(script.full_name()).or_default() += 1;
                }
            } else if c.is_numeric() {
                self.digits += 1;
            } else if c.is_whitespace() {
                self.spaces += 1;
            } else {
                self.others += 1;
            }
        }
        if latin > 0 {
            self.letters += latin;
            *self.scripts.entry(Script::Latin.full_name()).or_default() += latin;
        }
    }

    fn finish(self) -> TextCharacters {
        let all = self.letters + self.digits + self.spaces + self.others;
        let mut scripts: Vec<(&str, u64)> = self.scripts.into_iter().collect();
        scripts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let known: u64 = scripts.iter().map(|(_, count)| count).sum();
        TextCharacters {
            letters: share(self.letters, all),
            digits: share(self.digits, all),
            spaces: share(self.spaces, all),
            others: share(self.others, all),
            scripts: scripts
                .into_iter()
                .take(SCRIPTS)
                .map(|(script, count)| ScriptShare {
                    script: script.replace('_', " "),
                    share: share(count, known),
                })
                .collect(),
            ..TextCharacters::default()
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// How the letters of one text are cased; none for a mixture.
fn case_of(text: &str) -> Option<CaseStyle> {
    let cased = || text.chars().filter(|c| c.is_lowercase() || c.is_uppercase());
    if cased().all(char::is_lowercase) {
        return Some(CaseStyle::Lower);
    }
    // A single capital is the beginning of a word rather than a word in capitals.
    if cased().all(char::is_uppercase) && cased().nth(1).is_some() {
        return Some(CaseStyle::Upper);
    }
    let mut words = text
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter(|word| word.chars().any(char::is_alphabetic));
    let first = words.next()?;
    if !begins_upper(first) {
        return None;
    }
    let rest: Vec<&str> = words.collect();
    if rest.iter().all(|word| begins_upper(word)) {
        Some(CaseStyle::Title)
    } else if rest.iter().all(|word| !word.chars().any(char::is_uppercase)) {
        Some(CaseStyle::Sentence)
    } else {
        None
    }
}

/// One capital and then none.
fn begins_upper(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.all(|c| !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{hash::hash_text, value::Kind};

    fn characters(texts: &[&str]) -> TextCharacters {
        let mut table = ValueTable::new(Kind::Text);
        for text in texts {
            table.add(hash_text(text), Value::Text(text), 1);
        }
        of(&table)
    }

    #[test]
    fn cases_are_told_apart() {
        for (text, expected) in [
            ("red wine", Some(CaseStyle::Lower)),
            ("USA", Some(CaseStyle::Upper)),
            ("New York", Some(CaseStyle::Title)),
            ("Very good", Some(CaseStyle::Sentence)),
            ("iPhone", None),
            ("University of Bonn", None),
            ("Paris", Some(CaseStyle::Title)),
            ("42", None),
        ] {
            assert_eq!(characters(&[text]).case, expected, "{text}");
        }
        let mostly = [
            "red", "blue", "green", "pink", "grey", "black", "white", "tan", "teal", "Plum",
        ];
        assert_eq!(characters(&mostly).case, Some(CaseStyle::Lower));
        assert_eq!(characters(&["red", "Blue"]).case, None);
    }

    #[test]
    fn classes_and_scripts_are_shares() {
        let found = characters(&["ab 12-", "Привет"]);
        assert_eq!((found.letters, found.digits), (8.0 / 12.0, 2.0 / 12.0));
        assert_eq!((found.spaces, found.others), (1.0 / 12.0, 1.0 / 12.0));
        let scripts: Vec<(&str, f64)> = found
            .scripts
            .iter()
            .map(|found| (found.script.as_str(), found.share))
            .collect();
        assert_eq!(scripts, [("Cyrillic", 0.75), ("Latin", 0.25)]);
        assert_eq!(characters(&[]), TextCharacters::default());
    }

    #[test]
    fn words_are_found_without_spaces_too() {
        assert_eq!(characters(&["one two, three"]).words, 3.0);
        assert_eq!(characters(&["東京"]).words, 2.0);
    }
}
