//! Integration tests.

mod appending;
mod calibration;
mod facts;
mod odd_tables;
mod planted;
mod recount;
mod stories;
mod tables;
