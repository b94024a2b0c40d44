//! Table profiles: what a chart needs to know of every column, in one mergeable pass.

mod profile;

pub use profile::{
    Association, AssociationMeasure, ColumnProfile, Count, Distribution, Monotonicity, NumericSummary,
    Quantiles, TableProfile, TemporalSummary, TextSummary, TimeGranularity, TopValue,
};
