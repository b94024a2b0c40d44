//! Mining tables of twelve columns, whole: every hypothesis, second looks, and the numbers of what is
//! found; appending a hundredth of the rows to a mined table; and telling what was found.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use marey::{
    Locale, MineOptions, StoryOptions, Words,
    insight::{Miner, mine, story},
    profile::{ProfileOptions, profile},
};

pub fn bench(criterion: &mut Criterion) {
    mining(criterion);
    appending(criterion);
    telling(criterion);
}

fn mining(criterion: &mut Criterion) {
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

fn appending(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("insight/append");
    for rows in [10_000, 100_000] {
        let table = super::orders(rows);
        let (base, fresh) = (rows - rows / 100, rows / 100);
        let batch = |from: usize, count: usize| {
            let whole = arrow::compute::concat_batches(table.schema(), table.batches());
            vec![whole.expect("one schema").slice(from, count)]
        };
        let head = marey::Table::new("orders", table.schema(), batch(0, base)).expect("one schema");
        let profile = profile(&head, &ProfileOptions::default());
        let more = batch(base, fresh);
        group.sample_size(10);
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            bencher.iter_batched(
                || Miner::new(&head, &profile, &MineOptions::default()),
                |mut miner| {
                    let appended = miner.append(&more);
                    (miner, appended)
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

fn telling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("insight/tell");
    let table = super::orders(10_000);
    let profile = profile(&table, &ProfileOptions::default());
    let mining = mine(&table, &profile, &MineOptions::default());
    group.throughput(Throughput::Elements(mining.insights.len() as u64));
    for language in ["en", "de"] {
        let words = Words::new(Locale::new(language).expect("a language with a catalogue"));
        group.bench_function(BenchmarkId::from_parameter(language), |bencher| {
            bencher.iter(|| story(&mining, &table, &profile, &words, &StoryOptions::default()));
        });
    }
    group.finish();
}
