//! Generated columns like those of a table of taxi trips: the same values every time.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array,
        RecordBatch, StringArray, TimestampMicrosecondArray,
    },
    datatypes::Int32Type,
};

const SECOND: i64 = 1_000_000;
/// First second of 2023.
const START: i64 = 1_672_531_200;

/// Pseudo-random numbers (SplitMix64, Steele, Lea and Flood 2014).
pub fn random(seed: u64) -> impl Iterator<Item = u64> {
    (0_u64..).map(move |step| {
        let mut mixed = (seed << 32)
            .wrapping_add(step)
            .wrapping_add(1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}

fn units(seed: u64) -> impl Iterator<Item = f64> {
    random(seed).map(|bits| (bits >> 11) as f64 / (1_u64 << 53) as f64)
}

fn gaps<T>(values: impl Iterator<Item = T>, seed: u64, percent: u64) -> impl Iterator<Item = Option<T>> {
    values
        .zip(random(seed))
        .map(move |(value, bits)| (bits % 100 >= percent).then_some(value))
}

fn zone(bits: u64) -> String {
    format!("zone {:03}", (bits % 1000) * (bits >> 20 & 1023) % 250)
}

/// Columns by name; each kind of column that costs differently is there.
pub fn columns(rows: usize) -> Vec<(&'static str, ArrayRef)> {
    let seconds = || random(2).map(|bits| (START + (bits % 63_072_000) as i64) * SECOND);
    let zones: Vec<String> = (0..250).map(|n| format!("zone {n:03}")).collect();
    let dictionary: DictionaryArray<Int32Type> = random(7)
        .take(rows)
        .map(|bits| Some(zones[(bits % 250) as usize].as_str()))
        .collect();
    vec![
        (
            "int_rising",
            Arc::new(Int64Array::from_iter_values(
                (0..rows as i64).map(|n| 10_000_000 + 3 * n),
            )) as ArrayRef,
        ),
        (
            "int_few_gaps",
            Arc::new(Int64Array::from_iter(
                gaps(random(1).map(|bits| 1 + (bits % 6) as i64), 21, 5).take(rows),
            )),
        ),
        (
            "int_many",
            Arc::new(Int64Array::from_iter_values(
                random(11).map(|bits| bits as i64 >> 24).take(rows),
            )),
        ),
        (
            "timestamp",
            Arc::new(TimestampMicrosecondArray::from_iter_values(seconds().take(rows))),
        ),
        (
            "timestamp_gaps",
            Arc::new(TimestampMicrosecondArray::from_iter(
                gaps(seconds(), 22, 2).take(rows),
            )),
        ),
        (
            "date",
            Arc::new(Date32Array::from_iter_values(
                random(3).map(|bits| 19_358 + (bits % 730) as i32).take(rows),
            )),
        ),
        (
            "float_few",
            Arc::new(Float64Array::from_iter_values(
                units(4)
                    .map(|unit| (unit * unit * 7000.0).round() / 100.0)
                    .take(rows),
            )),
        ),
        (
            "float_many",
            Arc::new(Float64Array::from_iter_values(
                units(5).map(|unit| 40.5 + (unit * 4e5).round() / 1e6).take(rows),
            )),
        ),
        (
            "float_many_gaps",
            Arc::new(Float64Array::from_iter(
                gaps(units(6).map(|unit| unit.ln()), 23, 3).take(rows),
            )),
        ),
        (
            "decimal_few",
            Arc::new(
                Decimal128Array::from_iter_values(random(8).map(|bits| i128::from(bits % 5000)).take(rows))
                    .with_precision_and_scale(12, 2)
                    .expect("five thousand fits twelve digits"),
            ),
        ),
        (
            "boolean",
            Arc::new(BooleanArray::from_iter(
                random(9).map(|bits| Some(bits % 3 == 0)).take(rows),
            )),
        ),
        (
            "text_5",
            Arc::new(StringArray::from_iter_values(
                random(10)
                    .map(|bits| ["Green", "Yellow", "Blue", "Black", "Red"][(bits % 5) as usize])
                    .take(rows),
            )),
        ),
        (
            "text_250",
            Arc::new(StringArray::from_iter(
                gaps(random(7).map(zone), 24, 3).take(rows),
            )),
        ),
        ("text_dictionary", Arc::new(dictionary)),
        (
            "text_500k",
            Arc::new(StringArray::from_iter_values(
                random(12)
                    .map(|bits| format!("u{:09}", bits % 500_000 * 1999))
                    .take(rows),
            )),
        ),
        (
            "text_notes",
            Arc::new(StringArray::from_iter(
                gaps(
                    random(13)
                        .map(|bits| format!("left at door {} of gate {}", bits % 1000, bits >> 40 & 4095)),
                    25,
                    70,
                )
                .take(rows),
            )),
        ),
    ]
}

/// A batch of columns.
pub fn batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    RecordBatch::try_from_iter(columns.iter().map(|(name, array)| (*name, array.clone())))
        .expect("columns of one length are a batch")
}
