//! Categories beside categories and numbers, over rows with multiplicities.

use hashbrown::HashMap;

use super::number::Numbers;
use crate::column_state::NO_VALUE;

/// A column of categories, numbered densely.
pub(crate) struct Categories {
    /// Number of the category; none where there is no value.
    pub(crate) numbers: Vec<Option<u32>>,
    pub(crate) len: usize,
    /// Whether these are bins of numbers, in order.
    pub(crate) ordered: bool,
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
            ordered: false,
        }
    }

    /// Numbers in at most so many bins of about equally many rows.
    pub(crate) fn binned(numbers: &Numbers, counts: &[u64], bins: u32) -> Self {
        Self::numbered(numbers.bins(counts, bins), true)
    }

    pub(crate) fn numbered(numbers: Vec<Option<u32>>, ordered: bool) -> Self {
        let len = numbers
            .iter()
            .flatten()
            .max()
            .map_or(0, |last| *last as usize + 1);
        Self {
            numbers,
            len,
            ordered,
        }
    }
}

/// The correlation ratio eta of a number over categories: the square root of the share of its
/// variance that lies between them. None where the number does not vary.
pub(crate) fn correlation_ratio(of: &Categories, number: &Numbers, counts: &[u64]) -> Option<(f64, u64)> {
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

/// How often categories of two columns meet, over the rows in which both have a value.
pub(crate) struct Contingency {
    /// `cells[a * columns + b]`.
    cells: Vec<f64>,
    a_sums: Vec<f64>,
    b_sums: Vec<f64>,
    n: f64,
}

impl Contingency {
    pub(crate) fn of(a: &Categories, b: &Categories, counts: &[u64]) -> Self {
        let mut cells = vec![0.0; a.len * b.len];
        for ((x, y), count) in a.numbers.iter().zip(&b.numbers).zip(counts) {
            if let (Some(x), Some(y)) = (*x, *y)
                && let Some(cell) = cells.get_mut(x as usize * b.len + y as usize)
            {
                *cell += *count as f64;
            }
        }
        let (mut a_sums, mut b_sums) = (vec![0.0; a.len], vec![0.0; b.len]);
        for (row, a_sum) in cells.chunks(b.len.max(1)).zip(&mut a_sums) {
            for (count, b_sum) in row.iter().zip(&mut b_sums) {
                *a_sum += count;
                *b_sum += count;
            }
        }
        Self {
            n: a_sums.iter().sum(),
            cells,
            a_sums,
            b_sums,
        }
    }

    /// Number of rows in which both columns have a value.
    pub(crate) fn rows(&self) -> u64 {
        self.n as u64
    }

    /// Cells with a count, beside the sums of their row and column.
    fn filled(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        self.cells
            .chunks(self.b_sums.len().max(1))
            .zip(&self.a_sums)
            .flat_map(|(row, a)| row.iter().zip(&self.b_sums).map(|(count, b)| (*count, *a, *b)))
            .filter(|(count, ..)| *count > 0.0)
    }

    /// Whether both columns have more than one category here.
    fn varies(&self) -> bool {
        present(&self.a_sums) > 1.0 && present(&self.b_sums) > 1.0
    }

    /// Cramér's V with Bergsma's correction of its bias (*A bias-correction for Cramér's V and
    /// Tschuprow's T*, 2013). None where a column has one category only.
    pub(crate) fn cramers_v(&self) -> Option<f64> {
        if !self.varies() {
            return None;
        }
        let (r, k, n) = (present(&self.a_sums), present(&self.b_sums), self.n);
        // chi2 / n = sum of n_ij^2 / (n_i n_j) - 1.
        let phi2 = self
            .filled()
            .map(|(count, a, b)| count / a * count / b)
            .sum::<f64>()
            - 1.0;
        let corrected = (phi2 - (r - 1.0) * (k - 1.0) / (n - 1.0)).max(0.0);
        let (r, k) = (
            r - (r - 1.0).powi(2) / (n - 1.0),
            k - (k - 1.0).powi(2) / (n - 1.0),
        );
        let v = (corrected / (r.min(k) - 1.0)).sqrt();
        Some(if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 })
    }

    /// Theil's U both ways: the share of the entropy of the second column that the first removes,
    /// and the other way about (Theil, *On the estimation of relationships involving qualitative
    /// variables*, 1970). None where a column has one category only.
    pub(crate) fn theils_u(&self) -> Option<(f64, f64)> {
        if !self.varies() {
            return None;
        }
        let information = self.information();
        let share = |sums: &[f64]| (information / entropy(sums, self.n)).clamp(0.0, 1.0);
        Some((share(&self.b_sums), share(&self.a_sums)))
    }

    /// Mutual information in nats, each entropy corrected by (m - 1) / 2n for its m filled cells
    /// (Miller 1955), and not below 0. None where a column has one category only.
    pub(crate) fn mutual_information(&self) -> Option<f64> {
        if !self.varies() {
            return None;
        }
        let cells = self.filled().count() as f64;
        let excess = (cells - present(&self.a_sums) - present(&self.b_sums) + 1.0) / (2.0 * self.n);
        Some((self.information() - excess).max(0.0))
    }

    fn information(&self) -> f64 {
        self.filled()
            .map(|(count, a, b)| count / self.n * (count / a * (self.n / b)).ln())
            .sum::<f64>()
            .max(0.0)
    }
}

fn present(sums: &[f64]) -> f64 {
    sums.iter().filter(|sum| **sum > 0.0).count() as f64
}

fn entropy(sums: &[f64], n: f64) -> f64 {
    sums.iter()
        .filter(|sum| **sum > 0.0)
        .map(|sum| -sum / n * (sum / n).ln())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) {
        let value = found.unwrap();
        assert!((value - expected).abs() < 1e-12, "{value} for {expected}");
    }

    /// By hand: groups (1, 3) and (6, 10) around the mean 5: 18 + 18 between, 46 in all.
    #[test]
    fn correlation_ratio_is_the_share_of_variance_between() {
        let categories = Categories::of(&[7, 7, 8, 8, NO_VALUE]);
        let number = Numbers::of(vec![1.0, 3.0, 6.0, 10.0, 100.0], &[1; 5]);
        let (eta, n) = correlation_ratio(&categories, &number, &[1; 5]).unwrap();
        close(Some(eta), (36.0_f64 / 46.0).sqrt());
        assert_eq!(n, 4);
    }

    fn square(counts: &[u64; 4]) -> Contingency {
        let (a, b) = (Categories::of(&[0, 0, 1, 1]), Categories::of(&[5, 6, 5, 6]));
        Contingency::of(&a, &b, counts)
    }

    /// By hand: [[30, 10], [10, 30]] has chi2 = 20, phi2 = 0.25; corrected (0.25 - 1/79) / (1 - 1/79).
    #[test]
    fn cramers_v_is_corrected_for_bias() {
        let expected = ((0.25 - 1.0 / 79.0) / (1.0 - 1.0 / 79.0_f64)).sqrt();
        close(square(&[30, 10, 10, 30]).cramers_v(), expected);
        close(square(&[10, 10, 10, 10]).cramers_v(), 0.0);
        close(square(&[10, 0, 0, 10]).cramers_v(), 1.0);
        assert_eq!(square(&[10, 0, 10, 0]).cramers_v(), None);
    }

    /// By hand: I = 3/4 ln(3/2) + 1/4 ln(1/2), both entropies ln 2, one filled cell too many in 160.
    #[test]
    fn information_is_what_is_shared() {
        let table = square(&[30, 10, 10, 30]);
        let information = 0.75 * 1.5_f64.ln() + 0.25 * 0.5_f64.ln();
        close(table.mutual_information(), information - 1.0 / 160.0);
        let u = information / 2.0_f64.ln();
        close(table.theils_u().map(|u| u.0), u);
        close(table.theils_u().map(|u| u.1), u);
        assert_eq!(square(&[10, 10, 10, 10]).mutual_information(), Some(0.0));
        assert_eq!(square(&[10, 0, 10, 0]).theils_u(), None);
    }

    /// Three products of two groups: the product tells the group wholly, the group the product in part.
    #[test]
    fn theils_u_has_a_direction() {
        let (product, group) = (Categories::of(&[1, 2, 3]), Categories::of(&[8, 8, 9]));
        let (forth, back) = Contingency::of(&product, &group, &[4, 4, 8]).theils_u().unwrap();
        close(Some(forth), 1.0);
        // H(group) = ln 2, H(product) = 1.5 ln 2.
        close(Some(back), 1.0 / 1.5);
    }
}
