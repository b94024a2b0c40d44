//! Slips of the pen: words one edit apart, found by what is left when a letter is taken out.
//!
//! Two words one substitution, insertion, deletion or exchange of neighbours apart share a form in
//! which each has lost at most one letter (the symmetric deletion neighbourhood of Bocek, Hunt and
//! Stiller, *Fast similarity search in large dictionaries*, 2007).

use crate::word::Fnv;

/// Hashes of a word and of all that is left of it when one letter is taken out.
pub(super) fn deletions(word: &str) -> impl Iterator<Item = u64> {
    let whole = std::iter::once(Fnv::new().add(word.as_bytes()).mixed());
    let shorter = word.char_indices().map(|(at, letter)| {
        Fnv::new()
            .add(&word.as_bytes()[..at])
            .add(&word.as_bytes()[at + letter.len_utf8()..])
            .mixed()
    });
    whole.chain(shorter)
}

/// Whether two words are exactly one edit apart: one letter replaced, added or left out, or two
/// neighbours exchanged.
pub(super) fn is_one_edit(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let start: usize = a
        .chars()
        .zip(b.chars())
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let (a, b) = (&a[start..], &b[start..]);
    let (rest_a, rest_b) = (after_first(a), after_first(b));
    if rest_a == rest_b || rest_a == b || a == rest_b {
        return true;
    }
    let (first_a, first_b) = (a.chars().next(), b.chars().next());
    let (second_a, second_b) = (rest_a.chars().next(), rest_b.chars().next());
    first_a.is_some()
        && first_b.is_some()
        && first_a == second_b
        && second_a == first_b
        && after_first(rest_a) == after_first(rest_b)
}

fn after_first(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn single_edits_are_told() {
        let check = |a: &str, b: &str, expected: bool| {
            assert_eq!(is_one_edit(a, b), expected, "{a} {b}");
            assert_eq!(is_one_edit(b, a), expected, "{b} {a}");
        };
        check("salary", "salery", true);
        check("salary", "slaary", true);
        check("salary", "salar", true);
        check("salary", "xsalary", true);
        check("salary", "salary", false);
        check("salary", "selery", false);
        check("ab", "ba", true);
        check("größe", "grösse", false);
        check("größe", "grösze", false);
        check("größe", "gröse", true);
        check("", "a", true);
        check("", "ab", false);
    }

    proptest! {
        #[test]
        fn single_edits_share_a_deletion(word in "[abé]{1,6}", other in "[abé]{1,6}") {
            if is_one_edit(&word, &other) {
                let forms: Vec<u64> = deletions(&word).collect();
                prop_assert!(deletions(&other).any(|form| forms.contains(&form)));
            }
        }
    }
}
