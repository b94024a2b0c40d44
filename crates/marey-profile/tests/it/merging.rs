//! The laws of merging: parts of a table, however cut, mixed, batched, profiled on however many
//! threads and sent as bytes, merge into the profile of the table.

use std::{collections::BTreeMap, sync::Arc};

use arrow::{
    array::{
        ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray, UInt64Array,
    },
    compute::take,
};
use marey_profile::{ColumnProfile, ProfileOptions, Profiler, TableProfile};
use proptest::prelude::*;

use crate::invariants::check_figures;

/// Bound of the error of a rank, as a share of the values.
const RANK_ERROR: f64 = 0.01;

/// SplitMix64's finaliser.
fn mixed(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// Columns that leave exact counting, and one, `few`, that does not.
fn table(rows: u64, seed: u64) -> RecordBatch {
    let random = |column: u64| {
        (0..rows).map(move |row| mixed(seed ^ (row * 8 + column).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    };
    let columns: [(&str, ArrayRef); 6] = [
        (
            "key",
            Arc::new(Int64Array::from_iter_values(random(0).map(|n| n as i64 >> 12))),
        ),
        (
            "heavy",
            Arc::new(Int64Array::from_iter(random(1).map(|n| {
                // One in five is among ten values, the others hardly repeat.
                (n % 9 != 0).then_some(if n % 5 == 0 {
                    (n >> 40) as i64 % 10
                } else {
                    n as i64 >> 30
                })
            }))),
        ),
        (
            "number",
            Arc::new(Float64Array::from_iter(random(2).map(|n| match n % 50 {
                0 => None,
                1 => Some(f64::NAN),
                2 => Some(0.0),
                _ => Some(((n >> 11) as f64 / (1_u64 << 53) as f64 - 0.3).powi(3) * 1e6),
            }))),
        ),
        (
            "at",
            Arc::new(TimestampMicrosecondArray::from_iter_values(random(3).map(|n| {
                1_600_000_000_000_000 + (n >> 10) as i64 % 100_000_000_000_000
            }))),
        ),
        (
            "word",
            Arc::new(StringArray::from_iter(random(4).map(|n| {
                (n % 7 != 0).then(|| match n % 4 {
                    0 => format!("often {}", n >> 60 & 3),
                    _ => format!("once {:x}", n >> 20),
                })
            }))),
        ),
        (
            "few",
            Arc::new(Int64Array::from_iter_values(
                random(5).map(|n| (n >> 9) as i64 % 30),
            )),
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
}

fn reordered(batch: &RecordBatch, order: &UInt64Array) -> RecordBatch {
    let columns = batch
        .columns()
        .iter()
        .map(|column| take(column, order, None).unwrap());
    RecordBatch::try_new(batch.schema(), columns.collect()).unwrap()
}

fn options() -> ProfileOptions {
    ProfileOptions {
        exact_distinct: 300,
        sample_rows: 128,
        ..ProfileOptions::default()
    }
}

fn state(rows: &RecordBatch, batch: usize) -> Profiler {
    let mut profiler = Profiler::new("merged", &rows.schema(), &[], &options()).unwrap();
    for start in (0..rows.num_rows()).step_by(batch) {
        let len = batch.min(rows.num_rows() - start);
        profiler.update(&rows.slice(start, len)).unwrap();
    }
    profiler
}

/// How the rows of a table reach its profile.
#[derive(Debug, Clone)]
struct Way {
    /// Whether rows are mixed over the parts.
    scattered: bool,
    cuts: Vec<prop::sample::Index>,
    /// Sizes of batches and numbers of threads, part by part, over and over.
    batches: Vec<usize>,
    threads: Vec<usize>,
    /// Whether the states are sent as bytes.
    sent: bool,
    seed: u64,
}

fn ways() -> impl Strategy<Value = Way> {
    (
        any::<bool>(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..10),
        prop::collection::vec(1..4000_usize, 1..4),
        prop::collection::vec(1..5_usize, 1..3),
        any::<bool>(),
        any::<u64>(),
    )
        .prop_map(|(scattered, cuts, batches, threads, sent, seed)| Way {
            scattered,
            cuts,
            batches,
            threads,
            sent,
            seed,
        })
}

/// The parts in a mixed order, each as the state of its rows.
fn parts(rows: &RecordBatch, way: &Way) -> Vec<Profiler> {
    let len = rows.num_rows();
    let mut order: Vec<u64> = (0..len as u64).collect();
    if way.scattered {
        order.sort_by_key(|row| mixed(row ^ way.seed));
    }
    let rows = reordered(rows, &UInt64Array::from(order));
    let mut ends: Vec<usize> = way
        .cuts
        .iter()
        .map(|cut| cut.index(len + 1))
        .chain([0, len])
        .collect();
    ends.sort_unstable();
    let mut states: Vec<Profiler> = ends
        .windows(2)
        .zip(way.batches.iter().cycle().zip(way.threads.iter().cycle()))
        .map(|(ends, (batch, threads))| {
            let part = rows.slice(ends[0], ends[1] - ends[0]);
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(*threads)
                .build()
                .unwrap();
            pool.install(|| state(&part, *batch))
        })
        .collect();
    let mut place = 0;
    states.sort_by_cached_key(|_| {
        place += 1;
        mixed(way.seed.rotate_left(7) ^ place)
    });
    states
}

/// Neighbours are merged, and what they became again, as the machines of a tree would.
fn merged(mut states: Vec<Profiler>, sent: bool) -> Profiler {
    while states.len() > 1 {
        states = states
            .chunks(2)
            .map(|pair| {
                let mut own = pair[0].clone();
                for other in &pair[1..] {
                    own.merge(other).unwrap();
                }
                if sent {
                    Profiler::decode(&own.encode()).unwrap()
                } else {
                    own
                }
            })
            .collect();
    }
    states.pop().unwrap()
}

/// The finite numbers of a column, sorted, and how often each value as text occurs.
fn truth(column: &ArrayRef) -> (Vec<f64>, BTreeMap<String, u64>) {
    let mut numbers = Vec::new();
    let mut texts = BTreeMap::new();
    let any = column.as_any();
    if let Some(values) = any.downcast_ref::<Int64Array>() {
        numbers.extend(values.iter().flatten().map(|value| value as f64));
        for value in values.iter().flatten() {
            *texts.entry(value.to_string()).or_insert(0) += 1;
        }
    } else if let Some(values) = any.downcast_ref::<Float64Array>() {
        numbers.extend(values.iter().flatten().filter(|value| value.is_finite()));
    } else if let Some(values) = any.downcast_ref::<StringArray>() {
        for value in values.iter().flatten() {
            *texts.entry(value.to_owned()).or_insert(0) += 1;
        }
    }
    numbers.sort_unstable_by(f64::total_cmp);
    (numbers, texts)
}

fn check_ranks(column: &ColumnProfile, sorted: &[f64]) {
    let Some(numeric) = &column.numeric else { return };
    let q = &numeric.quantiles;
    let found = [
        (0.01, q.p01),
        (0.05, q.p05),
        (0.1, q.p10),
        (0.25, q.q1),
        (0.5, q.median),
    ];
    let upper = [(0.75, q.q3), (0.9, q.p90), (0.95, q.p95), (0.99, q.p99)];
    for (p, value) in found.into_iter().chain(upper) {
        let of = |place: usize| place as f64 / sorted.len() as f64;
        let below = of(sorted.partition_point(|other| *other < value));
        let up_to = of(sorted.partition_point(|other| *other <= value));
        let error = (below - p).max(p - up_to);
        assert!(
            error <= RANK_ERROR,
            "{}: {value} at {p} is off by {error}",
            column.name
        );
    }
}

fn check_frequent(column: &ColumnProfile, truth: &BTreeMap<String, u64>, rows: u64) {
    let short = column.bounds.map_or(0, |bounds| bounds.top_shortfall);
    assert!(short <= rows / 1000 + 8, "{}: {short}", column.name);
    for top in &column.top {
        let (occurs, low) = (truth[&top.value], top.count.value);
        assert!(
            (low..=low + short).contains(&occurs),
            "{}: {top:?}, but {occurs}",
            column.name
        );
    }
    // Whatever is more frequent than the last one listed, by more than what was lost, is listed.
    let last = column.top.last().map_or(0, |top| top.count.value);
    for (value, occurs) in truth {
        let listed = column.top.iter().any(|top| &top.value == value);
        assert!(
            listed || *occurs <= last + short,
            "{}: {value} occurs {occurs}",
            column.name
        );
    }
}

fn check(merged: &TableProfile, whole: &TableProfile, rows: &RecordBatch) {
    assert_eq!(
        (merged.rows, merged.distinct_rows),
        (whole.rows, whole.distinct_rows)
    );
    assert_eq!(merged.columns.len(), whole.columns.len());
    for ((own, expected), values) in merged.columns.iter().zip(&whole.columns).zip(rows.columns()) {
        check_figures(own, expected);
        let (numbers, texts) = truth(values);
        for column in [own, expected] {
            if !numbers.is_empty() {
                check_ranks(column, &numbers);
            }
            if !texts.is_empty() {
                check_frequent(column, &texts, merged.rows);
            }
        }
        if let (Some(own), Some(expected)) = (&own.temporal, &expected.temporal) {
            assert_eq!(
                (own.min_ms, own.max_ms, own.points, &own.weekdays, &own.hours),
                (
                    expected.min_ms,
                    expected.max_ms,
                    expected.points,
                    &expected.weekdays,
                    &expected.hours
                )
            );
        }
    }
    let of = |profile: &TableProfile| -> BTreeMap<String, f64> {
        let linear = profile
            .pairs
            .iter()
            .filter(|pair| pair.measure == marey_profile::AssociationMeasure::Pearson);
        linear
            .map(|pair| (format!("{} {}", pair.a, pair.b), pair.value))
            .collect()
    };
    let (own, expected) = (of(merged), of(whole));
    assert_eq!(
        own.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (pair, value) in &expected {
        assert!(
            (own[pair] - value).abs() <= 1e-9,
            "{pair}: {} and {value}",
            own[pair]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn parts_merge_into_the_whole_beyond_exact_counting(
        rows in 2000..9000_u64,
        seed in any::<u64>(),
        way in ways(),
    ) {
        let rows = table(rows, seed);
        let whole = state(&rows, rows.num_rows()).finish();
        prop_assert!(whole.columns[..5].iter().all(|column| !column.distinct.exact));
        let states = parts(&rows, &way);
        check(&merged(states, way.sent).finish(), &whole, &rows);
    }
}
