//! [`Run`]: neighbouring words of a request, taken as one text.

use std::ops::Range;

use crate::{
    request::{Request, Word, WordFlags},
    word::Fnv,
};

use super::text_index::MAX_TEXT_WORDS;

/// Neighbouring words of a request, taken as one text.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) words: Range<usize>,
    /// The folded words without blanks, with their hash.
    pub(super) joined: String,
    pub(super) hash: u64,
    /// Their stems without blanks, with their hash.
    pub(super) stems: String,
    pub(super) stem_hash: u64,
    /// Whether the first and last word say something, so that the run may be more than a spelling.
    pub(super) is_telling: bool,
    /// Whether the first word is quoted or begins with a capital.
    pub(super) is_marked: bool,
    /// Whether all words are quoted.
    pub(super) is_quoted: bool,
}

/// All runs of up to eight words, by their first word, shorter ones first.
pub(super) fn runs(request: &Request) -> impl Iterator<Item = Run> {
    (0..request.words.len()).flat_map(move |start| {
        let mut joined = String::new();
        let mut stems = String::new();
        let (mut hash, mut stem_hash) = (Fnv::new(), Fnv::new());
        let most = MAX_TEXT_WORDS.min(request.words.len() - start);
        (1..=most).map(move |len| {
            let words = &request.words[start..start + len];
            let last = &words[len - 1];
            joined.push_str(&last.forms.folded);
            stems.push_str(&last.forms.stem);
            hash = hash.add(last.forms.folded.as_bytes());
            stem_hash = stem_hash.add(last.forms.stem.as_bytes());
            Run {
                words: start..start + len,
                joined: joined.clone(),
                hash: hash.mixed(),
                stems: stems.clone(),
                stem_hash: stem_hash.mixed(),
                is_telling: is_telling(&words[0]) && is_telling(last),
                is_marked: words[0]
                    .flags
                    .intersects(WordFlags::QUOTED | WordFlags::CAPITALIZED),
                is_quoted: words.iter().all(|word| word.flags.contains(WordFlags::QUOTED)),
            }
        })
    })
}

fn is_telling(word: &Word) -> bool {
    !word.forms.folded.is_empty()
        && (word.flags.contains(WordFlags::QUOTED) || !word.flags.contains(WordFlags::STOPWORD))
}

impl Run {
    pub(super) fn is_single(&self) -> bool {
        self.words.len() == 1
    }
}
