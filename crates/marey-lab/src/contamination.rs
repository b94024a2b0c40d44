//! What a system may have seen before it is asked.

use crate::{Card, Part};

/// Warnings for readers of a system's figures on a corpus.
///
/// A training set is declared by the name of a corpus, perhaps with its part (`nvbench:train`).
pub(crate) fn warnings(card: &Card, corpus: &str, part: &Part, knows_its_training: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    let asked = part.split.map_or("all", marey_corpus::Split::as_str);
    for declared in &card.training_data {
        let (name, of) = declared.split_once(':').unwrap_or((declared, ""));
        if !name.trim().eq_ignore_ascii_case(corpus) {
            continue;
        }
        if of.is_empty() || of.trim() == asked || asked == "all" {
            warnings.push(format!(
                "contaminated: the system declares that it was fitted to `{declared}`, and is asked of the part `{asked}` of `{corpus}`"
            ));
        }
    }
    if card.training_data.is_empty() && !knows_its_training {
        warnings.push(format!(
            "the system does not declare what it was fitted to; it may have seen `{corpus}`"
        ));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_told() {
        let card = |training: &[&str]| Card {
            training_data: training.iter().map(|name| (*name).to_owned()).collect(),
            ..Card::default()
        };
        let dev = Part {
            split: Some(marey_corpus::Split::Dev),
            ..Part::default()
        };
        let count = |training: &[&str], part: &Part| warnings(&card(training), "nvbench", part, false).len();
        assert_eq!(count(&["nvbench"], &dev), 1);
        assert_eq!(count(&["NVBENCH:dev", "other"], &dev), 1);
        assert_eq!(count(&["nvbench:train"], &dev), 0);
        assert_eq!(count(&["nvbench:train"], &Part::default()), 1);
        assert_eq!(count(&[], &dev), 1);
        assert!(warnings(&card(&[]), "nvbench", &dev, true).is_empty());
    }
}
