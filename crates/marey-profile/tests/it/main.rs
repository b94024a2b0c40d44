//! Profiles of whole tables.

mod built;
mod invariants;
mod meanings;
mod tables;
