//! [`Lineage`]: a graph from assets to what was made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CorpusError, Digest};

/// What a node of the graph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// A file as it was sourced.
    Asset,
    /// A table or data set made from others.
    Derived,
    /// A version of a data set: a manifest and what it pins.
    Dataset,
    /// A training run.
    Run,
    /// Weights in the middle of a run.
    Checkpoint,
    /// Weights that are used.
    Model,
    /// Weights with fewer bits, of other weights.
    Quantised,
    /// Weights that were taught by other weights.
    Distilled,
    /// A place where weights are in use.
    Deployment,
}

impl NodeKind {
    /// The name that lists use.
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Asset => "asset",
            NodeKind::Derived => "derived",
            NodeKind::Dataset => "dataset",
            NodeKind::Run => "run",
            NodeKind::Checkpoint => "checkpoint",
            NodeKind::Model => "model",
            NodeKind::Quantised => "quantised",
            NodeKind::Distilled => "distilled",
            NodeKind::Deployment => "deployment",
        }
    }

    /// Whether it is weights.
    pub fn is_weights(self) -> bool {
        matches!(
            self,
            NodeKind::Checkpoint | NodeKind::Model | NodeKind::Quantised | NodeKind::Distilled
        )
    }
}

/// Something that was sourced or made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineageNode {
    /// Its name, once in the graph.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its name for people, where it has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its licence, as an SPDX expression that somebody claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Its contents, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Number of rows that it holds or, for weights and runs, that it was trained on; 0 where that says
    /// nothing.
    #[serde(default)]
    pub rows: u64,
    /// What it was made of, each with the number of rows taken from it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parents: BTreeMap<String, u64>,
}

/// A graph from assets to what was made of them. A node is put in after its parents, so there is no
/// way back to itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<LineageNode>", into = "Vec<LineageNode>")]
pub struct Lineage {
    nodes: Vec<LineageNode>,
    positions: BTreeMap<String, usize>,
}

impl Lineage {
    /// A graph without nodes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a node in.
    ///
    /// # Errors
    ///
    /// When there is a node of that name, or a parent is not there.
    pub fn add(&mut self, node: LineageNode) -> Result<(), CorpusError> {
        if self.positions.contains_key(&node.id) {
            return Err(CorpusError::RepeatedNode { id: node.id });
        }
        if let Some(parent) = node
            .parents
            .keys()
            .find(|parent| !self.positions.contains_key(*parent))
        {
            return Err(CorpusError::UnknownParent {
                id: node.id,
                parent: parent.clone(),
            });
        }
        self.positions.insert(node.id.clone(), self.nodes.len());
        self.nodes.push(node);
        Ok(())
    }

    /// A node by name.
    pub fn node(&self, id: &str) -> Option<&LineageNode> {
        self.nodes.get(*self.positions.get(id)?)
    }

    /// The last node of some contents.
    pub fn of_digest(&self, digest: &Digest) -> Option<&LineageNode> {
        self.nodes
            .iter()
            .rev()
            .find(|node| node.digest.as_ref() == Some(digest))
    }

    /// The names of everything that a node was made of, step by step, in the order of the graph.
    pub fn ancestors(&self, id: &str) -> Vec<&LineageNode> {
        let mut wanted = std::collections::BTreeSet::from([id]);
        let mut found = Vec::new();
        for node in self.nodes.iter().rev() {
            if wanted.contains(node.id.as_str()) {
                wanted.extend(node.parents.keys().map(String::as_str));
                if node.id != id {
                    found.push(node);
                }
            }
        }
        found.reverse();
        found
    }

    /// All nodes, parents before children.
    pub fn nodes(&self) -> &[LineageNode] {
        &self.nodes
    }
}

impl TryFrom<Vec<LineageNode>> for Lineage {
    type Error = CorpusError;

    fn try_from(nodes: Vec<LineageNode>) -> Result<Self, CorpusError> {
        let mut lineage = Self::new();
        for node in nodes {
            lineage.add(node)?;
        }
        Ok(lineage)
    }
}

impl From<Lineage> for Vec<LineageNode> {
    fn from(lineage: Lineage) -> Self {
        lineage.nodes
    }
}
