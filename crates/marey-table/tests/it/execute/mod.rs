//! Executing whole specs.

mod box_plots;
mod documents;
mod hostile;
mod official_rows;
mod parameters;
