//! [`Relations`]: what the columns of a table have to do with each other.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use super::{Count, Dependency};

/// What columns have to do with each other, beyond how strongly they are associated. All of it is
/// told from the rows that the profile kept: from every row where it says `exact`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relations {
    /// Columns that together named every row that was kept, of a table with more rows than those.
    pub key_candidates: Vec<Vec<FieldName>>,
    /// Dependencies that a few rows break.
    pub approximate_dependencies: Vec<Dependency>,
    /// Columns that follow from two others together, but from neither of them alone.
    pub composite_dependencies: Vec<CompositeDependency>,
    /// Columns that say again what an earlier one says.
    pub duplicates: Vec<DuplicateColumn>,
    /// Categories that contain each other, such as country, region and city.
    pub hierarchies: Vec<Hierarchy>,
    /// Columns that follow from others by arithmetic.
    pub derived: Vec<DerivedColumn>,
    /// Numbers that add up to a whole.
    pub shares: Vec<Shares>,
    /// Which values are missing together.
    pub missing: MissingTogether,
    /// What was looked at in part or not at all, because it would have cost too much.
    pub left_out: Vec<LeftOut>,
}

/// A column that follows from two others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompositeDependency {
    /// The columns that decide together.
    pub from: Vec<FieldName>,
    /// The column that follows.
    pub to: FieldName,
    /// Rows that could have broken it.
    pub support: u64,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// A column that says again what an earlier one says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DuplicateColumn {
    /// The earlier column.
    pub of: FieldName,
    /// The column that repeats it.
    pub column: FieldName,
    /// How they agree.
    pub how: Agreement,
    /// Share of the rows in which they agree, 0 to 1.
    pub share: f64,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// How two columns agree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Agreement {
    /// The same value, or none, in every row.
    Same,
    /// The same but for letter case, spaces and punctuation.
    Spelling,
    /// The same in nearly every row: at least 99 %.
    Nearly,
    /// The later is `factor` times the earlier plus `offset`, as far as its digits go.
    Rescaled {
        /// Factor.
        factor: f64,
        /// Offset.
        offset: f64,
    },
}

/// Categories that contain each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hierarchy {
    /// From the coarsest column to the finest.
    pub levels: Vec<Level>,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// A level of a hierarchy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Level {
    /// The column.
    pub column: FieldName,
    /// Number of its different values among the rows that were looked at.
    pub distinct: u64,
}

/// A column that follows from others by arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DerivedColumn {
    /// The column that follows.
    pub column: FieldName,
    /// How.
    pub formula: Formula,
    /// Share of the rows with all values in which it holds as far as the digits go, 0 to 1.
    pub share: f64,
    /// Number of these rows.
    pub n: u64,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// How a column follows from others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Formula {
    /// The sum of two columns or more.
    Sum {
        /// The columns.
        of: Vec<FieldName>,
    },
    /// The first column less the second.
    Difference {
        /// The columns.
        of: [FieldName; 2],
    },
    /// The product of two columns.
    Product {
        /// The columns.
        of: [FieldName; 2],
    },
    /// `factor` times the first column over the second.
    Quotient {
        /// The columns.
        of: [FieldName; 2],
        /// 1, 100, 1,000 and so on.
        factor: f64,
    },
    /// The time from the second column to the first.
    Elapsed {
        /// The columns.
        of: [FieldName; 2],
        /// In which unit.
        unit: ElapsedUnit,
        /// Whether only whole units count, rather than the nearest number.
        whole: bool,
    },
    /// A part of a point in time.
    TimePart {
        /// The column.
        of: FieldName,
        /// Which part.
        part: TimePart,
    },
}

/// A unit of elapsed time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ElapsedUnit {
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Weeks.
    Weeks,
    /// Years of 365.25 days.
    Years,
}

/// A part of a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimePart {
    /// The year.
    Year,
    /// The quarter, from 1.
    Quarter,
    /// The month, from 1.
    Month,
    /// The day of the month, from 1.
    Day,
    /// The day of the year, from 1.
    DayOfYear,
    /// The week after ISO 8601.
    Week,
    /// The hour, from 0.
    Hour,
    /// The date without the time of day.
    Date,
}

/// Numbers that add up to a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shares {
    /// The columns that add up row by row, or the one that adds up over rows.
    pub columns: Vec<FieldName>,
    /// The columns whose values name the groups of rows over which it adds up; empty where rows do.
    pub within: Vec<FieldName>,
    /// The whole: 1 or 100.
    pub total: f64,
    /// Share of the rows or groups that add up as far as the digits go, 0 to 1.
    pub share: f64,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// Which values are missing together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MissingTogether {
    /// Columns that miss their values in the same rows.
    pub groups: Vec<MissingGroup>,
    /// Columns that miss theirs only where others, with more missing, do too.
    pub nested: Vec<NestedMissing>,
    /// Which columns rows lack, most frequent first; rows that lack nothing are among them.
    pub patterns: Vec<MissingPattern>,
}

/// Columns that miss their values in the same rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MissingGroup {
    /// The columns.
    pub columns: Vec<FieldName>,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// A column that misses its value only where another does too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NestedMissing {
    /// The column with fewer missing values.
    pub column: FieldName,
    /// The one with more.
    pub inside: FieldName,
    /// Whether all rows were looked at.
    pub exact: bool,
}

/// A set of columns without a value, with the number of rows that lack just these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MissingPattern {
    /// The columns; none for rows that lack nothing.
    pub columns: Vec<FieldName>,
    /// Number of rows; estimated from the kept rows where not exact.
    pub rows: Count,
}

/// Something that was looked at in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// What was looked for.
    pub search: Search,
    /// How many columns, pairs or findings there were.
    pub all: u64,
    /// How many of them were looked at or kept.
    pub done: u64,
}

/// What is looked for among columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Search {
    /// Correlations, in numeric columns.
    Correlations,
    /// Mutual information and associations with categories, in pairs.
    Associations,
    /// Dependencies between two columns, in columns.
    Dependencies,
    /// Dependencies on two columns together, in columns.
    CompositeDependencies,
    /// Composite keys, in columns.
    Keys,
    /// Duplicate columns, in columns.
    Duplicates,
    /// Columns derived by arithmetic, in numeric columns.
    Derived,
    /// Values missing together, in columns.
    Missing,
}
