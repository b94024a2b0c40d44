//! [`Profiler`]: the state of a profile, fed by batches, merged, and finished.

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use marey_core::FieldName;
use marey_table::{ColumnNote, Table};
use rayon::prelude::*;

use crate::{
    ProfileError, ProfileOptions, TableProfile,
    association::CoMoments,
    column_state::{ColumnState, NO_VALUE},
    column_update::{self, RowSums},
    finish,
    hash::row_factor,
    row_sample::RowSample,
    state::{self, MOST_ROWS},
    value::Kind,
};

/// Rows that pass through all columns at a time, so that their sums stay in the cache.
const SLICE: usize = 1 << 15;

/// A profile in the making.
///
/// Feed batches with [`update`](Self::update), join the profilers of consecutive parts of a table
/// with [`merge`](Self::merge), and read the result with [`finish`](Self::finish). Batches of any
/// sizes give the same profile. So do parts cut anywhere, as long as no column leaves exact
/// counting ([`ProfileOptions::exact_distinct`]); beyond that, moments agree but for rounding,
/// distinct counts exactly, and quantiles and frequent values within their bounds.
#[derive(Debug, Clone)]
pub struct Profiler {
    pub(crate) table: String,
    pub(crate) names: Vec<FieldName>,
    pub(crate) types: Vec<String>,
    pub(crate) notes: Vec<ColumnNote>,
    pub(crate) options: ProfileOptions,
    pub(crate) rows: u64,
    pub(crate) columns: Vec<ColumnState>,
    pub(crate) together: CoMoments,
    pub(crate) sample: RowSample,
    pub(crate) proven_unique: Vec<usize>,
}

impl Profiler {
    /// An empty profile of a table with these columns. `notes` say how cells were written, one per
    /// column in order; missing ones count as empty.
    ///
    /// # Errors
    ///
    /// When a column's type is not one of those of [`marey_table::Table`].
    pub fn new(
        table: impl Into<String>,
        schema: &SchemaRef,
        notes: &[ColumnNote],
        options: &ProfileOptions,
    ) -> Result<Self, ProfileError> {
        for field in schema.fields() {
            if Kind::of(field.data_type()).is_none() {
                return Err(ProfileError::UnsupportedType {
                    column: field.name().clone(),
                    found: field.data_type().to_string(),
                });
            }
        }
        Ok(Self::of_known_types(table.into(), schema, notes, options))
    }

    /// An empty profile of a table; its types are known to be the right ones.
    pub(crate) fn of_table(table: &Table, options: &ProfileOptions) -> Self {
        let notes: Vec<ColumnNote> = (0..table.columns())
            .map(|index| table.note(index).clone())
            .collect();
        Self::of_known_types(table.name().into(), table.schema(), &notes, options)
    }

    /// An empty profile of columns whose types are known to be the right ones.
    pub(crate) fn of_known_types(
        table: String,
        schema: &SchemaRef,
        notes: &[ColumnNote],
        options: &ProfileOptions,
    ) -> Self {
        let fields = schema.fields();
        let mut notes: Vec<ColumnNote> = notes.iter().take(fields.len()).cloned().collect();
        notes.resize(fields.len(), ColumnNote::default());
        Self {
            table,
            names: fields
                .iter()
                .map(|field| FieldName::new(field.name().as_str()))
                .collect(),
            types: fields.iter().map(|field| field.data_type().to_string()).collect(),
            notes,
            options: options.clone(),
            rows: 0,
            columns: fields
                .iter()
                .map(|field| Kind::of(field.data_type()).unwrap_or(Kind::Empty))
                .map(|kind| ColumnState::new(kind, options.counted(fields.len())))
                .collect(),
            together: CoMoments::new(
                fields
                    .iter()
                    .map(|field| Kind::of(field.data_type()).unwrap_or(Kind::Empty)),
                options.max_correlated,
            ),
            sample: RowSample::new(fields.len(), options.rows_kept(fields.len())),
            proven_unique: Vec::new(),
        }
    }

    /// An empty profile of rows that follow these, to be [appended](Self::append): it leaves out at
    /// once what appending would leave out. Columns whose values are no longer counted here are not
    /// counted anew, and rows that the sample has no room for are not sampled.
    pub(crate) fn following(&self) -> Self {
        let columns = self.columns.iter().map(ColumnState::following).collect();
        Self {
            table: self.table.clone(),
            names: self.names.clone(),
            types: self.types.clone(),
            notes: self.notes.clone(),
            options: self.options.clone(),
            rows: 0,
            columns,
            together: self.together.emptied(),
            sample: self.sample.following(),
            proven_unique: Vec::new(),
        }
    }

    /// The same profile with other notes on how the cells of its columns were written; where a table
    /// is read in pieces, they are known at the end only.
    pub(crate) fn with_notes(mut self, notes: &[ColumnNote]) -> Self {
        let columns = self.notes.len();
        self.notes = notes.iter().take(columns).cloned().collect();
        self.notes.resize(columns, ColumnNote::default());
        self
    }

    /// Takes in rows.
    ///
    /// # Errors
    ///
    /// When the batch's columns are not those of the profile in number and type; nothing has been
    /// taken in then.
    pub fn update(&mut self, batch: &RecordBatch) -> Result<(), ProfileError> {
        self.check(batch)?;
        self.take(batch);
        Ok(())
    }

    /// Takes in rows of the profile's own columns.
    pub(crate) fn take(&mut self, batch: &RecordBatch) {
        let rows = batch.num_rows();
        let mut start = 0;
        while start < rows {
            let len = SLICE.min(rows - start);
            self.take_slice(&batch.slice(start, len));
            start += len;
        }
        self.together.update(batch.columns(), rows);
        self.rows += rows as u64;
    }

    fn take_slice(&mut self, slice: &RecordBatch) {
        let empty = || vec![0_u64; slice.num_rows()];
        // Each share of the columns has sums of its own, so there should not be many.
        let shares = 4 * rayon::current_num_threads();
        // Sums of rows do not depend on which thread adds which column.
        let sums = self
            .columns
            .par_iter_mut()
            .zip(slice.columns())
            .enumerate()
            .with_min_len(slice.num_columns().div_ceil(shares))
            .fold(empty, |mut sums, (index, (state, array))| {
                let mut rows = RowSums {
                    sums: &mut sums,
                    factor: row_factor(index),
                };
                column_update::update(state, array, &mut rows);
                sums
            })
            .reduce(empty, |mut sums, others| {
                for (sum, other) in sums.iter_mut().zip(others) {
                    *sum = sum.wrapping_add(other);
                }
                sums
            });
        let columns = slice.columns();
        self.sample
            .update(&sums, |column, rows, codes| match columns.get(column) {
                Some(array) => column_update::codes(array, rows.iter().copied(), codes),
                None => codes.resize(codes.len() + rows.len(), NO_VALUE),
            });
    }

    fn check(&self, batch: &RecordBatch) -> Result<(), ProfileError> {
        if batch.num_columns() != self.columns.len() {
            return Err(ProfileError::ColumnNumber {
                expected: self.columns.len(),
                found: batch.num_columns(),
            });
        }
        let columns = self.columns.iter().zip(&self.names).zip(&self.types);
        for (((state, name), expected), array) in columns.zip(batch.columns()) {
            if Kind::of(array.data_type()) != Some(state.kind) {
                return Err(ProfileError::ColumnType {
                    column: name.to_string(),
                    expected: expected.clone(),
                    found: array.data_type().to_string(),
                });
            }
        }
        Ok(())
    }

    /// Appends the profile of the rows that follow.
    ///
    /// # Errors
    ///
    /// When the other has other columns or other options, or when both have more rows together than
    /// 2^53; nothing has been appended then.
    pub fn merge(&mut self, other: &Self) -> Result<(), ProfileError> {
        if self.options != other.options {
            return Err(ProfileError::Options);
        }
        if self.columns.len() != other.columns.len() {
            return Err(ProfileError::ColumnNumber {
                expected: self.columns.len(),
                found: other.columns.len(),
            });
        }
        for (index, (own, theirs)) in self.columns.iter().zip(&other.columns).enumerate() {
            if own.kind != theirs.kind {
                let of = |types: &Vec<String>| types.get(index).cloned().unwrap_or_default();
                return Err(ProfileError::ColumnType {
                    column: self
                        .names
                        .get(index)
                        .map(FieldName::to_string)
                        .unwrap_or_default(),
                    expected: of(&self.types),
                    found: of(&other.types),
                });
            }
        }
        let rows = self.rows.saturating_add(other.rows);
        if rows > MOST_ROWS {
            return Err(ProfileError::TooManyRows {
                rows,
                most: MOST_ROWS,
            });
        }
        self.append(other);
        Ok(())
    }

    /// Appends a profile of the same columns.
    pub(crate) fn append(&mut self, other: &Self) {
        self.columns
            .par_iter_mut()
            .zip(&other.columns)
            .for_each(|(own, theirs)| own.merge(theirs));
        self.together.merge(&other.together);
        self.sample.merge(&other.sample);
        self.rows += other.rows;
    }

    /// Positions of the columns that may be keys, but have more different values than were counted:
    /// what [`UniquenessCheck`](crate::UniquenessCheck) decides on a second look at the values.
    ///
    /// Columns that are known to be keys or to be none are not among them. A key is missed with a
    /// chance of less than one in a million.
    pub fn key_candidates(&self) -> Vec<usize> {
        self.columns
            .iter()
            .enumerate()
            .filter(|(_, state)| state.may_be_unique())
            .map(|(index, _)| index)
            .collect()
    }

    /// Notes that no value of these columns occurs twice: what
    /// [`UniquenessCheck::finish`](crate::UniquenessCheck::finish) returned.
    pub fn prove_unique(&mut self, columns: &[usize]) {
        self.proven_unique.extend_from_slice(columns);
    }

    /// Names of the columns, in order.
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(FieldName::as_str)
    }

    /// The kind of a column.
    pub(crate) fn kind(&self, column: usize) -> Kind {
        self.columns.get(column).map_or(Kind::Empty, |state| state.kind)
    }

    /// Number of rows taken in.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The state as bytes, for another process or machine that [`decode`](Self::decode)s it, goes on
    /// with [`update`](Self::update) and [`merge`](Self::merge), and finishes it.
    ///
    /// Equal states give equal bytes. Their format is versioned and told in `docs/profile-state.md`.
    /// They hold values of the table, frequent and sampled ones: keep them as safe as the table.
    pub fn encode(&self) -> Vec<u8> {
        state::encode(self)
    }

    /// The state that [`encode`](Self::encode) gave as bytes.
    ///
    /// # Errors
    ///
    /// [`ProfileError::StateVersion`] for bytes of another version of the format;
    /// [`ProfileError::CorruptState`], with the place and the reason, for all others that are not
    /// a state. No bytes make this panic or take memory beyond a small multiple of their length
    /// and the fixed size of a column's state.
    pub fn decode(bytes: &[u8]) -> Result<Self, ProfileError> {
        state::decode(bytes)
    }

    /// The profile of the rows taken in.
    pub fn finish(self) -> TableProfile {
        let columns = finish::Columns {
            names: self.names,
            notes: self.notes,
            states: self.columns,
            together: self.together.finish(),
            proven_unique: self.proven_unique,
        };
        finish::table(
            self.table,
            self.rows,
            columns,
            &self.sample.finish(),
            &self.options,
        )
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};

    use super::*;

    fn rows(range: std::ops::Range<i64>) -> RecordBatch {
        let number = |row: i64| hash_of(row) % 900;
        let columns: [(&str, ArrayRef); 3] = [
            (
                "few",
                Arc::new(Int64Array::from_iter_values(range.clone().map(|row| row % 5))),
            ),
            (
                "many",
                Arc::new(Float64Array::from_iter(
                    range
                        .clone()
                        .map(|row| (row % 11 != 0).then(|| number(row) as f64 / 4.0)),
                )),
            ),
            (
                "texts",
                Arc::new(StringArray::from_iter_values(
                    range.map(|row| format!("t{}", number(row * 3))),
                )),
            ),
        ];
        RecordBatch::try_from_iter(columns).expect("columns of one length")
    }

    fn hash_of(row: i64) -> u64 {
        crate::hash::hash_bits(row as u64) >> 8
    }

    #[test]
    fn rows_that_follow_need_not_begin_anew() {
        let options = ProfileOptions {
            exact_distinct: 100,
            sample_rows: 128,
            ..ProfileOptions::default()
        };
        let empty = Profiler::new("t", &rows(0..1).schema(), &[], &options).expect("known types");
        let mut first = empty.clone();
        first.take(&rows(0..3000));
        let profile_with = |start: Profiler| {
            let (mut whole, mut rest) = (first.clone(), start);
            rest.take(&rows(3000..9000));
            whole.append(&rest);
            whole.finish()
        };
        let (anew, following) = (profile_with(empty), profile_with(first.following()));
        assert!(!anew.columns[1].distinct.exact);
        assert_eq!(anew.pairs, following.pairs);
        assert_eq!(anew.relations, following.relations);
        for (anew, following) in anew.columns.iter().zip(&following.columns) {
            assert_eq!(anew.distinct, following.distinct);
            assert_eq!(
                (anew.nulls, &anew.semantic_type),
                (following.nulls, &following.semantic_type)
            );
            let mean = |column: &crate::ColumnProfile| column.numeric.as_ref().map(|n| n.mean);
            let (a, b) = (mean(anew), mean(following));
            assert!(
                a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * a.abs()),
                "{a:?} {b:?}"
            );
            let longest = |column: &crate::ColumnProfile| column.text.as_ref().map(|text| text.max_chars);
            assert_eq!(longest(anew), longest(following));
        }
    }
}
