//! [`Gate`]: asks the policy, writes down what it says, and hands out what it allows.

use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
};

use chrono::NaiveDate;

use super::{PurposeType, Store};
use crate::{
    Asset, ColumnDecision, Context, CorpusError, Decision, Digest, LicenceTable, Obligation, Policy,
    audit::{AuditEvent, AuditLog, Durable, OutcomeStatus},
    decide,
    lineage::Tombstone,
};

/// An asset that a policy has allowed for a purpose. Only a [`Gate`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted<P: PurposeType> {
    name: String,
    digest: Digest,
    obligations: Vec<Obligation>,
    columns: Vec<ColumnDecision>,
    purpose: PhantomData<P>,
}

impl<P: PurposeType> Admitted<P> {
    /// The asset's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The asset's contents.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// What to do in return.
    pub fn obligations(&self) -> &[Obligation] {
        &self.obligations
    }

    /// What has to be done to columns before anybody reads them.
    pub fn columns(&self) -> &[ColumnDecision] {
        &self.columns
    }
}

/// Asks the policy, writes down what it says, and hands out what it allows.
#[derive(Debug)]
pub struct Gate<W> {
    policy: Policy,
    licences: LicenceTable,
    store: Store,
    log: AuditLog<W>,
    withdrawn: BTreeMap<Digest, String>,
    most_bytes: u64,
    witnessed: BTreeSet<Digest>,
}

impl<W: Durable> Gate<W> {
    /// A gate in front of a store. `most_bytes` is the size up to which contents are read.
    pub fn new(
        policy: Policy,
        licences: LicenceTable,
        store: Store,
        log: AuditLog<W>,
        most_bytes: u64,
    ) -> Self {
        Self {
            policy,
            licences,
            store,
            log,
            withdrawn: BTreeMap::new(),
            most_bytes,
            witnessed: BTreeSet::new(),
        }
    }

    /// Takes note of a withdrawal: from now on the contents are neither admitted nor read, though they
    /// were admitted before.
    ///
    /// # Errors
    ///
    /// When it cannot be written down; it counts all the same.
    pub fn withdraw(&mut self, tombstone: &Tombstone, time: &str) -> Result<(), CorpusError> {
        self.withdrawn.insert(tombstone.asset, tombstone.reason.clone());
        let (target, reason) = (tombstone.asset.to_string(), tombstone.reason.clone());
        self.log
            .append(time, AuditEvent::Withdrawal { target, reason })
            .map(drop)
    }

    /// Asks whether an asset may be used for a purpose.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Denied`] when it may not, and an error when the decision cannot be written down:
    /// then it is not allowed either.
    pub fn admit<P: PurposeType>(
        &mut self,
        asset: &Asset,
        today: NaiveDate,
        time: &str,
    ) -> Result<Admitted<P>, CorpusError> {
        let withdrawn = asset
            .digest
            .and_then(|digest| self.withdrawn.get(&digest))
            .cloned();
        let context = Context { today, withdrawn };
        let decision = decide(&self.policy, &self.licences, asset, P::PURPOSE, &context);
        self.log.append(
            time,
            AuditEvent::Decision {
                decision: Box::new(decision.clone()),
            },
        )?;
        match decision {
            Decision {
                allowed: true,
                digest: Some(digest),
                asset: name,
                obligations,
                columns,
                ..
            } => Ok(Admitted {
                name,
                digest,
                obligations,
                columns,
                purpose: PhantomData,
            }),
            denied => Err(CorpusError::Denied {
                decision: Box::new(denied),
            }),
        }
    }

    /// The contents of an asset that was admitted and of which no column has to be changed first.
    ///
    /// # Errors
    ///
    /// When it was withdrawn since, has columns that must be changed first, is not in the store, is
    /// not what its name says, or that it is read cannot be written down.
    pub fn read<P: PurposeType>(
        &mut self,
        admitted: &Admitted<P>,
        time: &str,
    ) -> Result<Vec<u8>, CorpusError> {
        let contents = self.checked(admitted);
        let (status, bytes) = match &contents {
            Ok(contents) => (OutcomeStatus::Read, contents.len() as u64),
            Err(error) => (
                OutcomeStatus::Failed {
                    because: error.to_string(),
                },
                0,
            ),
        };
        self.log.append(
            time,
            AuditEvent::Outcome {
                asset: admitted.digest,
                status,
                bytes,
            },
        )?;
        if contents.is_ok() {
            self.witnessed.insert(admitted.digest);
        }
        contents
    }

    fn checked<P: PurposeType>(&self, admitted: &Admitted<P>) -> Result<Vec<u8>, CorpusError> {
        if let Some(reason) = self.withdrawn.get(&admitted.digest) {
            return Err(CorpusError::Withdrawn {
                digest: admitted.digest,
                reason: reason.clone(),
            });
        }
        if let Some(column) = admitted.columns.first() {
            return Err(CorpusError::ColumnEffect {
                asset: admitted.name.clone(),
                column: column.column.clone(),
            });
        }
        self.store.read(&admitted.digest, self.most_bytes)
    }

    /// The contents of everything that was read: what weights that were trained on it have seen.
    pub fn witnessed(&self) -> &BTreeSet<Digest> {
        &self.witnessed
    }

    /// The log.
    pub fn log(&self) -> &AuditLog<W> {
        &self.log
    }
}
