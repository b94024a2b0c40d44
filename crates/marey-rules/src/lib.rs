//! Design knowledge for charts: what is legal, what is good, and why.

mod recommend;

pub use recommend::{RecommendOptions, Recommendation, Source, recommend};
