//! Integration tests of marey-corpus.

mod admission;
mod audit_log;
mod decisions;
mod folders;
mod imports;
mod manifests;
mod monotone;
mod policies;
mod queries;
mod withdrawal;
