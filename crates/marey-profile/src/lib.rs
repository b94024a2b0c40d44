#![doc = include_str!("../README.md")]
//!
//! Table profiles: what a chart needs to know of every column, in one mergeable pass.
//!
//! Values pass through [`Profiler`], one `ColumnState` per column and one sample of rows;
//! finishing turns each state into a [`ColumnProfile`], asks `meaning` what its values stand for,
//! and measures the pairs of columns on the sample.

mod advice;
mod association;
mod beyond;
mod calendar;
mod characters;
mod column_state;
mod column_update;
mod comparison;
pub mod detect;
mod distinct;
mod error;
mod finish;
mod frequent;
mod hash;
mod histogram;
mod key_check;
mod lattice;
mod meaning;
mod modes;
mod moments;
mod number_line;
mod numbers;
mod options;
mod order;
pub mod privacy;
mod profile;
mod profiler;
mod quality;
mod quantile;
mod record_batch;
mod relation;
mod row_sample;
#[cfg(feature = "schema")]
mod schema;
#[cfg(test)]
mod sketch_oracle;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod sketches;
mod spacing;
mod spread;
mod state;
mod stream_pass;
mod summary;
mod table_pass;
mod tail;
mod text;
mod text_length;
mod uniqueness;
mod value;
mod value_sample;
mod value_table;
mod week;

pub use advice::{
    Advice, AxisScale, ChartAggregate, ChartRole, ColorKind, SortOrder, Sums, TimeStep, advise, in_zone_of,
};
pub use comparison::*;
pub use error::ProfileError;
pub use key_check::KeyCheck;
pub use options::ProfileOptions;
pub use profile::*;
pub use profiler::Profiler;
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use stream_pass::profile_stream;
pub use table_pass::profile;
pub use uniqueness::UniquenessCheck;
