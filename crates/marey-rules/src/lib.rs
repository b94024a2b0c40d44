//! Design knowledge for charts: what is legal, what is good, and why.
#![doc = include_str!("../README.md")]

mod draft;
mod enumerate;
mod facts;
mod fallback;
mod lint;
mod period;
mod recommend;
mod role;
mod rule;
mod select;
mod words;

pub use lint::{Violation, cost, lint, lint_without_data};
pub use recommend::{RecommendOptions, Recommendation, Source, recommend};
pub use rule::{CATALOGUE, Kind, Rule, WEIGHTS, catalogue_markdown};
