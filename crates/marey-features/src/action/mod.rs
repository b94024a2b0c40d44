//! Chart specs as typed actions with pointers.
//!
//! A chart of the model's tier is a short sequence of [`Action`]s: grammar [`Token`]s, and pointers
//! to the columns of a table, to cells that a request may mean, and to spans of the request itself.
//! No name of a schema is in the vocabulary, so tables that were never seen can be charted. The
//! [`Prefix`] of a sequence knows which actions may follow: only such as lead to a chart that is
//! grammatical, fits the columns' types and can be executed, and never into a dead end.
//!
//! [`lift`] turns a spec into actions and [`lower`] actions into a spec; on the tier one undoes the
//! other. The typed grammar follows IRNet's intermediate trees (Guo et al., ACL 2019) and the
//! incremental parsing of PICARD (Scholak et al., EMNLP 2021), with pointers as in RAT-SQL (Wang et
//! al., ACL 2020).

mod chart;
mod condition;
mod condition_state;
mod error;
mod legal;
mod lift;
mod lift_condition;
mod limit;
mod literal;
mod lower;
mod prefix;
mod scope;
mod slot;
mod token;
mod write;

#[cfg(test)]
mod tests;

pub use chart::{Condition, Function, Key, Limit, Order, Shown, Slot, Test, TierChart};
pub use error::ActionError;
pub use legal::Legal;
pub use lift::{lift, lift_chart};
pub use literal::LiteralRef;
pub use lower::lower;
pub use prefix::{Design, GrammarOptions, MAX_ACTIONS, Prefix, parse};
pub use scope::{CellValue, MAX_SPAN, Scope, ScopeColumn};
pub use token::{Action, Comparison, StackKind, Summary, Token, UnitOfTime, VOCABULARY};
pub use write::write;
