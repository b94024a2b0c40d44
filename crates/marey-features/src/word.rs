//! [`WordForms`]: one word in the spellings by which words are compared and learnt.

use std::sync::OnceLock;

use marey_core::fold_name;
use rust_stemmers::{Algorithm, Stemmer};

use crate::{
    request::vocabulary,
    segment::{PieceKind, pieces},
};

/// Number of buckets of hashed character trigrams.
pub const TRIGRAM_BUCKETS: usize = 4096;
/// Most trigrams that one word has.
pub const MAX_TRIGRAMS: usize = 32;
/// Most characters of a word that its forms are made of.
const LONGEST_WORD: usize = 64;

/// One word in the spellings by which words are compared and learnt.
///
/// ```
/// use marey_features::WordForms;
///
/// let word = WordForms::of("Salaries");
/// assert_eq!(word.folded, "salaries");
/// assert_eq!(word.stem, "salari");
/// assert_eq!(word.trigrams.len(), 8);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordForms {
    /// Lower case without accents and apostrophes ([`marey_core::fold_name`]); at most 64 characters.
    /// Empty for operators.
    pub folded: String,
    /// English Snowball stem of the folded word; the folded word where it has no Latin letters.
    pub stem: String,
    /// Buckets below [`TRIGRAM_BUCKETS`] of the character trigrams of `^word$`, in order, at most
    /// [`MAX_TRIGRAMS`] of them. Never empty.
    pub trigrams: Vec<u16>,
    /// Ids of the word's tokens in the [vocabulary](crate::request::Vocabulary), at least one and at
    /// most 8. A word with a letter that the vocabulary lacks is the one token `[UNK]`, a number
    /// `[NUM]`, a date `[DATE]`.
    pub tokens: Vec<u32>,
}

impl WordForms {
    /// The forms of a word as it is written.
    pub fn of(surface: &str) -> Self {
        let kind = pieces(surface).next().map(|piece| piece.kind);
        Self::of_kind(surface, kind.unwrap_or(PieceKind::Operator))
    }

    pub(crate) fn of_kind(surface: &str, kind: PieceKind) -> Self {
        let folded = fold_word(surface, kind);
        let stem = stem(&folded);
        let spelt = if folded.is_empty() { surface } else { &folded };
        let trigrams = trigrams(spelt);
        let tokens = vocabulary().word_tokens(spelt, kind);
        Self {
            folded,
            stem,
            trigrams,
            tokens,
        }
    }
}

/// The words of a column's name.
///
/// ```
/// let words = marey_features::name_words("HireDate_2");
/// let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
/// assert_eq!(folded, ["hire", "date", "2"]);
/// ```
pub fn name_words(name: &str) -> Vec<WordForms> {
    pieces(clipped(name, 512))
        .filter(|piece| piece.kind != PieceKind::Operator)
        .take(16)
        .map(|piece| WordForms::of_kind(&name[piece.span.clone()], piece.kind))
        .collect()
}

/// A word in lower case without accents; figures lose their separators of thousands.
pub(crate) fn fold_word(surface: &str, kind: PieceKind) -> String {
    match kind {
        PieceKind::Operator => String::new(),
        PieceKind::Number => surface.replace(',', ""),
        PieceKind::Date => surface.to_owned(),
        PieceKind::Letters if surface.is_ascii() => surface
            .chars()
            .filter(char::is_ascii_alphabetic)
            .take(LONGEST_WORD)
            .map(|c| c.to_ascii_lowercase())
            .collect(),
        PieceKind::Letters => {
            let short: String = surface.chars().take(LONGEST_WORD).collect();
            let mut folded = fold_name(&short);
            folded.retain(|c| c != ' ');
            if folded.is_empty() {
                short.to_lowercase()
            } else {
                folded
            }
        }
    }
}

/// The English stem of a folded word.
pub(crate) fn stem(folded: &str) -> String {
    static ENGLISH: OnceLock<Stemmer> = OnceLock::new();
    if !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    let english = ENGLISH.get_or_init(|| Stemmer::create(Algorithm::English));
    english.stem(folded).into_owned()
}

fn trigrams(word: &str) -> Vec<u16> {
    let letters: Vec<char> = std::iter::once('^')
        .chain(word.chars().take(LONGEST_WORD))
        .chain(std::iter::once('$'))
        .collect();
    letters
        .windows(3)
        .take(MAX_TRIGRAMS)
        .map(|window| {
            let hash = window.iter().fold(Fnv::new(), |hash, letter| {
                hash.add(&u32::from(*letter).to_le_bytes())
            });
            (hash.mixed() % TRIGRAM_BUCKETS as u64) as u16
        })
        .collect()
}

/// The first bytes of a text, cut where a character ends.
pub(crate) fn clipped(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The hash FNV-1a of 64 bits, which may go on where it stopped: the hash of a run of words is that
/// of their letters without blanks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn add(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// The hash with its bits spread (the finaliser of SplitMix64), for use of some of the bits.
    pub(crate) fn mixed(self) -> u64 {
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let check = |surface: &str, folded: &str, stem: &str| {
            let word = WordForms::of(surface);
            assert_eq!(
                (word.folded.as_str(), word.stem.as_str()),
                (folded, stem),
                "{surface}"
            );
        };
        check("Größen", "grossen", "grossen");
        check("Cities", "cities", "citi");
        check("don't", "dont", "dont");
        check("1,000.5", "1000.5", "1000.5");
        check("Ю", "ю", "ю");
        check(">=", "", "");
    }

    #[test]
    fn trigrams_are_bounded() {
        assert_eq!(trigrams("").len(), 0);
        assert_eq!(WordForms::of("a").trigrams.len(), 1);
        assert_eq!(WordForms::of(&"x".repeat(9_999)).trigrams.len(), MAX_TRIGRAMS);
        assert!(
            WordForms::of("price")
                .trigrams
                .iter()
                .all(|id| usize::from(*id) < TRIGRAM_BUCKETS)
        );
    }
}
