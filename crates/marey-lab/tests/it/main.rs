//! The laboratory on corpora made here.

mod column_types;
mod corpus;
mod endpoints;
mod generation;
mod insights;
mod plugins;
mod runs;
mod training;
