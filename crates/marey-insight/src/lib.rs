#![doc = include_str!("../README.md")]

mod error;
mod fact;
mod insight;
mod kind;
mod mining;
mod query;
mod query_sql;

pub use error::InsightError;
pub use fact::{Fact, Quantity};
pub use insight::{Bucket, Caveat, Effect, EffectName, Estimate, Guard, Insight, Locator, Roles};
pub use kind::{Direction, InsightKind};
pub use mining::{DerivedColumn, FamilyKind, FamilyReport, Formula, MineOptions, Mining};
pub use query::{Condition, Query, Summary, Test};
