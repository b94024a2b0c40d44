//! [`Impact`]: what a withdrawal reaches.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Lineage, LineageNode, NodeKind};
use crate::Digest;

/// Something that may no longer be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tombstone {
    /// The asset, by its contents.
    pub asset: Digest,
    /// The day.
    #[serde(with = "crate::day")]
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A node that holds, or was trained on, what was withdrawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AffectedNode {
    /// Its name.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Number of its rows that come from what was withdrawn, at most all of them. An upper bound where
    /// rows were chosen from something that is affected in part: nobody knows which.
    pub rows: u64,
    /// Share of its rows, 0 to 1; 1 where it has no number of rows.
    pub share: f64,
}

/// Everything that a withdrawal reaches, in the order of the graph. Which of it is deleted, trained
/// anew or kept is for people to decide: nothing here takes back what weights have learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// The nodes, parents before children.
    pub affected: Vec<AffectedNode>,
}

impl Impact {
    /// What the withdrawal of some contents reaches.
    pub fn of(lineage: &Lineage, withdrawn: &[Tombstone]) -> Self {
        let mut rows_by_id: BTreeMap<&str, u64> = BTreeMap::new();
        let mut affected = Vec::new();
        for node in lineage.nodes() {
            let Some(rows) = rows_reached(node, withdrawn, &rows_by_id) else {
                continue;
            };
            rows_by_id.insert(&node.id, rows);
            let share = if node.rows == 0 {
                1.0
            } else {
                rows as f64 / node.rows as f64
            };
            affected.push(AffectedNode {
                id: node.id.clone(),
                kind: node.kind,
                rows,
                share,
            });
        }
        Self { affected }
    }

    /// The affected nodes of a kind.
    pub fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = &AffectedNode> {
        self.affected.iter().filter(move |node| node.kind == kind)
    }
}

/// Number of a node's rows that may come from what was withdrawn; none where it is not reached.
fn rows_reached(node: &LineageNode, withdrawn: &[Tombstone], reached: &BTreeMap<&str, u64>) -> Option<u64> {
    let own = withdrawn
        .iter()
        .any(|tombstone| Some(tombstone.asset) == node.digest);
    if own {
        return Some(node.rows);
    }
    let from_parents: Vec<u64> = node
        .parents
        .iter()
        .filter_map(|(parent, taken)| Some((*reached.get(parent.as_str())?).min(*taken)))
        .collect();
    if from_parents.is_empty() {
        return None;
    }
    let sum = from_parents.into_iter().fold(0_u64, u64::saturating_add);
    Some(sum.min(node.rows))
}
