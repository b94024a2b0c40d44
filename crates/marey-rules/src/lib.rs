//! Design knowledge for charts: what is legal, what is good, and why.
//!
//! [`recommend`] proposes charts for a profiled table: it enumerates the charts that make sense,
//! lets the rules of the [`CATALOGUE`] cost them, and chooses a few that differ. [`lint`] asks the
//! same rules of any chart.

mod additive;
mod draft;
mod enumerate;
mod facts;
mod fallback;
mod lint;
mod order;
mod period;
mod recommend;
mod role;
mod rule;
mod select;
mod words;

pub use lint::{Violation, cost, lint, lint_without_data};
pub use recommend::{RecommendOptions, Recommendation, Source, recommend};
pub use rule::{CATALOGUE, Kind, Rule, WEIGHTS, catalogue_markdown};
