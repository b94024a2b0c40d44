//! Features: of a table of twelve columns with its profile, of both sets alone, of many tables on one and
//! on all threads, and the linking of a request to a column of 100,000 different cells.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    Table,
    features::{
        column::column_features, mention::MentionIndex, relation::RelationMatrix, request::Request,
        vizml::vizml_features,
    },
    profile::{ProfileOptions, profile},
    table::read::{CsvOptions, read_csv},
};
use rayon::prelude::*;

pub fn bench(criterion: &mut Criterion) {
    of_a_table(criterion);
    of_many_tables(criterion);
    of_requests(criterion);
}

fn of_a_table(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("features");
    let options = ProfileOptions::default();
    for rows in [1_000, 10_000] {
        let table = super::orders(rows);
        let known = profile(&table, &options);
        group.sample_size(20);
        group.throughput(Throughput::Elements((rows * table.columns()) as u64));
        group.bench_with_input(
            BenchmarkId::new("all_with_profile", rows),
            &table,
            |bencher, table| {
                bencher.iter(|| {
                    let profile = profile(table, &options);
                    (column_features(&profile), vizml_features(table, &profile))
                });
            },
        );
        group.bench_with_input(BenchmarkId::new("profile", rows), &table, |bencher, table| {
            bencher.iter(|| profile(table, &options));
        });
        group.bench_with_input(BenchmarkId::new("vizml", rows), &table, |bencher, table| {
            bencher.iter(|| vizml_features(table, &known));
        });
        group.bench_with_input(BenchmarkId::new("model", rows), &known, |bencher, known| {
            bencher.iter(|| column_features(known));
        });
    }
    group.finish();
}

/// The same 32 tables on one thread and on all: what the second gains.
fn of_many_tables(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("features_of_32_tables");
    let tables: Vec<Table> = (0..32).map(|at| super::orders(1_000 + at)).collect();
    group.sample_size(10);
    for threads in [1, std::thread::available_parallelism().map_or(1, usize::from)] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool of threads");
        group.bench_with_input(
            BenchmarkId::new("threads", threads),
            &tables,
            |bencher, tables| {
                bencher.iter(|| {
                    pool.install(|| {
                        let of_one =
                            |table| vizml_features(table, &profile(table, &ProfileOptions::default()));
                        tables.par_iter().map(of_one).collect::<Vec<_>>()
                    })
                });
            },
        );
    }
    group.finish();
}

fn of_requests(criterion: &mut Criterion) {
    const REQUEST: &str = "Show a bar chart of the average total of each city for Customer Baker Field, \
                           excluding Castmer Lake, in descending order of the total";
    let mut group = criterion.benchmark_group("requests");
    group.bench_function("parse", |bencher| bencher.iter(|| Request::parse(REQUEST)));
    let long = "show me the price of everything ".repeat(1_700);
    group.bench_function("parse_10000_words", |bencher| {
        bencher.iter(|| Request::parse(&long))
    });
    let request = Request::parse(REQUEST);
    for cells in [1_000_usize, 100_000] {
        let table = names(cells);
        let profile = profile(&table, &ProfileOptions::default());
        let index = MentionIndex::new(&table, &profile);
        group.bench_with_input(BenchmarkId::new("find", cells), &index, |bencher, index| {
            bencher.iter(|| index.find(&request));
        });
        let mentions = index.find(&request);
        group.bench_with_input(
            BenchmarkId::new("relations", cells),
            &mentions,
            |bencher, mentions| {
                bencher
                    .iter(|| RelationMatrix::new(request.words.len(), mentions, index.relations(), &[0, 1]));
            },
        );
        group.sample_size(10);
        group.bench_with_input(BenchmarkId::new("index", cells), &table, |bencher, table| {
            bencher.iter(|| MentionIndex::new(table, &profile));
        });
    }
    group.finish();
}

/// A column of so many different names of three words, and a number.
fn names(cells: usize) -> Table {
    const FIRST: [&str; 20] = [
        "Customer", "Client", "Mister", "Lady", "Doctor", "Captain", "Baron", "Count", "Sister", "Brother",
        "Uncle", "Aunt", "Saint", "Major", "Colonel", "Judge", "Sheriff", "Chief", "Master", "Dame",
    ];
    let mut csv = String::from("customer,total\n");
    for at in 0..cells {
        let letters = |mut number: usize| {
            let mut word = String::from("Ba");
            for _ in 0..3 {
                word.push(char::from(b'a' + (number % 26) as u8));
                number /= 26;
            }
            word
        };
        csv.push_str(FIRST[at % 20]);
        csv.push(' ');
        csv.push_str(&letters(at / 20));
        csv.push_str(" Field,1\n");
    }
    read_csv("names", csv.as_bytes(), &CsvOptions::default())
        .expect("two columns")
        .value
}
