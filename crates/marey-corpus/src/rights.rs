//! [`Rights`]: what is known of an asset's rights and of the people in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Digest, Known, LicenceExpression};

/// How close data is to a person. Ordered: later is closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalLevel {
    /// About no person.
    None,
    /// About persons whose names were replaced by keys.
    Pseudonymous,
    /// Says little alone, names a person with other columns (birth date, postal code).
    Indirect,
    /// Names a person (e-mail address, national number).
    Direct,
    /// Health, belief, origin and the like.
    Sensitive,
}

impl PersonalLevel {
    /// The name that policies use.
    pub fn as_str(self) -> &'static str {
        match self {
            PersonalLevel::None => "none",
            PersonalLevel::Pseudonymous => "pseudonymous",
            PersonalLevel::Indirect => "indirect",
            PersonalLevel::Direct => "direct",
            PersonalLevel::Sensitive => "sensitive",
        }
    }
}

/// Somebody's statement under which licence an asset is. A claim is not a fact: hosting sites leave
/// licences out or get them wrong for most sets that were audited (arXiv 2310.16787, section 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceClaim {
    /// The licence.
    pub expression: LicenceExpression,
    /// Who looked whether it is so: nobody when empty, several where claims of several assets were
    /// joined, and then each look has to count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified: Vec<Verification>,
}

/// Who looked at a claim, when, and on what evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The person or body.
    pub by: String,
    /// The day.
    #[serde(with = "crate::day")]
    pub on: NaiveDate,
    /// Where it can be seen (an address, a file of the contract).
    pub evidence: String,
}

/// Whether the holder of the rights has reserved text and data mining (Directive (EU) 2019/790,
/// article 4; W3C community group report *TDM Reservation Protocol*, 2024).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MiningReservation {
    /// Whether it is reserved; unknown where nobody looked.
    pub reserved: Known,
    /// Where the conditions stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The carrier of the signal (`tdmrep.json`, an HTTP header, `robots.txt`), and its digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<MiningEvidence>,
}

/// One signal about text and data mining, as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MiningEvidence {
    /// Where the signal stood.
    pub carrier: String,
    /// The day it was fetched.
    #[serde(with = "crate::day")]
    pub fetched: NaiveDate,
    /// Digest of the bytes.
    pub digest: Digest,
}

/// What is known of an asset's rights and of the people in it. The default knows nothing, and what
/// is not known is never allowed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rights {
    /// The licence, as somebody claims it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<LicenceClaim>,
    /// Terms of use beside the licence, by name (`model-output:acme`, `no-redistribution`).
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub terms: BTreeSet<String>,
    /// Text and data mining.
    pub mining: MiningReservation,
    /// How close the columns are to persons, by column; none where nobody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal: Option<BTreeMap<String, PersonalLevel>>,
    /// Regions in which the data may be kept and processed (`EU`, `UK`); none where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residency: Option<BTreeSet<String>>,
}

impl Rights {
    /// The rights of something made from two assets: the strictest of both in every respect.
    pub fn strictest(&self, other: &Self) -> Self {
        Self {
            licence: both(&self.licence, &other.licence, |a, b| LicenceClaim {
                expression: a.expression.and(&b.expression),
                verified: if a.verified.is_empty() || b.verified.is_empty() {
                    Vec::new()
                } else {
                    let other = b.verified.iter().filter(|look| !a.verified.contains(look));
                    a.verified.iter().chain(other).cloned().collect()
                },
            }),
            terms: self.terms.union(&other.terms).cloned().collect(),
            mining: self.mining.strictest(&other.mining),
            personal: both(&self.personal, &other.personal, |a, b| {
                let mut levels = a.clone();
                for (column, level) in b {
                    let held = levels.entry(column.clone()).or_insert(*level);
                    *held = (*held).max(*level);
                }
                levels
            }),
            residency: both(&self.residency, &other.residency, |a, b| {
                a.intersection(b).cloned().collect()
            }),
        }
    }
}

impl MiningReservation {
    fn strictest(&self, other: &Self) -> Self {
        let reserved = match (self.reserved, other.reserved) {
            (Known::Yes, _) | (_, Known::Yes) => Known::Yes,
            (Known::No, Known::No) => Known::No,
            _ => Known::Unknown,
        };
        let first = if other.reserved == Known::Yes && self.reserved != Known::Yes {
            other
        } else {
            self
        };
        Self {
            reserved,
            policy: first.policy.clone(),
            evidence: self.evidence.iter().chain(&other.evidence).cloned().collect(),
        }
    }
}

/// Both values joined; nothing where one of them is not known.
fn both<T>(a: &Option<T>, b: &Option<T>, join: impl FnOnce(&T, &T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(join(a, b)),
        _ => None,
    }
}

/// Something with contents and rights: a file, or a table made from files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Its name, for people.
    pub name: String,
    /// Its contents; none where they were never hashed, and then it is admitted for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Its rights.
    #[serde(default)]
    pub rights: Rights,
}

impl Asset {
    /// Something made from other assets: it has the strictest of their rights. Made from nothing,
    /// nothing is known of its rights.
    pub fn derived<'a>(
        name: impl Into<String>,
        digest: Digest,
        parents: impl IntoIterator<Item = &'a Asset>,
    ) -> Self {
        let mut rights = parents.into_iter().map(|parent| parent.rights.clone());
        let first = rights.next().unwrap_or_default();
        Self {
            name: name.into(),
            digest: Some(digest),
            rights: rights.fold(first, |joined, other| joined.strictest(&other)),
        }
    }
}
