//! Rows that repeat exactly.

use arrow::{
    array::{Array, AsArray},
    compute::cast,
    datatypes::{DataType, Float64Type},
};
use hashbrown::HashMap;
use marey_table::Table;

use super::{
    hypothesis::{Finding, Hypothesis},
    timeline::nothing,
};
use crate::{
    Effect, EffectName, InsightKind,
    chance::poisson_upper,
    column::{Columns, scrambled},
};

/// How many rows repeat others.
#[derive(Debug, Clone)]
pub(crate) struct Repeats {
    /// Rows of the table.
    pub rows: u64,
    /// Rows that repeat an earlier one.
    pub repeated: u64,
    /// Mean number of copies, weighted by rows.
    pub multiplicity: f64,
    /// Repeats expected if columns had nothing to do with each other.
    pub expected: f64,
    /// How often each row stands in the table, by a hash of all its cells: 64 bits, so that a false match
    /// has a chance of one in a million at six million rows.
    counts: HashMap<u64, u32, foldhash::fast::FixedState>,
    /// Sum of the squares of these counts.
    squares: u64,
}

impl Repeats {
    /// Counts the repeated rows of a table.
    pub fn new(table: &Table, columns: &Columns) -> Self {
        let mut repeats = Self {
            rows: 0,
            repeated: 0,
            multiplicity: 1.0,
            expected: 0.0,
            counts: HashMap::default(),
            squares: 0,
        };
        let is_first = repeats.count(table);
        if repeats.repeated > 0 {
            repeats.expected = expected(columns, &is_first);
        }
        repeats
    }

    /// Counts appended rows; how many repeats chance explains grows with the square of rows. `false` where
    /// the first repeats came, of which nobody knows yet what chance explains.
    pub fn append(&mut self, rows: &Table) -> bool {
        let before = (self.rows, self.repeated);
        self.count(rows);
        self.expected *= (self.rows as f64 / before.0.max(1) as f64).powi(2);
        before.1 > 0 || self.repeated == 0
    }

    /// Counts rows; whether each is the first of its kind.
    fn count(&mut self, table: &Table) -> Vec<bool> {
        let is_first = |hash: u64| {
            let count = self.counts.entry(hash).or_insert(0);
            self.squares += 2 * u64::from(*count) + 1;
            *count += 1;
            *count == 1
        };
        let is_first: Vec<bool> = row_hashes(table).into_iter().map(is_first).collect();
        self.rows += is_first.len() as u64;
        self.repeated += is_first.iter().filter(|first| !**first).count() as u64;
        self.multiplicity = (self.squares as f64 / self.rows.max(1) as f64).max(1.0);
        is_first
    }
}

/// A hash of the cells of each row.
pub(crate) fn row_hashes(table: &Table) -> Vec<u64> {
    let mut hashes = vec![0_u64; table.rows()];
    for index in 0..table.columns() {
        let mut at = 0;
        for piece in table.column(index) {
            let end = (at + piece.len()).min(hashes.len());
            add(&mut hashes[at..end], piece.as_ref());
            at = end;
        }
    }
    hashes
}

fn add(hashes: &mut [u64], piece: &dyn Array) {
    let mut mix = |row: usize, bits: u64| hashes[row] = scrambled(hashes[row].rotate_left(5) ^ bits);
    if matches!(piece.data_type(), DataType::Utf8) {
        for (row, text) in piece.as_string::<i32>().iter().enumerate() {
            let bits = text.map_or(u64::MAX, |text| {
                use std::hash::{BuildHasher, Hasher};
                let mut hasher = foldhash::fast::FixedState::default().build_hasher();
                hasher.write(text.as_bytes());
                hasher.finish()
            });
            mix(row, bits);
        }
        return;
    }
    // Everything else has a whole or a floating number behind it.
    let numbers = cast(piece, &DataType::Int64)
        .ok()
        .filter(|_| !matches!(piece.data_type(), DataType::Float64 | DataType::Decimal128(..)));
    if let Some(numbers) = numbers {
        let numbers = numbers.as_primitive::<arrow::datatypes::Int64Type>();
        numbers
            .iter()
            .enumerate()
            .for_each(|(row, x)| mix(row, x.map_or(u64::MAX, |x| x as u64)));
    } else if let Ok(numbers) = cast(piece, &DataType::Float64) {
        let numbers = numbers.as_primitive::<Float64Type>();
        numbers
            .iter()
            .enumerate()
            .for_each(|(row, x)| mix(row, x.map_or(u64::MAX, f64::to_bits)));
    }
}

/// Pairs of equal rows expected if the columns searched had nothing to do with each other, told from
/// rows that repeat no earlier one; columns that are not searched (identifiers, prose) hardly repeat
/// by chance and are left out, which errs upwards.
fn expected(columns: &Columns, is_first: &[bool]) -> f64 {
    let keep = |row: usize| {
        is_first
            .get(columns.source_row(row) as usize)
            .copied()
            .unwrap_or(false)
    };
    let rows: Vec<usize> = (0..columns.rows).filter(|row| keep(*row)).collect();
    let n = rows.len() as f64;
    let measures = columns
        .measures
        .iter()
        .map(|measure| equal_pairs(&rows, |row| measure.x[row].to_bits()));
    let dimensions = columns.dimensions.iter().chain(&columns.entities);
    let dimensions = dimensions.map(|dimension| equal_pairs(&rows, |row| u64::from(dimension.codes[row])));
    let time = columns.time.iter().map(|axis| 1.0 / axis.ticks.max(1) as f64);
    n * n / 2.0 * measures.chain(dimensions).chain(time).product::<f64>()
}

/// Share of pairs of rows that have the same value.
fn equal_pairs(rows: &[usize], value: impl Fn(usize) -> u64) -> f64 {
    let mut counts: HashMap<u64, f64, foldhash::fast::FixedState> = HashMap::default();
    rows.iter()
        .for_each(|row| *counts.entry(value(*row)).or_insert(0.0) += 1.0);
    let mut pairs: Vec<f64> = counts.into_values().map(|count| count * (count - 1.0)).collect();
    // The order of a map must not show in a sum.
    pairs.sort_unstable_by(f64::total_cmp);
    let n = rows.len() as f64;
    pairs.iter().sum::<f64>() / (n * (n - 1.0)).max(1.0)
}

impl Repeats {
    /// Whether rows repeat more often than columns of these contents do by chance; ten times as often
    /// is allowed, because columns that go together repeat together.
    pub fn hypothesis(&self) -> Hypothesis {
        let asked = InsightKind::Duplicates;
        if self.rows - self.repeated < 10 {
            return nothing(asked);
        }
        let p = if self.repeated == 0 {
            1.0
        } else {
            poisson_upper(self.repeated, 10.0 * self.expected + 1e-3)
        };
        let fraction = self.repeated as f64 / self.rows as f64;
        let effect = Effect {
            name: EffectName::Fraction,
            value: fraction,
            low: fraction,
        };
        Hypothesis::new(asked, p, Finding::new(asked, effect))
    }
}
