//! What holds for every table.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray},
    compute::{concat_batches, take},
    datatypes::{DataType, Field, Schema},
};
use marey_profile::{
    AssociationMeasure, ColumnProfile, Monotonicity, ProfileOptions, Profiler, TableProfile, profile,
};
use marey_table::Table;
use proptest::prelude::*;

use crate::built::table;

type Row = (Option<i64>, Option<f64>, Option<String>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let number = prop_oneof![
        8 => -1e6..1e6_f64,
        2 => prop::sample::select(vec![0.0, -0.0, 1.0, f64::NAN, f64::INFINITY]),
    ];
    let text = prop_oneof![
        5 => "[a-d]{0,2}",
        1 => "\\PC{0,30}",
    ];
    let row = (
        prop::option::weighted(0.9, -20..20_i64),
        prop::option::weighted(0.9, number),
        prop::option::weighted(0.9, text),
    );
    prop::collection::vec(row, 0..200)
}

fn batch(rows: &[Row]) -> RecordBatch {
    let built = table(vec![
        (
            "count",
            Arc::new(Int64Array::from_iter(rows.iter().map(|row| row.0))) as ArrayRef,
        ),
        (
            "value",
            Arc::new(Float64Array::from_iter(rows.iter().map(|row| row.1))),
        ),
        (
            "label",
            Arc::new(StringArray::from_iter(rows.iter().map(|row| row.2.as_deref()))),
        ),
    ]);
    built.batches()[0].clone()
}

fn profiler(batches: &[RecordBatch], options: &ProfileOptions) -> Profiler {
    let schema = batch(&[]).schema();
    let mut profiler = Profiler::new("test", &schema, &[], options).unwrap();
    for batch in batches {
        profiler.update(batch).unwrap();
    }
    profiler
}

/// The profile without what depends on the order of rows.
fn unordered(mut profile: TableProfile) -> TableProfile {
    for column in &mut profile.columns {
        column.monotonicity = Monotonicity::None;
        // Row counters are told by their order.
        column.semantic_type = None;
        column.semantic_confidence = 0.0;
    }
    profile
}

fn small() -> ProfileOptions {
    ProfileOptions {
        exact_distinct: 20,
        sample_rows: 64,
        ..ProfileOptions::default()
    }
}

/// What stays exact, or exact but for rounding, when columns leave exact counting.
fn check_alike(a: &ColumnProfile, b: &ColumnProfile) {
    assert_eq!(a.monotonicity, b.monotonicity);
    check_figures(a, b);
}

/// The same without what depends on the order of rows.
pub(crate) fn check_figures(a: &ColumnProfile, b: &ColumnProfile) {
    assert_eq!((a.nulls, a.distinct), (b.nulls, b.distinct));
    assert_eq!(a.text.is_some(), b.text.is_some());
    if let (Some(a), Some(b)) = (&a.text, &b.text) {
        assert_eq!(
            (a.min_chars, a.max_chars, a.mean_chars, a.mean_words, a.empty),
            (b.min_chars, b.max_chars, b.mean_chars, b.mean_words, b.empty)
        );
        assert_eq!(a.shapes, b.shapes);
    }
    let (Some(a), Some(b)) = (&a.numeric, &b.numeric) else {
        return;
    };
    assert_eq!(
        (a.min, a.max, a.zeros, a.negatives),
        (b.min, b.max, b.zeros, b.negatives)
    );
    assert_eq!((a.non_finite, a.integers), (b.non_finite, b.integers));
    let size = a.min.abs().max(a.max.abs()).max(1.0);
    for (a, b, scale) in [
        (a.mean, b.mean, size),
        (a.stdev, b.stdev, size),
        (a.sum, b.sum, 200.0 * size),
        (a.skewness, b.skewness, 100.0),
        (a.kurtosis, b.kurtosis, 1000.0),
    ] {
        assert!((a - b).abs() <= 1e-9 * scale, "{a} and {b}");
    }
    assert_eq!(
        a.histogram.counts.iter().sum::<u64>(),
        b.histogram.counts.iter().sum::<u64>()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn merging_any_split_is_the_whole(rows in rows(), at in 0.0..1.0_f64, second in 0.0..1.0_f64) {
        let whole = batch(&rows);
        let cut = (at * rows.len() as f64) as usize;
        let later = cut + (second * (rows.len() - cut) as f64) as usize;
        let parts = [
            whole.slice(0, cut),
            whole.slice(cut, later - cut),
            whole.slice(later, rows.len() - later),
        ];
        for options in [ProfileOptions::default(), small()] {
            let mut merged = profiler(&parts[..1], &options);
            merged.merge(&profiler(&parts[1..2], &options)).unwrap();
            merged.merge(&profiler(&parts[2..], &options)).unwrap();
            let merged = merged.finish();
            let whole = profiler(std::slice::from_ref(&whole), &options).finish();
            if options == ProfileOptions::default() {
                prop_assert_eq!(&merged, &whole);
            }
            prop_assert_eq!(&merged.pairs.len(), &whole.pairs.len());
            for (a, b) in merged.columns.iter().zip(&whole.columns) {
                check_alike(a, b);
            }
        }
    }

    #[test]
    fn batches_of_any_size_give_the_same_profile(rows in rows(), size in 1..50_usize) {
        let whole = batch(&rows);
        let pieces: Vec<RecordBatch> = (0..rows.len())
            .step_by(size)
            .map(|start| whole.slice(start, size.min(rows.len() - start)))
            .collect();
        for options in [ProfileOptions::default(), small()] {
            let expected = profiler(std::slice::from_ref(&whole), &options).finish();
            prop_assert_eq!(&profiler(&pieces, &options).finish(), &expected);
            let table = Table::new("test", &whole.schema(), pieces.clone()).unwrap();
            prop_assert_eq!(&profile(&table, &options), &expected);
        }
    }

    #[test]
    fn row_order_changes_nothing_but_monotonicity(rows in rows(), seed in any::<u64>()) {
        let whole = batch(&rows);
        let mut order: Vec<u64> = (0..rows.len() as u64).collect();
        order.sort_by_key(|row| (row + 1).wrapping_mul(seed | 1).rotate_left(17));
        let order = arrow::array::UInt64Array::from(order);
        let columns = whole.columns().iter().map(|column| take(column, &order, None).unwrap()).collect();
        let mixed = RecordBatch::try_new(whole.schema(), columns).unwrap();
        let options = ProfileOptions::default();
        prop_assert_eq!(
            unordered(profiler(&[whole], &options).finish()),
            unordered(profiler(&[mixed], &options).finish())
        );
    }

    #[test]
    fn figures_are_in_their_ranges(rows in rows()) {
        let found = profiler(&[batch(&rows)], &small()).finish();
        for column in &found.columns {
            prop_assert!(column.nulls + column.distinct.value <= found.rows);
            prop_assert!((0.0..=1.0).contains(&column.semantic_confidence));
            if let Some(numeric) = &column.numeric {
                let q = &numeric.quantiles;
                let line = [numeric.min, q.p05, q.q1, q.median, q.q3, q.p95, numeric.max];
                prop_assert!(line.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", line);
                prop_assert!(numeric.min <= numeric.mean && numeric.mean <= numeric.max);
                let bins: u64 = numeric.histogram.counts.iter().sum();
                prop_assert_eq!(bins + numeric.non_finite + column.nulls, found.rows);
            }
        }
        for pair in &found.pairs {
            let range = match pair.measure {
                AssociationMeasure::Pearson | AssociationMeasure::Spearman => -1.0..=1.0,
                AssociationMeasure::MutualInformation => 0.0..=128_f64.ln() + 1.0,
                _ => 0.0..=1.0,
            };
            prop_assert!(range.contains(&pair.value), "{:?}", pair);
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let row = |i: i64| -> Row {
        let mixed = i.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64);
        (
            Some(mixed >> 40),
            Some((mixed >> 20) as f64 / 1e6),
            Some(format!("{:x}", (mixed as u64) >> 46)),
        )
    };
    let whole = batch(&(0..300_000).map(row).collect::<Vec<_>>());
    let options = ProfileOptions {
        exact_distinct: 5000,
        ..ProfileOptions::default()
    };
    let halves = [
        whole.slice(0, 123_456),
        whole.slice(123_456, whole.num_rows() - 123_456),
    ];
    let on_threads = |threads, batches: &[RecordBatch]| {
        let table = Table::new("test", &whole.schema(), batches.to_vec()).unwrap();
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| profile(&table, &options))
    };
    let expected = on_threads(1, std::slice::from_ref(&whole));
    assert_eq!(on_threads(2, &halves), expected);
    assert_eq!(
        on_threads(5, &[concat_batches(&whole.schema(), &halves).unwrap()]),
        expected
    );
    assert!(expected.columns[..2].iter().all(|column| {
        let numeric = column.numeric.as_ref().unwrap();
        !numeric.quantiles.exact
    }));
}

#[test]
fn only_what_was_built_alike_is_merged() {
    let options = ProfileOptions::default();
    let mut own = profiler(&[], &options);
    assert!(own.merge(&profiler(&[], &small())).is_err());
    let other = table(vec![("a", Arc::new(Int64Array::from(vec![1])) as ArrayRef)]);
    let other = Profiler::new("other", other.schema(), &[], &options).unwrap();
    let error = own.merge(&other).unwrap_err().to_string();
    assert_eq!(error, "the profile has 3 columns, but 1 came");
    let wrong = batch(&[]).project(&[1, 0, 2]).unwrap();
    let error = own.update(&wrong).unwrap_err().to_string();
    assert_eq!(error, "column `count` is profiled as Int64, but came as Float64");
    let unknown = Schema::new(vec![Field::new("x", DataType::Int8, true)]);
    let error = Profiler::new("x", &Arc::new(unknown), &[], &options)
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("column `x` has the Arrow type Int8"), "{error}");
}
