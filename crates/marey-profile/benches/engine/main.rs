//! The engine alone: every kind of column, every sketch, every stage of a profile.

mod trips;

use arrow::{array::RecordBatch, datatypes::DataType};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use marey_profile::{ProfileOptions, Profiler};

const ROWS: usize = 1 << 20;

fn fed(batch: &RecordBatch) -> Profiler {
    let mut profiler =
        Profiler::new("t", &batch.schema(), &[], &ProfileOptions::default()).expect("the types are known");
    profiler.update(batch).expect("the batch has its own schema");
    profiler
}

/// Nanoseconds per value of each kind of column, all that an update does included.
fn columns(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("column");
    group
        .throughput(Throughput::Elements(ROWS as u64))
        .sample_size(10);
    for column in trips::columns(ROWS) {
        if matches!(column.1.data_type(), DataType::Dictionary(..)) {
            continue;
        }
        let name = column.0;
        let batch = trips::batch(&[column]);
        group.bench_with_input(BenchmarkId::from_parameter(name), &batch, |bencher, batch| {
            bencher.iter(|| fed(batch));
        });
    }
    group.finish();
}

/// What comes after the rows: merging two states, sending one as bytes, and finishing one.
fn stages(criterion: &mut Criterion) {
    let columns: Vec<_> = trips::columns(ROWS / 4)
        .into_iter()
        .filter(|column| !matches!(column.1.data_type(), DataType::Dictionary(..)))
        .collect();
    let batch = trips::batch(&columns);
    let state = fed(&batch);
    let mut group = criterion.benchmark_group("stage");
    group.sample_size(10);
    group.bench_function("merge", |bencher| {
        bencher.iter_batched(
            || state.clone(),
            |mut own| own.merge(&state).map(|()| own),
            BatchSize::LargeInput,
        );
    });
    let saved = state.encode();
    group.bench_function("encode", |bencher| bencher.iter(|| state.encode()));
    group.bench_function("decode", |bencher| bencher.iter(|| Profiler::decode(&saved)));
    group.bench_function("finish", |bencher| {
        bencher.iter_batched(|| state.clone(), Profiler::finish, BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(engine, columns, stages);
criterion_main!(engine);
