//! Mining tables of twelve columns, whole: every hypothesis, second looks, and the numbers of what is
//! found.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    MineOptions,
    insight::mine,
    profile::{ProfileOptions, profile},
};

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("insight");
    for rows in [2_000, 100_000] {
        let table = super::orders(rows);
        let profile = profile(&table, &ProfileOptions::default());
        group.throughput(Throughput::Elements((rows * table.columns()) as u64));
        group.sample_size(20);
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            bencher.iter(|| mine(&table, &profile, &MineOptions::default()));
        });
    }
    group.finish();
}
