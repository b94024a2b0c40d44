//! [`Field`]: a column's cells among the kept rows, in the forms that relations are told from.

use hashbrown::HashMap;

use crate::{
    ColumnProfile,
    column_state::NO_VALUE,
    row_sample::Rows,
    value::{Kind, Value},
};

/// Number of a cell without a value.
pub(super) const MISSING: u32 = u32::MAX;

/// A column with its cells.
pub(super) struct Field<'a> {
    pub(super) profile: &'a ColumnProfile,
    pub(super) kind: Kind,
    /// The cells as the row sample keeps them.
    pub(super) cells: &'a [u64],
    /// Numbers of the different values, in order of appearance; [`MISSING`] where there is none.
    pub(super) codes: Vec<u32>,
    /// Number of different values.
    pub(super) distinct: u32,
    /// Numbers (or milliseconds), NaN where there is none; empty for columns of neither.
    pub(super) numbers: Vec<f64>,
    /// Rows, by weight, that have a value.
    pub(super) filled: u64,
    /// Chance that two rows with values, drawn at random, have the same.
    pub(super) same: f64,
    /// The same where lacking a value counts as one.
    pub(super) same_or_missing: f64,
    /// Share of the most frequent value, lacking one included.
    pub(super) mode_share: f64,
}

/// The kept rows: columns, and the weight of each row.
pub(super) struct Sheet<'a> {
    pub(super) fields: Vec<Field<'a>>,
    /// How often each row counts. Where every row of the table occurs several times, as a join can
    /// make it, the repetition is taken out: it is no evidence for anything.
    pub(super) weights: Vec<u64>,
    /// How often each row occurs.
    pub(super) counts: &'a [u64],
    /// Whether the kept rows are all different rows of the table.
    pub(super) complete: bool,
    /// Whether a row occurs twice.
    pub(super) repeats: bool,
    /// Number of rows of the table.
    pub(super) rows: u64,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(columns: &'a [ColumnProfile], kinds: &[Kind], rows: &'a Rows, row_count: u64) -> Self {
        use rayon::prelude::*;
        let least = rows.counts.iter().copied().min().unwrap_or(1).max(1);
        let weights: Vec<u64> = rows.counts.iter().map(|count| count / least).collect();
        let fields = columns
            .par_iter()
            .zip(kinds)
            .map(|(profile, kind)| Field::of(profile, *kind, rows.column(profile.index), &weights))
            .collect();
        Self {
            fields,
            counts: &rows.counts,
            weights,
            complete: rows.complete,
            repeats: rows.counts.iter().any(|count| *count > 1),
            rows: row_count,
        }
    }

    /// Number of kept rows.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }
}

impl<'a> Field<'a> {
    fn of(profile: &'a ColumnProfile, kind: Kind, cells: &'a [u64], weights: &[u64]) -> Self {
        let room = cells.len().min(profile.distinct.value as usize);
        let mut numbering: HashMap<u64, u32> = HashMap::with_capacity(room);
        let codes: Vec<u32> = cells
            .iter()
            .map(|cell| {
                if *cell == NO_VALUE {
                    return MISSING;
                }
                let next = numbering.len() as u32;
                *numbering.entry(*cell).or_insert(next)
            })
            .collect();
        let mut counts = vec![0_u64; numbering.len()];
        let mut missing = 0_u64;
        for (code, weight) in codes.iter().zip(weights) {
            match counts.get_mut(*code as usize) {
                Some(count) => *count += weight,
                None => missing += weight,
            }
        }
        let filled: u64 = counts.iter().sum();
        let squares: f64 = counts.iter().map(|count| (*count as f64).powi(2)).sum();
        let all = (filled + missing).max(1) as f64;
        let most = counts.iter().copied().max().unwrap_or(0).max(missing);
        Self {
            profile,
            kind,
            cells,
            numbers: numbers(kind, cells),
            codes,
            distinct: counts.len() as u32,
            filled,
            same: squares / (filled.max(1) as f64).powi(2),
            same_or_missing: (squares + (missing as f64).powi(2)) / (all * all),
            mode_share: most as f64 / all,
        }
    }

    /// Whether the column is one of points in time.
    pub(super) fn is_time(&self) -> bool {
        self.kind.is_time_line()
    }

    /// Whether the column holds numbers.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Int | Kind::Float | Kind::Decimal(_))
    }

    /// Whether every kept row has a value.
    pub(super) fn is_full(&self) -> bool {
        !self.codes.contains(&MISSING)
    }
}

/// The numbers that cells stand for; decimals come as the bits of theirs.
fn numbers(kind: Kind, cells: &[u64]) -> Vec<f64> {
    let read = match kind {
        Kind::Decimal(_) => Kind::Float,
        Kind::Int | Kind::Float | Kind::Date | Kind::Timestamp(_) => kind,
        _ => return Vec::new(),
    };
    let number = |cell: &u64| match *cell {
        NO_VALUE => f64::NAN,
        cell => read.number(Value::Bits(cell)).unwrap_or(f64::NAN),
    };
    cells.iter().map(number).collect()
}
