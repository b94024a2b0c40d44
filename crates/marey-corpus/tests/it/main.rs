//! Integration tests of marey-corpus.

mod decisions;
mod monotone;
mod policies;
mod queries;
