//! A column of numbers with its normal scores.

use arrow::{
    array::{Array, AsArray},
    compute::cast,
    datatypes::{DataType, Float64Type},
};
use marey_core::FieldName;
use marey_table::Table;

use crate::chance::normal_quantile;

/// A column of numbers.
///
/// Scores are those of van der Waerden: the normal quantile of (rank - 1/2) / n, ties sharing the
/// mean rank, brought to mean 0 and variance 1. They keep order and nothing else, so one value far
/// out cannot make a finding, and tests on them need no assumption about the column's distribution.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub name: FieldName,
    /// Values; NaN where missing or not finite.
    pub x: Vec<f64>,
    /// Scores; 0 where missing.
    pub z: Vec<f64>,
    /// Scores with ties broken by a hash of the row, where there are ties; the same otherwise.
    pub untied: Option<Vec<f64>>,
    /// Finite values, ascending.
    pub sorted: Vec<f64>,
    /// Number of different values.
    pub distinct: usize,
    /// Third and fourth moment of the scores.
    pub moments: (f64, f64),
}

impl Measure {
    /// Encodes a column of numbers.
    pub fn new(table: &Table, index: usize, order: Option<&[u32]>, seed: u64) -> Self {
        let x = super::permuted(numbers(table, index), order);
        Self::of(table.column_name(index), x, seed)
    }

    /// Ranks and scores values.
    pub fn of(name: FieldName, x: Vec<f64>, seed: u64) -> Self {
        let mut ranked: Vec<(f64, u32)> = x
            .iter()
            .enumerate()
            .filter(|(_, x)| x.is_finite())
            .map(|(row, x)| (*x + 0.0, row as u32))
            .collect();
        ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut z = vec![0.0; x.len()];
        let runs = tie_runs(&ranked);
        let tied = runs.len() < ranked.len();
        let quantiles = quantiles(ranked.len());
        for &(from, to) in &runs {
            // The middle of the run: a rank, or half way between two.
            let (below, above) = ((from + to - 1) / 2, (from + to) / 2);
            let score = (quantiles[below] + quantiles[above.min(to - 1)]) / 2.0;
            for (_, row) in &ranked[from..to] {
                z[*row as usize] = score;
            }
        }
        let moments = standardise(&mut z, &ranked);
        let untied = tied.then(|| untied_scores(&mut ranked.clone(), &runs, &quantiles, x.len(), seed));
        Self {
            name,
            x,
            z,
            untied,
            distinct: runs.len(),
            sorted: ranked.into_iter().map(|(x, _)| x).collect(),
            moments,
        }
    }

    /// Number of finite values.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// Whether every row has a finite value.
    pub fn complete(&self) -> bool {
        self.sorted.len() == self.x.len()
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
fn quantiles(n: usize) -> Vec<f64> {
    let mut quantiles = vec![0.0; n];
    for rank in 0..n / 2 {
        let quantile = normal_quantile((rank as f64 + 0.5) / n as f64);
        quantiles[rank] = quantile;
        quantiles[n - 1 - rank] = -quantile;
    }
    quantiles
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

/// Brings scores to mean 0 and variance 1; gives their third and fourth moment.
fn standardise(z: &mut [f64], ranked: &[(f64, u32)]) -> (f64, f64) {
    let n = (ranked.len() as f64).max(1.0);
    let rows = || ranked.iter().map(|(_, row)| *row as usize);
    let mean = rows().map(|row| z[row]).sum::<f64>() / n;
    let variance = rows().map(|row| (z[row] - mean).powi(2)).sum::<f64>() / n;
    let scale = if variance > 0.0 {
        variance.sqrt().recip()
    } else {
        0.0
    };
    let (mut third, mut fourth) = (0.0, 0.0);
    for row in rows() {
        z[row] = (z[row] - mean) * scale;
        third += z[row].powi(3);
        fourth += z[row].powi(4);
    }
    (third / n, fourth / n)
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
