//! Measures of text: lengths, words, shapes.

use crate::{
    TextLength, TextSummary,
    histogram::{self, Weighted},
    privacy::{Found, Tally},
    quantile::quantile,
    text_length::TextLengths,
};

/// Size of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TextMeasure {
    pub(crate) bytes: u64,
    pub(crate) chars: u64,
    pub(crate) words: u64,
    /// Whether white space leads or trails.
    pub(crate) padded: bool,
    /// Personal data that it holds.
    pub(crate) personal: Found,
}

impl TextMeasure {
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        if let Some(signs) = PlainSigns::of(text.as_bytes()) {
            return Self {
                bytes: text.len() as u64,
                chars: text.len() as u64,
                words: signs.words,
                padded: signs.padded,
                personal: Found::suspected_by(text, signs.digits, signs.at_signs),
            };
        }
        Self {
            bytes: text.len() as u64,
            chars: text.chars().count() as u64,
            words: text.split_whitespace().count() as u64,
            padded: text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace),
            personal: Found::of(text),
        }
    }
}

/// What is counted of a text of ASCII, eight bytes at a time (after Warren, *Hacker's Delight*, section 6-1).
struct PlainSigns {
    words: u64,
    padded: bool,
    digits: u32,
    at_signs: u32,
}

impl PlainSigns {
    /// None where a byte is no ASCII.
    #[inline]
    fn of(bytes: &[u8]) -> Option<Self> {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x8080_8080_8080_8080;
        let mut signs = Self {
            words: 0,
            padded: false,
            digits: 0,
            at_signs: 0,
        };
        // The highest bit of each byte that is at least this; of bytes below 128.
        let from = |word: u64, least: u8| word + ONES * u64::from(0x80 - least);
        let is = |word: u64, byte: u8| !((word ^ (ONES * u64::from(byte))) + ONES * 0x7f);
        let (words, rest) = bytes.as_chunks::<8>();
        // White space behind the text begins no word.
        let mut last = [b' '; 8];
        last.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
        let words = words.iter().chain((!rest.is_empty()).then_some(&last));
        let mut before = 0x80;
        let mut first = true;
        for word in words {
            let word = u64::from_le_bytes(*word);
            if word & HIGH != 0 {
                return None;
            }
            let spaces = ((from(word, 9) & !from(word, 14)) | is(word, b' ')) & HIGH;
            signs.padded |= first && spaces & 0x80 != 0;
            first = false;
            // A word begins where white space does not follow white space.
            signs.words += u64::from((!spaces & HIGH & ((spaces << 8) | before)).count_ones());
            before = spaces >> 56;
            signs.digits += (from(word, b'0') & !from(word, b'9' + 1) & HIGH).count_ones();
            signs.at_signs += (is(word, b'@') & HIGH).count_ones();
        }
        signs.padded |= bytes.last().is_some_and(|byte| matches!(byte, 9..=13 | b' '));
        Some(signs)
    }
}

/// Sums over the texts of a column; all integers, so that merging is exact in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextTotals {
    pub(crate) texts: u64,
    pub(crate) empty: u64,
    pub(crate) padded: u64,
    pub(crate) chars: u64,
    pub(crate) words: u64,
    pub(crate) min_chars: u64,
    pub(crate) lengths: TextLengths,
    pub(crate) personal: Tally,
}

impl Default for TextTotals {
    fn default() -> Self {
        Self {
            texts: 0,
            empty: 0,
            padded: 0,
            chars: 0,
            words: 0,
            min_chars: u64::MAX,
            lengths: TextLengths::default(),
            personal: Tally::default(),
        }
    }
}

impl TextTotals {
    pub(crate) fn add(&mut self, measure: TextMeasure, count: u64) {
        self.texts += count;
        self.empty += if measure.bytes == 0 { count } else { 0 };
        self.padded += if measure.padded { count } else { 0 };
        self.chars = self.chars.saturating_add(measure.chars.saturating_mul(count));
        self.words = self.words.saturating_add(measure.words.saturating_mul(count));
        self.min_chars = self.min_chars.min(measure.chars);
        self.lengths.add(measure.chars, count);
        self.personal.add(measure.personal, count);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.texts += other.texts;
        self.empty += other.empty;
        self.padded += other.padded;
        self.chars = self.chars.saturating_add(other.chars);
        self.words = self.words.saturating_add(other.words);
        self.min_chars = self.min_chars.min(other.min_chars);
        self.lengths.merge(&other.lengths);
        self.personal.merge(&other.personal);
    }

    fn length(&self) -> TextLength {
        let mut sorted = self.lengths.weighted();
        for (length, _) in &mut sorted {
            *length = length.max(self.min_chars as f64);
        }
        let at = |p: f64| quantile(&sorted, self.texts, p);
        let ends = (self.min_chars as f64, self.lengths.longest as f64);
        TextLength {
            q1: at(0.25),
            median: at(0.5),
            q3: at(0.75),
            p95: at(0.95),
            exact: self.lengths.is_exact(),
            at_longest: self.lengths.at_longest,
            histogram: histogram::of_numbers(
                &Weighted {
                    values: &sorted,
                    total: self.texts,
                    quartiles: (at(0.25), at(0.75)),
                    min: ends.0,
                    max: ends.1,
                },
                true,
                None,
            ),
        }
    }

    /// The summary, or none where there was no text.
    pub(crate) fn summary(&self) -> Option<TextSummary> {
        (self.texts > 0).then(|| TextSummary {
            min_chars: self.min_chars,
            max_chars: self.lengths.longest,
            mean_chars: self.chars as f64 / self.texts as f64,
            mean_words: self.words as f64 / self.texts as f64,
            empty: self.empty,
            padded: self.padded,
            lengths: self.length(),
            ..TextSummary::default()
        })
    }
}

/// The shape of a text: `A` for a run of upper-case letters, `a` for other letters, `9` for a run
/// of digits, everything else as it is; runs of two and more carry a `+`. `AB-1234 x` is `A+-9+ a`.
pub(crate) fn shape(text: &str) -> String {
    let mut shape = String::new();
    let mut last = None;
    let mut repeated = false;
    for c in text.chars().take(64) {
        let class = if c.is_numeric() {
            '9'
        } else if c.is_uppercase() {
            'A'
        } else if c.is_alphabetic() {
            'a'
        } else if c.is_whitespace() {
            ' '
        } else {
            c
        };
        if last == Some(class) {
            if !repeated {
                shape.push('+');
                repeated = true;
            }
        } else {
            shape.push(class);
            last = Some(class);
            repeated = false;
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_formats_apart() {
        for (text, expected) in [
            ("", ""),
            ("AB-1234 x", "A+-9+ a"),
            ("Müller", "Aa+"),
            ("555-0199", "9+-9+"),
            ("a@b.org", "a@a.a+"),
        ] {
            assert_eq!(shape(text), expected);
        }
    }

    #[test]
    fn plain_texts_are_measured_as_any_others() {
        for text in [
            "",
            " ",
            "one",
            " two\tthree\u{b}four \n",
            "a b\u{1c}c",
            "12345678",
            "1234567 9",
            "seven b eight c nine@d.e ",
            "\u{7f}\u{0}eight eightnine",
        ] {
            let signs = PlainSigns::of(text.as_bytes()).unwrap();
            let count =
                |fits: fn(&u8) -> bool| text.as_bytes().iter().filter(|byte| fits(byte)).count() as u32;
            assert_eq!(signs.digits, count(u8::is_ascii_digit), "{text:?}");
            assert_eq!(signs.at_signs, count(|byte| *byte == b'@'), "{text:?}");
            let accented = TextMeasure::of(&text.replace('e', "é"));
            let measure = TextMeasure::of(text);
            assert_eq!(
                (measure.chars, measure.words, measure.padded),
                (accented.chars, accented.words, accented.padded),
                "{text:?}"
            );
            assert_eq!(measure.words, text.split_whitespace().count() as u64);
        }
    }

    #[test]
    fn totals_merge_exactly() {
        let texts = ["", "one", "two words", "ärgerlich"];
        let mut whole = TextTotals::default();
        let mut parts = TextTotals::default();
        for text in texts {
            whole.add(TextMeasure::of(text), 1);
            let mut part = TextTotals::default();
            part.add(TextMeasure::of(text), 1);
            parts.merge(&part);
        }
        assert_eq!(whole, parts);
        let summary = whole.summary().unwrap();
        assert_eq!((summary.min_chars, summary.max_chars, summary.empty), (0, 9, 1));
        assert_eq!((summary.mean_chars, summary.mean_words), (21.0 / 4.0, 1.0));
    }
}
