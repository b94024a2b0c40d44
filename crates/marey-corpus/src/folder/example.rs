//! [`Example`]: what a corpus has of one chart, one choice between charts, or one labelled table.

use std::collections::BTreeMap;

use marey_core::ChartSpec;
use serde_json::{Map, Value};

use super::TablePath;
use crate::Split;

/// One example: tables, what was asked of them, and what answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Name, unique in the corpus.
    pub id: String,
    /// What a split must never cut: a database, a portal, a repository.
    pub group: String,
    /// The part that the example is in.
    pub split: Split,
    /// Further splits of the same corpus, by name (`unseen_db`).
    pub other_splits: BTreeMap<String, Split>,
    /// The tables; the first is the one that charts draw, where they name none.
    pub tables: Vec<TablePath>,
    /// What people asked; may be empty.
    pub requests: Vec<String>,
    /// Every acceptable answer, without data.
    pub charts: Vec<ChartSpec>,
    /// The answer in the language of the source.
    pub query: Option<String>,
    /// The rows that the chart must show.
    pub result: Option<Vec<Map<String, Value>>>,
    /// Two charts of which people did better with one.
    pub preference: Option<Preference>,
    /// What the columns of the first table are, as people labelled them.
    pub columns: Vec<LabelledColumn>,
    /// Facts to select by (`chart:Bar`, `suspect-label`).
    pub tags: Vec<String>,
    /// Licence of the example itself, as an SPDX expression; that of the corpus when absent.
    pub licence: Option<String>,
    /// Members that are not modelled.
    pub rest: Map<String, Value>,
}

/// Two charts of which people did better with one.
#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    /// The one.
    pub better: ChartSpec,
    /// The other.
    pub worse: ChartSpec,
}

/// What a column is, as somebody labelled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledColumn {
    /// Position in the table, from 0.
    pub index: usize,
    /// Name in the table.
    pub name: String,
    /// Storage class, in the words of the source (`Long`).
    pub base: String,
    /// Meaning, in the words of the source; none where the column has none.
    pub semantic: Option<String>,
}

impl Example {
    /// An example of which only name and group are known, in the training part.
    pub fn new(id: impl Into<String>, group: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            group: group.into(),
            split: Split::Train,
            other_splits: BTreeMap::new(),
            tables: Vec::new(),
            requests: Vec::new(),
            charts: Vec::new(),
            query: None,
            result: None,
            preference: None,
            columns: Vec::new(),
            tags: Vec::new(),
            licence: None,
            rest: Map::new(),
        }
    }

    /// The part in a split of the corpus: the main one by the name `split`, else one of the others.
    pub fn part(&self, split: &str) -> Option<Split> {
        match split {
            "split" => Some(self.split),
            other => self.other_splits.get(other).copied(),
        }
    }

    /// Whether the example has a tag.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    /// The value of a tag `key:value`; the first, where several have the key.
    ///
    /// ```
    /// use marey_corpus::folder::Example;
    ///
    /// let mut example = Example::new("1", "cinema");
    /// example.tags = vec!["chart:Stacked Bar".into()];
    /// assert_eq!(example.tag_value("chart"), Some("Stacked Bar"));
    /// ```
    pub fn tag_value(&self, key: &str) -> Option<&str> {
        self.tags
            .iter()
            .find_map(|tag| tag.strip_prefix(key)?.strip_prefix(':'))
    }
}
