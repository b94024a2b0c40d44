//! [`ProfileComparison`]: what of a table has changed.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use crate::{Count, TopValue};

/// What has changed from one profile of a table to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProfileComparison {
    /// The table as it was.
    pub before: TableFacts,
    /// The table as it is.
    pub after: TableFacts,
    /// Columns that were not there before.
    pub added: Vec<FieldName>,
    /// Columns that are there no more.
    pub removed: Vec<FieldName>,
    /// Whether columns that both have stand in another order.
    pub reordered: bool,
    /// The largest drift of a column.
    pub drift: Drift,
    /// Columns that both have, in the order of the table as it is.
    pub columns: Vec<ColumnComparison>,
}

impl ProfileComparison {
    /// Whether nothing has drifted, and the columns and their types are the same.
    pub fn is_steady(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.drift == Drift::None
            && self.columns.iter().all(|column| column.changes.is_empty())
    }
}

/// A table in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableFacts {
    /// Its name.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// Number of columns.
    pub columns: u64,
}

/// What has changed of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnComparison {
    /// The column.
    pub name: FieldName,
    /// How far its values have drifted.
    pub drift: Drift,
    /// Types and other properties that are not what they were.
    pub changes: Vec<PropertyChange>,
    /// Share of missing values.
    pub missing: ShareChange,
    /// Number of different values, before and after.
    pub distinct: [Count; 2],
    /// Mean, before and after, of numbers.
    pub mean: Option<ValueChange>,
    /// Median, before and after, of numbers.
    pub median: Option<ValueChange>,
    /// Earliest and latest point in time, before and after, in milliseconds since 1970.
    pub range: Option<[[i64; 2]; 2]>,
    /// Population stability index: the sum over classes of (q - p) ln(q / p), where p and q are their
    /// shares before and after with half a row added to each; 0 and more.
    pub psi: Option<f64>,
    /// The index that two samples of one source of these sizes pass once in a thousand times.
    pub psi_by_chance: Option<f64>,
    /// Largest distance between the two distribution functions (Kolmogorov and Smirnov), 0 to 1; told
    /// from what the profiles keep of them, so never too large but perhaps too small.
    pub ks: Option<f64>,
    /// The distance that two samples of one source of these sizes pass once in a thousand times.
    pub ks_by_chance: Option<f64>,
    /// Values that were not there before, most frequent first, at most twenty; none where the profiles do
    /// not list every value.
    pub new_categories: Vec<TopValue>,
    /// Values that are there no more, likewise.
    pub lost_categories: Vec<TopValue>,
    /// How many values are new and how many are lost, where that could be told.
    pub categories_changed: Option<[u64; 2]>,
}

impl ColumnComparison {
    /// A column of which nothing has changed but the number of different values.
    pub(super) fn new(name: FieldName, distinct: [Count; 2]) -> Self {
        Self {
            name,
            drift: Drift::None,
            changes: Vec::new(),
            missing: ShareChange::default(),
            distinct,
            mean: None,
            median: None,
            range: None,
            psi: None,
            psi_by_chance: None,
            ks: None,
            ks_by_chance: None,
            new_categories: Vec::new(),
            lost_categories: Vec::new(),
            categories_changed: None,
        }
    }
}

/// How far something has drifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Drift {
    /// Not beyond chance, or too little to matter.
    #[default]
    None,
    /// Enough to look at.
    Moderate,
    /// So far that what was learnt from the table before may not hold.
    Large,
}

impl Drift {
    /// The drift of a figure by its two thresholds.
    pub(super) fn of(figure: f64, [moderate, large]: [f64; 2]) -> Self {
        if figure >= large {
            Drift::Large
        } else if figure >= moderate {
            Drift::Moderate
        } else {
            Drift::None
        }
    }

    /// The name (`moderate`).
    pub fn as_str(self) -> &'static str {
        match self {
            Drift::None => "none",
            Drift::Moderate => "moderate",
            Drift::Large => "large",
        }
    }
}

/// A property of a column that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PropertyChange {
    /// Which.
    pub property: Property,
    /// What it was, `none` for nothing.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// A property of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// How values are stored.
    PhysicalType,
    /// Level of measurement.
    FieldType,
    /// What values stand for.
    SemanticType,
    /// Unit of the numbers.
    Unit,
    /// How the cells were written.
    Format,
    /// Kind of personal data.
    PersonalData,
    /// Whether no value occurs twice and none is missing.
    Unique,
}

impl Property {
    /// The name (`physical_type`).
    pub fn as_str(self) -> &'static str {
        match self {
            Property::PhysicalType => "physical_type",
            Property::FieldType => "field_type",
            Property::SemanticType => "semantic_type",
            Property::Unit => "unit",
            Property::Format => "format",
            Property::PersonalData => "personal_data",
            Property::Unique => "unique",
        }
    }
}

/// A share before and after, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShareChange {
    /// What it was.
    pub before: f64,
    /// What it is.
    pub after: f64,
}

/// A number before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ValueChange {
    /// What it was.
    pub before: f64,
    /// What it is.
    pub after: f64,
}
