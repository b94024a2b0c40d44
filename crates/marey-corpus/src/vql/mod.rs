//! VQL, the query language of nvBench: what to visualise, and the SQL that selects it.
//!
//! Luo et al., *Synthesizing Natural Language to Visualization (NL2VIS) Benchmarks from NL2SQL
//! Benchmarks* (SIGMOD 2021), section 3: `Visualize KIND SELECT x, y FROM … [BIN x BY unit]`, where
//! the rest is SQL as in Spider (Yu et al., 2018).

mod chart;
mod database;
mod error;
mod lexer;
mod parser;
mod query;
mod source;
mod transforms;
mod view;

pub use chart::{ChartKind, chart};
pub use database::chart_of_database;
pub use error::VqlError;
pub use query::{
    Aggregation, BinUnit, ColumnRef, Comparison, Condition, Expr, Join, Operand, OrderKey, Query, Select,
    SetOp, Subject, TableRef, VqlMark,
};
pub use source::ChartSource;
pub use view::View;
