//! Integration tests.

mod appending;
mod calibration;
mod facts;
mod interval;
mod odd_tables;
mod planted;
mod recount;
mod stories;
mod tables;
