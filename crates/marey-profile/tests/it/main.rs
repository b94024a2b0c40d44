//! Profiles of whole tables.

mod built;
mod invariants;
mod meanings;
mod merging;
mod privacy;
mod quality;
mod reference;
mod relations;
mod reviewed;
mod samples;
#[cfg(feature = "schema")]
mod schema;
mod semantic_types;
mod states;
mod streaming;
mod tables;
