//! What the columns of a wide table have to do with each other: 300 columns, with and without the
//! associations of their pairs.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, StringArray};
use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    Table,
    profile::{ProfileOptions, profile},
};

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pairs");
    group.sample_size(10);
    for rows in [10_000, 50_000] {
        let table = wide(rows);
        let pairs = table.columns() * (table.columns() - 1) / 2;
        group.throughput(Throughput::Elements(pairs as u64));
        let without = ProfileOptions {
            max_correlated: 0,
            max_pairs: 0,
            ..ProfileOptions::default()
        };
        for (name, options) in [("all", ProfileOptions::default()), ("no associations", without)] {
            group.bench_with_input(BenchmarkId::new(name, rows), &table, |bencher, table| {
                bencher.iter(|| profile(table, &options));
            });
        }
    }
    group.finish();
}

fn wide(rows: usize) -> Table {
    let (numbers, categories) = marey_benches::wide_columns(rows);
    let numbers = numbers.into_iter().map(|(name, values)| {
        let cells = values.into_iter().map(|value| (!value.is_nan()).then_some(value));
        (
            name.as_str().into(),
            Arc::new(Float64Array::from_iter(cells)) as ArrayRef,
        )
    });
    let categories = categories.into_iter().map(|(name, values)| {
        (
            name.as_str().into(),
            Arc::new(StringArray::from(values)) as ArrayRef,
        )
    });
    Table::from_columns("wide", numbers.chain(categories).collect())
        .expect("columns of one length are a table")
}
