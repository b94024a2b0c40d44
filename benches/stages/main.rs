//! The way of the data, stage by stage: read, profile, turn into features, mine, recommend, execute, render, report, score;
//! and corpora beside them.

mod corpus;
mod execute;
mod features;
mod insight;
mod metrics;
mod model;
mod pairs;
mod profile;
mod read;
mod recommend;
mod render;
mod report;

use criterion::{criterion_group, criterion_main};
use marey::{
    Table,
    table::read::{ReadOptions, read},
};

criterion_group!(
    stages,
    read::bench,
    profile::bench,
    pairs::bench,
    features::bench,
    insight::bench,
    recommend::bench,
    execute::bench,
    render::bench,
    report::bench,
    metrics::bench,
    model::bench,
    corpus::bench
);
criterion_main!(stages);

/// Orders as a table.
fn orders(rows: usize) -> Table {
    read(
        "orders.csv",
        marey_benches::orders_csv(rows),
        &ReadOptions::default(),
    )
    .expect("generated orders are a table")
    .value
}
