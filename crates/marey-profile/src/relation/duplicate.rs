//! Columns that say again what an earlier one says.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::{
    digits::half_unit,
    evidence,
    field::{Field, Sheet},
    spelling::Spellings,
};
use crate::{Agreement, DuplicateColumn};

/// Most columns that are compared.
pub(super) const MOST_COLUMNS: usize = 512;
/// Share of rows in which near duplicates agree.
const NEARLY: f64 = 0.99;
/// Agreement beyond chance that they show (Cohen's kappa).
const BEYOND_CHANCE: f64 = 0.9;
/// Fewest different numbers that are compared by a line.
const FEWEST_POINTS: u32 = 10;
/// How many times its digits' tolerance the later column of a line must span.
const SPAN: f64 = 100.0;

/// A repetition: places in the sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Repetition {
    pub(super) of: usize,
    pub(super) place: usize,
    how: Agreement,
    share: f64,
}

impl Repetition {
    pub(super) fn column(&self, sheet: &Sheet<'_>) -> Option<DuplicateColumn> {
        Some(DuplicateColumn {
            of: sheet.fields.get(self.of)?.profile.name.clone(),
            column: sheet.fields.get(self.place)?.profile.name.clone(),
            how: self.how,
            share: self.share,
            exact: sheet.complete,
        })
    }
}

/// Places of the columns that vary.
pub(super) fn candidates(sheet: &Sheet<'_>) -> Vec<usize> {
    (0..)
        .zip(&sheet.fields)
        .filter(|(_, field)| field.distinct >= 2)
        .map(|(place, _)| place)
        .collect()
}

/// For each column the earliest one that it repeats, in the order of the table.
pub(super) fn find(sheet: &Sheet<'_>, spellings: &Spellings, candidates: &[usize]) -> Vec<Repetition> {
    let candidates = candidates.get(..MOST_COLUMNS).unwrap_or(candidates);
    let columns: Vec<Comparable<'_>> = candidates
        .par_iter()
        .filter_map(|place| Some(Comparable::of(*place, sheet.fields.get(*place)?, spellings)))
        .collect();
    let questions = columns.len() * columns.len();
    let found: Vec<Option<Repetition>> = columns
        .par_iter()
        .enumerate()
        .map(|(at, later)| {
            let earlier = columns.get(..at).unwrap_or(&[]);
            earlier
                .iter()
                .find_map(|earlier| compare(sheet, earlier, later, questions))
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// A column in the forms in which it is compared.
struct Comparable<'a> {
    place: usize,
    field: &'a Field<'a>,
    spelt: Option<Vec<u64>>,
    line: Option<Line>,
}

/// What a column is laid on a line by.
struct Line {
    half_unit: f64,
    /// Rows of the smallest and of the largest number.
    ends: (usize, usize),
}

impl<'a> Comparable<'a> {
    fn of(place: usize, field: &'a Field<'a>, spellings: &Spellings) -> Self {
        let numbers = || {
            (0_usize..)
                .zip(&field.numbers)
                .filter(|(_, number)| number.is_finite())
        };
        let ends = numbers()
            .min_by(|a, b| a.1.total_cmp(b.1))
            .zip(numbers().max_by(|a, b| a.1.total_cmp(b.1)));
        let line = ends
            .filter(|_| field.is_number() && field.distinct >= FEWEST_POINTS)
            .map(|((low, _), (high, _))| Line {
                half_unit: half_unit(&field.numbers),
                ends: (low, high),
            });
        Self {
            place,
            field,
            spelt: spellings.cells(field.profile.index, field.cells),
            line,
        }
    }
}

fn compare(
    sheet: &Sheet<'_>,
    earlier: &Comparable<'_>,
    later: &Comparable<'_>,
    questions: usize,
) -> Option<Repetition> {
    let repetition = |how, share| Repetition {
        of: earlier.place,
        place: later.place,
        how,
        share,
    };
    let (a, b) = (earlier.field, later.field);
    let weights = &sheet.weights;
    if a.is_number() && b.is_number() {
        let bits = |number: &f64| number.to_bits();
        let share = agreeing(
            a.numbers.iter().map(bits),
            b.numbers.iter().map(bits),
            weights,
            questions,
        );
        return match share {
            Some(share) => Some(repetition(sameness(share), share)),
            None => rescaled(sheet, earlier, later).map(|(how, share)| repetition(how, share)),
        };
    }
    if a.kind != b.kind {
        return None;
    }
    let exact = agreeing(
        a.cells.iter().copied(),
        b.cells.iter().copied(),
        weights,
        questions,
    );
    if let Some(share) = exact.filter(|share| *share >= 1.0) {
        return Some(repetition(Agreement::Same, share));
    }
    let spelt = earlier.spelt.as_deref().zip(later.spelt.as_deref());
    let spelt = spelt.and_then(|(a, b)| agreeing(a.iter().copied(), b.iter().copied(), weights, questions));
    match (exact, spelt) {
        (_, Some(share)) if share >= 1.0 => Some(repetition(Agreement::Spelling, share)),
        (Some(share), _) => Some(repetition(Agreement::Nearly, share)),
        (None, spelt) => spelt.map(|share| repetition(Agreement::Spelling, share)),
    }
}

fn sameness(share: f64) -> Agreement {
    if share >= 1.0 {
        Agreement::Same
    } else {
        Agreement::Nearly
    }
}

/// The share of rows in which cells agree, where it is nearly all, and far beyond chance.
fn agreeing(
    a: impl Iterator<Item = u64> + Clone,
    b: impl Iterator<Item = u64> + Clone,
    weights: &[u64],
    questions: usize,
) -> Option<f64> {
    let (mut rows, mut different) = (0_u64, 0_u64);
    for ((a, b), weight) in a.clone().zip(b.clone()).zip(weights) {
        rows += weight;
        if a != b {
            different += weight;
            // A few more than one in twenty at any time: these will not agree in 99 %.
            if different as f64 > 8.0 + 0.05 * rows as f64 {
                return None;
            }
        }
    }
    let share = 1.0 - different as f64 / rows.max(1) as f64;
    let chance = chance_agreement(a, b, weights);
    let told = share >= NEARLY
        && (share - chance) >= BEYOND_CHANCE * (1.0 - chance)
        && evidence::stands_out(evidence::all_agree(rows - different, chance), questions);
    told.then_some(share)
}

/// Chance that a row of one column agrees with another row of the other.
fn chance_agreement(a: impl Iterator<Item = u64>, b: impl Iterator<Item = u64>, weights: &[u64]) -> f64 {
    let count = |cells: &mut dyn Iterator<Item = u64>| {
        let mut counts: HashMap<u64, u64> = HashMap::new();
        for (cell, weight) in cells.zip(weights) {
            *counts.entry(cell).or_default() += weight;
        }
        counts
    };
    let (a, b) = (count(&mut { a }), count(&mut { b }));
    let rows: u64 = a.values().sum();
    // Whole numbers, so that the order of the map does not matter.
    let meetings: u128 = a
        .iter()
        .filter_map(|(cell, count)| Some(u128::from(*count) * u128::from(*b.get(cell)?)))
        .sum();
    meetings as f64 / (rows.max(1) as f64).powi(2)
}

/// Whether the later column is a line of the earlier one, as far as the digits of both go.
fn rescaled(sheet: &Sheet<'_>, earlier: &Comparable<'_>, later: &Comparable<'_>) -> Option<(Agreement, f64)> {
    let (x, y) = (&earlier.field.numbers, &later.field.numbers);
    let (of_x, of_y) = (earlier.line.as_ref()?, later.line.as_ref()?);
    let point = |row: usize| {
        let (x, y) = (*x.get(row)?, *y.get(row)?);
        (x.is_finite() && y.is_finite()).then_some((x, y))
    };
    let ((x0, y0), (x1, y1)) = (point(of_x.ends.0)?, point(of_x.ends.1)?);
    let factor = (y1 - y0) / (x1 - x0);
    if !factor.is_normal() {
        return None;
    }
    let largest = y0.abs().max(y1.abs());
    let tolerance = of_y.half_unit + of_x.half_unit * factor.abs() + 1e-9 * largest;
    if (y1 - y0).abs() < SPAN * tolerance {
        return None;
    }
    // The ends may each be off by the tolerance, hence so may the line.
    let near = |x: f64, y: f64| (y0 + factor * (x - x0) - y).abs() <= 3.0 * tolerance;
    agreeing_rows(x, y, &sheet.weights, near)?;
    let (factor, offset) = least_squares(x, y, &sheet.weights)?;
    let share = agreeing_rows(x, y, &sheet.weights, |x, y| {
        (factor * x + offset - y).abs() <= 1.1 * tolerance
    })?;
    let offset = if offset.abs() <= 2.0 * tolerance {
        0.0
    } else {
        offset
    };
    Some((Agreement::Rescaled { factor, offset }, share))
}

/// Share of rows for which something holds, or that lack both values, where it is nearly all.
fn agreeing_rows(x: &[f64], y: &[f64], weights: &[u64], holds: impl Fn(f64, f64) -> bool) -> Option<f64> {
    let (mut rows, mut different) = (0_u64, 0_u64);
    for ((x, y), weight) in x.iter().zip(y).zip(weights) {
        rows += weight;
        let agrees = match (x.is_finite(), y.is_finite()) {
            (true, true) => holds(*x, *y),
            (x, y) => x == y,
        };
        if !agrees {
            different += weight;
            if different as f64 > 2.0 + 0.02 * rows as f64 {
                return None;
            }
        }
    }
    let share = 1.0 - different as f64 / rows.max(1) as f64;
    (share >= NEARLY).then_some(share)
}

fn least_squares(x: &[f64], y: &[f64], weights: &[u64]) -> Option<(f64, f64)> {
    let rows = || {
        x.iter()
            .zip(y)
            .zip(weights)
            .map(|((x, y), weight)| (*x, *y, *weight as f64))
            .filter(|(x, y, _)| x.is_finite() && y.is_finite())
    };
    let n: f64 = rows().map(|(.., weight)| weight).sum();
    let mean_x = rows().map(|(x, _, weight)| x / n * weight).sum::<f64>();
    let mean_y = rows().map(|(_, y, weight)| y / n * weight).sum::<f64>();
    let (xx, xy) = rows().fold((0.0, 0.0), |(xx, xy), (x, y, weight)| {
        let dx = x - mean_x;
        (xx + weight * dx * dx, xy + weight * dx * (y - mean_y))
    });
    let factor = xy / xx;
    let offset = mean_y - factor * mean_x;
    (factor.is_normal() && offset.is_finite()).then_some((factor, offset))
}
