//! Integration tests of `marey-table`, one binary.

mod execute;
mod formats;
mod invariants;
mod read_csv;
mod read_csv_properties;
mod vega_cases;
