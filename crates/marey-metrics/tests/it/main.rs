//! Metrics as a whole: against other programs, by simulation, by properties, and against mutants.

mod coverage;
mod mutants;
mod properties;
mod scipy;
