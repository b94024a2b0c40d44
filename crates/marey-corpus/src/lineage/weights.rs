//! [`Witness`]: what a run has seen, written into its weights and checked there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};

use super::{LineageRoot, NodeKind, RunInputs};
use crate::{
    CorpusError, Digest,
    audit::{AuditEvent, AuditRecord, OutcomeStatus},
    fence::FenceStatus,
    ledger::Ledger,
};

pub(super) const ROOT: &str = "lineage_root";
const INPUTS: &str = "lineage_inputs";
const RUN: &str = "lineage_run";
const HEAD: &str = "audit_head";
const FENCE: &str = "fence";

/// What a run has seen, as its loader witnessed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Name of the run.
    pub run: String,
    /// Everything that the run was made from.
    pub inputs: RunInputs,
    /// Rows read of each asset, as often as they were; 0 where there are none to count.
    pub rows: BTreeMap<Digest, u64>,
    /// Hash of the last record of the audit log when the witness was asked.
    pub audit_head: Digest,
    /// How far the fence stood.
    pub fence: FenceStatus,
}

impl Witness {
    /// One hash over everything that the run was made from.
    pub fn root(&self) -> LineageRoot {
        LineageRoot::of(&self.inputs)
    }

    /// The members of a safetensors file's metadata that carry the witness.
    pub fn metadata(&self) -> HashMap<String, String> {
        let inputs = serde_json::json!(self.inputs).to_string();
        let fence = serde_json::json!(self.fence).to_string();
        [
            (ROOT, self.root().digest().to_string()),
            (INPUTS, inputs),
            (RUN, self.run.clone()),
            (HEAD, self.audit_head.to_string()),
            (FENCE, fence),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

/// What weights say of what they were made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightsClaim {
    /// Digest of the file.
    pub digest: Digest,
    /// The root that stands in the file.
    pub root: Digest,
    /// The inputs that stand in the file.
    pub inputs: RunInputs,
    /// Name of the run.
    pub run: String,
    /// Hash of the audit log's last record at that time.
    pub audit_head: Digest,
    /// How far the fence stood.
    pub fence: FenceStatus,
}

impl WeightsClaim {
    /// Reads the claim from a safetensors file; none where it carries none.
    ///
    /// # Errors
    ///
    /// When the bytes are no safetensors file, or the claim cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Option<Self>, CorpusError> {
        let problem = |problem: String| CorpusError::Weights { problem };
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|error| problem(error.to_string()))?;
        let Some(members) = metadata
            .metadata()
            .as_ref()
            .filter(|members| members.contains_key(ROOT))
        else {
            return Ok(None);
        };
        let member = |name: &str| {
            let found = members.get(name).map(String::as_str);
            found.ok_or_else(|| problem(format!("the metadata has `{ROOT}` and lacks `{name}`")))
        };
        let json =
            |name: &str, error: serde_json::Error| problem(format!("`{name}` in the metadata: {error}"));
        Ok(Some(Self {
            digest: Digest::of(bytes),
            root: member(ROOT)?.parse()?,
            inputs: serde_json::from_str(member(INPUTS)?).map_err(|error| json(INPUTS, error))?,
            run: member(RUN)?.to_owned(),
            audit_head: member(HEAD)?.parse()?,
            fence: serde_json::from_str(member(FENCE)?).map_err(|error| json(FENCE, error))?,
        }))
    }

    /// Recomputes the root, and holds the claim against a ledger where there is one.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read. What does not agree is no error but a fault of the report.
    pub fn check(self, ledger: Option<&Ledger>) -> Result<WeightsReport, CorpusError> {
        let recomputed = *LineageRoot::of(&self.inputs).digest();
        let mut report = WeightsReport {
            recomputed,
            faults: Vec::new(),
            withdrawn: Vec::new(),
            ledger: ledger.is_some(),
            claim: self,
        };
        if recomputed != report.claim.root {
            let stated = report.claim.root;
            report.faults.push(format!(
                "the root is {recomputed} by the inputs, and {stated} as stated"
            ));
        }
        if let Some(ledger) = ledger {
            report.check_against(ledger)?;
        }
        Ok(report)
    }
}

/// Whether weights are made from what they say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightsReport {
    /// What the weights say.
    #[serde(flatten)]
    pub claim: WeightsClaim,
    /// The root that the inputs come to.
    pub recomputed: Digest,
    /// What does not agree; nothing where all does.
    pub faults: Vec<String>,
    /// Contents that the weights have seen and that were withdrawn since, with why.
    pub withdrawn: Vec<(Digest, String)>,
    /// Whether a ledger was there to hold the claim against. Without one, weights agree with themselves only.
    pub ledger: bool,
}

impl WeightsReport {
    fn check_against(&mut self, ledger: &Ledger) -> Result<(), CorpusError> {
        let log = ledger.audit(Some(&self.claim.audit_head))?;
        if let Some(fault) = log.fault {
            self.faults.push(format!("the audit log: {fault}"));
            return Ok(());
        }
        let records = ledger.records()?;
        let until = records
            .iter()
            .position(|record| record.hash == self.claim.audit_head);
        let own: Vec<&AuditRecord> = records
            .iter()
            .take(until.map_or(0, |until| until + 1))
            .filter(|record| record.run == self.claim.run)
            .collect();
        self.check_assets(&witnessed(&own));
        for policy in own.iter().filter_map(|record| policy_of(record)) {
            if policy != self.claim.inputs.policy {
                self.faults.push(format!(
                    "the run was under the policy {policy} too, which the weights do not name"
                ));
                break;
            }
        }
        let fences: Vec<&FenceStatus> = own
            .iter()
            .filter_map(|record| match &record.event {
                AuditEvent::Fence { status } => Some(status),
                _ => None,
            })
            .collect();
        if fences.last().copied().unwrap_or(&FenceStatus::NotAsked) != &self.claim.fence {
            self.faults
                .push("the fence stands otherwise in the audit log".to_owned());
        }
        let lineage = ledger.lineage()?;
        if !lineage
            .of_digest(&self.claim.digest)
            .is_some_and(|node| node.kind.is_weights() || node.kind == NodeKind::Deployment)
        {
            self.faults
                .push("the lineage has no weights of these contents; were they changed?".to_owned());
        }
        self.check_store(ledger)?;
        let tombstones = ledger.withdrawals()?.tombstones(&lineage);
        let seen = tombstones
            .into_iter()
            .filter(|tombstone| self.claim.inputs.assets.contains(&tombstone.asset));
        self.withdrawn = seen
            .map(|tombstone| (tombstone.asset, tombstone.reason))
            .collect();
        Ok(())
    }

    fn check_assets(&mut self, witnessed: &BTreeSet<Digest>) {
        for missing in self.claim.inputs.assets.difference(witnessed) {
            self.faults.push(format!(
                "the weights name {missing}, which the audit log does not say was read"
            ));
        }
        for missing in witnessed.difference(&self.claim.inputs.assets) {
            self.faults.push(format!(
                "the audit log says that {missing} was read, which the weights do not name"
            ));
        }
    }

    /// Reads every asset that is still kept and hashes it anew.
    fn check_store(&mut self, ledger: &Ledger) -> Result<(), CorpusError> {
        let store = ledger.store()?;
        for asset in &self.claim.inputs.assets {
            match store.read(asset, u64::MAX) {
                // Contents may be deleted, as after a withdrawal; the log still knows them.
                Ok(_) | Err(CorpusError::NotStored { .. }) => {}
                Err(error) => self.faults.push(error.to_string()),
            }
        }
        Ok(())
    }
}

/// The assets that were read, by some records.
fn witnessed(records: &[&AuditRecord]) -> BTreeSet<Digest> {
    records
        .iter()
        .flat_map(|record| match &record.event {
            AuditEvent::Outcome {
                asset,
                status: OutcomeStatus::Read,
                ..
            } => vec![*asset],
            // Whoever was given all of it, unwatched, may have read all of it.
            AuditEvent::Started {
                assets,
                traced: false,
                ..
            } => assets.iter().copied().collect(),
            _ => Vec::new(),
        })
        .collect()
}

fn policy_of(record: &AuditRecord) -> Option<Digest> {
    match &record.event {
        AuditEvent::Decision { decision } if decision.allowed => Some(decision.policy),
        _ => None,
    }
}
