//! The whole way: bytes of a CSV to the finished page.

use criterion::Criterion;
use marey::{
    ReportOptions, report,
    table::read::{ReadOptions, read},
};

pub fn bench(criterion: &mut Criterion) {
    let bytes = marey_benches::orders_csv(10_000);
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    group.bench_function("csv_10k_rows_12_columns", |bencher| {
        bencher.iter_with_setup(
            || bytes.clone(),
            |bytes| {
                let table =
                    read("orders.csv", bytes, &ReadOptions::default()).expect("generated orders are a table");
                report(&table, &ReportOptions::default())
            },
        );
    });
    group.finish();
}
