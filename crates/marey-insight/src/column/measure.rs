//! A column of numbers with its normal scores.

use arrow::{
    array::{Array, AsArray},
    compute::cast,
    datatypes::{DataType, Float64Type},
};
use marey_core::FieldName;
use marey_table::Table;
use rayon::prelude::*;

use crate::chance::normal_quantile;

/// A column of numbers.
///
/// Scores are those of van der Waerden: the normal quantile of (rank - 1/2) / n, ties sharing the
/// mean rank, brought to mean 0 and variance 1. They keep order and nothing else, so one value far
/// out cannot make a finding, and tests on them need no assumption about the column's distribution.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub name: FieldName,
    /// The columns that it was computed from; empty for columns of the table.
    pub inputs: Vec<FieldName>,
    /// Values; NaN where missing or not finite.
    pub x: Vec<f64>,
    /// Scores; 0 where missing.
    pub z: Vec<f64>,
    /// Scores with ties broken by a hash of the row, where there are ties; the same otherwise.
    pub untied: Option<Vec<f64>>,
    /// Finite values, ascending.
    pub sorted: Vec<f64>,
    /// Row of each of them, ties in order of rows.
    pub order: Vec<u32>,
    /// Number of different values.
    pub distinct: usize,
    /// Sums of the scores to the powers 1 to 6.
    pub powers: [f64; 6],
}

impl Measure {
    /// Encodes a column of numbers; `quantiles` are those of a column without gaps.
    pub fn new(table: &Table, index: usize, order: Option<&[u32]>, (quantiles, seed): (&[f64], u64)) -> Self {
        let x = super::permuted(numbers(table, index), order);
        Self::of(table.column_name(index), x, (quantiles, seed))
    }

    /// Ranks and scores values; `quantiles` are those of a column without gaps.
    pub fn of(name: FieldName, x: Vec<f64>, (quantiles, seed): (&[f64], u64)) -> Self {
        let ranked = super::rank::ranked(&x);
        let mut z = vec![0.0; x.len()];
        let runs = tie_runs(&ranked);
        let tied = runs.len() < ranked.len();
        let own;
        let quantiles = if quantiles.len() == ranked.len() {
            quantiles
        } else {
            own = normal_scores(ranked.len());
            &own
        };
        for &(from, to) in &runs {
            // The middle of the run: a rank, or half way between two.
            let (below, above) = ((from + to - 1) / 2, (from + to) / 2);
            let score = (quantiles[below] + quantiles[above.min(to - 1)]) / 2.0;
            for (_, row) in &ranked[from..to] {
                z[*row as usize] = score;
            }
        }
        standardise(&mut z, &ranked);
        let untied = tied.then(|| untied_scores(&mut ranked.clone(), &runs, quantiles, x.len(), seed));
        let mut powers = [0.0; 6];
        add_powers(&mut powers, &z);
        let (sorted, order) = ranked.into_iter().unzip();
        Self {
            name,
            inputs: Vec::new(),
            x,
            z,
            untied,
            distinct: runs.len(),
            sorted,
            order,
            powers,
        }
    }

    /// Appends rows. Each value takes the score of its place among the values known so far: that of its
    /// equals, or half way between its neighbours; scores given before stay as they are.
    pub fn append(&mut self, values: &[f64], seed: u64) {
        let from = self.x.len();
        let mut fresh = super::rank::ranked(values);
        fresh.iter_mut().for_each(|(_, row)| *row += from as u32);
        // In order of value, so that neighbours are looked up beside each other.
        let scores: Vec<(f64, f64)> = fresh
            .iter()
            .map(|(x, row)| self.score(*x, u64::from(*row) ^ seed))
            .collect();
        self.z.resize(from + values.len(), 0.0);
        if let Some(untied) = &mut self.untied {
            untied.resize(from + values.len(), 0.0);
        }
        for ((_, row), (z, u)) in fresh.iter().zip(scores) {
            self.z[*row as usize] = z;
            if let Some(untied) = &mut self.untied {
                untied[*row as usize] = u;
            }
        }
        add_powers(&mut self.powers, &self.z[from..]);
        self.x.extend_from_slice(values);
        self.merge(&fresh);
    }

    /// The score of a value, and its score without ties.
    fn score(&self, x: f64, salt: u64) -> (f64, f64) {
        let (from, to) = (
            self.sorted.partition_point(|known| *known < x),
            self.sorted.partition_point(|known| *known <= x),
        );
        let last = self.sorted.len().saturating_sub(1);
        let of = |scores: &[f64], at: usize| scores[self.order[at.min(last)] as usize];
        if from < to {
            let any = from + (scrambled(salt) % (to - from) as u64) as usize;
            return (of(&self.z, from), of(self.untied(), any));
        }
        let between = |scores: &[f64]| (of(scores, from.saturating_sub(1)) + of(scores, from)) / 2.0;
        (between(&self.z), between(self.untied()))
    }

    /// Puts sorted values among those known, moving each stretch between two of them once.
    fn merge(&mut self, fresh: &[(f64, u32)]) {
        let known = self.sorted.len();
        self.sorted.resize(known + fresh.len(), 0.0);
        self.order.resize(known + fresh.len(), 0);
        let mut end = known;
        for (left, (x, row)) in fresh.iter().enumerate().rev() {
            // Behind its equals, whose rows come before.
            let place = self.sorted[..end].partition_point(|known| known <= x);
            let is_known = place > 0 && self.sorted[place - 1] == *x;
            let comes_again = left > 0 && fresh[left - 1].0 == *x;
            self.distinct += usize::from(!is_known && !comes_again);
            self.sorted.copy_within(place..end, place + left + 1);
            self.order.copy_within(place..end, place + left + 1);
            self.sorted[place + left] = *x;
            self.order[place + left] = *row;
            end = place;
        }
    }

    /// Ranks of all rows from 1, ties sharing their mean; 0 for rows without a value.
    pub fn ranks(&self) -> Vec<f64> {
        let mut ranks = vec![0.0; self.x.len()];
        let mut from = 0;
        while from < self.sorted.len() {
            let run = self.sorted[from..]
                .iter()
                .take_while(|x| **x == self.sorted[from]);
            let to = from + run.count().max(1);
            let rank = (from + to + 1) as f64 / 2.0;
            self.order[from..to]
                .iter()
                .for_each(|row| ranks[*row as usize] = rank);
            from = to;
        }
        ranks
    }

    /// Number of finite values.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// Whether every row has a finite value.
    pub fn complete(&self) -> bool {
        self.sorted.len() == self.x.len()
    }

    /// Skewness of the scores.
    pub fn skewness(&self) -> f64 {
        let [_, mean, square, cube, ..] = self.means_of_powers();
        let variance = square - mean * mean;
        if variance <= 1e-9 {
            return 0.0;
        }
        (cube - 3.0 * mean * square + 2.0 * mean.powi(3)) / variance.powf(1.5)
    }

    /// Skewness of what a line leaves of the squared scores.
    pub fn skewness_of_bend(&self) -> f64 {
        let moments = self.means_of_powers();
        // Scores have mean 0 and variance 1: the square less 1 and less its line.
        let bend = [-1.0, -moments[3], 1.0];
        let square = product(&bend, &bend);
        let expected = |terms: &[f64]| terms.iter().zip(moments).map(|(a, b)| a * b).sum::<f64>();
        let variance = expected(&square);
        if variance <= 1e-9 {
            return 0.0;
        }
        expected(&product(&square, &bend)) / variance.powf(1.5)
    }

    fn means_of_powers(&self) -> [f64; 7] {
        let n = (self.n() as f64).max(1.0);
        let mut means = [1.0; 7];
        means[1..]
            .iter_mut()
            .zip(self.powers)
            .for_each(|(mean, sum)| *mean = sum / n);
        means
    }

    /// Whether there is anything to explain: eight values, two of them different.
    pub fn varies(&self) -> bool {
        self.n() >= 8 && self.distinct >= 2
    }

    /// Scores without ties.
    pub fn untied(&self) -> &[f64] {
        self.untied.as_deref().unwrap_or(&self.z)
    }

    /// The value below which a share of the column lies.
    pub fn quantile(&self, share: f64) -> f64 {
        let at = (share.clamp(0.0, 1.0) * (self.sorted.len().saturating_sub(1)) as f64).round();
        self.sorted.get(at as usize).copied().unwrap_or(f64::NAN)
    }
}

/// All values of a column as numbers; NaN for what is none.
pub(crate) fn numbers(table: &Table, index: usize) -> Vec<f64> {
    let mut x = Vec::with_capacity(table.rows());
    for piece in table.column(index) {
        match cast(piece, &DataType::Float64) {
            Ok(piece) => {
                let piece = piece.as_primitive::<Float64Type>();
                let finite = |x: Option<f64>| x.filter(|x| x.is_finite()).unwrap_or(f64::NAN);
                x.extend(piece.iter().map(finite));
            }
            Err(_) => x.extend(std::iter::repeat_n(f64::NAN, piece.len())),
        }
    }
    x
}

/// Normal quantiles of (rank - 1/2) / n for all ranks; only the lower half is computed.
pub(super) fn normal_scores(n: usize) -> Vec<f64> {
    let lower: Vec<f64> = (0..n / 2)
        .into_par_iter()
        .with_min_len(4096)
        .map(|rank| normal_quantile((rank as f64 + 0.5) / n as f64))
        .collect();
    let middle = std::iter::repeat_n(0.0, n % 2);
    let upper = lower.iter().rev().map(|quantile| -quantile);
    lower.iter().copied().chain(middle).chain(upper).collect()
}

/// Stretches of equal values.
fn tie_runs(ranked: &[(f64, u32)]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = 0;
    for to in 1..=ranked.len() {
        if to == ranked.len() || ranked[to].0 != ranked[from].0 {
            runs.push((from, to));
            from = to;
        }
    }
    runs
}

/// The product of two polynomials.
fn product(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut terms = vec![0.0; a.len() + b.len() - 1];
    for (i, a) in a.iter().enumerate() {
        for (j, b) in b.iter().enumerate() {
            terms[i + j] += a * b;
        }
    }
    terms
}

/// Adds the powers 1 to 6 of scores to their sums.
fn add_powers(powers: &mut [f64; 6], z: &[f64]) {
    for z in z {
        let square = z * z;
        let (cube, fourth) = (square * z, square * square);
        let parts = [*z, square, cube, fourth, fourth * z, cube * cube];
        powers.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }
}

/// Brings scores to mean 0 and variance 1.
fn standardise(z: &mut [f64], ranked: &[(f64, u32)]) {
    let n = (ranked.len() as f64).max(1.0);
    let rows = || ranked.iter().map(|(_, row)| *row as usize);
    let mean = rows().map(|row| z[row]).sum::<f64>() / n;
    let variance = rows().map(|row| (z[row] - mean).powi(2)).sum::<f64>() / n;
    let scale = if variance > 0.0 {
        variance.sqrt().recip()
    } else {
        0.0
    };
    for row in rows() {
        z[row] = (z[row] - mean) * scale;
    }
}

/// Scores after ties are put in an order that has nothing to do with anything: that of a hash.
fn untied_scores(
    ranked: &mut [(f64, u32)],
    runs: &[(usize, usize)],
    quantiles: &[f64],
    rows: usize,
    seed: u64,
) -> Vec<f64> {
    for &(from, to) in runs.iter().filter(|(from, to)| to - from > 1) {
        ranked[from..to].sort_unstable_by_key(|(_, row)| (scrambled(u64::from(*row) ^ seed), *row));
    }
    let mut z = vec![0.0; rows];
    for (quantile, (_, row)) in quantiles.iter().zip(ranked.iter()) {
        z[*row as usize] = *quantile;
    }
    standardise(&mut z, ranked);
    z
}

/// A fixed scrambling of 64 bits (the finaliser of SplitMix64, Steele et al. 2014).
pub(crate) fn scrambled(bits: u64) -> u64 {
    let mut bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
