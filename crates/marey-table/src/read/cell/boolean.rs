//! Columns of truth values.

use super::{
    evidence::Evidence,
    word::{Meaning, WORDS},
};

/// How many cells are truth values, 0 when the words do not make a pair.
pub(crate) fn fitting(evidence: &Evidence) -> u64 {
    let count = |meaning, letters: bool| -> u64 {
        WORDS
            .iter()
            .zip(evidence.words)
            .filter(|((word, its), _)| *its == meaning && (word.len() == 1) == letters)
            .map(|(_, count)| count)
            .sum()
    };
    let words = count(Meaning::True, false) + count(Meaning::False, false);
    let (yes, no) = (count(Meaning::True, true), count(Meaning::False, true));
    // A column of nothing but "N" or "F" is more likely a code than a truth.
    if words == 0 && (yes == 0 || no == 0) {
        0
    } else {
        words + yes + no
    }
}

/// Whether there are both true and false cells.
pub(crate) fn has_both(evidence: &Evidence) -> bool {
    let any = |meaning| {
        WORDS
            .iter()
            .zip(evidence.words)
            .any(|((_, its), count)| *its == meaning && count > 0)
    };
    any(Meaning::True) && any(Meaning::False)
}

/// Whether the whole column is made of `0` and `1`, and both occur.
pub(crate) fn is_zero_one(evidence: &Evidence) -> bool {
    let digits = &evidence.digits;
    digits.zeros > 0 && digits.ones > 0 && digits.zeros + digits.ones == evidence.numbers()
}

/// The words that stand for true and false, the most frequent of each.
pub(crate) fn words(evidence: &Evidence) -> [String; 2] {
    let most = |meaning| {
        WORDS
            .iter()
            .zip(evidence.words)
            .filter(|((_, its), count)| *its == meaning && *count > 0)
            .max_by(|(a, m), (b, n)| m.cmp(n).then(b.0.cmp(a.0)))
            .map(|((word, _), _)| *word)
    };
    const PAIRS: [[&str; 2]; 9] = [
        ["yes", "no"],
        ["y", "n"],
        ["true", "false"],
        ["t", "f"],
        ["on", "off"],
        ["ja", "nein"],
        ["oui", "non"],
        ["vrai", "faux"],
        ["wahr", "falsch"],
    ];
    let partner = |word: &str, at: usize| {
        PAIRS
            .iter()
            .find(|pair| pair[1 - at] == word)
            .map(|pair| pair[at])
    };
    let (yes, no) = (most(Meaning::True), most(Meaning::False));
    let yes = yes.or_else(|| no.and_then(|no| partner(no, 0))).unwrap_or("true");
    let no = no.or_else(|| partner(yes, 1)).unwrap_or("false");
    [yes.to_owned(), no.to_owned()]
}
