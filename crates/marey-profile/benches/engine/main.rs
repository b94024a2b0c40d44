//! The engine alone: every kind of column, every sketch, every stage of a profile.

mod trips;

use std::sync::Arc;

use arrow::{
    array::{Int64Array, RecordBatch},
    datatypes::DataType,
};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use marey_profile::{ProfileOptions, Profiler, UniquenessCheck, sketches};

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

/// Nanoseconds per value of each sketch alone.
fn sketch(criterion: &mut Criterion) {
    let bits: Vec<u64> = trips::random(31).take(ROWS).collect();
    let few: Vec<u64> = bits.iter().map(|bits| bits % 5000).collect();
    let (hashes, few_hashes) = (sketches::hash_bits(&bits), sketches::hash_bits(&few));
    let numbers: Vec<f64> = bits.iter().map(|bits| *bits as f64).collect();
    let codes: Vec<String> = bits
        .iter()
        .map(|bits| format!("u{:09}", bits % 500_000_000))
        .collect();
    let notes: Vec<String> = bits
        .iter()
        .map(|bits| format!("left at door {} of gate {}", bits % 1000, bits >> 52))
        .collect();
    let (codes, notes): (Vec<&str>, Vec<&str>) = codes
        .iter()
        .map(String::as_str)
        .zip(notes.iter().map(String::as_str))
        .unzip();
    let mut group = criterion.benchmark_group("sketch");
    group
        .throughput(Throughput::Elements(ROWS as u64))
        .sample_size(10);
    group.bench_function("hash_bits", |bencher| bencher.iter(|| sketches::hash_bits(&bits)));
    group.bench_function("hash_texts_10", |bencher| {
        bencher.iter(|| sketches::hash_texts(&codes))
    });
    group.bench_function("distinct", |bencher| bencher.iter(|| sketches::distinct(&hashes)));
    group.bench_function("counted_5000", |bencher| {
        bencher.iter(|| sketches::counted(&few_hashes, &few));
    });
    group.bench_function("frequent", |bencher| bencher.iter(|| sketches::frequent(&hashes)));
    group.bench_function("frequent_5000", |bencher| {
        bencher.iter(|| sketches::frequent(&few_hashes));
    });
    group.bench_function("value_sample", |bencher| {
        bencher.iter(|| sketches::sampled(&hashes, &bits));
    });
    group.bench_function("quantiles", |bencher| {
        bencher.iter(|| sketches::quantiles(&numbers))
    });
    group.bench_function("moments", |bencher| bencher.iter(|| sketches::moments(&numbers)));
    group.bench_function("text_codes", |bencher| {
        bencher.iter(|| sketches::measured(&codes))
    });
    group.bench_function("text_notes", |bencher| {
        bencher.iter(|| sketches::measured(&notes))
    });
    group.finish();
}

/// Products of all pairs of 200 columns of 1,024 rows, the inner part of all correlations.
fn pairs(criterion: &mut Criterion) {
    const COLUMNS: usize = 200;
    let columns: Vec<Vec<f64>> = (0..COLUMNS as u64)
        .map(|seed| {
            trips::random(100 + seed)
                .take(1024)
                .map(|bits| bits as f64)
                .collect()
        })
        .collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut group = criterion.benchmark_group("pairs");
    group
        .throughput(Throughput::Elements((1024 * COLUMNS * (COLUMNS + 1) / 2) as u64))
        .sample_size(10);
    group.bench_function("products_200", |bencher| {
        bencher.iter(|| sketches::pairs(&columns))
    });
    group.finish();
}

/// The second look at a column that may be a key.
fn keys(criterion: &mut Criterion) {
    // A bijection of 0, 1, 2, ...: all different, and in no order.
    let unique = Int64Array::from_iter_values(
        (0..ROWS as i64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64)),
    );
    let batch = trips::batch(&[("key", Arc::new(unique))]);
    let profiler = fed(&batch);
    assert_eq!(profiler.key_candidates(), [0]);
    let mut group = criterion.benchmark_group("keys");
    group
        .throughput(Throughput::Elements(ROWS as u64))
        .sample_size(10);
    group.bench_function("uniqueness", |bencher| {
        bencher.iter(|| {
            let mut check = UniquenessCheck::new(&profiler, 64 << 20);
            while !check.columns().is_empty() {
                check.update(&batch).expect("the candidate's column");
                check.end_pass();
            }
            check.finish()
        });
    });
    group.finish();
}

criterion_group!(engine, columns, sketch, pairs, keys, stages);
criterion_main!(engine);
