//! [`Decision`]: allowed or not, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ColumnEffect, Exception};
use crate::{Digest, LicenceClaim, PersonalLevel, Purpose};

/// The rule that a reason comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The asset, a parent or its licence was withdrawn.
    Withdrawn,
    /// The contents are not pinned by a digest.
    Contents,
    /// The policy has rules for the purpose.
    Purpose,
    /// The licence is one of those listed and answers as required.
    Licence,
    /// Somebody looked at the licence claim lately.
    Verification,
    /// Terms of use beside the licence.
    Terms,
    /// Text and data mining.
    Mining,
    /// Personal data.
    Personal,
    /// Where the data lies.
    Residency,
    /// An exception.
    Exception,
}

/// What a rule says of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It is met.
    Allow,
    /// It is broken.
    Deny,
    /// What it asks about is not known; the asset is denied for that.
    Unknown,
}

/// What one rule says, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// What it says.
    pub ruling: Ruling,
    /// Why.
    pub because: String,
}

/// What whoever uses the asset has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    /// Give credit.
    Attribute,
    /// Keep adapted material under the same terms when it is passed on.
    ShareAlike,
}

/// What has to be done to a column before anybody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnDecision {
    /// The column.
    pub column: String,
    /// How personal it is.
    pub personal: PersonalLevel,
    /// What is done to it.
    pub effect: ColumnEffect,
}

/// Whether an asset may be used for a purpose, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The asset's name.
    pub asset: String,
    /// The asset's contents.
    pub digest: Option<Digest>,
    /// Its licence, as somebody claims it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<LicenceClaim>,
    /// The purpose.
    pub purpose: Purpose,
    /// The policy's digest.
    pub policy: Digest,
    /// Whether it is allowed.
    pub allowed: bool,
    /// What each rule says, in the order of the rules; every rule that was looked at has its line.
    pub reasons: Vec<Reason>,
    /// What to do in return, where it is allowed.
    pub obligations: Vec<Obligation>,
    /// What to do to columns first, where it is allowed; in the order of their names.
    pub columns: Vec<ColumnDecision>,
    /// The exception that it is allowed by, where the rules alone deny it.
    pub exception: Option<Exception>,
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.allowed { "allowed" } else { "denied" };
        write!(f, "{} {verdict} for {}", self.asset, self.purpose)?;
        let deciding = self.reasons.iter().filter(|reason| {
            if self.allowed {
                reason.rule == Rule::Exception
            } else {
                reason.ruling != Ruling::Allow
            }
        });
        for reason in deciding {
            write!(f, "; {}", reason.because)?;
        }
        Ok(())
    }
}
