//! Profiling a table of twelve columns, and one of texts that never repeat, where telling the
//! meaning is most of the work.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    Table,
    profile::{ProfileOptions, profile},
    table::read::{CsvOptions, read_csv},
};

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
    meaning(criterion);
}

/// A column of 2,048 different texts, as many as meanings are told from: what a profile of it costs
/// is more than what telling its meaning costs.
fn meaning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("meaning");
    for (name, word) in [
        ("names", "Anna-"),
        ("addresses", "12 Long Street, Apartment "),
        ("codes", "AB"),
    ] {
        let table = texts(word);
        group.bench_with_input(BenchmarkId::from_parameter(name), &table, |bencher, table| {
            bencher.iter(|| profile(table, &ProfileOptions::default()));
        });
    }
    group.finish();
}

fn texts(word: &str) -> Table {
    let mut csv = String::from("v\n");
    for row in 0..2048_u32 {
        // Letters rather than digits, so that lists of words are searched too.
        let letters = [row / 676 % 26, row / 26 % 26, row % 26].map(|letter| char::from(b'a' + letter as u8));
        csv.push('"');
        csv.push_str(word);
        csv.extend(letters);
        csv.push_str("\"\n");
    }
    read_csv("texts", csv.as_bytes(), &CsvOptions::default())
        .expect("one column of texts")
        .value
}
