//! [`ImportReport`]: what an import brought, and what it left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

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
    /// Items and charts that were left out, with why. Serialised as [reasons](Self::reasons).
    #[serde(serialize_with = "as_reasons")]
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

/// A kind of reason for leaving something out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOutReason {
    /// What was left out: `item` or `chart`.
    pub what: &'static str,
    /// Why.
    pub why: String,
    /// Of how many items.
    pub count: usize,
    /// The first of them.
    pub first: Vec<String>,
}

/// Items that a reason names.
const FIRST: usize = 3;

fn as_reasons<S: Serializer>(left_out: &[LeftOut], serializer: S) -> Result<S::Ok, S::Error> {
    let report = ImportReport {
        left_out: left_out.to_vec(),
        ..ImportReport::default()
    };
    report.reasons().serialize(serializer)
}

/// A reason with `…` for what stands between backquotes.
fn without_names(why: &str) -> String {
    let parts = why.split('`').enumerate();
    let parts: Vec<&str> = parts
        .map(|(index, part)| if index % 2 == 1 { "…" } else { part })
        .collect();
    parts.join("`")
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

    /// Why something was left out, each kind of reason once, the most frequent first: names in it stand as `…`.
    pub fn reasons(&self) -> Vec<LeftOutReason> {
        let mut reasons: BTreeMap<(&'static str, String), Vec<&str>> = BTreeMap::new();
        for left_out in &self.left_out {
            let kind = (left_out.what, without_names(&left_out.why));
            reasons.entry(kind).or_default().push(&left_out.id);
        }
        let mut reasons: Vec<LeftOutReason> = reasons
            .into_iter()
            .map(|((what, why), ids)| LeftOutReason {
                what,
                why,
                count: ids.len(),
                first: ids.into_iter().take(FIRST).map(str::to_owned).collect(),
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        reasons
    }

    pub(super) fn leave_out(&mut self, id: &str, what: &'static str, why: impl ToString) {
        self.left_out.push(LeftOut {
            id: id.to_owned(),
            what,
            why: why.to_string(),
        });
    }
}
