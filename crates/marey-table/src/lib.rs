#![doc = include_str!("../README.md")]
//!
//! Readers turn bytes (CSV, JSON, Parquet, Arrow, spreadsheets, SQLite) into a [`Table`] and name
//! every repair they made. The executor ([`execute`]) runs the transforms and inline aggregations
//! of a [`ChartSpec`](marey_core::ChartSpec) on a table and yields the rows behind the marks.

mod column;
mod error;
pub mod execute;
pub mod read;
mod table;
pub mod vector;
mod warning;
pub mod write;

pub use column::{ColumnNote, NumberFormat, Unit};
pub use error::TableError;
pub use table::Table;
pub use warning::TableWarning;
