//! Integration tests of marey-corpus.

mod admission;
mod audit_log;
mod company;
mod decisions;
mod folders;
mod imports;
mod joins;
mod loading;
mod manifests;
mod monotone;
mod overlap;
mod parts;
mod policies;
mod queries;
mod rubbish;
mod samples;
mod sourcing;
mod withdrawal;
