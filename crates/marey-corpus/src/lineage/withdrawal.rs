//! [`Withdrawals`]: what may no longer be used, by its contents, its licence, or the person in it.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Lineage, NodeKind, Tombstone};
use crate::{Asset, Digest, HashKey, LicenceExpression};

/// What is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalTarget {
    /// Contents.
    Asset(Digest),
    /// Everything that is claimed to be under a licence, now and later, by its SPDX identifier.
    Licence(String),
    /// Every asset with rows of a person, by the keyed hash of the person's identifier.
    Subject(Digest),
}

impl fmt::Display for WithdrawalTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WithdrawalTarget::Asset(digest) => write!(f, "asset {digest}"),
            WithdrawalTarget::Licence(id) => write!(f, "licence {id}"),
            WithdrawalTarget::Subject(hash) => write!(f, "subject {}", hash.hex()),
        }
    }
}

/// Somebody's word that something may no longer be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// What.
    pub target: WithdrawalTarget,
    /// The day.
    #[serde(with = "crate::day")]
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Which assets have rows of which persons. Persons are there by keyed hashes only; once the key is destroyed,
/// nobody can tell who they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubjectIndex(BTreeMap<Digest, BTreeMap<Digest, u64>>);

impl SubjectIndex {
    /// Notes the persons of an asset: one identifier for each row.
    pub fn add<'a>(&mut self, asset: Digest, identifiers: impl IntoIterator<Item = &'a str>, key: &HashKey) {
        let mut counted: BTreeMap<Digest, u64> = BTreeMap::new();
        for identifier in identifiers {
            *counted.entry(key.hash(identifier.trim().as_bytes())).or_default() += 1;
        }
        for (subject, rows) in counted {
            self.0.entry(subject).or_default().insert(asset, rows);
        }
    }

    /// The assets with rows of a person, and how many.
    pub fn assets_of(&self, subject: &Digest) -> impl Iterator<Item = (&Digest, u64)> {
        self.0
            .get(subject)
            .into_iter()
            .flatten()
            .map(|(asset, rows)| (asset, *rows))
    }

    /// Number of persons.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nobody in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Everything that was withdrawn, and where persons are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Withdrawals {
    /// What was withdrawn, in order.
    pub list: Vec<Withdrawal>,
    /// Where persons are.
    pub subjects: SubjectIndex,
}

impl Withdrawals {
    /// Why an asset may no longer be used, if it may not.
    pub fn against(&self, asset: &Asset) -> Option<String> {
        let hit = self.list.iter().find(|withdrawal| match &withdrawal.target {
            WithdrawalTarget::Asset(digest) => asset.digest.as_ref() == Some(digest),
            WithdrawalTarget::Licence(id) => {
                let claim = asset.rights.licence.as_ref();
                claim.is_some_and(|claim| claim.expression.names(id))
            }
            WithdrawalTarget::Subject(subject) => {
                let mut assets = self.subjects.assets_of(subject);
                assets.any(|(digest, _)| asset.digest.as_ref() == Some(digest))
            }
        })?;
        Some(hit.reason.clone())
    }

    /// The tombstones of everything in a lineage that was withdrawn.
    pub fn tombstones(&self, lineage: &Lineage) -> Vec<Tombstone> {
        self.list
            .iter()
            .flat_map(|withdrawal| self.tombstones_of(withdrawal, lineage))
            .collect()
    }

    /// The tombstones of one withdrawal, each asset once.
    pub fn tombstones_of(&self, withdrawal: &Withdrawal, lineage: &Lineage) -> Vec<Tombstone> {
        let meant: Vec<(Digest, Option<u64>)> = match &withdrawal.target {
            WithdrawalTarget::Asset(digest) => vec![(*digest, None)],
            WithdrawalTarget::Subject(subject) => self
                .subjects
                .assets_of(subject)
                .map(|(asset, rows)| (*asset, Some(rows)))
                .collect(),
            WithdrawalTarget::Licence(id) => {
                let assets = lineage.nodes().iter().filter(|node| {
                    let licence = node.licence.as_deref().map(LicenceExpression::new);
                    node.kind == NodeKind::Asset && licence.is_some_and(|licence| licence.names(id))
                });
                let digests: std::collections::BTreeSet<Digest> =
                    assets.filter_map(|node| node.digest).collect();
                digests.into_iter().map(|digest| (digest, None)).collect()
            }
        };
        meant
            .into_iter()
            .map(|(asset, rows)| Tombstone {
                asset,
                on: withdrawal.on,
                reason: withdrawal.reason.clone(),
                rows,
            })
            .collect()
    }
}
