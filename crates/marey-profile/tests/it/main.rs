//! Profiles of whole tables.

mod built;
mod invariants;
mod meanings;
mod reference;
mod relations;
mod samples;
#[cfg(feature = "schema")]
mod schema;
mod states;
mod semantic_types;
mod streaming;
mod tables;
