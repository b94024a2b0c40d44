//! The chart model: reading a request, writing one chart, five, and several requests together.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    model::{DecodeOptions, Model, Reading, TableReading},
    profile::{ProfileOptions, profile},
};

const REQUESTS: [&str; 4] = [
    "average total by city",
    "bar chart of the number of orders for each product, highest first",
    "sum of total per year and product, stacked",
    "total against quantity for orders in Rome",
];

/// Benches of a table of twelve columns that is read already.
pub fn bench(criterion: &mut Criterion) {
    let table = crate::orders(500);
    let profile = profile(&table, &ProfileOptions::default());
    let table_reading = TableReading::new(&table, &profile);
    let model = Model::pretrained().expect("the weights of the crate are sound");
    let readings: Vec<Reading> = REQUESTS
        .iter()
        .map(|request| table_reading.read(Some(request)))
        .collect();
    let mut group = criterion.benchmark_group("model");
    group.bench_function("read request", |bencher| {
        bencher.iter(|| table_reading.read(Some(REQUESTS[1])))
    });
    for beam in [1, 5, 10] {
        let options = DecodeOptions {
            beam,
            ..DecodeOptions::default()
        };
        group.bench_with_input(BenchmarkId::new("beam", beam), &options, |bencher, options| {
            bencher.iter(|| model.write(&[&readings[1]], options).expect("memory is there"));
        });
    }
    for size in [1, 8, 32] {
        let many: Vec<&Reading> = readings.iter().cycle().take(size).collect();
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::new("batch", size), &many, |bencher, many| {
            bencher.iter(|| {
                model
                    .write(many, &DecodeOptions::default())
                    .expect("memory is there")
            });
        });
    }
    group.finish();
}
