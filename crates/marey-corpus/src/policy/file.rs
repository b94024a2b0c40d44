//! Reading a [`Policy`] from TOML.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};

use super::{ColumnRule, Exception, Policy, PurposeRules};
use crate::{CorpusError, Digest, Purpose};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    default: Option<String>,
    #[serde(default)]
    purpose: BTreeMap<String, PurposeRules>,
    #[serde(default)]
    column: Vec<ColumnRule>,
    #[serde(default)]
    exception: Vec<Exception>,
}

impl FromStr for Policy {
    type Err = CorpusError;

    fn from_str(text: &str) -> Result<Self, CorpusError> {
        let file: PolicyFile = toml::from_str(text).map_err(|error| CorpusError::Policy {
            problem: error.to_string(),
        })?;
        if let Some(default) = file.default
            && default != "deny"
        {
            return Err(CorpusError::Default { found: default });
        }
        let mut purposes = BTreeMap::new();
        for (name, rules) in file.purpose {
            let purpose: Purpose = name.parse()?;
            check_purpose(purpose, &rules)?;
            purposes.insert(purpose, rules);
        }
        for exception in &file.exception {
            check_exception(exception)?;
        }
        Ok(Self {
            purposes,
            columns: file.column,
            exceptions: file.exception,
            digest: Digest::of(text.as_bytes()),
        })
    }
}

/// Rules that ask nothing of a licence would allow whatever is claimed.
fn check_purpose(purpose: Purpose, rules: &PurposeRules) -> Result<(), CorpusError> {
    if rules.licences.is_none() && rules.require.is_empty() {
        return Err(CorpusError::Policy {
            problem: format!(
                "[purpose.{purpose}] asks nothing of a licence: list `licences`, or name the axes to `require`"
            ),
        });
    }
    let both: Vec<&str> = rules
        .require
        .intersection(&rules.forbid)
        .map(|axis| axis.as_str())
        .collect();
    if !both.is_empty() {
        return Err(CorpusError::Policy {
            problem: format!(
                "[purpose.{purpose}] both requires and forbids {}",
                both.join(", ")
            ),
        });
    }
    Ok(())
}

fn check_exception(exception: &Exception) -> Result<(), CorpusError> {
    for (member, value) in [
        ("approved_by", &exception.approved_by),
        ("reason", &exception.reason),
    ] {
        if value.trim().is_empty() {
            return Err(CorpusError::Policy {
                problem: format!("the exception for {} has an empty `{member}`", exception.asset),
            });
        }
    }
    Ok(())
}

/// Reads `"365d"` as a number of days.
pub(super) fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
    days.map(Some).ok_or_else(|| {
        D::Error::custom(format!(
            "`{text}` is no number of days: expected for example \"365d\""
        ))
    })
}
