//! Words with a meaning of their own: missing values and truth values.

/// What a word may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// No value, in any column.
    Missing,
    /// No value in a column of numbers, dates or booleans, and in a text column where nothing
    /// speaks for a category of that name.
    PerhapsMissing,
    /// A category in a text column, no value in any other.
    MissingUnlessText,
    /// True.
    True,
    /// False.
    False,
}

/// Position in [`WORDS`].
pub(crate) type WordId = u8;

/// Every word with a meaning, lower case.
pub(crate) const WORDS: [(&str, Meaning); 64] = [
    ("null", Meaning::Missing),
    ("n/a", Meaning::Missing),
    ("#n/a", Meaning::Missing),
    ("nan", Meaning::Missing),
    ("n.a.", Meaning::Missing),
    ("<na>", Meaning::Missing),
    ("<null>", Meaning::Missing),
    ("(null)", Meaning::Missing),
    ("\\n", Meaning::Missing),
    ("#null!", Meaning::Missing),
    ("#div/0!", Meaning::Missing),
    ("#value!", Meaning::Missing),
    ("#ref!", Meaning::Missing),
    ("#name?", Meaning::Missing),
    ("#num!", Meaning::Missing),
    ("-nan", Meaning::Missing),
    ("n.d.", Meaning::Missing),
    ("(blank)", Meaning::Missing),
    ("na", Meaning::PerhapsMissing),
    ("-", Meaning::PerhapsMissing),
    ("--", Meaning::PerhapsMissing),
    ("---", Meaning::PerhapsMissing),
    ("\u{2013}", Meaning::PerhapsMissing),
    ("\u{2014}", Meaning::PerhapsMissing),
    ("?", Meaning::PerhapsMissing),
    ("??", Meaning::PerhapsMissing),
    (".", Meaning::PerhapsMissing),
    ("..", Meaning::PerhapsMissing),
    ("...", Meaning::PerhapsMissing),
    ("none", Meaning::MissingUnlessText),
    ("nil", Meaning::MissingUnlessText),
    ("missing", Meaning::MissingUnlessText),
    ("not available", Meaning::MissingUnlessText),
    ("not applicable", Meaning::MissingUnlessText),
    ("no data", Meaning::MissingUnlessText),
    ("nd", Meaning::MissingUnlessText),
    ("n/d", Meaning::MissingUnlessText),
    ("*", Meaning::MissingUnlessText),
    ("**", Meaning::MissingUnlessText),
    (":", Meaning::MissingUnlessText),
    ("unknown", Meaning::MissingUnlessText),
    ("undefined", Meaning::MissingUnlessText),
    ("yes", Meaning::True),
    ("no", Meaning::False),
    ("y", Meaning::True),
    ("n", Meaning::False),
    ("true", Meaning::True),
    ("false", Meaning::False),
    ("t", Meaning::True),
    ("f", Meaning::False),
    ("on", Meaning::True),
    ("off", Meaning::False),
    ("si", Meaning::True),
    ("s\u{ed}", Meaning::True),
    ("ja", Meaning::True),
    ("nein", Meaning::False),
    ("oui", Meaning::True),
    ("non", Meaning::False),
    ("sim", Meaning::True),
    ("verdadero", Meaning::True),
    ("vrai", Meaning::True),
    ("wahr", Meaning::True),
    ("falso", Meaning::False),
    ("falsch", Meaning::False),
];

// Plans keep words as the bits of an `u64`.
const _: () = assert!(WORDS.len() <= 64);

/// Longest word, in bytes.
const LONGEST: usize = 14;

/// The word that a trimmed cell is.
pub(crate) fn word(cell: &str) -> Option<WordId> {
    if cell.is_empty() || cell.len() > LONGEST {
        return None;
    }
    let first = usize::from(cell.as_bytes()[0].to_ascii_lowercase());
    if LENGTHS[first] >> cell.len() & 1 == 0 {
        return None;
    }
    let mut lower = [0u8; LONGEST];
    let lower = lower.get_mut(..cell.len())?;
    lower.copy_from_slice(cell.as_bytes());
    lower.make_ascii_lowercase();
    // The capital of the one accented word.
    if lower == "s\u{cd}".as_bytes() {
        lower.copy_from_slice("s\u{ed}".as_bytes());
    }
    let mut left = BY_FIRST[first];
    while left != 0 {
        let at = left.trailing_zeros();
        if WORDS[at as usize].0.as_bytes() == lower {
            return WordId::try_from(at).ok();
        }
        left &= left - 1;
    }
    None
}

/// The words that each first byte begins, as bits, so that most text is dismissed at once.
static BY_FIRST: [u64; 256] = {
    let mut firsts = [0u64; 256];
    let mut at = 0;
    while at < WORDS.len() {
        firsts[WORDS[at].0.as_bytes()[0] as usize] |= 1 << at;
        at += 1;
    }
    firsts
};

/// The lengths of the words that each first byte begins, as bits.
static LENGTHS: [u16; 256] = {
    let mut lengths = [0u16; 256];
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].0.as_bytes();
        lengths[word[0] as usize] |= 1 << word.len();
        at += 1;
    }
    lengths
};

/// What a word means.
pub(crate) fn meaning(id: WordId) -> Meaning {
    WORDS[usize::from(id)].1
}

/// Whether a word is a truth value.
pub(crate) fn is_truth(id: WordId) -> bool {
    matches!(meaning(id), Meaning::True | Meaning::False)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        for (cell, expected) in [
            ("N/A", Some(Meaning::Missing)),
            ("NULL", Some(Meaning::Missing)),
            ("\\N", Some(Meaning::Missing)),
            ("-", Some(Meaning::PerhapsMissing)),
            ("None", Some(Meaning::MissingUnlessText)),
            ("YES", Some(Meaning::True)),
            ("S\u{cd}", Some(Meaning::True)),
            ("nope", None),
            ("", None),
            ("not available!", None),
        ] {
            assert_eq!(word(cell).map(meaning), expected, "{cell:?}");
        }
    }

    #[test]
    fn the_longest_word_is_known() {
        assert_eq!(WORDS.iter().map(|(word, _)| word.len()).max(), Some(LONGEST));
    }
}
