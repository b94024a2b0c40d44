//! Reading CSV with full typing.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::table::read::{ReadOptions, read};

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read_csv");
    for rows in [1_000, 10_000, 100_000] {
        let bytes = marey_benches::orders_csv(rows);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.sample_size(if rows > 10_000 { 10 } else { 50 });
        group.bench_with_input(BenchmarkId::from_parameter(rows), &bytes, |bencher, bytes| {
            bencher.iter_with_setup(
                || bytes.clone(),
                |bytes| read("orders.csv", bytes, &ReadOptions::default()),
            );
        });
    }
    group.finish();
}
