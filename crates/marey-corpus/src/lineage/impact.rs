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
    /// Number of its rows that are meant, where it is not all of them: those of a data subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
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
    /// Share of its rows, 0 to 1; 1 where no number of rows is known along the way.
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
        let mut reached: BTreeMap<&str, Reach> = BTreeMap::new();
        let mut affected = Vec::new();
        for node in lineage.nodes() {
            let Some(reach) = reach(node, withdrawn, &reached) else {
                continue;
            };
            reached.insert(&node.id, reach);
            let share = if reach.unknown || node.rows == 0 {
                1.0
            } else {
                reach.rows as f64 / node.rows as f64
            };
            affected.push(AffectedNode {
                id: node.id.clone(),
                kind: node.kind,
                rows: reach.rows,
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

/// How far a withdrawal reaches into a node.
#[derive(Clone, Copy)]
struct Reach {
    rows: u64,
    /// Whether somewhere along the way nobody counted rows.
    unknown: bool,
}

/// Number of a node's rows that may come from what was withdrawn; none where it is not reached.
fn reach(node: &LineageNode, withdrawn: &[Tombstone], reached: &BTreeMap<&str, Reach>) -> Option<Reach> {
    let own = withdrawn
        .iter()
        .filter(|tombstone| Some(tombstone.asset) == node.digest);
    let own = own
        .map(|tombstone| tombstone.rows.unwrap_or(node.rows))
        .reduce(u64::saturating_add);
    if let Some(rows) = own {
        return Some(Reach {
            rows: if node.rows == 0 { rows } else { rows.min(node.rows) },
            unknown: rows == 0,
        });
    }
    let from_parents = node.parents.iter().filter_map(|(parent, taken)| {
        let reach = reached.get(parent.as_str())?;
        Some(Reach {
            rows: reach.rows.min(*taken),
            unknown: reach.unknown || *taken == 0,
        })
    });
    let sum = from_parents.reduce(|a, b| Reach {
        rows: a.rows.saturating_add(b.rows),
        unknown: a.unknown || b.unknown,
    })?;
    Some(Reach {
        rows: sum.rows.min(node.rows),
        ..sum
    })
}
