//! [`Privacy`]: what a profile says of personal data in a column, and [`TablePrivacy`] in a table.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use super::{KAnonymity, PersonalKind, PrivacyLevel, mask, mask_text};

/// What is known of personal data in a column. A suspicion with its grounds, never a proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Privacy {
    /// How close the column comes to persons.
    pub level: PrivacyLevel,
    /// What kind of data it holds; none at level none.
    pub kind: Option<PersonalKind>,
    /// How sure that is, 0 to 1; 0 at level none.
    pub confidence: f64,
    /// What it was told from, most telling first.
    pub evidence: Vec<PrivacyEvidence>,
    /// Share of the rows with a value that hold such data, 0 to 1.
    pub share: f64,
    /// Whether check digits, issuers' ranges or a closed form were found right, rather than the
    /// column's name believed.
    pub verified: bool,
    /// Probability that data in one of a thousand of the column's different values was missed
    /// because only a sample of them was looked at, 0 to 1. E-mail addresses, telephone numbers,
    /// cards, bank accounts and national numbers in texts are looked for in every row, whatever
    /// this says.
    pub miss_probability: f64,
    /// Whether who shows values should hide them, as [`TableProfile::masked`](crate::TableProfile::masked)
    /// does. A profile as it is made is not masked: [`TablePrivacy::values_masked`] says which one this is.
    pub masked: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            level: PrivacyLevel::None,
            kind: None,
            confidence: 0.0,
            evidence: Vec::new(),
            share: 0.0,
            verified: false,
            miss_probability: 0.0,
            masked: false,
        }
    }
}

impl Privacy {
    /// A value of the column with what is personal in it masked: the whole value, or pieces of a
    /// text in which such were met.
    ///
    /// ```
    /// use marey_profile::{ProfileOptions, profile};
    /// use marey_table::read::{ReadOptions, read};
    /// let csv = b"mail\nann@example.com\nbob@example.org\n".to_vec();
    /// let table = read("t.csv", csv, &ReadOptions::default())?.value;
    /// let profile = profile(&table, &ProfileOptions::default());
    /// assert_eq!(profile.columns[0].privacy.mask("ann@example.com"), "a***@***.com");
    /// # Ok::<(), marey_table::TableError>(())
    /// ```
    pub fn mask(&self, value: &str) -> String {
        match self.kind {
            Some(kind) if !self.is_in_texts() => mask(value, kind),
            _ => mask_text(value),
        }
    }

    /// Whether personal data stands inside longer texts, rather than being the values themselves.
    pub fn is_in_texts(&self) -> bool {
        self.evidence
            .first()
            .is_some_and(|first| first.source == PrivacySource::FreeText)
    }

    /// The kind as the `pii` of a column's profile names it.
    pub(crate) fn pii(&self) -> Option<String> {
        let kind = self.kind.filter(|kind| kind.is_named())?;
        Some(kind.as_str().to_owned())
    }
}

/// One ground for taking a column for personal data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrivacyEvidence {
    /// Where it was seen.
    pub source: PrivacySource,
    /// What was seen, in words; never a value of the column.
    pub what: String,
}

/// Where a ground for taking a column for personal data was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PrivacySource {
    /// Words of the column's name.
    ColumnName,
    /// The values themselves.
    Values,
    /// Parts of longer texts.
    FreeText,
    /// The other columns of the table.
    Table,
}

/// What is known of personal data in a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TablePrivacy {
    /// Whether rows seem to be about single persons. Only then are columns that identify
    /// indirectly, or are sensitive, named.
    pub about_persons: bool,
    /// Columns that name persons or lead to them.
    pub direct: Vec<FieldName>,
    /// Columns that may name persons together.
    pub indirect: Vec<FieldName>,
    /// Columns of sensitive data.
    pub sensitive: Vec<FieldName>,
    /// Whether values of the columns that say `masked` are hidden in this profile.
    #[serde(default)]
    pub values_masked: bool,
    /// How well quasi-identifiers hide persons in a crowd, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub k_anonymity: Option<KAnonymity>,
}
