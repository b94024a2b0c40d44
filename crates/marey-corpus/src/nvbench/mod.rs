//! nvBench: charts with requests, over the tables of Spider's databases.
//!
//! Luo et al., *Synthesizing Natural Language to Visualization (NL2VIS) Benchmarks from NL2SQL
//! Benchmarks* (SIGMOD 2021). Each item is a query, its requests, and the rows that its authors'
//! own program drew.

mod agreement;
mod altered;
mod compare;
mod drawn;
mod pages;
mod pair;
mod python;
mod release;
mod survey;

pub use agreement::{Agreement, Quirk, agreement};
pub use compare::{Differences, differences};
pub use pair::{DrawnRow, Pair};
pub use release::Release;
pub use survey::{Part, Survey, survey};
