//! [`levels`]: how personal columns are, as a profile tells it.

use std::collections::BTreeMap;

use marey_profile::{ProfileOptions, TableProfile, privacy::PrivacyLevel, profile};
use marey_table::read::{ReadOptions, read};

use crate::{PersonalLevel, Rights};

/// How personal each column of a table is, as its profile tells it: a suspicion with grounds, which a person
/// may know better ([`Rights::with_levels`]).
pub fn levels(profile: &TableProfile) -> BTreeMap<String, PersonalLevel> {
    profile
        .columns
        .iter()
        .map(|column| (column.name.to_string(), level(column.privacy.level)))
        .collect()
}

/// Reads contents as a table and profiles it; none where they are no table.
pub fn look(name: &str, contents: Vec<u8>) -> Option<BTreeMap<String, PersonalLevel>> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let table = read(name, contents, &ReadOptions::default()).ok()?;
    Some(levels(&profile(&table.value, &ProfileOptions::default())))
}

/// Sensitive data outranks names here: policies stop at the most that may be left, and of the two it is the one that
/// asks for more.
fn level(level: PrivacyLevel) -> PersonalLevel {
    match level {
        PrivacyLevel::None => PersonalLevel::None,
        PrivacyLevel::Indirect => PersonalLevel::Indirect,
        PrivacyLevel::Direct => PersonalLevel::Direct,
        PrivacyLevel::Sensitive => PersonalLevel::Sensitive,
    }
}

impl Rights {
    /// The rights with the levels of columns that nobody has said anything about. What somebody wrote of a
    /// column stands: people see more than a profile does.
    pub fn with_levels(mut self, found: &BTreeMap<String, PersonalLevel>) -> Self {
        let own = self.personal.get_or_insert_default();
        for (column, level) in found {
            own.entry(column.clone()).or_insert(*level);
        }
        self
    }
}
