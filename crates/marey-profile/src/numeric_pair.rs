//! Correlations of two numeric columns, over rows with multiplicities.

use std::borrow::Cow;

/// A numeric column with its order and ranks.
pub(crate) struct Ranked {
    /// NaN where there is no value.
    pub(crate) values: Vec<f64>,
    /// Rows with a value, in order of value.
    order: Vec<u32>,
    ranks: Vec<f64>,
    complete: bool,
}

impl Ranked {
    pub(crate) fn of(values: Vec<f64>, counts: &[u64]) -> Self {
        let mut order: Vec<u32> = (0..values.len() as u32)
            .filter(|row| at(&values, *row).is_finite())
            .collect();
        order.sort_unstable_by(|a, b| at(&values, *a).total_cmp(&at(&values, *b)).then(a.cmp(b)));
        let ranks = ranks(&values, &order, counts, |_| true);
        Self {
            complete: order.len() == values.len(),
            values,
            order,
            ranks,
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
}

fn at(values: &[f64], row: u32) -> f64 {
    values.get(row as usize).copied().unwrap_or(f64::NAN)
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
pub(crate) fn pearson(x: &Ranked, y: &Ranked, counts: &[u64]) -> Option<(f64, u64)> {
    correlation(&x.values, &y.values, counts)
}

/// Spearman's rho: Pearson's r of the ranks.
pub(crate) fn spearman(x: &Ranked, y: &Ranked, counts: &[u64]) -> Option<(f64, u64)> {
    correlation(&x.ranks_beside(y, counts), &y.ranks_beside(x, counts), counts)
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
    let r = xy / (xx.sqrt() * yy.sqrt());
    r.is_finite().then(|| (r.clamp(-1.0, 1.0), n as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(x: &[f64], y: &[f64], counts: &[u64], r: f64, rho: f64, n: u64) {
        let (a, b) = (Ranked::of(x.to_vec(), counts), Ranked::of(y.to_vec(), counts));
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
        // A curve: deviations 0 ... of x^3 give r = 0.9431...; ranks agree wholly.
        let r = 208.0 / (10.0_f64 * 9208.0 / 1.0).sqrt();
        assert!(r < 1.0);
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
        let (a, b) = (Ranked::of(expanded.0, &ones), Ranked::of(expanded.1, &ones));
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
                Ranked::of(values.to_vec(), &[1; 3]),
                Ranked::of(vec![1.0, 2.0, 3.0], &[1; 3]),
            );
            assert_eq!(pearson(&a, &b, &[1; 3]), None);
            assert_eq!(spearman(&a, &b, &[1; 3]), None);
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
}
