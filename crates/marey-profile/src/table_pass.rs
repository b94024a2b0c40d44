//! [`profile`]: a table in memory, profiled in parallel.

use arrow::array::RecordBatch;
use marey_table::Table;
use rayon::prelude::*;

use crate::{KeyCheck, ProfileOptions, Profiler, TableProfile, UniquenessCheck};

/// Rows of one part. Parts are cut by row number alone, so that the profile depends neither on the
/// batches nor on the number of threads.
pub(crate) const PART: usize = 1 << 20;

/// Bytes that the second look at columns that may be keys holds at a time.
const SECOND_LOOK: usize = 256 << 20;

/// Profiles a table.
///
/// The result does not depend on how the table is cut into batches nor on the number of threads.
/// Columns with too many values to count, and sets of columns, are looked at again where they may be keys, so
/// that [`keys`](TableProfile::keys) are exact at any size.
pub fn profile(table: &Table, options: &ProfileOptions) -> TableProfile {
    let empty = Profiler::of_table(table, options);
    let parts = parts(table);
    let mut whole = empty;
    let (first, others) = parts.split_at(parts.len().min(1));
    for slice in first.iter().flatten() {
        whole.take(slice);
    }
    let empty = whole.following();
    // As many parts as threads at a time: states of all parts of a long table would not fit memory.
    for wave in others.chunks(rayon::current_num_threads().max(1)) {
        let states: Vec<Profiler> = wave
            .par_iter()
            .map(|slices| {
                let mut state = empty.clone();
                for slice in slices {
                    state.take(slice);
                }
                state
            })
            .collect();
        states.iter().for_each(|state| whole.append(state));
    }
    let mut check = UniquenessCheck::new(&whole, SECOND_LOOK);
    while !check.columns().is_empty() {
        for batch in table.batches() {
            // A pass that misses rows proves nothing.
            let columns = batch.project(check.columns()).ok();
            if columns.and_then(|columns| check.update(&columns).ok()).is_none() {
                break;
            }
        }
        check.end_pass();
    }
    whole.prove_unique(&check.finish());
    let mut profile = whole.finish();
    let mut check = KeyCheck::new(&profile, SECOND_LOOK);
    while !check.columns().is_empty() {
        for batch in table.batches() {
            let columns = batch.project(check.columns()).ok();
            if columns.and_then(|columns| check.update(&columns).ok()).is_none() {
                break;
            }
        }
        check.end_pass();
    }
    check.settle(&mut profile);
    profile
}

/// The table's rows, in parts of [`PART`] rows, each a list of slices of batches.
fn parts(table: &Table) -> Vec<Vec<RecordBatch>> {
    let mut parts: Vec<Vec<RecordBatch>> = Vec::new();
    let mut room = 0;
    for batch in table.batches() {
        let mut start = 0;
        while start < batch.num_rows() {
            if room == 0 {
                parts.push(Vec::new());
                room = PART;
            }
            let len = room.min(batch.num_rows() - start);
            if let Some(part) = parts.last_mut() {
                part.push(batch.slice(start, len));
            }
            room -= len;
            start += len;
        }
    }
    parts
}
