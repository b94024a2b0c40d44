//! One category spelt in several ways.

use hashbrown::HashMap;
use marey_core::{PhysicalType, SemanticFamily, fold_name};

use super::Material;
use crate::{ChartRole, QualityFinding, QualityKind as Kind, Severity, hash::hash_text, value::Value};

/// Most different values that are compared.
const MOST: usize = 2000;
/// How much more frequent the right spelling must be than one that differs by a letter.
const RATIO: u64 = 20;
/// Fewest letters of a word that may be misspelt.
const LETTERS: usize = 6;
/// Groups named in the message.
const NAMED: usize = 3;

pub(super) fn findings(material: &Material<'_>) -> Vec<QualityFinding> {
    let column = material.column;
    let person = column
        .semantic_type
        .is_some_and(|semantic| semantic.family() == SemanticFamily::Person);
    if column.physical_type != PhysicalType::Text
        || column.advice.role != ChartRole::Category
        || column.pii.is_some()
        || material.counted.len() > MOST
    {
        return Vec::new();
    }
    let mut spellings: Vec<Spelling<'_>> = material
        .counted
        .iter()
        .filter_map(|entry| match material.counted.value(entry) {
            Value::Text(text) => Some(Spelling {
                text,
                count: entry.count,
                plain: fold_name(text),
            }),
            _ => None,
        })
        .collect();
    spellings.sort_by(|a, b| b.count.cmp(&a.count).then(a.text.cmp(b.text)));
    let mut groups = equal_but_for_form(&spellings);
    if !person {
        groups.extend(a_letter_off(&spellings));
    }
    finding(material, &groups).into_iter().collect()
}

struct Spelling<'a> {
    text: &'a str,
    count: u64,
    /// Lower case, without accents and punctuation.
    plain: String,
}

/// Spellings of one value, the most frequent first, with the number of rows of the others.
struct Group<'a> {
    texts: Vec<&'a str>,
    others: u64,
}

/// Values that differ only by case, accents, spaces or punctuation.
fn equal_but_for_form<'a>(spellings: &[Spelling<'a>]) -> Vec<Group<'a>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for spelling in spellings {
        // Signs alone (`+`, `-`) have no letters to compare.
        if !spelling.plain.chars().any(char::is_alphabetic) {
            continue;
        }
        match places
            .get(spelling.plain.as_str())
            .and_then(|at| groups.get_mut(*at))
        {
            Some(group) => {
                group.texts.push(spelling.text);
                group.others += spelling.count;
            }
            None => {
                places.insert(&spelling.plain, groups.len());
                groups.push(Group {
                    texts: vec![spelling.text],
                    others: 0,
                });
            }
        }
    }
    groups.retain(|group| group.texts.len() > 1);
    groups
}

/// Rare values that differ from a frequent one by one letter in a long word.
///
/// Two texts one edit apart share a text that is got by leaving out at most one letter of each
/// (Garbe's symmetric deletion), so that only those are compared.
fn a_letter_off<'a>(spellings: &[Spelling<'a>]) -> Vec<Group<'a>> {
    let mut shorter: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut groups = Vec::new();
    for (at, spelling) in spellings.iter().enumerate() {
        let length = spelling.plain.chars().count();
        if !(LETTERS..=60).contains(&length) {
            continue;
        }
        let deletions = deletions(&spelling.plain);
        let right = deletions
            .iter()
            .filter_map(|hash| shorter.get(hash))
            .flatten()
            .filter_map(|other| spellings.get(*other))
            .find(|other| {
                other.count >= RATIO.saturating_mul(spelling.count)
                    && is_misspelt(&other.plain, &spelling.plain)
            });
        if let Some(right) = right {
            groups.push(Group {
                texts: vec![right.text, spelling.text],
                others: spelling.count,
            });
            continue;
        }
        for hash in deletions {
            shorter.entry(hash).or_default().push(at);
        }
    }
    groups
}

/// Hashes of a text and of all texts with one letter less.
fn deletions(text: &str) -> Vec<u64> {
    let mut hashes = vec![hash_text(text)];
    for (at, c) in text.char_indices() {
        let without = [
            text.get(..at).unwrap_or_default(),
            text.get(at + c.len_utf8()..).unwrap_or_default(),
        ]
        .concat();
        hashes.push(hash_text(&without));
    }
    hashes
}

/// Whether two texts differ by one letter left out, added, changed or swapped with the next, in a
/// word of [`LETTERS`] letters or more. A final `s` is no misspelling, but a plural.
fn is_misspelt(right: &str, wrong: &str) -> bool {
    if right == wrong {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (right.chars().collect(), wrong.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - start;
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take(most)
        .take_while(|(x, y)| x == y)
        .count();
    let (Some(x), Some(y)) = (a.get(start..a.len() - end), b.get(start..b.len() - end)) else {
        return false;
    };
    let one_off = match (x, y) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    };
    let plural = end == 0 && matches!((x, y), (['s'], []) | ([], ['s']));
    let letters = x.iter().chain(y).all(|c| c.is_alphabetic());
    let word = |text: &[char]| {
        let before = text
            .iter()
            .take(start)
            .rev()
            .take_while(|c| c.is_alphabetic())
            .count();
        let after = text.iter().skip(start).take_while(|c| c.is_alphabetic()).count();
        before + after
    };
    one_off && letters && !plural && word(&a).max(word(&b)) >= LETTERS
}

fn finding(material: &Material<'_>, groups: &[Group<'_>]) -> Option<QualityFinding> {
    if groups.is_empty() {
        return None;
    }
    let name = material.name();
    let count = groups.iter().map(|group| group.others).sum();
    let quoted = |group: &Group<'_>| {
        let texts: Vec<String> = group.texts.iter().map(|text| format!("\"{text}\"")).collect();
        texts.join(" and ")
    };
    let named: Vec<String> = groups.iter().take(NAMED).map(quoted).collect();
    let more = match groups.len().checked_sub(NAMED) {
        Some(more @ 1..) => format!(", and {more} more"),
        _ => String::new(),
    };
    let finding = material.finding(
        Severity::Warning,
        Kind::InconsistentSpelling,
        count,
        format!(
            "column `{name}` seems to spell one value in several ways: {}{more}",
            named.join("; ")
        ),
    );
    Some(material.shown(
        finding,
        groups.iter().flat_map(|group| group.texts.iter().copied()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling(text: &str, count: u64) -> Spelling<'_> {
        Spelling {
            text,
            count,
            plain: fold_name(text),
        }
    }

    #[test]
    fn forms_of_one_value_are_grouped() {
        let groups = equal_but_for_form(&[
            spelling("Zürich", 9),
            spelling("New York", 5),
            spelling("zurich ", 2),
            spelling("NEW-YORK", 1),
            spelling("Bern", 1),
        ]);
        let texts: Vec<Vec<&str>> = groups.into_iter().map(|group| group.texts).collect();
        assert_eq!(texts, [vec!["Zürich", "zurich "], vec!["New York", "NEW-YORK"]]);
    }

    #[test]
    fn misspellings_are_told_from_other_words() {
        for (right, wrong, expected) in [
            ("california", "californa", true),
            ("california", "californai", true),
            ("electronics", "electronocs", true),
            ("north", "forth", false),
            ("phase alpha", "phase alphb", false),
            ("section 12", "section 13", false),
            ("product", "products", false),
            ("austria", "australia", false),
            ("berlin", "berlin", false),
        ] {
            assert_eq!(is_misspelt(right, wrong), expected, "{right} {wrong}");
        }
    }

    #[test]
    fn only_rare_values_are_taken_for_misspellings() {
        let found = |wrong| a_letter_off(&[spelling("California", 100), spelling("Californa", wrong)]).len();
        assert_eq!((found(5), found(6)), (1, 0));
    }
}
