//! [`Distribution`]: counts of values in bins.

use serde::{Deserialize, Serialize};

/// Counts of values in bins of equal width, first edge included, last edge included in the last bin.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Distribution {
    /// Left edge of the first bin.
    pub start: f64,
    /// Width of each bin.
    pub width: f64,
    /// Number of values in each bin.
    pub counts: Vec<u64>,
}
