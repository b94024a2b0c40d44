#![doc = include_str!("../README.md")]

mod adjust;
mod answer;
mod autoregression;
mod chance;
mod claim;
mod cluster;
mod column;
mod contrast;
mod control;
mod driver;
mod error;
mod fact;
mod facts;
mod family;
mod fold;
mod insight;
mod kind;
mod mine;
mod mining;
mod moments;
mod query;
mod query_sql;
mod series;
mod tell;

pub use claim::claims;
pub use error::InsightError;
pub use fact::{Fact, Quantity};
pub use insight::{Bucket, Caveat, Effect, EffectName, Estimate, Guard, Insight, Locator, Roles};
pub use kind::{Direction, InsightKind};
pub use mine::{Tested, mine, test_family};
pub use mining::{DerivedColumn, FamilyKind, FamilyReport, Formula, MineOptions, Mining};
pub use query::{Condition, Phase, Query, Summary, Test};
