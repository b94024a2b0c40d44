//! Executing whole specs.

mod documents;
mod hostile;
mod official_rows;
mod parameters;
