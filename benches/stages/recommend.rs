//! Proposing charts from a finished profile.

use criterion::Criterion;
use marey::{
    RecommendOptions,
    profile::{ProfileOptions, profile},
    rules::recommend,
};

pub fn bench(criterion: &mut Criterion) {
    let profile = profile(&super::orders(10_000), &ProfileOptions::default());
    criterion.bench_function("recommend/12_columns", |bencher| {
        bencher.iter(|| recommend(&profile, &RecommendOptions::default()));
    });
}
