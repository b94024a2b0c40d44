//! The vocabulary of charts.
//!
//! `marey-core` holds the words every other Marey crate speaks: field types, marks, channels,
//! aggregates, time units, predicates, transforms and [`ChartSpec`], a Vega-Lite view as typed
//! Rust. It reads and writes Vega-Lite v6 JSON, brings specs to a canonical form and measures how
//! far two specs are apart. It knows nothing of tables, files or models.

mod aggregate;
mod channel;
pub mod expression;
mod field;
mod field_name;
mod mark;
pub mod spec;
mod time_unit;
mod warned;

pub use aggregate::Aggregate;
pub use channel::Channel;
pub use field::{FieldType, PhysicalType, SemanticType};
pub use field_name::FieldName;
pub use mark::Mark;
pub use spec::ChartSpec;
pub use time_unit::{TimeUnit, TimeUnitPart};
pub use warned::Warned;
