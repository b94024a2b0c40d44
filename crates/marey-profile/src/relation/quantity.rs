//! [`Quantity`]: a numeric column as a term of arithmetic.

use super::{
    digits::half_unit,
    evidence,
    field::{Field, Sheet},
};

/// Share of the rows in which a formula holds.
const HOLDS: f64 = 0.99;
/// Fewest rows that say something about a formula.
const FEWEST_ROWS: u64 = 8;

/// A column of numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity<'a> {
    /// Place in the sheet.
    pub(super) place: usize,
    pub(super) numbers: &'a [f64],
    /// By how much a number may be off because it was rounded.
    pub(super) half_unit: f64,
    pub(super) min: f64,
    pub(super) max: f64,
    /// Chance that two rows have the same number.
    same: f64,
}

impl<'a> Quantity<'a> {
    pub(super) fn of(place: usize, field: &'a Field<'a>) -> Option<Self> {
        let finite = || field.numbers.iter().copied().filter(|number| number.is_finite());
        let (min, max) = (finite().reduce(f64::min)?, finite().reduce(f64::max)?);
        (field.is_number() && field.distinct > 2).then(|| Self {
            place,
            numbers: &field.numbers,
            half_unit: half_unit(&field.numbers),
            min,
            max,
            same: field.same,
        })
    }

    pub(super) fn spread(&self) -> f64 {
        self.max - self.min
    }

    /// What rounding of floats may add to the column's own numbers.
    pub(super) fn noise(&self) -> f64 {
        1e-9 * self.min.abs().max(self.max.abs())
    }

    pub(super) fn at(&self, row: usize) -> f64 {
        self.numbers.get(row).copied().unwrap_or(f64::NAN)
    }

    /// Whether every number is whole.
    pub(super) fn is_whole(&self) -> bool {
        self.half_unit >= 0.5
    }

    /// Chance that some number comes this close to one of the column's.
    pub(super) fn chance(&self, tolerance: f64) -> f64 {
        self.same.max(2.0 * tolerance / self.spread()).min(1.0)
    }
}

/// What a formula says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds, and could have failed.
    Holds,
    /// It fails.
    Fails,
    /// A value is missing, or it would hold whatever the values.
    Nothing,
}

impl Verdict {
    pub(super) fn of(holds: bool, tells: bool) -> Self {
        match (holds, tells) {
            (false, _) => Self::Fails,
            (true, true) => Self::Holds,
            (true, false) => Self::Nothing,
        }
    }
}

/// Share and number of the rows in which a formula holds, where that is nearly all of those that
/// say something, and more than chance, at so many questions.
pub(super) fn judge(
    sheet: &Sheet<'_>,
    chance: f64,
    questions: usize,
    verdict: impl Fn(usize) -> Verdict,
) -> Option<(f64, u64)> {
    let (mut holds, mut fails, mut different) = (0_u64, 0_u64, 0_u64);
    for (row, weight) in sheet.weights.iter().enumerate() {
        match verdict(row) {
            Verdict::Holds => {
                holds += weight;
                different += 1;
            }
            Verdict::Fails => {
                fails += weight;
                if fails as f64 > 1.0 + 0.05 * holds as f64 {
                    return None;
                }
            }
            Verdict::Nothing => {}
        }
    }
    let rows = holds + fails;
    let share = holds as f64 / rows.max(1) as f64;
    let told = share >= HOLDS
        && different >= FEWEST_ROWS
        && evidence::stands_out(evidence::all_agree(different, chance), questions);
    told.then_some((share, rows))
}
