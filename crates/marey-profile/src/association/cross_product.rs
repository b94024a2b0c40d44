//! Products of all pairs of columns, in tiles and blocks of rows, so that columns stay in the cache.

use marey_table::vector::widely;
use rayon::prelude::*;

/// Columns of one side of a tile.
const HIGH: usize = 2;
/// Columns of its other side.
const WIDE: usize = 4;
/// Numbers that are added side by side; it orders the additions, so results depend on it.
const LANES: usize = 4;
/// Rows of a block: those of a tile's columns stay in the first-level cache.
const BLOCK: usize = 512;

/// Columns from which on their products are shared out among threads.
const WORTH_THREADS: usize = 48;

/// A symmetric matrix of which one half is kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Triangle<T> {
    cells: Vec<T>,
}

impl<T: Copy + Default> Triangle<T> {
    pub(crate) fn new(size: usize) -> Self {
        Self {
            cells: vec![T::default(); size * (size + 1) / 2],
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.cells.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.cells.iter_mut()
    }

    fn place(a: usize, b: usize) -> usize {
        let (low, high) = (a.min(b), a.max(b));
        high * (high + 1) / 2 + low
    }

    /// The value of a pair, in either order; the default for one beyond the matrix.
    pub(crate) fn get(&self, a: usize, b: usize) -> T {
        self.cells.get(Self::place(a, b)).copied().unwrap_or_default()
    }

    pub(crate) fn get_mut(&mut self, a: usize, b: usize) -> Option<&mut T> {
        self.cells.get_mut(Self::place(a, b))
    }
}

/// Sums of products of all pairs of columns of the same length.
///
/// The order of additions depends on the number of rows only, so equal columns give equal sums,
/// and threads change nothing.
pub(crate) fn products(columns: &[&[f64]]) -> Triangle<f64> {
    let strips: Vec<usize> = (0..columns.len()).step_by(HIGH).collect();
    let of = |top: &usize| {
        let end = (top + HIGH).min(columns.len());
        strip(
            columns.get(*top..end).unwrap_or(&[]),
            columns.get(..end).unwrap_or(&[]),
        )
    };
    let sums: Vec<Vec<f64>> = if columns.len() < WORTH_THREADS {
        strips.iter().map(of).collect()
    } else {
        strips.par_iter().map(of).collect()
    };
    let mut found = Triangle::new(columns.len());
    for (top, sums) in strips.iter().zip(&sums) {
        let width = (top + HIGH).min(columns.len());
        for (at, sum) in sums.iter().enumerate() {
            if let Some(slot) = found.get_mut(top + at / width, at % width) {
                *slot = *sum;
            }
        }
    }
    found
}

/// Sums of products of each of the first columns with each of the second, row by row.
pub(crate) fn rectangle(first: &[&[f64]], second: &[&[f64]]) -> Vec<f64> {
    first.chunks(HIGH).flat_map(|high| strip(high, second)).collect()
}

/// The products of at most [`HIGH`] columns with any number.
fn strip(high: &[&[f64]], wide: &[&[f64]]) -> Vec<f64> {
    widely(
        #[inline(always)]
        || strip_of_blocks(high, wide),
    )
}

#[inline(always)]
fn strip_of_blocks(high: &[&[f64]], wide: &[&[f64]]) -> Vec<f64> {
    let mut sums = vec![0.0; high.len() * wide.len()];
    let rows = high
        .iter()
        .chain(wide)
        .map(|column| column.len())
        .min()
        .unwrap_or(0);
    let mut start = 0;
    while start < rows {
        let end = rows.min(start + BLOCK);
        for (tile, columns) in wide.chunks(WIDE).enumerate() {
            let products = block(&cut(high, start, end), &cut(columns, start, end));
            for (row, products) in products.iter().enumerate().take(high.len()) {
                let from = row * wide.len() + tile * WIDE;
                for (sum, product) in sums.iter_mut().skip(from).zip(products).take(columns.len()) {
                    *sum += product;
                }
            }
        }
        start = end;
    }
    sums
}

/// The same rows of so many columns; columns that are not there repeat the first.
#[inline(always)]
fn cut<'a, const N: usize>(columns: &[&'a [f64]], start: usize, end: usize) -> [&'a [f64]; N] {
    std::array::from_fn(|at| {
        let column = columns.get(at).or(columns.first());
        column.and_then(|column| column.get(start..end)).unwrap_or(&[])
    })
}

#[inline(always)]
fn block(high: &[&[f64]; HIGH], wide: &[&[f64]; WIDE]) -> [[f64; WIDE]; HIGH] {
    let [(a, a_rest), (b, b_rest)] = high.map(|column| column.as_chunks::<LANES>());
    let [(p, p_rest), (q, q_rest), (r, r_rest), (s, s_rest)] = wide.map(|column| column.as_chunks::<LANES>());
    let mut lanes = [[[0.0; LANES]; WIDE]; HIGH];
    for (((((a, b), p), q), r), s) in a.iter().zip(b).zip(p).zip(q).zip(r).zip(s) {
        for (row, x) in lanes.iter_mut().zip([a, b]) {
            for (sums, y) in row.iter_mut().zip([p, q, r, s]) {
                for lane in 0..LANES {
                    sums[lane] += x[lane] * y[lane];
                }
            }
        }
    }
    let rest = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| x * y).sum() };
    let wide_rest = [p_rest, q_rest, r_rest, s_rest];
    let mut sums = [[0.0; WIDE]; HIGH];
    for ((row, lanes), x) in sums.iter_mut().zip(&lanes).zip([a_rest, b_rest]) {
        for ((sum, lanes), y) in row.iter_mut().zip(lanes).zip(wide_rest) {
            *sum = lanes.iter().sum::<f64>() + rest(x, y);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    proptest! {
        #[test]
        fn blocked_products_are_the_plain_ones(
            size in 0..9_usize,
            rows in prop::sample::select(vec![0_usize, 1, 2, 7, 511, 512, 513, 1500]),
            seed in any::<u32>(),
        ) {
            let cell = |column: usize, row: usize| {
                let mixed = crate::hash::hash_bits(u64::from(seed) ^ ((column * 100_003 + row) as u64));
                (mixed >> 40) as f64 / f64::from(1 << 23) - 1.0
            };
            let columns: Vec<Vec<f64>> = (0..size).map(|c| (0..rows).map(|r| cell(c, r)).collect()).collect();
            let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            let found = products(&columns);
            let split = size / 3;
            let between = rectangle(&columns[..split], &columns[split..]);
            for a in 0..size {
                for b in 0..size {
                    let expected = naive(columns[a], columns[b]);
                    prop_assert!((found.get(a, b) - expected).abs() <= 1e-12 * rows as f64);
                    if a < split && b >= split {
                        let found = between[a * (size - split) + b - split];
                        prop_assert!((found - expected).abs() <= 1e-12 * rows as f64);
                    }
                }
            }
        }
    }
}
