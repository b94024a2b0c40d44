//! Numeric columns beside each other, over rows with multiplicities: Pearson and Spearman.

use std::borrow::Cow;

/// A numeric column with its order and ranks.
pub(crate) struct Numbers {
    /// NaN where there is no value.
    pub(crate) values: Vec<f64>,
    /// Rows with a value, in order of value.
    order: Vec<u32>,
    pub(crate) ranks: Vec<f64>,
    /// Whether every row has a value.
    pub(crate) complete: bool,
}

impl Numbers {
    pub(crate) fn of(values: Vec<f64>, counts: &[u64]) -> Self {
        let mut keyed: Vec<(u64, u32)> = (0_u32..)
            .zip(&values)
            .filter(|(_, value)| value.is_finite())
            .map(|(row, value)| (ordered(*value), row))
            .collect();
        keyed.sort_unstable();
        let order: Vec<u32> = keyed.into_iter().map(|(_, row)| row).collect();
        let ranks = ranks(&values, &order, counts, |_| true);
        Self {
            complete: order.len() == values.len(),
            values,
            order,
            ranks,
        }
    }

    /// The first rows of the column.
    pub(crate) fn first(&self, rows: usize, counts: &[u64]) -> Self {
        let values = self.values.get(..rows).unwrap_or(&self.values).to_vec();
        let order: Vec<u32> = self
            .order
            .iter()
            .copied()
            .filter(|row| (*row as usize) < rows)
            .collect();
        Self {
            ranks: ranks(&values, &order, counts, |_| true),
            complete: order.len() == values.len(),
            values,
            order,
        }
    }

    /// Ranks among the rows in which the other column has a value too.
    fn ranks_beside<'a>(&'a self, other: &Self, counts: &[u64]) -> Cow<'a, [f64]> {
        if other.complete {
            return Cow::Borrowed(&self.ranks);
        }
        Cow::Owned(ranks(&self.values, &self.order, counts, |row| {
            at(&other.values, row).is_finite()
        }))
    }

    /// Numbers of at most `most` bins of about equally many rows, from 0; equal values share one.
    pub(crate) fn bins(&self, counts: &[u64], most: u32) -> Vec<Option<u32>> {
        let mut bins = vec![None; self.values.len()];
        let weight = |row: u32| counts.get(row as usize).copied().unwrap_or(0) as f64;
        let total: f64 = self.order.iter().map(|row| weight(*row)).sum();
        let (mut before, mut last_slot, mut next) = (0.0, None, 0);
        for tied in self.ties() {
            let own: f64 = tied.iter().map(|row| weight(*row)).sum();
            // The middle of equal values decides in which of the equal parts of all rows they lie.
            let slot = ((before + own / 2.0) / total * f64::from(most)) as u32;
            if last_slot != Some(slot) {
                last_slot = Some(slot);
                next += 1;
            }
            before += own;
            for row in tied {
                if let Some(bin) = bins.get_mut(*row as usize) {
                    *bin = Some(next - 1);
                }
            }
        }
        bins
    }

    /// Rows in order of value, those of equal values together.
    fn ties(&self) -> impl Iterator<Item = &[u32]> {
        self.order
            .chunk_by(|a, b| at(&self.values, *a) == at(&self.values, *b))
    }
}

fn at(values: &[f64], row: u32) -> f64 {
    values.get(row as usize).copied().unwrap_or(f64::NAN)
}

/// Bits that sort as the finite numbers do.
fn ordered(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// Mean ranks (ties share theirs); NaN where there is none.
fn ranks(values: &[f64], order: &[u32], counts: &[u64], present: impl Fn(u32) -> bool) -> Vec<f64> {
    let mut ranks = vec![f64::NAN; values.len()];
    let rows: Vec<u32> = order.iter().copied().filter(|row| present(*row)).collect();
    let mut before = 0.0;
    for tied in rows.chunk_by(|a, b| at(values, *a) == at(values, *b)) {
        let weight: u64 = tied
            .iter()
            .map(|row| counts.get(*row as usize).copied().unwrap_or(0))
            .sum();
        let rank = before + (weight as f64 + 1.0) / 2.0;
        before += weight as f64;
        for row in tied {
            if let Some(slot) = ranks.get_mut(*row as usize) {
                *slot = rank;
            }
        }
    }
    ranks
}

/// Pearson's r over the rows in which both columns have a value, with their number; none where a
/// column does not vary there.
pub(crate) fn pearson(x: &Numbers, y: &Numbers, counts: &[u64]) -> Option<(f64, u64)> {
    correlation(&x.values, &y.values, counts)
}

/// Spearman's rho: Pearson's r of the ranks.
pub(crate) fn spearman(x: &Numbers, y: &Numbers, counts: &[u64]) -> Option<(f64, u64)> {
    rank_correlation(&x.ranks_beside(y, counts), &y.ranks_beside(x, counts), counts)
}

/// Pearson's r of ranks, in one pass: ranks are never huge, and about half of them lie on either
/// side of the middle.
fn rank_correlation(x: &[f64], y: &[f64], counts: &[u64]) -> Option<(f64, u64)> {
    let middle = (counts.iter().sum::<u64>() as f64 + 1.0) / 2.0;
    let (mut n, mut sum_x, mut sum_y) = (0.0, 0.0, 0.0);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for ((x, y), count) in x.iter().zip(y).zip(counts) {
        if x.is_finite() && y.is_finite() {
            let count = *count as f64;
            let (dx, dy) = (x - middle, y - middle);
            n += count;
            sum_x += count * dx;
            sum_y += count * dy;
            xx += count * dx * dx;
            yy += count * dy * dy;
            xy += count * dx * dy;
        }
    }
    let (off_x, off_y) = (sum_x / n, sum_y / n);
    let (xx, yy) = (xx - sum_x * off_x, yy - sum_y * off_y);
    // Ranks that differ do so by a half at least: less is what rounding has left of equal ones.
    let varies = xx.min(yy) >= 0.1;
    varies.then(|| coefficient(xx, yy, xy - sum_x * off_y).map(|r| (r, n as u64)))?
}

fn correlation(x: &[f64], y: &[f64], counts: &[u64]) -> Option<(f64, u64)> {
    let rows = || {
        x.iter()
            .zip(y)
            .zip(counts)
            .map(|((x, y), count)| (*x, *y, *count))
            .filter(|(x, y, _)| x.is_finite() && y.is_finite())
    };
    // r does not depend on scale; without it, squares of huge values would overflow.
    let (scale_x, scale_y) = rows().fold((0.0_f64, 0.0_f64), |(a, b), (x, y, _)| {
        (a.max(x.abs()), b.max(y.abs()))
    });
    let scaled = || rows().map(|(x, y, count)| (x / scale_x, y / scale_y, count as f64));
    if scale_x == 0.0 || scale_y == 0.0 {
        return None;
    }
    let (n, sum_x, sum_y) = scaled().fold((0.0, 0.0, 0.0), |(n, a, b), (x, y, count)| {
        (n + count, a + x * count, b + y * count)
    });
    let (mean_x, mean_y) = (sum_x / n, sum_y / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y, count) in scaled() {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += count * dx * dx;
        yy += count * dy * dy;
        xy += count * dx * dy;
    }
    Some((coefficient(xx, yy, xy)?, n as u64))
}

/// r from sums of squares and products of centred values; none where one does not vary.
pub(crate) fn coefficient(xx: f64, yy: f64, xy: f64) -> Option<f64> {
    // Equal columns give exactly one; the product of tiny sums may fall to zero where its root does not.
    let product = xx * yy;
    let r = if product >= f64::MIN_POSITIVE {
        xy / product.sqrt()
    } else {
        xy / (xx.sqrt() * yy.sqrt())
    };
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

/// A column without missing values, scaled, centred and weighted, so that products of two such
/// columns are the sums that their correlation is made of. None where it does not vary.
pub(crate) fn centred(values: &[f64], counts: &[u64]) -> Option<Vec<f64>> {
    let scale = values.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
    let n: u64 = counts.iter().sum();
    let rows = || values.iter().zip(counts);
    let sum: f64 = rows().map(|(value, count)| value / scale * *count as f64).sum();
    let mean = sum / n as f64;
    let centred: Vec<f64> = rows()
        .map(|(value, count)| (value / scale - mean) * (*count as f64).sqrt())
        .collect();
    let varies = mean.is_finite() && values.windows(2).any(|pair| pair[0] != pair[1]);
    varies.then_some(centred)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(x: &[f64], y: &[f64], counts: &[u64], r: f64, rho: f64, n: u64) {
        let (a, b) = (Numbers::of(x.to_vec(), counts), Numbers::of(y.to_vec(), counts));
        for (found, expected) in [(pearson(&a, &b, counts), r), (spearman(&a, &b, counts), rho)] {
            let (value, found_n) = found.unwrap();
            assert!((value - expected).abs() < 1e-12, "{value} for {expected}");
            assert_eq!(found_n, n);
        }
    }

    #[test]
    fn correlations_equal_those_by_hand() {
        // Deviations -2, -1, 0, 1, 2 and -1, -2, 1, 0, 2: r = rho = 8 / 10.
        check(
            &[1.0, 2.0, 3.0, 4.0, 5.0],
            &[2.0, 1.0, 4.0, 3.0, 5.0],
            &[1; 5],
            0.8,
            0.8,
            5,
        );
        // A curve whose ranks agree wholly: deviations -1, 0, 1 and -36, -27, 63.
        check(
            &[1.0, 2.0, 3.0],
            &[1.0, 10.0, 100.0],
            &[1; 3],
            99.0 / (2.0_f64 * 5994.0).sqrt(),
            1.0,
            3,
        );
    }

    #[test]
    fn multiplicities_and_missing_values_count_as_written_out() {
        let (x, y) = ([1.0, 2.0, 3.0, f64::NAN], [5.0, 3.0, 4.0, 1.0]);
        let counts = [3, 1, 2, 9];
        let expanded: (Vec<f64>, Vec<f64>) = (0..3)
            .flat_map(|row| std::iter::repeat_n((x[row], y[row]), counts[row] as usize))
            .unzip();
        let ones = vec![1; 6];
        let (a, b) = (Numbers::of(expanded.0, &ones), Numbers::of(expanded.1, &ones));
        let (r, rho) = (
            pearson(&a, &b, &ones).unwrap().0,
            spearman(&a, &b, &ones).unwrap().0,
        );
        check(&x, &y, &counts, r, rho, 6);
    }

    #[test]
    fn what_does_not_vary_does_not_correlate() {
        for values in [[0.0; 3], [1.0; 3], [f64::NAN; 3]] {
            let (a, b) = (
                Numbers::of(values.to_vec(), &[1; 3]),
                Numbers::of(vec![1.0, 2.0, 3.0], &[1; 3]),
            );
            assert_eq!(pearson(&a, &b, &[1; 3]), None);
            assert_eq!(spearman(&a, &b, &[1; 3]), None);
            assert_eq!(centred(&values, &[1; 3]), None);
        }
        check(
            &[f64::MIN, 0.0, f64::MAX],
            &[-1.0, 0.0, 1.0],
            &[1; 3],
            1.0,
            1.0,
            3,
        );
    }

    #[test]
    fn bins_hold_equally_many_rows_and_do_not_part_ties() {
        let check = |values: &[f64], counts: &[u64], most: u32, expected: &[Option<u32>]| {
            assert_eq!(Numbers::of(values.to_vec(), counts).bins(counts, most), expected);
        };
        let (a, b) = (Some(0), Some(1));
        check(&[4.0, 1.0, 3.0, 2.0], &[1; 4], 2, &[b, a, b, a]);
        check(&[1.0, f64::NAN, 2.0], &[1; 3], 16, &[a, None, b]);
        check(&[0.0, 0.0, 0.0, 5.0], &[1; 4], 2, &[a, a, a, b]);
        check(&[1.0, 2.0, 3.0], &[10, 1, 1], 2, &[a, b, b]);
        check(&[7.0; 3], &[1; 3], 4, &[a; 3]);
    }
}
