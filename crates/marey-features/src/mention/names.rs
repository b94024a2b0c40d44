//! [`Names`]: columns found by their names and by what their values mean.

use marey_profile::TableProfile;

use crate::{
    request::{Request, WordFlags},
    vector::{WordVector, cosine, length, word_vectors},
    word::{WordForms, name_words},
};

use super::{
    ColumnMatch, ColumnMention,
    edit::is_one_edit,
    meaning::{Meanings, column_meanings, word_meanings},
    run::Run,
    text_index::{PartSlips, Spelling, TextIndex},
};

/// Most mentions that are kept.
const MOST: usize = 512;
/// Most words of a run that is taken for a misspelt name.
const MOST_SLIPPED_WORDS: usize = 4;
/// Words of the grammar of charts, which are neither shortened names nor like any.
const GRAMMAR: WordFlags = WordFlags::CHART.union(WordFlags::SORT).union(WordFlags::NUMBER);
/// Cosine from which on two words mean much the same.
const ALIKE: f32 = 0.5;
/// Length of the vector of a word from which on it says something.
const TELLING: f32 = 0.2;
/// Letters from which on a name may be two edits away.
const TWO_SLIPS: usize = 8;

#[derive(Debug, Clone)]
pub(super) struct Names {
    columns: Vec<Name>,
    index: TextIndex,
    /// Column of each text of the index.
    column_of: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Name {
    words: Vec<WordForms>,
    joined: String,
    meanings: Meanings,
    /// Vectors of the words that say something.
    vectors: Vec<WordVector>,
}

impl Names {
    pub(super) fn new(profile: &TableProfile) -> Self {
        let columns: Vec<Name> = profile
            .columns
            .iter()
            .map(|column| {
                let words = name_words(column.name.as_str());
                Name {
                    joined: words.iter().map(|word| word.folded.as_str()).collect(),
                    meanings: column_meanings(column, &words),
                    vectors: words.iter().filter_map(telling_vector).collect(),
                    words,
                }
            })
            .collect();
        let (spellings, column_of): (Vec<_>, Vec<_>) = columns
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.joined.is_empty())
            .map(|(at, name)| (name.spelling(), at))
            .unzip();
        Self {
            index: TextIndex::new(spellings, PartSlips::Found),
            columns,
            column_of,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn words(&self, column: usize) -> &[WordForms] {
        self.columns.get(column).map_or(&[], |name| &name.words)
    }

    /// Adds the columns that a run of words may name.
    pub(super) fn find(&self, run: &Run, request: &Request, found: &mut Vec<ColumnMention>) {
        let mut add = |texts: &mut dyn Iterator<Item = u32>, kind: ColumnMatch| {
            for at in texts {
                if let Some(column) = self.column_of.get(at as usize) {
                    found.push(self.mention(*column, run, kind));
                }
            }
        };
        add(&mut self.index.exact(run.hash, &run.joined), ColumnMatch::Exact);
        if !run.is_telling {
            return self.find_meanings(run, request, found);
        }
        add(&mut self.index.stem(run.stem_hash, &run.stems), ColumnMatch::Stem);
        if run.words.len() <= MOST_SLIPPED_WORDS {
            add(&mut self.index.slip(&run.joined).into_iter(), ColumnMatch::Slip);
        }
        if run.is_single() {
            add(&mut self.index.part(&run.joined), ColumnMatch::Part);
            add(&mut self.index.part_stem(&run.stems), ColumnMatch::PartStem);
            add(
                &mut self.index.part_slip(&run.joined).into_iter(),
                ColumnMatch::PartSlip,
            );
            self.find_near(run, request, found);
            self.find_meanings(run, request, found);
            self.find_alike(run, request, found);
        }
    }

    /// Adds columns of which every name must be looked at: prefixes and two slips.
    fn find_near(&self, run: &Run, request: &Request, found: &mut Vec<ColumnMention>) {
        let word = run.joined.as_str();
        // Words of the grammar of charts are no shortened names.
        let is_cue = request.words[run.words.start].flags.intersects(GRAMMAR);
        let is_long = word.chars().count() >= TWO_SLIPS && word.bytes().all(|byte| !byte.is_ascii_digit());
        for (column, name) in self.columns.iter().enumerate() {
            if !is_cue && name.words.iter().any(|own| are_prefixes(word, &own.folded)) {
                found.push(self.mention(column, run, ColumnMatch::Prefix));
            }
            if is_long && name.joined.len().abs_diff(word.len()) <= 2 && is_two_edits(word, &name.joined) {
                found.push(self.mention(column, run, ColumnMatch::Slip));
            }
        }
    }

    fn find_meanings(&self, run: &Run, request: &Request, found: &mut Vec<ColumnMention>) {
        if !run.is_single() {
            return;
        }
        let meanings = word_meanings(&request.words[run.words.start].forms);
        if meanings.is_empty() {
            return;
        }
        for (column, name) in self.columns.iter().enumerate() {
            if name.meanings.meet(&meanings) {
                found.push(self.mention(column, run, ColumnMatch::Meaning));
            }
        }
    }

    /// Adds columns with a word in their name whose vector is near to the word's.
    fn find_alike(&self, run: &Run, request: &Request, found: &mut Vec<ColumnMention>) {
        let word = &request.words[run.words.start];
        if word.flags.intersects(GRAMMAR) {
            return;
        }
        let Some(vector) = telling_vector(&word.forms) else {
            return;
        };
        for (column, name) in self.columns.iter().enumerate() {
            if name.vectors.iter().any(|own| cosine(own, &vector) > ALIKE) {
                found.push(self.mention(column, run, ColumnMatch::Alike));
            }
        }
    }

    fn mention(&self, column: usize, run: &Run, kind: ColumnMatch) -> ColumnMention {
        let words = self.words(column).len().max(1);
        let covered = match kind {
            ColumnMatch::Exact | ColumnMatch::Stem | ColumnMatch::Slip => 1.0,
            _ => run.words.len().min(words) as f32 / words as f32,
        };
        ColumnMention {
            column,
            words: run.words.clone(),
            kind,
            score: weight(kind) * (0.5 + 0.5 * covered),
        }
    }
}

impl Name {
    fn spelling(&self) -> Spelling {
        Spelling {
            joined: self.joined.clone(),
            words: self.words.iter().map(|word| word.folded.clone()).collect(),
        }
    }
}

/// How much a kind of match says.
fn weight(kind: ColumnMatch) -> f32 {
    match kind {
        ColumnMatch::Exact => 1.0,
        ColumnMatch::Stem => 0.95,
        ColumnMatch::Slip => 0.8,
        ColumnMatch::Part => 0.75,
        ColumnMatch::PartStem => 0.7,
        ColumnMatch::Prefix => 0.5,
        ColumnMatch::PartSlip => 0.45,
        ColumnMatch::Meaning => 0.35,
        ColumnMatch::Alike => 0.3,
    }
}

/// The vector of a word that says something.
fn telling_vector(word: &WordForms) -> Option<WordVector> {
    word_vectors()
        .get(&word.folded)
        .filter(|vector| length(vector) > TELLING)
}

/// Whether one of two different words is the beginning of the other, three letters or more.
fn are_prefixes(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && short.len() < long.len() && long.starts_with(short)
}

/// Whether two words are exactly two edits apart.
fn is_two_edits(a: &str, b: &str) -> bool {
    if a == b || is_one_edit(a, b) || a.chars().next() != b.chars().next() {
        return false;
    }
    let shorter =
        |word: &str, at: usize, letter: char| [&word[..at], &word[at + letter.len_utf8()..]].concat();
    // Two edits apart means: one edit apart once a letter has been taken out of either or of both.
    let without = |word: &str| -> Vec<String> {
        word.char_indices()
            .map(|(at, letter)| shorter(word, at, letter))
            .collect()
    };
    let (without_a, without_b) = (without(a), without(b));
    without_a.iter().any(|a| a == b || is_one_edit(a, b))
        || without_b.iter().any(|b| a == b || is_one_edit(a, b))
        || without_a.iter().any(|a| {
            without_b
                .iter()
                .any(|b| a.len().abs_diff(b.len()) <= 4 && is_one_edit(a, b))
        })
}

/// The mentions without those that say less of the same column within the same words, strongest
/// first.
pub(super) fn strongest(mut mentions: Vec<ColumnMention>) -> Vec<ColumnMention> {
    mentions.sort_by(|a, b| {
        (a.column, a.kind, a.words.start, b.words.len()).cmp(&(
            b.column,
            b.kind,
            b.words.start,
            a.words.len(),
        ))
    });
    let mut kept: Vec<ColumnMention> = Vec::new();
    let mut first_of_column = 0;
    for mention in mentions {
        if kept
            .get(first_of_column)
            .is_some_and(|first| first.column != mention.column)
        {
            first_of_column = kept.len();
        }
        let says_less = kept[first_of_column..]
            .iter()
            .any(|other| other.words.start <= mention.words.start && mention.words.end <= other.words.end);
        if !says_less {
            kept.push(mention);
        }
    }
    kept.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| (a.words.start, a.column, a.kind).cmp(&(b.words.start, b.column, b.kind)))
    });
    kept.truncate(MOST);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared() {
        assert!(are_prefixes("emp", "employees") && are_prefixes("temperature", "temp"));
        assert!(!are_prefixes("id", "idea") && !are_prefixes("name", "name"));
        assert!(is_two_edits("departmnet", "deprtment"));
        assert!(is_two_edits("nationalty", "nationalite"));
        assert!(!is_two_edits("department", "department"));
        assert!(!is_two_edits("department", "apartment"));
    }
}
