//! Policies: what may be done with which data. Default deny.

mod decide;
mod decision;
mod file;
mod rules;

pub use decide::{Context, decide};
pub use decision::{ColumnDecision, Decision, Obligation, Reason, Rule, Ruling};
pub use rules::{ColumnEffect, ColumnRule, Exception, MiningRule, Policy, PurposeRules};
