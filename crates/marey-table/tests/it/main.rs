//! Integration tests of `marey-table`, one binary.

mod execute;
mod invariants;
mod formats;
mod read_csv;
mod read_csv_properties;
mod vega_cases;
