//! [`CoMoments`]: what Pearson's r of every pair of numeric columns is made of, over all rows.
//!
//! Rows are gathered in blocks; a block's columns are centred, multiplied with each other, and
//! joined to what was there before (Pébay, *Formulas for robust, one-pass parallel computation of
//! covariances and arbitrary-order statistical moments*, 2008). Values that are missing or not
//! finite are left out pair by pair: a column that has any in a block brings along a mask.

use arrow::{
    array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray},
    datatypes::{Decimal128Type, Float64Type, Int64Type},
};

use marey_table::vector::widely;

use super::{
    cross_product::{Triangle, products, rectangle},
    number::coefficient,
};
use crate::value::{Kind, Value};

/// Rows of a block. Blocks end at fixed places of the sequence of rows, so that batches of any
/// sizes give the same sums.
pub(crate) const BLOCK: usize = 1024;

/// Numbers that are added side by side; it orders the additions, so results depend on it.
const LANES: usize = 8;

/// Moments of the rows in which two columns both have a value; `a` is the earlier column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Joint {
    pub(crate) n: f64,
    pub(crate) mean_a: f64,
    pub(crate) mean_b: f64,
    pub(crate) aa: f64,
    pub(crate) bb: f64,
    pub(crate) ab: f64,
}

impl Joint {
    /// Sums over values that were centred elsewhere, at `a` and `b`.
    fn of_sums(n: f64, (a, b): (f64, f64), sums: (f64, f64), (aa, bb, ab): (f64, f64, f64)) -> Self {
        let (own_a, own_b) = (sums.0 / n, sums.1 / n);
        Self {
            n,
            mean_a: a + own_a,
            mean_b: b + own_b,
            aa: aa - sums.0 * own_a,
            bb: bb - sums.1 * own_b,
            ab: ab - sums.0 * own_b,
        }
    }

    fn merge(&mut self, other: &Self) {
        if other.n <= 0.0 {
            return;
        }
        if self.n <= 0.0 {
            *self = *other;
            return;
        }
        let n = self.n + other.n;
        let share = other.n / n;
        let (delta_a, delta_b) = (other.mean_a - self.mean_a, other.mean_b - self.mean_b);
        let weight = self.n * share;
        self.aa += other.aa + delta_a * delta_a * weight;
        self.bb += other.bb + delta_b * delta_b * weight;
        self.ab += other.ab + delta_a * delta_b * weight;
        self.mean_a += delta_a * share;
        self.mean_b += delta_b * share;
        self.n = n;
    }
}

/// Joint moments of every pair of the first numeric columns of a table.
#[derive(Debug, Clone)]
pub(crate) struct CoMoments {
    /// Positions in the table, and kinds.
    pub(crate) columns: Vec<(usize, Kind)>,
    /// Empty until the first block is full.
    pub(crate) joint: Triangle<Joint>,
    /// Values of rows not yet in `joint`, column by column; NaN where there is none.
    pub(crate) pending: Vec<Vec<f64>>,
}

impl CoMoments {
    /// Of at most so many of a table's columns: those that come first and hold numbers.
    pub(crate) fn new(kinds: impl Iterator<Item = Kind>, most: usize) -> Self {
        let columns: Vec<(usize, Kind)> = kinds
            .enumerate()
            .filter(|(_, kind)| matches!(kind, Kind::Int | Kind::Float | Kind::Decimal(_)))
            .take(most)
            .collect();
        Self {
            pending: vec![Vec::new(); columns.len()],
            columns,
            joint: Triangle::default(),
        }
    }

    /// The same columns without any rows.
    pub(crate) fn emptied(&self) -> Self {
        Self {
            columns: self.columns.clone(),
            joint: Triangle::default(),
            pending: vec![Vec::new(); self.columns.len()],
        }
    }

    /// Takes in rows, given as all columns of the table.
    pub(crate) fn update(&mut self, arrays: &[ArrayRef], rows: usize) {
        if self.columns.len() < 2 {
            return;
        }
        let mut start = 0;
        while start < rows {
            let waiting = self.pending.first().map_or(0, Vec::len);
            let len = (BLOCK - waiting.min(BLOCK)).clamp(1, rows - start);
            for ((index, kind), values) in self.columns.iter().zip(&mut self.pending) {
                match arrays.get(*index) {
                    Some(array) => gather(*kind, &array.slice(start, len), values),
                    None => values.resize(values.len() + len, f64::NAN),
                }
            }
            if waiting + len >= BLOCK {
                self.flush();
            }
            start += len;
        }
    }

    /// Brings the gathered rows into the moments.
    fn flush(&mut self) {
        let rows = self.pending.first().map_or(0, Vec::len);
        if rows == 0 {
            return;
        }
        let size = self.columns.len();
        if self.joint.is_empty() {
            self.joint = Triangle::new(size);
        }
        let pending = &mut self.pending;
        let centred: Vec<Centred> = widely(
            #[inline(always)]
            || pending.iter_mut().map(|values| Centred::of(values)).collect(),
        );
        let block = BlockSums::of(&self.pending, &centred);
        for b in 0..size {
            for a in 0..=b {
                if let Some(joint) = self.joint.get_mut(a, b) {
                    joint.merge(&block.joint(a, b));
                }
            }
        }
        for values in &mut self.pending {
            values.clear();
        }
    }

    /// Appends the moments of the rows that follow.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.flush();
        if self.joint.is_empty() {
            self.joint = other.joint.clone();
        } else {
            for (own, theirs) in self.joint.iter_mut().zip(other.joint.iter()) {
                own.merge(theirs);
            }
        }
        for (own, theirs) in self.pending.iter_mut().zip(&other.pending) {
            own.extend_from_slice(theirs);
        }
    }

    pub(crate) fn finish(mut self) -> Self {
        self.flush();
        self
    }

    /// Pearson's r of two columns of the table over all rows in which both have a value, with their
    /// number; none where one does not vary, was not followed, or has sums beyond all bounds.
    pub(crate) fn pearson(&self, a: usize, b: usize) -> Option<(f64, u64)> {
        let place = |index: usize| {
            self.columns
                .binary_search_by_key(&index, |(index, _)| *index)
                .ok()
        };
        let joint = self.joint.get(place(a)?, place(b)?);
        let r = coefficient(joint.aa, joint.bb, joint.ab)?;
        let spread = |squares: f64, mean: f64| squares > 1e-24 * joint.n * mean * mean;
        // What is left of equal values after rounding is no spread.
        let (mean_a, mean_b) = (joint.mean_a, joint.mean_b);
        (spread(joint.aa, mean_a) && spread(joint.bb, mean_b)).then_some((r, joint.n as u64))
    }
}

/// Appends the numbers of a piece of a column.
fn gather(kind: Kind, array: &ArrayRef, values: &mut Vec<f64>) {
    let len = values.len() + array.len();
    match kind {
        Kind::Int => {
            if let Some(array) = array.as_primitive_opt::<Int64Type>() {
                extend(values, array, |value| value as f64);
            }
        }
        Kind::Float => {
            if let Some(array) = array.as_primitive_opt::<Float64Type>() {
                extend(values, array, |value| value);
            }
        }
        Kind::Decimal(_) => {
            if let Some(array) = array.as_primitive_opt::<Decimal128Type>() {
                extend(values, array, |cell| {
                    kind.number(Value::Wide(cell)).unwrap_or(f64::NAN)
                });
            }
        }
        _ => {}
    }
    values.resize(len, f64::NAN);
}

/// Appends the numbers of an array, NaN where there is none.
fn extend<T: ArrowPrimitiveType>(
    values: &mut Vec<f64>,
    array: &PrimitiveArray<T>,
    number: impl Fn(T::Native) -> f64,
) {
    let cells = array.values().iter();
    match array.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => values.extend(cells.map(|cell| number(*cell))),
        Some(nulls) => values.extend(
            cells
                .zip(nulls.iter())
                .map(|(cell, present)| if present { number(*cell) } else { f64::NAN }),
        ),
    }
}

/// Sum of what a function makes of the values, in [`LANES`] sums side by side.
#[inline(always)]
fn sum(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += of(*value);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|value| of(*value)).sum::<f64>()
}

/// What was taken from the values of a column of a block.
struct Centred {
    mean: f64,
    n: f64,
    /// Sum of the values after centring: what rounding has left.
    rest: f64,
    /// One where there is a value, zero elsewhere; none where every row has one.
    mask: Option<Vec<f64>>,
}

impl Centred {
    /// Takes the mean out of the values; what is missing becomes zero.
    #[inline(always)]
    fn of(values: &mut [f64]) -> Self {
        let n = values.iter().filter(|value| value.is_finite()).count();
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        let mean = sum(values, finite) / (n as f64).max(1.0);
        let mask = (n < values.len()).then(|| {
            let present = |value: &f64| f64::from(u8::from(value.is_finite()));
            values.iter().map(present).collect()
        });
        for value in values.iter_mut() {
            *value = if value.is_finite() { *value - mean } else { 0.0 };
        }
        Self {
            mean,
            n: n as f64,
            rest: sum(values, |value| value),
            mask,
        }
    }
}

/// Sums of products of the columns of a block.
struct BlockSums<'a> {
    columns: &'a [Centred],
    products: Triangle<f64>,
    /// Place of each column among those with a mask.
    masked: Vec<Option<usize>>,
    /// `counts[a][b]`: rows in which two columns with masks both have a value.
    counts: Triangle<f64>,
    /// `sums[mask * columns + column]`: a column's sum where another one has a value.
    sums: Vec<f64>,
    /// The same of its squares.
    squares: Vec<f64>,
}

impl<'a> BlockSums<'a> {
    fn of(values: &[Vec<f64>], columns: &'a [Centred]) -> Self {
        let masks: Vec<&[f64]> = columns
            .iter()
            .filter_map(|column| column.mask.as_deref())
            .collect();
        let mut next = 0..masks.len();
        let masked = columns
            .iter()
            .map(|column| column.mask.as_ref().and_then(|_| next.next()))
            .collect();
        let values: Vec<&[f64]> = values.iter().map(Vec::as_slice).collect();
        let squared: Vec<Vec<f64>> = if masks.is_empty() {
            Vec::new()
        } else {
            values
                .iter()
                .map(|values| values.iter().map(|value| value * value).collect())
                .collect()
        };
        let squared: Vec<&[f64]> = squared.iter().map(Vec::as_slice).collect();
        Self {
            columns,
            products: products(&values),
            masked,
            counts: products(&masks),
            sums: rectangle(&masks, &values),
            squares: rectangle(&masks, &squared),
        }
    }

    fn joint(&self, a: usize, b: usize) -> Joint {
        let (Some(of_a), Some(of_b)) = (self.columns.get(a), self.columns.get(b)) else {
            return Joint::default();
        };
        let mask = |column: usize| self.masked.get(column).copied().flatten();
        let n = match (mask(a), mask(b)) {
            (Some(mask_a), Some(mask_b)) => self.counts.get(mask_a, mask_b),
            _ => of_a.n.min(of_b.n),
        };
        if n <= 0.0 {
            return Joint::default();
        }
        let (sum_a, aa) = self.where_other(a, mask(b), of_a);
        let (sum_b, bb) = self.where_other(b, mask(a), of_b);
        let ab = self.products.get(a, b);
        Joint::of_sums(n, (of_a.mean, of_b.mean), (sum_a, sum_b), (aa, bb, ab))
    }

    /// Sum of a column and of its squares over the rows of a mask, or over all.
    fn where_other(&self, column: usize, mask: Option<usize>, own: &Centred) -> (f64, f64) {
        let Some(mask) = mask else {
            return (own.rest, self.products.get(column, column));
        };
        let at = mask * self.columns.len() + column;
        let of = |sums: &[f64]| sums.get(at).copied().unwrap_or_default();
        (of(&self.sums), of(&self.squares))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Float64Array, Int64Array};
    use proptest::prelude::*;

    use super::*;

    type Row = (Option<i64>, Option<f64>, f64);

    fn arrays(rows: &[Row]) -> Vec<ArrayRef> {
        vec![
            Arc::new(Int64Array::from_iter(rows.iter().map(|row| row.0))),
            Arc::new(Float64Array::from_iter(rows.iter().map(|row| row.1))),
            Arc::new(Float64Array::from_iter_values(rows.iter().map(|row| row.2))),
        ]
    }

    fn state(rows: &[Row], pieces: usize) -> CoMoments {
        let mut state = CoMoments::new([Kind::Int, Kind::Float, Kind::Float].into_iter(), 8);
        for piece in rows.chunks(pieces) {
            state.update(&arrays(piece), piece.len());
        }
        state
    }

    /// The definition, in two passes.
    fn plain(rows: &[Row], a: usize, b: usize) -> Option<(f64, u64)> {
        let cell = |row: &Row, column| match column {
            0 => row.0.map(|value| value as f64),
            1 => row.1.filter(|value| value.is_finite()),
            _ => Some(row.2),
        };
        let both: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|row| cell(row, a).zip(cell(row, b)))
            .collect();
        let n = both.len() as f64;
        let (x, y) = (
            both.iter().map(|p| p.0).sum::<f64>() / n,
            both.iter().map(|p| p.1).sum::<f64>() / n,
        );
        let sum = |of: fn(f64, f64) -> f64| both.iter().map(|p| of(p.0 - x, p.1 - y)).sum::<f64>();
        let r = sum(|x, y| x * y) / (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt();
        r.is_finite().then_some((r, both.len() as u64))
    }

    fn rows(len: usize, seed: u64, gaps: u64) -> Vec<Row> {
        let mixed = |row: usize, column: u64| crate::hash::hash_bits(seed ^ (column << 40) ^ row as u64);
        (0..len)
            .map(|row| {
                let x = (mixed(row, 1) % 1000) as i64 + 1_000_000;
                let y = (mixed(row, 2) % 1000) as f64 - x as f64 * 0.7;
                let gone = |column| gaps > 0 && mixed(row, column).is_multiple_of(gaps);
                let float = if gone(5) { f64::NAN } else { y };
                (
                    (!gone(3)).then_some(x),
                    (!gone(4)).then_some(float),
                    y * y + row as f64,
                )
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn r_is_that_of_the_definition_for_any_pieces_and_split(
            len in 0..5000_usize, seed in any::<u64>(), gaps in 0..4_u64, pieces in 1..3000_usize, at in 0.0..1.0_f64,
        ) {
            let rows = rows(len, seed, gaps);
            let whole = state(&rows, 5000).finish();
            prop_assert_eq!(&state(&rows, pieces).finish().joint, &whole.joint);
            let (left, right) = rows.split_at((at * len as f64) as usize);
            let mut merged = state(left, pieces);
            merged.merge(&state(right, pieces));
            let merged = merged.finish();
            for (a, b) in [(0, 1), (0, 2), (2, 1)] {
                let Some((r, n)) = plain(&rows, a, b) else { continue };
                for found in [&whole, &merged] {
                    let (value, found_n) = found.pearson(a, b).unwrap();
                    prop_assert_eq!(found_n, n);
                    prop_assert!((value - r).abs() < 1e-9, "{} for {}", value, r);
                }
            }
        }
    }

    #[test]
    fn what_has_no_spread_or_no_bounds_has_no_r() {
        let constant: Vec<Row> = (0..3000)
            .map(|row| (Some(7), Some(0.1), f64::from(row)))
            .collect();
        let state = state(&constant, 3000).finish();
        assert_eq!(
            (state.pearson(0, 1), state.pearson(1, 2), state.pearson(0, 9)),
            (None, None, None)
        );
        let huge: Vec<Row> = (0..3000)
            .map(|row| (Some(row), Some(f64::MAX), f64::from(row as i32)))
            .collect();
        let state = super::tests::state(&huge, 100).finish();
        assert_eq!(state.pearson(0, 1), None);
        assert!((state.pearson(0, 2).unwrap().0 - 1.0).abs() < 1e-12);
    }
}
