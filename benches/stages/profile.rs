//! Profiling a table of twelve columns.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::profile::{ProfileOptions, profile};

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("profile");
    for rows in [10_000, 100_000] {
        let table = super::orders(rows);
        group.throughput(Throughput::Elements((rows * table.columns()) as u64));
        group.sample_size(20);
        group.bench_with_input(BenchmarkId::from_parameter(rows), &table, |bencher, table| {
            bencher.iter(|| profile(table, &ProfileOptions::default()));
        });
    }
    group.finish();
}
