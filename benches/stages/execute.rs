//! Running the transforms of a chart on a table.

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::{
    ChartSpec,
    table::execute::{ExecuteOptions, execute},
};

/// What is executed: name and spec.
const CHARTS: &[(&str, &str)] = &[
    (
        "mean_by_category",
        r#"{"mark":"bar","encoding":{"x":{"field":"city","type":"nominal"},"y":{"aggregate":"mean","field":"total","type":"quantitative"}}}"#,
    ),
    (
        "sum_by_month_and_category",
        r#"{"mark":"line","encoding":{"x":{"timeUnit":"yearmonth","field":"day","type":"temporal"},"y":{"aggregate":"sum","field":"total","type":"quantitative"},"color":{"field":"product","type":"nominal"}}}"#,
    ),
    (
        "histogram",
        r#"{"mark":"bar","encoding":{"x":{"bin":true,"field":"total","type":"quantitative"},"y":{"aggregate":"count","type":"quantitative"}}}"#,
    ),
];

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("execute");
    for rows in [10_000, 200_000] {
        let table = super::orders(rows);
        for (name, json) in CHARTS {
            let spec = ChartSpec::from_json_str(json)
                .expect("the bench's specs are sound")
                .value;
            group.throughput(Throughput::Elements(rows as u64));
            group.sample_size(20);
            group.bench_with_input(BenchmarkId::new(*name, rows), &spec, |bencher, spec| {
                bencher.iter(|| execute(spec, &table, &ExecuteOptions::default()));
            });
        }
    }
    group.finish();
}
