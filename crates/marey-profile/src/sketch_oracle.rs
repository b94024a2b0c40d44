//! The sketches against exact truth, beside Apache DataSketches on the same streams.
//!
//! Both are held to the same bounds: a bound that the reference misses too would be the stream's
//! fault, or the test's.

use std::collections::BTreeMap;

use datasketches::{
    common::SearchCriteria,
    frequencies::FrequentItemsSketch,
    hll::{HllSketch, HllType},
    kll::{KllFloat, KllSketch},
};

use crate::{
    distinct::{HyperLogLog, STANDARD_ERROR},
    frequent::FrequentValues,
    hash::hash_bits,
    quantile::{QuantileSketch, RANK_ERROR, quantile},
    value::Kind,
};

/// Enough for the sampler of the quantile sketch to start.
const LEN: u64 = 200_000;
/// Parts that are sketched by themselves and merged; one is the stream as it comes.
const PARTS: [usize; 2] = [1, 7];

/// A share of 1, the same for the same place.
fn share(place: u64) -> f64 {
    (hash_bits(place) >> 11) as f64 / (1_u64 << 53) as f64
}

fn streams() -> Vec<(&'static str, Vec<f64>)> {
    let of = |value: fn(u64) -> f64| (0..LEN).map(value).collect::<Vec<f64>>();
    vec![
        ("uniform", of(share)),
        (
            "zipf",
            of(|n| (1.0 - share(n)).powf(-1.0 / 1.1).floor().min(1e12)),
        ),
        ("sorted", of(|n| n as f64)),
        (
            "zigzag",
            of(|n| {
                if n % 2 == 0 {
                    n as f64
                } else {
                    (2 * LEN - n) as f64
                }
            }),
        ),
        ("duplicates", of(|n| (hash_bits(n) % 20) as f64)),
        ("tiny", of(|n| (share(n) - 0.5) * 1e-300)),
        ("huge", of(|n| (share(n) - 0.5) * 2e300)),
        ("all magnitudes", of(|n| 10_f64.powf(600.0 * share(n) - 300.0))),
    ]
}

/// Values with their numbers of occurrences, by their bits.
fn occurrences(values: &[f64]) -> BTreeMap<u64, u64> {
    let mut truth = BTreeMap::new();
    for value in values {
        *truth.entry(value.to_bits()).or_insert(0) += 1;
    }
    truth
}

fn hashes(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| hash_bits(value.to_bits())).collect()
}

/// Parts of a stream, all but the last of one length.
fn cut(values: &[f64], parts: usize) -> impl Iterator<Item = &[f64]> {
    values.chunks(values.len().div_ceil(parts))
}

#[test]
fn distinct_counts_stay_within_four_standard_errors() {
    for (name, values) in streams() {
        let truth = occurrences(&values).len() as f64;
        let mut theirs = HllSketch::new(17, HllType::Hll8).unwrap();
        values.iter().for_each(|value| theirs.update(value.to_bits()));
        let mut estimates = vec![theirs.estimate()];
        for parts in PARTS {
            let mut whole = HyperLogLog::new();
            for part in cut(&values, parts) {
                let mut own = HyperLogLog::new();
                own.extend(&hashes(part));
                whole.merge(&own);
            }
            estimates.push(whole.estimate() as f64);
        }
        // Few values are told exactly, but for rounding.
        let bound = (4.0 * STANDARD_ERROR * truth).max(0.01);
        for estimate in &estimates {
            assert!(
                (estimate - truth).abs() <= bound,
                "{name}: {estimates:?} for {truth}"
            );
        }
    }
}

/// Distance of a share of the ranks from those that a value has among sorted ones: none when it
/// lies between the values before it and those up to it.
fn rank_error(sorted: &[f64], value: f64, p: f64) -> f64 {
    let of = |place: usize| place as f64 / sorted.len() as f64;
    let below = of(sorted.partition_point(|other| *other < value));
    let up_to = of(sorted.partition_point(|other| *other <= value));
    (below - p).max(p - up_to).max(0.0)
}

#[test]
fn quantile_ranks_stay_within_the_bound() {
    for (name, values) in streams() {
        let mut sorted = values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut theirs = KllSketch::new(2048).unwrap();
        for value in &values {
            theirs.update(KllFloat::<f64>::new(*value).unwrap());
        }
        let theirs = theirs.sorted_view();
        let own: Vec<Vec<(f64, u64)>> = PARTS
            .into_iter()
            .map(|parts| {
                let mut whole = QuantileSketch::new();
                for part in cut(&values, parts) {
                    let mut own = QuantileSketch::new();
                    own.extend(part);
                    whole.merge(&own);
                }
                whole.weighted()
            })
            .collect();
        for percent in 1..100 {
            let p = f64::from(percent) / 100.0;
            let their = theirs.quantile(p, SearchCriteria::Inclusive).unwrap().unwrap();
            let found = own.iter().map(|weighted| quantile(weighted, LEN, p));
            for value in found.chain([their.into_inner()]) {
                let error = rank_error(&sorted, value, p);
                assert!(error <= RANK_ERROR, "{name}: {value} at {p} is off by {error}");
            }
        }
    }
}

#[test]
fn frequent_values_stay_within_what_was_lost() {
    for (name, values) in streams() {
        let truth = occurrences(&values);
        let mut theirs = FrequentItemsSketch::new(8192).unwrap();
        values.iter().for_each(|value| theirs.update(value.to_bits()));
        assert!(
            theirs.maximum_error() as f64 <= theirs.epsilon() * LEN as f64,
            "{name}"
        );
        for parts in PARTS {
            let mut whole = FrequentValues::new(Kind::Float);
            for part in cut(&values, parts) {
                let mut own = FrequentValues::new(Kind::Float);
                own.extend(&hashes(part));
                whole.merge(&own);
            }
            let (table, lost) = (whole.table(), whole.shortfall());
            assert!(lost <= LEN / 4000 + 8, "{name} in {parts}: {lost}");
            for (bits, occurs) in &truth {
                let low = table.find(hash_bits(*bits)).map_or(0, |entry| entry.count);
                for (low, high) in [
                    (low, low + lost),
                    (theirs.lower_bound(bits), theirs.upper_bound(bits)),
                ] {
                    assert!(
                        (low..=high).contains(occurs),
                        "{name} in {parts}: {occurs} outside {low} to {high}"
                    );
                }
            }
        }
    }
}
