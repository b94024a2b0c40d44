//! Integration tests of the crate.

mod vega_cases;
