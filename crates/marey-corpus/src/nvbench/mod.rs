//! nvBench: charts with requests, over the tables of Spider's databases.
//!
//! Luo et al., *Synthesizing Natural Language to Visualization (NL2VIS) Benchmarks from NL2SQL
//! Benchmarks* (SIGMOD 2021). Each item is a query, its requests, and the rows that its authors'
//! own program drew.

mod agreement;
mod drawn;
mod pair;

pub use agreement::{Agreement, Quirk, agreement};
pub use pair::{DrawnRow, Pair};
