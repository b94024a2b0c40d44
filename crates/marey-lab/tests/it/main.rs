//! The laboratory on corpora made here.

mod column_types;
mod corpus;
mod endpoints;
mod insights;
mod generation;
mod plugins;
mod runs;
mod training;
