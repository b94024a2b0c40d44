//! [`TableProfile`]: the finished profile of a table, one file per part.

mod column;
mod distribution;
mod evidence;
mod numeric;
mod pair;
mod quality;
mod relation;
mod temporal;
mod text;

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use crate::privacy::TablePrivacy;

pub use column::{ColumnProfile, Monotonicity, SketchBounds, TopValue};
pub use distribution::Distribution;
pub use evidence::{EvidenceSource, SemanticEvidence};
pub use numeric::{Modes, NumericSummary, Outliers, Quantiles, Tails};
pub use pair::{Association, AssociationMeasure, Dependency};
pub use quality::{QualityFinding, QualityKind, Severity};
pub use relation::{
    Agreement, CompositeDependency, DerivedColumn, DuplicateColumn, ElapsedUnit, Formula, Hierarchy, LeftOut,
    Level, MissingGroup, MissingPattern, MissingTogether, NestedMissing, Relations, Search, Shares, TimePart,
};
pub use temporal::{TemporalSummary, TimeGap, TimeGranularity, TimeSpacing};
pub use text::{CaseStyle, ScriptShare, TextCharacters, TextLength, TextShape, TextSummary};

/// What is known of a table after one pass.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TableProfile {
    /// Name of the table.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// Columns in the order of the table.
    pub columns: Vec<ColumnProfile>,
    /// Number of different rows.
    pub distinct_rows: Count,
    /// Associations between pairs of columns.
    pub pairs: Vec<Association>,
    /// Smallest sets of at most three columns whose values name a row. Proven, never estimated.
    pub keys: Vec<Vec<FieldName>>,
    /// Columns whose value followed from another column's in every row that was looked at.
    pub dependencies: Vec<Dependency>,
    /// What else columns have to do with each other.
    #[serde(default)]
    pub relations: Relations,
    /// What is wrong with the data, or may be: of the table first, then column by column.
    pub quality: Vec<QualityFinding>,
    /// What is known of personal data in it.
    #[serde(default)]
    pub privacy: TablePrivacy,
    /// Warnings in words.
    pub warnings: Vec<String>,
}

impl TableProfile {
    /// The profile of a column by name.
    pub fn column(&self, name: &FieldName) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| &column.name == name)
    }
}

/// A number of things, exact or estimated.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// The number.
    pub value: u64,
    /// Whether it was counted rather than estimated.
    pub exact: bool,
}

impl Count {
    /// A number that was counted.
    pub fn exact(value: u64) -> Self {
        Self { value, exact: true }
    }

    /// A number that was estimated.
    pub fn estimated(value: u64) -> Self {
        Self { value, exact: false }
    }
}
