//! [`LicenceNames`]: from what people write where a licence should stand to SPDX identifiers.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::LicenceExpression;
use crate::CorpusError;

const SHIPPED: &str = include_str!("../../data/licence-names.toml");

/// Something stands where a licence should, and it names none.
pub(crate) const UNSPECIFIED: &str = "LicenseRef-unspecified";

/// Names and addresses of licences, and the SPDX identifiers that they mean.
///
/// The table that ships with the crate has what data packages, data cards and Croissant manifests commonly
/// say; [`extend`](Self::extend) adds a company's own readings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LicenceNames {
    names: BTreeMap<String, String>,
    addresses: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    name: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    licence: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    addresses: Vec<String>,
    source: String,
}

static TABLE: LazyLock<LicenceNames> =
    // A test sees to it that the shipped file is whole; were it not, nothing would be known of any name.
    LazyLock::new(|| LicenceNames::default().extend(SHIPPED).unwrap_or_default());

impl LicenceNames {
    /// The table that ships with the crate.
    pub fn shipped() -> &'static Self {
        &TABLE
    }

    /// The table with the entries of a TOML file added; an entry for a name that is already there
    /// replaces it.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, has unknown members, names no source, or its licence is no SPDX expression.
    pub fn extend(mut self, toml: &str) -> Result<Self, CorpusError> {
        let problem = |problem: String| CorpusError::LicenceTable { problem };
        let file: NamesFile = toml::from_str(toml).map_err(|error| problem(error.to_string()))?;
        for row in file.name {
            if row.source.trim().is_empty() {
                return Err(problem(format!("the names of {} have no source", row.licence)));
            }
            if let Some(found) = LicenceExpression::new(row.licence.as_str()).problem() {
                return Err(problem(found));
            }
            for name in row.names {
                self.names.insert(key(&name), row.licence.clone());
            }
            for address in row.addresses {
                self.addresses.insert(bare(&address), row.licence.clone());
            }
        }
        Ok(self)
    }

    /// The identifier that a text means: one of SPDX in any case, a name or an address that is known.
    /// None where it means nothing that is known.
    pub fn identifier(&self, written: &str) -> Option<String> {
        let written = written.trim();
        let own = key(written);
        if let Some(id) = self.names.get(&own) {
            return Some(id.clone());
        }
        let address = bare(written);
        if let Some(id) = address.strip_prefix("spdx.org/licenses/") {
            return Some(listed(id.trim_end_matches(".html")).unwrap_or_else(|| id.to_owned()));
        }
        // The hub's manifests write the identifiers of its cards as addresses of this site.
        if let Some(id) = address.strip_prefix("choosealicense.com/licenses/") {
            return self.names.get(&key(id)).cloned().or_else(|| listed(id));
        }
        // Of several addresses that begin the text, the longest says most.
        let by_address = self
            .addresses
            .range(..=address.clone())
            .rev()
            .filter(|(known, _)| {
                address
                    .strip_prefix(known.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', '#', '?']))
            })
            .max_by_key(|(known, _)| known.len());
        match by_address {
            Some((_, id)) => Some(id.clone()),
            None => listed(written),
        }
    }

    /// The identifier, or the text as it is: no expression, and so denied with its own words.
    pub fn expression(&self, written: &str) -> LicenceExpression {
        LicenceExpression::new(
            self.identifier(written)
                .unwrap_or_else(|| written.trim().to_owned()),
        )
    }
}

/// The identifier of SPDX as it is spelt there.
fn listed(written: &str) -> Option<String> {
    spdx::identifiers::LICENSES
        .iter()
        .find(|licence| licence.name.eq_ignore_ascii_case(written))
        .map(|licence| licence.name.to_owned())
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// An address without scheme, `www.` and a last slash.
fn bare(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address
        .trim_start_matches("www.")
        .trim_end_matches('/')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_whole() {
        let table = LicenceNames::default().extend(SHIPPED).unwrap();
        assert!(table.names.len() > 40 && table.addresses.len() > 25);
    }

    #[test]
    fn names_and_addresses_are_their_identifiers() {
        for (written, expected) in [
            ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
            (
                "http://creativecommons.org/licenses/by/4.0/legalcode",
                "CC-BY-4.0",
            ),
            ("https://spdx.org/licenses/BSD-3-Clause.html", "BSD-3-Clause"),
            ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
            (" MIT ", "MIT"),
            ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
            ("u.s. government dataset", "LicenseRef-public-domain"),
            ("https://www.usa.gov/government-works", "LicenseRef-public-domain"),
            ("odc-by", "ODC-By-1.0"),
            ("https://choosealicense.com/licenses/odc-by/", "ODC-By-1.0"),
            ("unknown", "LicenseRef-unspecified"),
        ] {
            assert_eq!(
                LicenceNames::shipped().identifier(written).as_deref(),
                Some(expected),
                "{written}"
            );
        }
        for unknown in ["https://creativecommons.org/licenses/by/4.01/", "see website", ""] {
            assert_eq!(LicenceNames::shipped().identifier(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn own_names_win_and_broken_tables_are_refused() {
        let own =
            "[[name]]\nlicence = \"LicenseRef-contract-7\"\nnames = [\"MIT\"]\nsource = \"our lawyers\"";
        let table = LicenceNames::shipped().clone().extend(own).unwrap();
        assert_eq!(table.identifier("mit").as_deref(), Some("LicenseRef-contract-7"));
        for (broken, says) in [
            ("[[name]]\nlicence = \"MIT\"", "source"),
            ("[[name]]\nlicence = \"MIT\"\nsource = \" \"", "no source"),
            (
                "[[name]]\nlicence = \"my own\"\nsource = \"x\"",
                "is no SPDX licence expression",
            ),
            ("[[name]]\nlicence = \"MIT\"\nsource = \"x\"\ntitle = 1", "title"),
        ] {
            let error = LicenceNames::default().extend(broken).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
