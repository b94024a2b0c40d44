//! Saved states: what was saved comes back, goes on and merges; everything else is refused.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use marey_profile::{ProfileError, ProfileOptions, Profiler};
use proptest::prelude::*;

/// Bytes of the header: magic, version, length, checksum.
const HEADER: usize = 28;

/// Rows of every kind of column, from a row on.
fn batch(from: i64, rows: i64) -> RecordBatch {
    let mixed = move || (from..from + rows).map(|row| (row as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let columns: [(&str, ArrayRef); 9] = [
        ("id", Arc::new(Int64Array::from_iter_values(from..from + rows))),
        (
            "flag",
            Arc::new(BooleanArray::from_iter(
                mixed().map(|n| (n % 7 != 0).then_some(n % 2 == 0)),
            )),
        ),
        (
            "few",
            Arc::new(Int64Array::from_iter(
                mixed().map(|n| (n % 11 != 0).then_some((n >> 20) as i64 % 5)),
            )),
        ),
        (
            "float",
            Arc::new(Float64Array::from_iter_values(mixed().map(|n| {
                if n % 97 == 0 {
                    f64::NAN
                } else {
                    (n >> 30) as f64 / 1e6
                }
            }))),
        ),
        (
            "money",
            Arc::new(
                Decimal128Array::from_iter_values(mixed().map(|n| i128::from(n >> 44)))
                    .with_precision_and_scale(20, 2)
                    .unwrap(),
            ),
        ),
        (
            "day",
            Arc::new(Date32Array::from_iter_values(
                mixed().map(|n| (n >> 40) as i32 % 20_000),
            )),
        ),
        (
            "at",
            Arc::new(TimestampMicrosecondArray::from_iter_values(
                mixed().map(|n| (n >> 14) as i64),
            )),
        ),
        (
            "name",
            Arc::new(StringArray::from_iter(mixed().map(|n| {
                (n % 13 != 0).then(|| format!("{} {:x}", "é".repeat((n % 200) as usize), n >> 50))
            }))),
        ),
        (
            "word",
            Arc::new(StringArray::from_iter_values(
                mixed().map(|n| ["red", "green", ""][n as usize % 3]),
            )),
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
}

fn options(exact_distinct: usize) -> ProfileOptions {
    ProfileOptions {
        exact_distinct,
        sample_rows: 128,
        ..ProfileOptions::default()
    }
}

fn state(batch: &RecordBatch, options: &ProfileOptions) -> Profiler {
    let mut profiler = Profiler::new("saved", &batch.schema(), &[], options).unwrap();
    profiler.update(batch).unwrap();
    profiler
}

/// The bytes with the checksum that they should have.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let len = (bytes.len() - HEADER) as u64;
    let sum = bytes[HEADER..]
        .chunks(8)
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, chunk| {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    bytes[12..20].copy_from_slice(&len.to_le_bytes());
    bytes[20..28].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn what_was_saved_comes_back_and_goes_on() {
    for (rows, distinct) in [(0, 10), (1, 10), (300, 32_768), (9000, 100), (20_000, 5000)] {
        let options = options(distinct);
        let mut own = state(&batch(0, rows), &options);
        let bytes = own.encode();
        let mut saved = Profiler::decode(&bytes).unwrap();
        assert_eq!(saved.rows(), rows as u64);
        assert_eq!(saved.encode(), bytes, "{rows} rows");
        assert_eq!(saved.clone().finish(), own.clone().finish(), "{rows} rows");
        for profiler in [&mut own, &mut saved] {
            profiler.update(&batch(rows, 5000)).unwrap();
            profiler.merge(&state(&batch(7, 3000), &options)).unwrap();
        }
        assert_eq!(saved.encode(), own.encode(), "{rows} rows and on");
        assert_eq!(saved.finish(), own.finish(), "{rows} rows and on");
    }
}

#[test]
fn pieces_merge_into_the_whole_while_all_is_counted() {
    let options = options(32_768);
    let pieces = [batch(0, 400), batch(400, 1), batch(401, 900)];
    let merged = |order: &[usize]| {
        let mut whole = state(&pieces[order[0]], &options);
        for piece in &order[1..] {
            let saved = state(&pieces[*piece], &options).encode();
            whole.merge(&Profiler::decode(&saved).unwrap()).unwrap();
        }
        whole.finish()
    };
    let whole = state(&batch(0, 1301), &options).finish();
    let in_order = merged(&[0, 1, 2]);
    assert_eq!(in_order.columns, whole.columns);
    assert_eq!(
        (in_order.distinct_rows, &in_order.keys),
        (whole.distinct_rows, &whole.keys)
    );
    assert_eq!(in_order.pairs.len(), whole.pairs.len());
    for (own, other) in whole.pairs.iter().zip(&in_order.pairs) {
        assert_eq!(
            (&own.a, &own.b, own.measure, own.n),
            (&other.a, &other.b, other.measure, other.n)
        );
        assert!((own.value - other.value).abs() < 1e-9, "{own:?} and {other:?}");
    }
    let mixed = merged(&[2, 0, 1]);
    for (own, other) in whole.columns.iter().zip(&mixed.columns) {
        assert_eq!(
            (own.nulls, own.distinct, &own.top),
            (other.nulls, other.distinct, &other.top)
        );
        assert_eq!(own.numeric, other.numeric);
        assert_eq!(own.text, other.text);
    }
}

#[test]
fn other_versions_are_refused_by_name_and_damage_by_place() {
    let bytes = state(&batch(0, 50), &options(10)).encode();
    assert_eq!(bytes[8..12], [2, 0, 0, 0]);
    for other in [0, 1, 3] {
        let mut versioned = bytes.clone();
        versioned[8] = other;
        let error = Profiler::decode(&versioned).unwrap_err();
        assert!(
            matches!(error, ProfileError::StateVersion { found, readable: 2 } if found == u32::from(other))
        );
        assert_eq!(
            error.to_string(),
            format!("the saved profile has version {other} of the format, but this program reads version 2")
        );
    }
    let mut damaged = bytes.clone();
    damaged[400] ^= 1;
    let error = Profiler::decode(&damaged).unwrap_err().to_string();
    assert!(error.ends_with("the checksum is that of other bytes"), "{error}");
    let error = Profiler::decode(b"PK\x03\x04 and so on").unwrap_err().to_string();
    assert_eq!(
        error,
        "the bytes are no saved profile: at byte 0, the bytes do not begin as a saved profile does"
    );
    for len in (0..bytes.len()).step_by(bytes.len() / 40) {
        assert!(Profiler::decode(&bytes[..len]).is_err());
        if len > HEADER {
            assert!(Profiler::decode(&signed(bytes[..len].to_vec())).is_err(), "{len}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is accepted is a state that goes on, merges, is saved again and finished.
    #[test]
    fn damaged_states_are_refused_or_are_states(
        rows in 0..400_i64,
        counted in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let options = options(if counted { 32_768 } else { 20 });
        let sound = state(&batch(0, rows), &options);
        let mut bytes = sound.encode();
        let len = bytes.len() - HEADER;
        for (at, byte) in damage {
            bytes[HEADER + at.index(len)] = byte;
        }
        if let Ok(mut state) = Profiler::decode(&signed(bytes)) {
            let again = state.encode();
            prop_assert_eq!(Profiler::decode(&again).map(|state| state.encode()).ok(), Some(again));
            let _ = state.merge(&sound);
            let _ = state.update(&batch(rows, 30));
            state.finish();
        }
    }
}
