//! Slips of the keyboard, within bounds.

use marey_model::Random;

/// Letters beside each letter on a keyboard of letters q to m.
const BESIDE: &[(char, &str)] = &[
    ('a', "sqz"),
    ('b', "vn"),
    ('c', "xv"),
    ('d', "sf"),
    ('e', "wr"),
    ('f', "dg"),
    ('g', "fh"),
    ('h', "gj"),
    ('i', "uo"),
    ('k', "jl"),
    ('l', "k"),
    ('m', "n"),
    ('n', "bm"),
    ('o', "ip"),
    ('p', "o"),
    ('r', "et"),
    ('s', "ad"),
    ('t', "ry"),
    ('u', "yi"),
    ('v', "cb"),
    ('w', "qe"),
    ('y', "tu"),
];

/// Fewest letters of a word that a slip leaves readable.
const SHORTEST: usize = 5;

/// A text with one slip in one of its longer words; words of `kept` stay as they are.
pub(super) fn slipped(text: &str, kept: &[String], random: &mut Random) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let may = |word: &str| {
        let letters = word.chars().all(|letter| letter.is_ascii_lowercase());
        letters && word.len() >= SHORTEST && !kept.iter().any(|own| own == word)
    };
    let places: Vec<usize> = (0..words.len()).filter(|at| may(words[*at])).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    let at = places[random.below(places.len())];
    let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    words[at] = slip(&words[at], random);
    words.join(" ")
}

/// A word with two letters swapped, one left out, doubled, or struck beside.
fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + random.below(letters.len() - 2);
    match random.below(10) {
        0..4 => letters.swap(at, at + 1),
        4..7 => {
            letters.remove(at);
        }
        7 | 8 => letters.insert(at, letters[at]),
        _ => {
            if let Some((_, beside)) = BESIDE.iter().find(|(letter, _)| *letter == letters[at]) {
                let near: Vec<char> = beside.chars().collect();
                letters[at] = near[random.below(near.len())];
            }
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_changes_one_longer_word_and_spares_values() {
        let mut random = Random::new(3);
        let text = "show total sales in rochester by region";
        for _ in 0..200 {
            let slipped = slipped(text, &["rochester".into()], &mut random);
            let pairs = text.split(' ').zip(slipped.split(' '));
            let changed: Vec<(&str, &str)> = pairs.filter(|(a, b)| a != b).collect();
            assert!(changed.len() <= 1, "{slipped}");
            assert!(
                slipped.contains("rochester") && slipped.contains("show"),
                "{slipped}"
            );
        }
    }
}
