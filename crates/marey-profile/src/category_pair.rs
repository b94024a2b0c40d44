//! Associations with categories, over rows with multiplicities.

use hashbrown::HashMap;

use crate::{column_state::NO_VALUE, numeric_pair::Ranked};

/// A column of categories, numbered densely.
pub(crate) struct Categories {
    /// Number of the category; none where there is no value.
    numbers: Vec<Option<u32>>,
    len: usize,
}

impl Categories {
    pub(crate) fn of(codes: &[u64]) -> Self {
        let mut numbering: HashMap<u64, u32> = HashMap::new();
        let numbers = codes
            .iter()
            .map(|code| {
                let next = numbering.len() as u32;
                (*code != NO_VALUE).then(|| *numbering.entry(*code).or_insert(next))
            })
            .collect();
        Self {
            numbers,
            len: numbering.len(),
        }
    }
}

/// The correlation ratio eta of a number over categories: the square root of the share of its
/// variance that lies between them. None where the number does not vary.
pub(crate) fn correlation_ratio(of: &Categories, number: &Ranked, counts: &[u64]) -> Option<(f64, u64)> {
    let rows = || {
        of.numbers
            .iter()
            .zip(&number.values)
            .zip(counts)
            .filter_map(|((category, value), count)| {
                let category = (*category)?;
                value
                    .is_finite()
                    .then_some((category as usize, *value, *count as f64))
            })
    };
    let scale = rows().fold(0.0_f64, |scale, (_, value, _)| scale.max(value.abs()));
    if scale == 0.0 {
        return None;
    }
    let mut sums = vec![(0.0, 0.0); of.len];
    let (mut n, mut sum) = (0.0, 0.0);
    for (category, value, count) in rows() {
        if let Some((own_n, own_sum)) = sums.get_mut(category) {
            *own_n += count;
            *own_sum += value / scale * count;
        }
        n += count;
        sum += value / scale * count;
    }
    let mean = sum / n;
    let total: f64 = rows()
        .map(|(_, value, count)| count * (value / scale - mean).powi(2))
        .sum();
    let between: f64 = sums
        .iter()
        .filter(|(n, _)| *n > 0.0)
        .map(|(n, sum)| n * (sum / n - mean).powi(2))
        .sum();
    let eta = (between / total).sqrt();
    eta.is_finite().then(|| (eta.clamp(0.0, 1.0), n as u64))
}

/// Cramér's V with Bergsma's correction of its bias (*A bias-correction for Cramér's V and
/// Tschuprow's T*, 2013). None where a column has one category only.
pub(crate) fn cramers_v(a: &Categories, b: &Categories, counts: &[u64]) -> Option<(f64, u64)> {
    let mut table = vec![0.0; a.len * b.len];
    let (mut rows, mut columns) = (vec![0.0; a.len], vec![0.0; b.len]);
    let mut n = 0.0;
    for ((x, y), count) in a.numbers.iter().zip(&b.numbers).zip(counts) {
        let (Some(x), Some(y)) = (*x, *y) else { continue };
        let (x, y, count) = (x as usize, y as usize, *count as f64);
        table[x * b.len + y] += count;
        rows[x] += count;
        columns[y] += count;
        n += count;
    }
    let present = |sums: &[f64]| sums.iter().filter(|sum| **sum > 0.0).count() as f64;
    let (r, k) = (present(&rows), present(&columns));
    if r < 2.0 || k < 2.0 || n < 2.0 {
        return None;
    }
    // chi2 / n = sum of n_ij^2 / (n_i n_j) - 1.
    let cells = table.iter().enumerate().filter(|(_, count)| **count > 0.0);
    let phi2 = cells
        .map(|(at, count)| count / rows[at / b.len] * count / columns[at % b.len])
        .sum::<f64>()
        - 1.0;
    let corrected = (phi2 - (r - 1.0) * (k - 1.0) / (n - 1.0)).max(0.0);
    let (r, k) = (
        r - (r - 1.0).powi(2) / (n - 1.0),
        k - (k - 1.0).powi(2) / (n - 1.0),
    );
    let v = (corrected / (r.min(k) - 1.0)).sqrt();
    let v = if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 };
    Some((v, n as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<(f64, u64)>, expected: f64, n: u64) {
        let (value, found_n) = found.unwrap();
        assert!((value - expected).abs() < 1e-12, "{value} for {expected}");
        assert_eq!(found_n, n);
    }

    /// By hand: groups (1, 3) and (6, 10) around the mean 5: 36 + 36 ... between 2*9 + 2*9, total 46.
    #[test]
    fn correlation_ratio_is_the_share_of_variance_between() {
        let categories = Categories::of(&[7, 7, 8, 8, NO_VALUE]);
        let number = Ranked::of(vec![1.0, 3.0, 6.0, 10.0, 100.0], &[1; 5]);
        close(
            correlation_ratio(&categories, &number, &[1; 5]),
            (36.0_f64 / 46.0).sqrt(),
            4,
        );
    }

    /// By hand: [[30, 10], [10, 30]] has chi2 = 20, phi2 = 0.25; corrected (0.25 - 1/79) / (1 - 1/79).
    #[test]
    fn cramers_v_is_corrected_for_bias() {
        let (a, b) = (Categories::of(&[0, 0, 1, 1]), Categories::of(&[5, 6, 5, 6]));
        let expected = ((0.25 - 1.0 / 79.0) / (1.0 - 1.0 / 79.0_f64)).sqrt();
        close(cramers_v(&a, &b, &[30, 10, 10, 30]), expected, 80);
        close(cramers_v(&a, &b, &[10, 10, 10, 10]), 0.0, 40);
        close(cramers_v(&a, &a, &[10, 10, 10, 10]), 1.0, 40);
        assert_eq!(cramers_v(&a, &Categories::of(&[5; 4]), &[1; 4]), None);
    }
}
