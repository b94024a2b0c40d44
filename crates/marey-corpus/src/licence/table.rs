//! [`LicenceTable`]: from licence identifiers to axes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Known, LicenceAxes};
use crate::CorpusError;

const SHIPPED: &str = include_str!("../../data/licences.toml");

/// What each licence identifier means.
///
/// The table that ships with the crate covers the licences that data is commonly under; each entry
/// names the text that it was read from. [`extend`](Self::extend) adds a company's own readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceTable {
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    axes: LicenceAxes,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    licence: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Vec<String>,
    #[serde(default)]
    commercial: Known,
    #[serde(default)]
    derivatives: Known,
    #[serde(default)]
    attribution: Known,
    #[serde(default)]
    share_alike: Known,
    #[serde(default)]
    research: Known,
    source: String,
}

impl LicenceTable {
    /// The table that ships with the crate.
    ///
    /// # Errors
    ///
    /// Never, as long as the shipped file is whole, which a test sees to.
    pub fn shipped() -> Result<Self, CorpusError> {
        Self {
            entries: BTreeMap::new(),
        }
        .extend(SHIPPED)
    }

    /// The table with the entries of a TOML file added; an entry for an identifier that is already
    /// there replaces it.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, has unknown members, names no source, or names one identifier twice.
    pub fn extend(mut self, toml: &str) -> Result<Self, CorpusError> {
        let problem = |problem: String| CorpusError::LicenceTable { problem };
        let file: TableFile = toml::from_str(toml).map_err(|error| problem(error.to_string()))?;
        let mut seen = std::collections::BTreeSet::new();
        for row in file.licence {
            if row.source.trim().is_empty() {
                return Err(problem(format!(
                    "the entry of {} names no source",
                    row.id.join(", ")
                )));
            }
            let axes = LicenceAxes {
                commercial: row.commercial,
                derivatives: row.derivatives,
                attribution: row.attribution,
                share_alike: row.share_alike,
                research: row.research,
            };
            for id in row.id {
                let key = id.to_ascii_lowercase();
                if !seen.insert(key.clone()) {
                    return Err(problem(format!("`{id}` has two entries")));
                }
                self.entries.insert(
                    key,
                    Entry {
                        axes,
                        source: row.source.clone(),
                    },
                );
            }
        }
        Ok(self)
    }

    /// What an identifier means; nothing is known of one that is not in the table. Identifiers are
    /// told apart without regard to case, as SPDX has it (specification 3.0, annex B).
    pub fn axes(&self, id: &str) -> LicenceAxes {
        self.entries
            .get(&id.to_ascii_lowercase())
            .map(|entry| entry.axes)
            .unwrap_or_default()
    }

    /// Where the reading of an identifier comes from.
    pub fn source(&self, id: &str) -> Option<&str> {
        self.entries
            .get(&id.to_ascii_lowercase())
            .map(|entry| entry.source.as_str())
    }

    /// Number of identifiers.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the table has no identifier.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_identifier_is_one_of_spdx_or_says_that_it_is_not() {
        let table = LicenceTable::shipped().unwrap();
        assert!(table.len() > 80, "{}", table.len());
        for id in table.entries.keys() {
            let listed = spdx::identifiers::LICENSES
                .iter()
                .any(|licence| licence.name.eq_ignore_ascii_case(id));
            assert!(id.starts_with("licenseref-") || listed, "{id}");
        }
    }

    #[test]
    fn own_readings_win_and_broken_tables_are_refused() {
        let own = "[[licence]]\nid = [\"LicenseRef-contract-7\", \"mit\"]\ncommercial = \"no\"\nsource = \"our lawyers\"";
        let table = LicenceTable::shipped().unwrap().extend(own).unwrap();
        assert_eq!(table.axes("licenseref-CONTRACT-7").commercial, Known::No);
        assert_eq!(
            table.axes("MIT"),
            LicenceAxes {
                commercial: Known::No,
                ..Default::default()
            }
        );
        assert_eq!(table.axes("NOT-THERE"), LicenceAxes::default());
        for (broken, says) in [
            ("[[licence]]\nid = [\"MIT\"]", "source"),
            ("[[licence]]\nid = [\"MIT\"]\nsource = \" \"", "no source"),
            (
                "[[licence]]\nid = [\"MIT\", \"mit\"]\nsource = \"x\"",
                "two entries",
            ),
            (
                "[[licence]]\nid = [\"MIT\"]\nsource = \"x\"\ncomercial = \"yes\"",
                "comercial",
            ),
            (
                "[[licence]]\nid = [\"MIT\"]\nsource = \"x\"\ncommercial = true",
                "commercial",
            ),
        ] {
            let error = LicenceTable::shipped()
                .unwrap()
                .extend(broken)
                .unwrap_err()
                .to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
