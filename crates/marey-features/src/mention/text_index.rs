//! [`TextIndex`]: many short texts, found again by words that are spelt like them.

use crate::{
    segment::{PieceKind, pieces},
    word::{Fnv, fold_word, stem},
};

use super::{
    edit::{deletions, is_one_edit},
    postings::{MAX_NUMBER, Postings},
};

/// Most words of a text that are indexed; longer texts are no names.
pub(super) const MAX_TEXT_WORDS: usize = 8;
/// Fewest and most letters of texts that are found by a slip of the pen.
const SLIPS: std::ops::RangeInclusive<usize> = 4..=32;

/// A text in the spelling in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spelling {
    /// The folded words without blanks.
    pub(super) joined: String,
    /// The folded words.
    pub(super) words: Vec<String>,
}

impl Spelling {
    /// The spelling of a text; none where it has no words, or more than [`MAX_TEXT_WORDS`].
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut words = Vec::new();
        for piece in pieces(text).filter(|piece| piece.kind != PieceKind::Operator) {
            if words.len() == MAX_TEXT_WORDS {
                return None;
            }
            words.push(fold_word(&text[piece.span], piece.kind));
        }
        let joined = words.concat();
        (!joined.is_empty()).then_some(Self { joined, words })
    }
}

/// Short texts by number, found by hashes of their folded spellings.
#[derive(Debug, Clone, Default)]
pub(super) struct TextIndex {
    spellings: Vec<Spelling>,
    whole: Postings,
    stems: Postings,
    slips: Postings,
    parts: Postings,
    part_stems: Postings,
    part_slips: Postings,
    /// Numbers in the order of joined spellings.
    sorted: Vec<u32>,
}

/// Whether slips of the pen in single words of the texts are found too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartSlips {
    /// They are: for few texts.
    Found,
    /// They are not.
    Passed,
}

impl TextIndex {
    /// An index of texts, numbered in the order given; at most [`MAX_NUMBER`] of them.
    pub(super) fn new(mut spellings: Vec<Spelling>, part_slips: PartSlips) -> Self {
        spellings.truncate(MAX_NUMBER);
        let mut sorted: Vec<u32> = (0..spellings.len() as u32).collect();
        sorted.sort_by(|a, b| spellings[*a as usize].cmp(&spellings[*b as usize]));
        let numbered = || spellings.iter().zip(0_u32..);
        let many = || numbered().filter(|(spelling, _)| spelling.words.len() > 1);
        let words = || many().flat_map(|(spelling, at)| spelling.words.iter().map(move |word| (word, at)));
        let hash = |text: &str| Fnv::new().add(text.as_bytes()).mixed();
        Self {
            whole: Postings::new(
                numbered()
                    .map(|(spelling, at)| (hash(&spelling.joined), at))
                    .collect(),
            ),
            stems: Postings::new(
                numbered()
                    .map(|(spelling, at)| (hash(&stems(&spelling.words)), at))
                    .collect(),
            ),
            slips: Postings::new(
                numbered()
                    .flat_map(|(spelling, at)| slips_of(&spelling.joined).map(move |hash| (hash, at)))
                    .collect(),
            ),
            parts: Postings::new(words().map(|(word, at)| (hash(word), at)).collect()),
            part_stems: Postings::new(words().map(|(word, at)| (hash(&stem(word)), at)).collect()),
            part_slips: match part_slips {
                PartSlips::Passed => Postings::default(),
                PartSlips::Found => Postings::new(
                    words()
                        .flat_map(|(word, at)| slips_of(word).map(move |hash| (hash, at)))
                        .collect(),
                ),
            },
            spellings,
            sorted,
        }
    }

    /// The texts that are spelt as these words together; `hash` is that of `joined`.
    pub(super) fn exact(&self, hash: u64, joined: &str) -> impl Iterator<Item = u32> {
        self.whole
            .get(hash)
            .filter(move |at| self.spellings[*at as usize].joined == joined)
    }

    /// The texts whose stems are these together; `hash` is that of `stems_joined`.
    pub(super) fn stem(&self, hash: u64, stems_joined: &str) -> impl Iterator<Item = u32> {
        self.stems
            .get(hash)
            .filter(move |at| stems(&self.spellings[*at as usize].words) == stems_joined)
    }

    /// The texts from which these words are one slip away.
    pub(super) fn slip(&self, joined: &str) -> Vec<u32> {
        if !is_misspellable(joined) {
            return Vec::new();
        }
        let near = |at: &u32| is_one_edit(joined, &self.spellings[*at as usize].joined);
        sorted_once(
            deletions(joined)
                .flat_map(|hash| self.slips.get(hash))
                .filter(near),
        )
    }

    /// The texts of several words of which one is this word.
    pub(super) fn part(&self, word: &str) -> impl Iterator<Item = u32> {
        self.parts
            .get(Fnv::new().add(word.as_bytes()).mixed())
            .filter(move |at| self.spellings[*at as usize].words.iter().any(|own| own == word))
    }

    /// The texts of several words of which one has this stem.
    pub(super) fn part_stem(&self, stem_of_word: &str) -> impl Iterator<Item = u32> {
        self.part_stems
            .get(Fnv::new().add(stem_of_word.as_bytes()).mixed())
            .filter(move |at| {
                self.spellings[*at as usize]
                    .words
                    .iter()
                    .any(|own| stem(own) == stem_of_word)
            })
    }

    /// The texts of several words of which one is one slip away from this word.
    pub(super) fn part_slip(&self, word: &str) -> Vec<u32> {
        if !is_misspellable(word) {
            return Vec::new();
        }
        let near = |at: &u32| {
            self.spellings[*at as usize]
                .words
                .iter()
                .any(|own| is_one_edit(word, own))
        };
        sorted_once(
            deletions(word)
                .flat_map(|hash| self.part_slips.get(hash))
                .filter(near),
        )
    }

    /// The texts that begin with these letters, if there are at most `most` of them.
    pub(super) fn beginning(&self, start: &str, most: usize) -> &[u32] {
        let joined = |at: &u32| self.spellings[*at as usize].joined.as_str();
        let from = self.sorted.partition_point(|at| joined(at) < start);
        let rest = &self.sorted[from..];
        let len = rest
            .iter()
            .take(most + 1)
            .take_while(|at| joined(at).starts_with(start))
            .count();
        if len > most { &[] } else { &rest[..len] }
    }

    /// Bytes in memory, but for the overhead of the allocator.
    pub(super) fn bytes(&self) -> usize {
        let texts: usize = self
            .spellings
            .iter()
            .map(|spelling| 48 + 2 * spelling.joined.len() + 24 * spelling.words.len())
            .sum();
        let postings = [
            &self.whole,
            &self.stems,
            &self.slips,
            &self.parts,
            &self.part_stems,
            &self.part_slips,
        ];
        texts + 4 * self.sorted.len() + postings.iter().map(|postings| postings.bytes()).sum::<usize>()
    }
}

/// The stems of words without blanks.
pub(super) fn stems(words: &[String]) -> String {
    words.iter().map(|word| stem(word)).collect()
}

/// The hashes under which a text is found by a slip of the pen.
fn slips_of(text: &str) -> impl Iterator<Item = u64> {
    let slips = is_misspellable(text).then(|| deletions(text));
    slips.into_iter().flatten()
}

/// Whether a word may be taken for a misspelt one: neither short nor long, and without figures, in
/// which a slip makes another number.
fn is_misspellable(text: &str) -> bool {
    text.len() >= *SLIPS.start()
        && text.len() <= 4 * SLIPS.end()
        && SLIPS.contains(&text.chars().count())
        && !text.bytes().any(|byte| byte.is_ascii_digit())
}

fn sorted_once(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
