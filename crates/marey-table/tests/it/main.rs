//! Integration tests of the crate.

mod execute;
mod invariants;
mod read_csv;
mod read_csv_properties;
mod vega_cases;
