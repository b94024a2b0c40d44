//! [`Gate`]: asks the policy, writes down what it says, and hands out what it allows.

use std::{collections::BTreeMap, fs::File, marker::PhantomData, path::Path};

use chrono::NaiveDate;
use marey_core::Warned;
use marey_table::{
    Table, TableWarning,
    read::{ReadOptions, read},
};

use super::{PurposeType, Store, apply_effects};
use crate::{
    Asset, ColumnDecision, Context, CorpusError, Decision, Digest, HashKey, LicenceTable, Obligation, Policy,
    audit::{AuditEvent, AuditLog, Durable, OutcomeStatus},
    decide,
    fence::{self, FencePlan, FenceStatus},
    lineage::{Withdrawal, Withdrawals},
};

/// An asset that a policy has allowed for a purpose. Only a [`Gate`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted<P: PurposeType> {
    asset: Asset,
    digest: Digest,
    obligations: Vec<Obligation>,
    columns: Vec<ColumnDecision>,
    purpose: PhantomData<P>,
}

impl<P: PurposeType> Admitted<P> {
    /// The asset's name.
    pub fn name(&self) -> &str {
        &self.asset.name
    }

    /// The asset's contents.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The asset, with its rights.
    pub fn asset(&self) -> &Asset {
        &self.asset
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

/// What a policy says of an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission<P: PurposeType> {
    /// It may be used.
    Admitted(Box<Admitted<P>>),
    /// It may not.
    Denied(Box<Decision>),
}

/// Asks the policy, writes down what it says, and hands out what it allows.
#[derive(Debug)]
pub struct Gate<W> {
    policy: Policy,
    licences: LicenceTable,
    store: Store,
    log: AuditLog<W>,
    withdrawals: Withdrawals,
    most_bytes: u64,
    key: Option<HashKey>,
    witnessed: BTreeMap<Digest, u64>,
    fence: FenceStatus,
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
            withdrawals: Withdrawals::default(),
            most_bytes,
            key: None,
            witnessed: BTreeMap::new(),
            fence: FenceStatus::NotAsked,
        }
    }

    /// The gate with a key for columns that the policy wants hashed.
    pub fn with_key(mut self, key: Option<HashKey>) -> Self {
        self.key = key;
        self
    }

    /// The gate with what was withdrawn before.
    pub fn with_withdrawals(mut self, withdrawals: Withdrawals) -> Self {
        self.withdrawals = withdrawals;
        self
    }

    /// Takes note of a withdrawal: from now on nothing that it means is admitted or read, though it
    /// was admitted before.
    ///
    /// # Errors
    ///
    /// When it cannot be written down; it counts all the same.
    pub fn withdraw(&mut self, withdrawal: Withdrawal, time: &str) -> Result<(), CorpusError> {
        let (target, reason) = (withdrawal.target.to_string(), withdrawal.reason.clone());
        self.withdrawals.list.push(withdrawal);
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
        let mut decided = self.admit_all(std::slice::from_ref(asset), today, time)?;
        match decided.pop() {
            Some(Admission::Admitted(admitted)) => Ok(*admitted),
            Some(Admission::Denied(decision)) => Err(CorpusError::Denied { decision }),
            None => unreachable!("one asset has one decision"),
        }
    }

    /// Asks of several assets whether they may be used for a purpose, and writes all decisions down at once.
    /// In the order of the assets.
    ///
    /// # Errors
    ///
    /// When the decisions cannot be written down: then nothing is allowed.
    pub fn admit_all<P: PurposeType>(
        &mut self,
        assets: &[Asset],
        today: NaiveDate,
        time: &str,
    ) -> Result<Vec<Admission<P>>, CorpusError> {
        let decisions: Vec<Decision> = assets
            .iter()
            .map(|asset| {
                let withdrawn = self.withdrawals.against(asset);
                let context = Context { today, withdrawn };
                decide(&self.policy, &self.licences, asset, P::PURPOSE, &context)
            })
            .collect();
        let events = decisions.iter().map(|decision| AuditEvent::Decision {
            decision: Box::new(decision.clone()),
        });
        self.log.append_all(time, events)?;
        let admitted = |(asset, decision): (&Asset, Decision)| match decision {
            Decision {
                allowed: true,
                digest: Some(digest),
                obligations,
                columns,
                ..
            } => Admission::Admitted(Box::new(Admitted {
                asset: asset.clone(),
                digest,
                obligations,
                columns,
                purpose: PhantomData,
            })),
            denied => Admission::Denied(Box::new(denied)),
        };
        Ok(assets.iter().zip(decisions).map(admitted).collect())
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
        self.read_as(admitted, time, |contents, _| {
            if let Some(column) = admitted.columns.first() {
                return Err(CorpusError::ColumnEffect {
                    asset: admitted.asset.name.clone(),
                    column: column.column.clone(),
                });
            }
            Ok((contents, None))
        })
    }

    /// The table of an asset that was admitted, with what the policy wants done to its columns done.
    ///
    /// # Errors
    ///
    /// As of [`read`](Self::read), and when the contents are no table, the rights speak of a column that the
    /// table does not have, or a column has to be hashed and there is no key.
    pub fn read_table<P: PurposeType>(
        &mut self,
        admitted: &Admitted<P>,
        name: &str,
        options: &ReadOptions,
        time: &str,
    ) -> Result<Warned<Table, TableWarning>, CorpusError> {
        self.read_as(admitted, time, |contents, key| {
            let table = read(name, contents, options)?;
            let rows = table.value.rows() as u64;
            let changed = apply_effects(table.value, &admitted.columns, key)?;
            let table = Warned {
                value: changed,
                warnings: table.warnings,
            };
            Ok((table, Some(rows)))
        })
    }

    /// Reads contents, makes something of them, and writes down what came of it before it is handed out.
    pub(crate) fn read_as<P: PurposeType, T>(
        &mut self,
        admitted: &Admitted<P>,
        time: &str,
        make: impl FnOnce(Vec<u8>, Option<&HashKey>) -> Result<(T, Option<u64>), CorpusError>,
    ) -> Result<T, CorpusError> {
        let made = self.contents(admitted).and_then(|contents| {
            let bytes = contents.len() as u64;
            let (made, rows) = make(contents, self.key.as_ref())?;
            Ok((made, bytes, rows))
        });
        let (status, bytes, rows) = match &made {
            Ok((_, bytes, rows)) => (OutcomeStatus::Read, *bytes, *rows),
            Err(error) => (
                OutcomeStatus::Failed {
                    because: error.to_string(),
                },
                0,
                None,
            ),
        };
        self.log.append(
            time,
            AuditEvent::Outcome {
                asset: admitted.digest,
                status,
                bytes,
                rows,
            },
        )?;
        let (made, _, rows) = made?;
        self.witnessed.insert(admitted.digest, rows.unwrap_or(0));
        Ok(made)
    }

    fn contents<P: PurposeType>(&self, admitted: &Admitted<P>) -> Result<Vec<u8>, CorpusError> {
        if let Some(reason) = self.withdrawals.against(&admitted.asset) {
            return Err(CorpusError::Withdrawn {
                digest: admitted.digest,
                reason,
            });
        }
        self.store.read(&admitted.digest, self.most_bytes)
    }

    /// Puts up the fence around this process, and writes down how far it stands.
    ///
    /// # Errors
    ///
    /// When `require` is set and it does not stand in full, or it cannot be written down: then the process should
    /// end.
    pub fn put_up_fence(
        &mut self,
        plan: &FencePlan,
        require: bool,
        time: &str,
    ) -> Result<FenceStatus, CorpusError> {
        let put_up = fence::put_up(plan, require);
        self.fence = match &put_up {
            Ok(status) | Err(CorpusError::NoFence { status }) => status.clone(),
            Err(error) => FenceStatus::Unavailable {
                because: error.to_string(),
            },
        };
        self.log.append(
            time,
            AuditEvent::Fence {
                status: self.fence.clone(),
            },
        )?;
        put_up
    }

    /// Writes down how far the fence of another process stands, which was started to read what is admitted here.
    ///
    /// # Errors
    ///
    /// When it cannot be written down: then the process should not go on.
    pub fn note_fence(&mut self, status: FenceStatus, time: &str) -> Result<(), CorpusError> {
        self.fence = status.clone();
        self.log.append(time, AuditEvent::Fence { status }).map(drop)
    }

    /// Takes note that another process has, or may have, read contents that were admitted: whoever asks for the
    /// [witnessed](Self::witnessed) contents is told of them.
    pub(crate) fn note_within_reach(&mut self, digest: Digest) {
        self.witnessed.entry(digest).or_insert(0);
    }

    /// Opens a file beside the store, such as a list of words that comes with a library. What the operating
    /// system refuses is written down.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn open_beside(&mut self, path: &Path, time: &str) -> Result<File, CorpusError> {
        File::open(path).map_err(|source| {
            let refused = AuditEvent::Refused {
                path: path.display().to_string(),
                because: source.to_string(),
            };
            match self.log.append(time, refused) {
                Err(error) => error,
                Ok(_) => CorpusError::File {
                    path: path.display().to_string(),
                    source,
                },
            }
        })
    }

    /// The contents of everything that was read, with the number of rows (0 where there are none to count):
    /// what weights that were trained on it have seen.
    pub fn witnessed(&self) -> &BTreeMap<Digest, u64> {
        &self.witnessed
    }

    /// How far the fence stands.
    pub fn fence(&self) -> &FenceStatus {
        &self.fence
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The log.
    pub fn log(&self) -> &AuditLog<W> {
        &self.log
    }

    /// The log, to write down what else happens.
    pub(crate) fn log_mut(&mut self) -> &mut AuditLog<W> {
        &mut self.log
    }
}
