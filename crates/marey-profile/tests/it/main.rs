//! Profiles of whole tables.

mod tables;
