//! Recommendations and lint of hand-made profiles.

mod profiles;
mod recommend;
mod rules;
