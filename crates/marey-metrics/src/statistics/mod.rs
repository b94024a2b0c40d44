//! How sure one may be of a figure, and of the difference between two systems.
//!
//! Items of one group (a database, a repository, a portal) resemble each other, so whole groups are
//! drawn, exchanged or flipped, never single items. Every random step takes a seed, and the same
//! seed gives the same bytes.

mod bootstrap;
mod generator;
mod holm;
mod paired;
mod quantile;
mod rank;

pub use bootstrap::{Bootstrap, Interval, Tally};
pub use generator::Generator;
pub use holm::holm;
pub use paired::{Comparison, PairedGroup, compare_paired};
pub use quantile::quantile;
pub use rank::{RankInterval, rank_intervals};
