//! What is told of two columns together: [`Association`], [`Dependency`].

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

/// How strongly two columns go together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Association {
    /// First column.
    pub a: FieldName,
    /// Second column.
    pub b: FieldName,
    /// The measure.
    pub measure: AssociationMeasure,
    /// Its value: -1 to 1 for correlations, 0 and more for mutual information, 0 to 1 otherwise.
    pub value: f64,
    /// Number of rows in which both have a value, among those that were looked at.
    pub n: u64,
    /// Whether all rows were looked at, rather than a sample of them.
    pub exact: bool,
    /// Standard error of a correlation that was measured on a sample of the rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// A measure of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssociationMeasure {
    /// Pearson's r of two numeric columns.
    Pearson,
    /// Spearman's rho of two numeric columns.
    Spearman,
    /// Correlation ratio (eta) of a numeric column (`b`) over a category (`a`).
    CorrelationRatio,
    /// Bias-corrected Cramér's V of two categories.
    CramersV,
    /// Theil's U: the share of the uncertainty of category `b` that knowing category `a` removes.
    TheilsU,
    /// Mutual information in nats with the correction of Miller and Madow; numbers count in at most
    /// 16 bins of equally many rows.
    MutualInformation,
}

/// The value of one column follows from that of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dependency {
    /// The column that decides.
    pub from: FieldName,
    /// The column that follows.
    pub to: FieldName,
    /// Share of the rows that would have to go for the rest to follow wholly (g3 of Kivinen and
    /// Mannila, *Approximate inference of functional dependencies from relations*, 1995).
    #[serde(default)]
    pub error: f64,
    /// Rows that could have broken it: those whose deciding value another row has too, less one per
    /// value.
    #[serde(default)]
    pub support: u64,
    /// Whether all rows were looked at, rather than a sample of them.
    #[serde(default)]
    pub exact: bool,
}
