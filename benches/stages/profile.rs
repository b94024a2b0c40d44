//! Profiling a table of twelve columns, and one of texts that never repeat, where telling the
//! meaning is most of the work; and what is done with a profile: holding it against another, writing it as
//! Arrow, hiding personal values by it.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    Table,
    profile::{
        ProfileOptions, compare,
        privacy::{Hiding, RedactOptions, personal_spans, redact_table},
        profile,
    },
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
    of_profiles(criterion);
    redaction(criterion);
}

/// Two profiles of 10,000 rows against each other, and one as a batch of statistics.
fn of_profiles(criterion: &mut Criterion) {
    let of = |rows| profile(&super::orders(rows), &ProfileOptions::default());
    let (before, after) = (of(10_000), of(12_000));
    let mut group = criterion.benchmark_group("profile_of_12_columns");
    group.bench_function("compare", |bencher| bencher.iter(|| compare(&before, &after)));
    group.bench_function("to_record_batch", |bencher| {
        bencher.iter(|| after.to_record_batch());
    });
    group.finish();
}

/// Hiding 10,000 addresses of mail, and the telephone numbers inside as many remarks.
fn redaction(criterion: &mut Criterion) {
    const ROWS: usize = 10_000;
    let table = persons(ROWS);
    let known = profile(&table, &ProfileOptions::default());
    let mut group = criterion.benchmark_group("redact");
    group.throughput(Throughput::Elements((2 * ROWS) as u64));
    group.sample_size(20);
    for (name, hiding) in [
        ("pseudonyms", Hiding::Pseudonym),
        ("masks", Hiding::Mask),
        ("blanks", Hiding::Blank),
    ] {
        let options = RedactOptions {
            hiding,
            ..RedactOptions::default()
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| redact_table(&table, &known, &options));
        });
    }
    group.finish();
    let text =
        "Please call (212) 555-0199 before noon or write to ann.lee@example.com, order 4417 of 2024-01-31.";
    criterion.bench_function("personal_spans", |bencher| bencher.iter(|| personal_spans(text)));
}

fn persons(rows: usize) -> Table {
    let mut csv = String::from("mail,remark\n");
    for row in 0..rows {
        csv.push_str(&format!(
            "ann.{}@example.com,please call (212) 555-{:04} after {} today\n",
            row % 4000,
            row % 10_000,
            row % 12
        ));
    }
    read_csv("persons", csv.as_bytes(), &CsvOptions::default())
        .expect("two columns of texts")
        .value
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
