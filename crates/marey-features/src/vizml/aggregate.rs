//! Features of the columns or pairs of a table as one.

use super::{
    column::entropy,
    names::{FeatureKind, NUMBER_AGGREGATES, TRUTH_AGGREGATES},
    statistic::describe::{mean, median_distance, quantile},
    value::{FeatureValue, NullReason},
};

/// Name and value of every aggregate of every feature, in order.
pub(super) fn aggregates(
    features: &'static [(&'static str, FeatureKind)],
    rows: &[Vec<FeatureValue>],
) -> Vec<(String, FeatureValue)> {
    let mut aggregates = Vec::new();
    for (at, (name, kind)) in features.iter().enumerate() {
        let values: Vec<f64> = rows.iter().filter_map(|row| row[at].number()).collect();
        let mut add = |names: &[&str], values: Vec<FeatureValue>| {
            let named = names.iter().map(|aggregate| format!("{name}-agg-{aggregate}"));
            aggregates.extend(named.zip(values));
        };
        match kind {
            FeatureKind::Truth => add(&TRUTH_AGGREGATES, of_truths(&values)),
            FeatureKind::Number => add(&NUMBER_AGGREGATES, of_numbers(values)),
        }
    }
    aggregates
}

/// Entropy of how often each of some groups of columns occurs.
pub(super) fn group_entropy(counts: &[usize]) -> FeatureValue {
    let all: usize = counts.iter().sum();
    if all == 0 {
        return NullReason::NothingToAggregate.into();
    }
    entropy(counts.iter().map(|count| *count as f64 / all as f64)).into()
}

fn of_truths(values: &[f64]) -> Vec<FeatureValue> {
    if values.is_empty() {
        return vec![NullReason::NothingToAggregate.into(); TRUTH_AGGREGATES.len()];
    }
    let number = values.iter().filter(|value| **value == 1.0).count();
    vec![
        number.into(),
        (number > 0).into(),
        (number == 1).into(),
        (number == values.len()).into(),
        (number as f64 / values.len() as f64).into(),
    ]
}

fn of_numbers(mut values: Vec<f64>) -> Vec<FeatureValue> {
    values.sort_unstable_by(f64::total_cmp);
    let (Some(min), Some(max)) = (values.first().copied(), values.last().copied()) else {
        return vec![NullReason::NothingToAggregate.into(); NUMBER_AGGREGATES.len()];
    };
    let mean = mean(&values);
    let n = values.len() as f64;
    let var = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum::<f64>()
        / n;
    let distance = values.iter().map(|value| (value - mean).abs()).sum::<f64>() / n;
    vec![
        mean.into(),
        var.into(),
        var.sqrt().into(),
        distance.into(),
        median_distance(&values, quantile(&values, 0.5)).into(),
        FeatureValue::ratio(var.sqrt(), mean.abs()),
        min.into(),
        max.into(),
        (max - min).into(),
        FeatureValue::ratio(max - min, mean),
    ]
}
