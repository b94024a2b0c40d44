#![doc = include_str!("../README.md")]
//!
//! | question | metrics |
//! |---|---|
//! | Is it the right chart? | [`strict_match`], [`canonical_match`], [`tree_match`], [`tree_similarity`], [`execution_match`] |
//! | Which part is wrong? | [`components`], [`column_score`] |
//! | How far off is it? | [`token_distance`], [`edit_cost`] |
//! | Is it a chart at all? | [`valid_chart`], [`is_executable`], [`legality`], [`layout_check`] |
//! | Is the list good? | [`Hits`], [`ndcg_at`], [`diversity`], [`distinct_marks`], [`column_coverage`] |
//! | Is it a good chart? | [`preference_accuracy`], [`effectiveness`], [`task_effectiveness`], [`mark_advice`], [`rule_cost`], [`regret`] |
//! | Does it know? | [`calibration`] |
//! | Does it hold? | [`Flips`], [`macro_average`], [`statistics`] |
//! | What would ncNet's paper have said? | [`gold_assisted_match`], for comparison only |
//!
//! Definitions with formulas, ranges and sources are in `docs/metrics.md`. Functions return none where
//! a figure is undefined, never a number that only looks like one.

pub mod calibration;
mod cells;
mod columns;
mod component;
mod diversity;
mod drawn;
mod effectiveness;
mod exact;
#[cfg(test)]
mod example;
mod execution;
mod filter;
mod gold_assisted;
mod looks;
mod macro_average;
mod parts;
mod preference;
mod ranking;
mod robustness;
pub mod rows;
mod rule_cost;
pub mod statistics;
mod task_effectiveness;
mod tokens;
mod tree;
mod validity;
mod visual_check;

pub use columns::{SetScore, column_score, columns_used, set_score};
pub use component::{Components, components};
pub use diversity::{column_coverage, distinct_marks, diversity};
pub use effectiveness::{channel_effectiveness, effectiveness};
pub use exact::{canonical, canonical_match, strict_match};
pub use execution::{Executed, ExecutionOptions, execution_match};
pub use gold_assisted::{Template, gold_assisted_match};
pub use macro_average::{macro_average, micro_average, tallies};
pub use preference::{preference, preference_accuracy};
pub use ranking::{Hits, ndcg_at};
pub use robustness::Flips;
pub use rule_cost::{regret, rule_cost};
pub use task_effectiveness::{Advice, AnalysisTask, ReadingTask, mark_advice, task_effectiveness};
pub use tokens::{edit_cost, relative_token_distance, token_distance, tokens};
pub use tree::{tree_match, tree_similarity};
pub use validity::{is_executable, valid_chart};
pub use visual_check::{
    AskedOrder, Drawing, Layout, Legality, Rectangle, TextExtent, layout_check, legality, quality,
};
