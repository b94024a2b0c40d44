//! Scoring an answer, and the interval of a mean.

use std::hint::black_box;

use criterion::Criterion;
use marey::ChartSpec;
use marey_metrics::{
    Executed, ExecutionOptions, canonical_match, components,
    statistics::{Bootstrap, Generator, Tally},
    tree_similarity,
};

use super::orders;

const GOLD: &str = r#"{"mark":"bar","encoding":{
    "x":{"field":"region","type":"nominal","sort":"-y"},"y":{"aggregate":"sum","field":"amount","type":"quantitative"}}}"#;

/// Matches of two charts, and an interval over 100 groups.
pub fn bench(criterion: &mut Criterion) {
    let chart = |text: &str| ChartSpec::from_json_str(text).expect("a chart").value;
    let (gold, answer) = (chart(GOLD), chart(&GOLD.replace("sum", "mean")));
    let options = Default::default();
    let mut group = criterion.benchmark_group("metrics");
    group.bench_function("canonical_match", |bencher| {
        bencher.iter(|| canonical_match(black_box(&answer), &gold, &options));
    });
    group.bench_function("components", |bencher| {
        bencher.iter(|| components(black_box(&answer), &gold, &options));
    });
    group.bench_function("tree_similarity", |bencher| {
        bencher.iter(|| tree_similarity(black_box(&answer), &gold));
    });
    let table = orders(10_000);
    let columns: Vec<_> = (0..table.columns())
        .map(|index| table.column_name(index))
        .collect();
    let counted = chart(&format!(
        r#"{{"mark":"bar","encoding":{{"x":{{"field":"{}","type":"nominal"}},"y":{{"aggregate":"count"}}}}}}"#,
        columns[columns.len() - 1].to_path()
    ));
    let execution = ExecutionOptions::default();
    group.bench_function("execution_match/10000", |bencher| {
        bencher.iter(|| {
            let own = Executed::of(black_box(&counted), &table, &execution).expect("it runs");
            own.matches(&own, &execution)
        });
    });
    let mut generator = Generator::new(1);
    let groups: Vec<Tally> = (0..100)
        .map(|_| (0..20).map(|_| generator.unit()).collect())
        .collect();
    group.bench_function("bootstrap_mean/100", |bencher| {
        bencher.iter(|| Bootstrap::default().mean(black_box(&groups)));
    });
    group.finish();
}
