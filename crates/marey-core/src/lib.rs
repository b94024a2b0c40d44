//! The vocabulary of charts.
#![doc = include_str!("../README.md")]

mod aggregate;
mod channel;
pub mod expression;
mod field;
mod field_name;
mod folded;
pub mod label;
mod mark;
mod nearest_name;
mod semantic_type;
pub mod spec;
mod time_unit;
mod warned;

pub use aggregate::Aggregate;
pub use channel::Channel;
pub use field::{FieldType, PhysicalType};
pub use field_name::FieldName;
pub use folded::fold_name;
pub use mark::Mark;
pub use nearest_name::nearest_name;
pub use semantic_type::{SemanticFamily, SemanticType};
pub use spec::ChartSpec;
pub use time_unit::{MONTH_NAMES, TimeUnit, TimeUnitPart, WEEKDAY_NAMES};
pub use warned::Warned;
