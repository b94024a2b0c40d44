//! The different texts of a column, as claims of meaning look at them.

use marey_core::fold_name;

use super::{Evidence, lexicon, reference};
use crate::value::Value;

/// Most different texts that are looked at; a fair sample, since they come in order of hash.
const MOST: usize = 512;
/// Texts of which one at least must fit for the others to be looked at.
const FIRST: usize = 96;
/// Longest text, in bytes, that may be a name.
const LONGEST_NAME: usize = 80;

/// A text with what the lists say of it.
#[derive(Debug)]
pub(super) struct Known<'a> {
    /// Trimmed.
    pub(super) text: &'a str,
    /// Folded; empty where the text is too long for a name.
    pub(super) folded: String,
    /// Lists of names that hold it.
    pub(super) names: u64,
    /// Lists of codes that hold it.
    pub(super) codes: u64,
    /// Number of rows.
    rows: u64,
}

/// The different texts of a column, empty ones left out.
pub(super) struct Texts<'a> {
    /// Those that may speak for a meaning.
    proper: Vec<Known<'a>>,
    /// All, those that name no class (`unknown`, `other`) included.
    pub(super) all: Vec<&'a str>,
    /// Whether these are all different texts of the column.
    pub(super) complete: bool,
}

impl<'a> Texts<'a> {
    pub(super) fn of(evidence: &Evidence<'a>) -> Self {
        let entries = evidence.sample.by_hash();
        let complete = entries.len() <= MOST
            && evidence.distinct.exact
            && evidence.distinct.value == entries.len() as u64;
        let mut proper = Vec::new();
        let mut all = Vec::new();
        for entry in entries.iter().take(MOST) {
            let Value::Text(text) = evidence.sample.value(entry) else {
                continue;
            };
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            all.push(text);
            let folded = if text.len() <= LONGEST_NAME {
                fold_name(text)
            } else {
                String::new()
            };
            if !lexicon::is_residual(&folded) {
                proper.push(Known {
                    text,
                    names: of_name(&folded),
                    codes: of_code(text),
                    folded,
                    rows: entry.count,
                });
            }
        }
        Self {
            proper,
            all,
            complete,
        }
    }

    /// Number of different texts that may speak for a meaning.
    pub(super) fn len(&self) -> usize {
        self.proper.len()
    }

    /// Share of the different texts for which something holds.
    pub(super) fn share(&self, holds: impl Fn(&Known<'a>) -> bool) -> f64 {
        self.shares(holds).0
    }

    /// Shares of the different texts, and of the rows, for which something holds.
    pub(super) fn shares(&self, holds: impl Fn(&Known<'a>) -> bool) -> (f64, f64) {
        let texts = &self.proper;
        // Texts come in order of hash, so the first are as good as any: where none of them fits,
        // too few of the others do to matter.
        if texts.is_empty() || (texts.len() > FIRST && !texts.iter().take(FIRST).any(&holds)) {
            return (0.0, 0.0);
        }
        let (mut fitting, mut rows, mut all_rows) = (0_usize, 0_u64, 0_u64);
        for text in texts {
            all_rows += text.rows;
            if holds(text) {
                fitting += 1;
                rows += text.rows;
            }
        }
        let of_rows = rows as f64 / all_rows.max(1) as f64;
        (fitting as f64 / texts.len() as f64, of_rows)
    }
}

/// The lists that hold a folded name, with or without what often stands around it.
fn of_name(folded: &str) -> u64 {
    if folded.is_empty() {
        return 0;
    }
    let whole = reference::of_name(folded);
    let short = [
        " county",
        " parish",
        " borough",
        " city",
        " d c",
        " dc",
        " department",
        " state",
    ]
    .iter()
    .find_map(|ending| folded.strip_suffix(ending))
    .or_else(|| {
        ["city of ", "town of ", "county of ", "state of ", "village of "]
            .iter()
            .find_map(|start| folded.strip_prefix(start))
    });
    whole | short.map_or(0, reference::of_name)
}

fn of_code(text: &str) -> u64 {
    let code =
        (2..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if code { reference::of_code(text) } else { 0 }
}
