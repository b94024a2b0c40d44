//! Integration tests of marey-corpus.

mod admission;
mod audit_log;
mod company;
mod decisions;
mod folders;
mod imports;
mod loading;
mod manifests;
mod monotone;
mod policies;
mod queries;
mod samples;
mod sourcing;
mod withdrawal;
