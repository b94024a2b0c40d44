//! [`UniquenessCheck`]: decides on a second look at the values which columns hold none twice.

use arrow::array::{Array, RecordBatch};
use rayon::prelude::*;

use crate::{ProfileError, Profiler, column_update, value::Kind};

/// Buckets of hashes per column: each is sorted on its own, in the cache.
const BUCKETS: usize = 1024;
/// Bytes that a kept hash may take: itself, and what a growing bucket has in reserve.
const BYTES_PER_HASH: usize = 10;

/// A second look at the columns that may be keys but had more values than were counted.
///
/// The hashes of all values are compared, in as many passes as the memory asks for: a pass keeps
/// the hashes of one range, and the ranges of all passes together are all hashes. A value of fixed
/// size has a hash of its own, so that the answer is exact; of two different texts of ten million,
/// the hashes agree with a chance of 3 in a million, and the column is then not called unique. No
/// column is ever called unique that is not.
///
/// ```
/// # use std::sync::Arc;
/// # use arrow::array::{ArrayRef, Int64Array, RecordBatch};
/// # use marey_profile::{ProfileOptions, Profiler, UniquenessCheck};
/// # let ids = Int64Array::from_iter_values((0..40_000).map(|id| id * 7919 % 40_009));
/// # let batch = RecordBatch::try_from_iter([("id", Arc::new(ids) as ArrayRef)])?;
/// # let options = ProfileOptions::default();
/// let mut profiler = Profiler::new("table", &batch.schema(), &[], &options)?;
/// profiler.update(&batch)?;
/// let mut check = UniquenessCheck::new(&profiler, 64 << 20);
/// while !check.columns().is_empty() {
///     // Read the table again, these columns only.
///     check.update(&batch.project(check.columns())?)?;
///     check.end_pass();
/// }
/// profiler.prove_unique(&check.finish());
/// assert!(profiler.finish().columns[0].unique);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct UniquenessCheck {
    names: Vec<String>,
    rows: u64,
    pass: u64,
    passes: u64,
    columns: Vec<usize>,
    seen: Vec<Seen>,
    unique: Vec<usize>,
}

/// What a pass has seen of a column.
#[derive(Debug, Clone)]
struct Seen {
    kind: Kind,
    /// Whether a value was missing or occurred twice.
    refuted: bool,
    rows: u64,
    buckets: Vec<Vec<u64>>,
}

impl UniquenessCheck {
    /// A check of the [`key_candidates`](Profiler::key_candidates) of a table that has passed
    /// through the profiler wholly. `memory` bounds the bytes that are held at a time; the less
    /// there are, the more [`passes`](Self::passes) it takes. Less than 1 MiB counts as 1 MiB.
    pub fn new(profiler: &Profiler, memory: usize) -> Self {
        let columns = profiler.key_candidates();
        let needed = (profiler.rows() as u128) * (columns.len() * BYTES_PER_HASH) as u128;
        let passes = needed.div_ceil(memory.max(1 << 20) as u128).max(1);
        Self {
            names: profiler.column_names().map(str::to_owned).collect(),
            rows: profiler.rows(),
            pass: 0,
            passes: u64::try_from(passes).unwrap_or(u64::MAX),
            seen: columns
                .iter()
                .map(|column| Seen::new(profiler.kind(*column)))
                .collect(),
            columns,
            unique: Vec::new(),
        }
    }

    /// Positions of the columns that the running pass needs, in order; none when all is decided.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The most passes that are left, the running one included; fewer where a column turns out to
    /// hold a value twice. 0 when all is decided.
    pub fn passes(&self) -> u64 {
        if self.columns.is_empty() {
            return 0;
        }
        self.passes.saturating_sub(self.pass)
    }

    /// Takes in rows of the running pass: the columns named by [`columns`](Self::columns), in that
    /// order. The order of rows does not matter.
    ///
    /// # Errors
    ///
    /// When the batch has other columns in number or type; nothing has been taken in then.
    pub fn update(&mut self, batch: &RecordBatch) -> Result<(), ProfileError> {
        if batch.num_columns() != self.columns.len() {
            return Err(ProfileError::ColumnNumber {
                expected: self.columns.len(),
                found: batch.num_columns(),
            });
        }
        for ((seen, column), array) in self.seen.iter().zip(&self.columns).zip(batch.columns()) {
            if Kind::of(array.data_type()) != Some(seen.kind) {
                return Err(ProfileError::ColumnType {
                    column: self.names.get(*column).cloned().unwrap_or_default(),
                    expected: seen.kind.physical().to_string(),
                    found: array.data_type().to_string(),
                });
            }
        }
        let range = Range::new(self.rows, self.pass, self.passes);
        self.seen
            .par_iter_mut()
            .zip(batch.columns())
            .for_each(|(seen, array)| seen.update(array, &range, self.rows));
        Ok(())
    }

    /// Ends the running pass, once all rows of the table were taken in.
    ///
    /// Columns of which more or fewer rows came than the profiler had are not called unique.
    pub fn end_pass(&mut self) {
        let rows = self.rows;
        let open: Vec<bool> = self
            .seen
            .par_iter_mut()
            .map(|seen| seen.rows == rows && seen.all_differ())
            .collect();
        self.pass += 1;
        let last = self.pass >= self.passes;
        let columns = std::mem::take(&mut self.columns);
        let states = std::mem::take(&mut self.seen);
        for ((column, mut seen), open) in columns.into_iter().zip(states).zip(open) {
            if open && last {
                self.unique.push(column);
            } else if open {
                seen.start_over();
                self.columns.push(column);
                self.seen.push(seen);
            }
        }
    }

    /// Positions of the columns proven to hold no value twice and to miss none, for
    /// [`Profiler::prove_unique`]. Columns that are not decided yet are not among them.
    pub fn finish(self) -> Vec<usize> {
        self.unique
    }
}

/// The hashes that a pass keeps.
pub(crate) struct Range {
    pass: u64,
    passes: u64,
    /// Hashes that a bucket is expected to get.
    room: usize,
}

impl Range {
    /// The range of a pass over so many rows.
    pub(crate) fn new(rows: u64, pass: u64, passes: u64) -> Self {
        Self {
            pass,
            passes,
            room: (rows / passes.max(1) / BUCKETS as u64 + 1) as usize,
        }
    }

    /// Buckets with room for a sixteenth more than is expected: few of them ever grow.
    pub(crate) fn buckets(&self) -> Vec<Vec<u64>> {
        (0..BUCKETS)
            .map(|_| Vec::with_capacity(self.room + self.room / 16 + 8))
            .collect()
    }

    /// The bucket of a hash, or none where it belongs to another pass.
    #[inline]
    pub(crate) fn bucket(&self, hash: u64) -> Option<usize> {
        // Passes by the high half of the hash, buckets by the low one.
        let own =
            self.passes == 1 || ((u128::from(hash) * u128::from(self.passes)) >> 64) as u64 == self.pass;
        own.then_some(hash as usize % BUCKETS)
    }
}

/// Whether no hash occurs twice in its bucket.
pub(crate) fn all_differ(buckets: &mut [Vec<u64>]) -> bool {
    buckets.par_iter_mut().all(|bucket| {
        bucket.sort_unstable();
        bucket.windows(2).all(|pair| pair[0] != pair[1])
    })
}

impl Seen {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            refuted: false,
            rows: 0,
            buckets: Vec::new(),
        }
    }

    fn update(&mut self, array: &dyn Array, range: &Range, rows: u64) {
        self.rows = self.rows.saturating_add(array.len() as u64);
        self.refuted |= array.logical_null_count() > 0 || self.rows > rows;
        if self.refuted {
            self.buckets = Vec::new();
            return;
        }
        if self.buckets.is_empty() {
            self.buckets = range.buckets();
        }
        column_update::for_each_hash(array, |hash| {
            if let Some(bucket) = range.bucket(hash).and_then(|at| self.buckets.get_mut(at)) {
                bucket.push(hash);
            }
        });
    }

    fn all_differ(&mut self) -> bool {
        !self.refuted && all_differ(&mut self.buckets)
    }

    fn start_over(&mut self) {
        self.rows = 0;
        self.buckets.iter_mut().for_each(Vec::clear);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Int64Array, StringArray};

    use super::*;
    use crate::ProfileOptions;

    const ROWS: i64 = 300_000;

    /// Ids in an order that neither rises nor falls, one of them twice where asked.
    fn ids(twice: bool) -> impl Iterator<Item = i64> {
        (0..ROWS).map(move |row| {
            let row = if twice && row == 170_000 { 20_000 } else { row };
            row * 7_919 % 300_007
        })
    }

    fn check(column: ArrayRef, memory: usize, expected: &[usize], most_passes: u64) {
        let batch = RecordBatch::try_from_iter([("id", column)]).unwrap();
        let options = ProfileOptions::default();
        let mut profiler = Profiler::new("t", &batch.schema(), &[], &options).unwrap();
        profiler.update(&batch).unwrap();
        let mut check = UniquenessCheck::new(&profiler, memory);
        assert_eq!(check.columns(), [0]);
        assert_eq!(check.passes(), most_passes);
        while !check.columns().is_empty() {
            for start in (0..batch.num_rows()).step_by(100_000) {
                check.update(&batch.slice(start, 100_000)).unwrap();
            }
            check.end_pass();
        }
        assert_eq!(check.passes(), 0);
        assert_eq!(check.finish(), expected);
    }

    #[test]
    fn one_value_that_occurs_twice_is_found_at_any_memory() {
        for (memory, passes) in [(64 << 20, 1), (1 << 20, 3)] {
            for (twice, expected) in [(false, &[0][..]), (true, &[])] {
                check(
                    Arc::new(Int64Array::from_iter_values(ids(twice))),
                    memory,
                    expected,
                    passes,
                );
                let texts = ids(twice).map(|id| format!("key-{id}"));
                check(
                    Arc::new(StringArray::from_iter_values(texts)),
                    memory,
                    expected,
                    passes,
                );
            }
        }
    }

    #[test]
    fn a_pass_that_misses_rows_proves_nothing_and_others_are_refused() {
        let column: ArrayRef = Arc::new(Int64Array::from_iter_values(ids(false)));
        let batch = RecordBatch::try_from_iter([("id", column)]).unwrap();
        let options = ProfileOptions::default();
        let mut profiler = Profiler::new("t", &batch.schema(), &[], &options).unwrap();
        profiler.update(&batch).unwrap();
        let mut check = UniquenessCheck::new(&profiler, 64 << 20);
        let text: ArrayRef = Arc::new(StringArray::from(vec!["x"]));
        let wrong = RecordBatch::try_from_iter([("id", text)]).unwrap();
        assert!(check.update(&wrong).is_err());
        assert!(check.update(&batch.project(&[]).unwrap()).is_err());
        check.update(&batch.slice(0, 299_999)).unwrap();
        check.end_pass();
        assert!(check.columns().is_empty());
        assert!(check.finish().is_empty());
    }
}
