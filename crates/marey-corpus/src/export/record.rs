//! [`ModelRecord`]: all that a ledger knows of some weights.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    CorpusError, Decision, Digest, Obligation,
    audit::{AuditEvent, AuditRecord},
    fence::FenceStatus,
    ledger::Ledger,
    lineage::{LineageNode, NodeKind, WeightsClaim},
};

/// All that a ledger knows of some weights.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelRecord {
    /// The weights' node.
    pub node: LineageNode,
    /// What stands in the weights, where something does (a quantised child may carry nothing).
    pub claim: Option<WeightsClaim>,
    /// Weights that they were made from, the oldest first.
    pub weights: Vec<LineageNode>,
    /// Runs that they were made by, the oldest first.
    pub runs: Vec<RunRecord>,
    /// Versions of data sets that the assets were read as.
    pub datasets: Vec<LineageNode>,
    /// Everything that was read, in the order of the lineage.
    pub assets: Vec<WitnessedAsset>,
    /// Contents that were read and withdrawn since, with why.
    pub withdrawn: BTreeMap<Digest, String>,
}

/// A run that weights were made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// Its name.
    pub name: String,
    /// Its root.
    pub root: Option<Digest>,
    /// When its first and last record was written.
    pub between: Option<(String, String)>,
    /// How far the fence stood.
    pub fence: FenceStatus,
    /// The policies under which its data was admitted.
    pub policies: BTreeSet<Digest>,
    /// Number of assets that it was denied.
    pub denied: u64,
}

/// An asset that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct WitnessedAsset {
    /// Its node.
    pub node: LineageNode,
    /// Number of rows that were taken of it; 0 where nobody counted.
    pub rows: u64,
    /// The last decision under which it was read.
    pub decision: Option<Decision>,
}

impl WitnessedAsset {
    /// Its name for people.
    pub fn name(&self) -> &str {
        self.node.name.as_deref().unwrap_or(&self.node.id)
    }

    /// Its licence as somebody claims it.
    pub fn licence(&self) -> &str {
        self.node.licence.as_deref().unwrap_or("none stated")
    }

    /// Whether credit has to be given.
    pub fn wants_credit(&self) -> bool {
        let decision = self.decision.as_ref();
        decision.is_some_and(|decision| decision.obligations.contains(&Obligation::Attribute))
    }
}

impl ModelRecord {
    /// Gathers what a ledger knows of weights, by the bytes of their file.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read or its log is broken, the bytes are no safetensors file, or the lineage does
    /// not know them.
    pub fn of(ledger: &Ledger, bytes: &[u8]) -> Result<Self, CorpusError> {
        let claim = WeightsClaim::read(bytes)?;
        let lineage = ledger.lineage()?;
        let digest = Digest::of(bytes);
        let Some(node) = lineage.of_digest(&digest) else {
            return Err(CorpusError::UnknownWeights { digest });
        };
        let records = ledger.records()?;
        let ancestors = lineage.ancestors(&node.id);
        let of_kind = |wanted: fn(NodeKind) -> bool| ancestors.iter().filter(move |node| wanted(node.kind));
        let runs: Vec<RunRecord> = of_kind(|kind| kind == NodeKind::Run)
            .map(|run| RunRecord::of(run, &records))
            .collect();
        let assets: Vec<WitnessedAsset> = of_kind(|kind| kind == NodeKind::Asset)
            .map(|asset| WitnessedAsset {
                node: (*asset).clone(),
                rows: rows_taken(&ancestors, node, &asset.id),
                decision: last_decision(&records, &runs, asset.digest.as_ref()),
            })
            .collect();
        let own: BTreeSet<&str> = assets.iter().map(|asset| asset.node.id.as_str()).collect();
        let run_names: BTreeSet<&str> = runs.iter().map(|run| run.name.as_str()).collect();
        let is_theirs = |dataset: &&LineageNode| {
            dataset.kind == NodeKind::Dataset
                && dataset.parents.keys().any(|parent| own.contains(parent.as_str()))
                && dataset
                    .id
                    .rsplit_once(':')
                    .is_some_and(|(_, run)| run_names.contains(run))
        };
        let datasets = lineage.nodes().iter().filter(is_theirs).cloned().collect();
        let tombstones = ledger.withdrawals()?.tombstones(&lineage);
        let seen: BTreeSet<Digest> = assets.iter().filter_map(|asset| asset.node.digest).collect();
        Ok(Self {
            weights: of_kind(NodeKind::is_weights)
                .map(|node| (*node).clone())
                .collect(),
            node: node.clone(),
            claim,
            runs,
            datasets,
            assets,
            withdrawn: tombstones
                .into_iter()
                .filter(|tombstone| seen.contains(&tombstone.asset))
                .map(|tombstone| (tombstone.asset, tombstone.reason))
                .collect(),
        })
    }

    /// How far the fence stood in every run: the weakest of them.
    pub fn fence(&self) -> &FenceStatus {
        let weakest = self.runs.iter().find(|run| !run.fence.is_enforced());
        weakest
            .or(self.runs.last())
            .map_or(&FenceStatus::NotAsked, |run| &run.fence)
    }

    /// Number of rows that were read.
    pub fn rows(&self) -> u64 {
        self.assets.iter().map(|asset| asset.rows).sum()
    }
}

/// The rows that nodes between an asset and the weights took of it directly.
fn rows_taken(ancestors: &[&LineageNode], node: &LineageNode, asset: &str) -> u64 {
    ancestors
        .iter()
        .copied()
        .chain([node])
        .filter(|child| child.kind != NodeKind::Dataset)
        .filter_map(|child| child.parents.get(asset))
        .sum()
}

fn last_decision(records: &[AuditRecord], runs: &[RunRecord], digest: Option<&Digest>) -> Option<Decision> {
    records.iter().rev().find_map(|record| match &record.event {
        AuditEvent::Decision { decision }
            if decision.allowed
                && decision.digest.as_ref() == digest
                && runs.iter().any(|run| run.name == record.run) =>
        {
            Some(decision.as_ref().clone())
        }
        _ => None,
    })
}

impl RunRecord {
    fn of(node: &LineageNode, records: &[AuditRecord]) -> Self {
        let name = node.id.strip_prefix("run:").unwrap_or(&node.id).to_owned();
        let own: Vec<&AuditRecord> = records.iter().filter(|record| record.run == name).collect();
        let mut run = Self {
            name,
            root: node.digest,
            between: own
                .first()
                .zip(own.last())
                .map(|(a, b)| (a.time.clone(), b.time.clone())),
            fence: FenceStatus::NotAsked,
            policies: BTreeSet::new(),
            denied: 0,
        };
        for record in own {
            match &record.event {
                AuditEvent::Fence { status } => run.fence = status.clone(),
                AuditEvent::Decision { decision } => {
                    run.policies.insert(decision.policy);
                    run.denied += u64::from(!decision.allowed);
                }
                _ => {}
            }
        }
        run
    }
}
