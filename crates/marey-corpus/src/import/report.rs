//! [`ImportReport`]: what an import brought, and what it left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::folder::Example;

/// What an import brought, and what it left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Number of examples.
    pub examples: usize,
    /// Number of groups.
    pub groups: usize,
    /// Number of tables.
    pub tables: usize,
    /// Number of requests.
    pub requests: usize,
    /// Number of examples with a chart or a choice between charts.
    pub with_charts: usize,
    /// Number of examples in each part of the main split and of others (`split:train`).
    pub parts: BTreeMap<String, usize>,
    /// Items and charts that were left out, with why.
    pub left_out: Vec<LeftOut>,
    #[serde(skip)]
    seen_groups: BTreeSet<String>,
}

/// An item or a chart that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The item.
    pub id: String,
    /// What of it was left out: `item` or `chart`.
    pub what: &'static str,
    /// Why.
    pub why: String,
}

impl ImportReport {
    /// Counts an example.
    pub(super) fn count(&mut self, example: &Example) {
        self.examples += 1;
        self.requests += example.requests.len();
        self.with_charts += usize::from(!example.charts.is_empty() || example.preference.is_some());
        self.seen_groups.insert(example.group.clone());
        self.groups = self.seen_groups.len();
        let others = example
            .other_splits
            .iter()
            .map(|(name, part)| (name.as_str(), *part));
        for (name, part) in [("split", example.split)].into_iter().chain(others) {
            *self.parts.entry(format!("{name}:{part}")).or_default() += 1;
        }
    }

    pub(super) fn leave_out(&mut self, id: &str, what: &'static str, why: impl ToString) {
        self.left_out.push(LeftOut {
            id: id.to_owned(),
            what,
            why: why.to_string(),
        });
    }
}
