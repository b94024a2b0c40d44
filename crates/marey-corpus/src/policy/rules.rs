//! [`Policy`]: the rules, purpose by purpose.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Axis, Digest, PersonalLevel, Purpose};

/// Rules for each purpose, effects on columns, and exceptions. A purpose without rules is denied.
///
/// Read from TOML with [`str::parse`]; docs/governance.md has the format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The rules of each purpose that anything is allowed for.
    pub purposes: BTreeMap<Purpose, PurposeRules>,
    /// What is done to columns with personal data before anybody reads them.
    pub columns: Vec<ColumnRule>,
    /// Assets that are allowed all the same.
    pub exceptions: Vec<Exception>,
    /// Digest of the text that the policy was read from.
    pub digest: Digest,
}

/// What an asset has to fulfil for one purpose. Every rule that is given has to be met.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeRules {
    /// Licences that are allowed, by identifier; a `*` at the end stands for anything. Nothing is
    /// allowed by an empty list. When absent, [`require`](Self::require) alone decides.
    pub licences: Option<BTreeSet<String>>,
    /// Axes on which the licence has to say yes.
    #[serde(default)]
    pub require: BTreeSet<Axis>,
    /// Axes on which the licence has to say no.
    #[serde(default)]
    pub forbid: BTreeSet<Axis>,
    /// Terms of use that rule an asset out; a `*` at the end stands for anything.
    #[serde(default)]
    pub terms_deny: BTreeSet<String>,
    /// The most personal level that may be left once the effects on columns are done.
    #[serde(default = "none")]
    pub personal_max: PersonalLevel,
    /// What has to be known of text and data mining.
    #[serde(default)]
    pub mining: MiningRule,
    /// Regions in which data may lie; anywhere when absent.
    pub residency: Option<BTreeSet<String>>,
    /// Days for which somebody's look at a licence claim counts; claims need no look when absent.
    #[serde(default, deserialize_with = "super::file::days")]
    pub verified_within: Option<u32>,
}

fn none() -> PersonalLevel {
    PersonalLevel::None
}

/// What has to be known of a reservation of text and data mining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MiningRule {
    /// Known not to be reserved.
    #[default]
    NotReserved,
    /// Not known to be reserved: nobody may have looked.
    NotKnownReserved,
    /// It does not matter.
    Any,
}

/// What is done to a column before anybody reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnEffect {
    /// The column is left out.
    Drop,
    /// Values are replaced by keyed hashes.
    Hash,
    /// Values are replaced by ranges or groups.
    Bucket,
    /// Values are replaced by their shape.
    Mask,
}

impl ColumnEffect {
    /// How personal a column still is afterwards; nothing is left of a column that was dropped.
    pub fn leaves(self, level: PersonalLevel) -> Option<PersonalLevel> {
        match self {
            ColumnEffect::Drop => None,
            // A key or a shape still tells rows of one person apart from others'.
            ColumnEffect::Hash | ColumnEffect::Mask => Some(level.min(PersonalLevel::Pseudonymous)),
            ColumnEffect::Bucket if level == PersonalLevel::Sensitive => Some(level),
            ColumnEffect::Bucket => Some(level.min(PersonalLevel::Indirect)),
        }
    }
}

/// An effect on the columns of a personal level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnRule {
    /// The level.
    pub personal: PersonalLevel,
    /// The purposes for which it is done; all when absent.
    pub purpose: Option<BTreeSet<Purpose>>,
    /// What is done.
    pub effect: ColumnEffect,
}

/// An asset that is allowed though the rules deny it: one asset by its contents, for one purpose, for
/// a time, on somebody's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The asset.
    pub asset: Digest,
    /// The purpose.
    pub purpose: Purpose,
    /// The last day.
    #[serde(with = "crate::day")]
    pub until: NaiveDate,
    /// Who answers for it.
    pub approved_by: String,
    /// Why.
    pub reason: String,
}
