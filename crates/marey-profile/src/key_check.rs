//! [`KeyCheck`]: decides on a second look at the rows which sets of columns name each of them.

use arrow::array::{ArrayRef, RecordBatch};
use marey_core::FieldName;
use rayon::prelude::*;

use crate::{
    ProfileError, TableProfile,
    column_state::NO_VALUE,
    column_update,
    hash::{hash_bits, row_factor},
    uniqueness::{Range, all_differ},
};

/// A second look at the sets of columns that named every kept row of a table with more rows than
/// those ([`Relations::key_candidates`](crate::Relations::key_candidates)).
///
/// The hashes of all rows are compared, in as many passes as the memory asks for: a pass keeps the
/// hashes of one range. No set is ever called a key that is none; two different rows of ten million
/// have equal hashes with a chance of 3 in a million, and the set is then not called one.
///
/// ```
/// # use std::sync::Arc;
/// # use arrow::array::{ArrayRef, RecordBatch, StringArray};
/// # use marey_profile::{KeyCheck, ProfileOptions, Profiler};
/// # let text = |of: fn(u32) -> u32| -> ArrayRef {
/// #     Arc::new(StringArray::from_iter_values((0..90_000).map(|row| format!("v{}", of(row)))))
/// # };
/// # let batch = RecordBatch::try_from_iter([("x", text(|row| row % 300)), ("y", text(|row| row / 300))])?;
/// # let options = ProfileOptions::default();
/// let mut profiler = Profiler::new("table", &batch.schema(), &[], &options)?;
/// profiler.update(&batch)?;
/// let mut profile = profiler.finish();
/// assert!(profile.keys.is_empty());
/// let mut check = KeyCheck::new(&profile, 64 << 20);
/// while !check.columns().is_empty() {
///     // Read the table again, these columns only.
///     check.update(&batch.project(check.columns())?)?;
///     check.end_pass();
/// }
/// check.settle(&mut profile);
/// assert_eq!(profile.keys, [["x".into(), "y".into()]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct KeyCheck {
    rows: u64,
    pass: u64,
    passes: u64,
    columns: Vec<usize>,
    sets: Vec<Set>,
}

/// A set of columns, with what the running pass has seen of its rows.
#[derive(Debug, Clone)]
struct Set {
    names: Vec<FieldName>,
    /// Positions in the table.
    columns: Vec<usize>,
    refuted: bool,
    seen: u64,
    /// The hashes that the running pass keeps.
    buckets: Vec<Vec<u64>>,
}

impl KeyCheck {
    /// A check of a profile's candidates. `memory` bounds the bytes that are held at a time; the
    /// less there are, the more passes it takes. Less than 1 MiB counts as 1 MiB.
    pub fn new(profile: &TableProfile, memory: usize) -> Self {
        let position = |name: &FieldName| profile.column(name).map(|column| column.index);
        let sets: Vec<Set> = profile
            .relations
            .key_candidates
            .iter()
            .filter_map(|names| {
                Some(Set {
                    columns: names.iter().map(position).collect::<Option<_>>()?,
                    names: names.clone(),
                    refuted: false,
                    seen: 0,
                    buckets: Vec::new(),
                })
            })
            .collect();
        let needed = u128::from(profile.rows) * sets.len() as u128 * 9;
        let passes = needed.div_ceil(memory.max(1 << 20) as u128).max(1);
        let mut check = Self {
            rows: profile.rows,
            pass: 0,
            passes: u64::try_from(passes).unwrap_or(u64::MAX),
            columns: Vec::new(),
            sets,
        };
        check.choose_columns();
        check
    }

    /// Positions of the columns that the running pass needs, in order; none when all is decided.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Takes in rows of the running pass: the columns named by [`columns`](Self::columns), in that
    /// order. The order of rows does not matter.
    ///
    /// # Errors
    ///
    /// When the batch has another number of columns; nothing has been taken in then.
    pub fn update(&mut self, batch: &RecordBatch) -> Result<(), ProfileError> {
        if batch.num_columns() != self.columns.len() {
            return Err(ProfileError::ColumnNumber {
                expected: self.columns.len(),
                found: batch.num_columns(),
            });
        }
        let columns = &self.columns;
        let range = Range::new(self.rows, self.pass, self.passes);
        self.sets
            .par_iter_mut()
            .filter(|set| !set.refuted)
            .for_each(|set| {
                let place = |column: &usize| columns.binary_search(column).ok();
                let arrays: Option<Vec<&ArrayRef>> = set
                    .columns
                    .iter()
                    .map(|column| batch.columns().get(place(column)?))
                    .collect();
                set.seen += batch.num_rows() as u64;
                match arrays {
                    Some(arrays) => set.take(&arrays, batch.num_rows(), &range),
                    None => set.refuted = true,
                }
            });
        Ok(())
    }

    /// Ends the running pass, once all rows of the table were taken in.
    ///
    /// A set of which more or fewer rows came than the profile has is not called a key.
    pub fn end_pass(&mut self) {
        let rows = self.rows;
        for set in &mut self.sets {
            set.refuted |= set.seen != rows || !set.all_differ();
            set.seen = 0;
            set.buckets.iter_mut().for_each(Vec::clear);
        }
        self.pass += 1;
        self.choose_columns();
    }

    /// Moves the sets that proved to be keys among the profile's keys, and drops those that are
    /// none. Sets that are not decided yet stay candidates.
    pub fn settle(self, profile: &mut TableProfile) {
        let decided = self.pass >= self.passes;
        let candidates = &mut profile.relations.key_candidates;
        for set in self.sets.into_iter().filter(|set| set.refuted || decided) {
            candidates.retain(|names| *names != set.names);
            if !set.refuted {
                profile.keys.push(set.names);
            }
        }
    }

    fn choose_columns(&mut self) {
        let open = self
            .sets
            .iter()
            .filter(|set| !set.refuted && self.pass < self.passes);
        self.columns = open.flat_map(|set| set.columns.iter().copied()).collect();
        self.columns.sort_unstable();
        self.columns.dedup();
    }
}

impl Set {
    fn take(&mut self, arrays: &[&ArrayRef], rows: usize, range: &Range) {
        let mut sums = vec![0_u64; rows];
        let mut codes = Vec::with_capacity(rows);
        for (place, array) in arrays.iter().enumerate() {
            codes.clear();
            column_update::codes(array, 0..rows, &mut codes);
            // A row that lacks a value has no name.
            self.refuted |= codes.contains(&NO_VALUE);
            let factor = row_factor(place);
            for (sum, code) in sums.iter_mut().zip(&codes) {
                *sum = sum.wrapping_add(hash_bits(*code).wrapping_mul(factor));
            }
        }
        if self.refuted {
            self.buckets = Vec::new();
            return;
        }
        if self.buckets.is_empty() {
            self.buckets = range.buckets();
        }
        for sum in sums {
            let hash = hash_bits(sum);
            if let Some(bucket) = range.bucket(hash).and_then(|at| self.buckets.get_mut(at)) {
                bucket.push(hash);
            }
        }
    }

    fn all_differ(&mut self) -> bool {
        all_differ(&mut self.buckets)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::StringArray;

    use super::*;
    use crate::{ProfileOptions, Profiler};

    const ROWS: u64 = 90_000;

    /// Two columns that name each row together, or all rows but one.
    fn batch(twice: bool) -> RecordBatch {
        let text = |of: fn(u64) -> u64| -> ArrayRef {
            let value = |row: u64| of(if twice && row == 70_000 { 11 } else { row });
            Arc::new(StringArray::from_iter_values(
                (0..ROWS).map(|row| format!("v{}", value(row))),
            ))
        };
        RecordBatch::try_from_iter([("x", text(|row| row % 300)), ("y", text(|row| row / 300))]).unwrap()
    }

    fn profile(batch: &RecordBatch) -> TableProfile {
        let mut profiler = Profiler::new("t", &batch.schema(), &[], &ProfileOptions::default()).unwrap();
        profiler.update(batch).unwrap();
        profiler.finish()
    }

    #[test]
    fn one_name_that_occurs_twice_is_found_at_any_memory() {
        for (twice, keys) in [(false, 1), (true, 0)] {
            let batch = batch(twice);
            for memory in [64 << 20, 0] {
                let mut profile = profile(&batch);
                // The row that stands for two may be among those kept: then nothing is left to decide.
                let candidates = profile.relations.key_candidates.len();
                assert!(candidates == 1 || twice);
                let mut check = KeyCheck::new(&profile, memory);
                let mut passes = 0;
                while !check.columns().is_empty() {
                    for start in (0..batch.num_rows()).step_by(30_000) {
                        check.update(&batch.slice(start, 30_000)).unwrap();
                    }
                    check.end_pass();
                    passes += 1;
                }
                assert!(passes <= if memory == 0 { candidates } else { 1 });
                check.settle(&mut profile);
                assert_eq!(
                    (profile.keys.len(), profile.relations.key_candidates.len()),
                    (keys, 0)
                );
            }
        }
    }

    #[test]
    fn a_pass_that_misses_rows_proves_nothing_and_others_are_refused() {
        let batch = batch(false);
        let mut profile = profile(&batch);
        let mut check = KeyCheck::new(&profile, 64 << 20);
        assert!(check.update(&batch.project(&[0]).unwrap()).is_err());
        check.update(&batch.slice(0, 89_999)).unwrap();
        check.end_pass();
        assert!(check.columns().is_empty());
        check.settle(&mut profile);
        assert!(profile.keys.is_empty() && profile.relations.key_candidates.is_empty());
    }
}
