//! Executing whole specs.

mod hostile;
mod official_rows;
