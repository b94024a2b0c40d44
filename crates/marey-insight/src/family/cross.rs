//! What categories do with each other, with missing values and over time.

use super::{
    evidence::Seen,
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::nothing,
};
use crate::{
    Direction, Effect, EffectName, InsightKind,
    chance::{best_of, chi_square_upper, hypergeometric_two_sided, noncentral_chi_square_below},
    column::{Dimension, TimeAxis},
    moments::{Crossed, Grouped},
    series::Series,
};

/// Cells with the largest residuals for which the exact tail is computed.
const EXACT_CELLS: usize = 4;
/// Least expected count of a cell that is looked at.
const LEAST_EXPECTED: f64 = 3.0;
/// Most categories for which a gradual change of share is looked for too.
const MOST_GRADUAL: usize = 40;
/// Largest coefficient of variation of counts that still counts as even.
const EVEN: f64 = 0.15;

/// The cell of a table that deviates most, with Fisher's exact p corrected for all cells.
struct Cell {
    row: usize,
    column: usize,
    residual: f64,
    p: f64,
}

/// Asks whether two dimensions go together: one pair of categories more (or less) often than by
/// chance, or all of them.
pub(crate) fn association((d, e): (usize, usize), table: &Crossed, inflation: f64) -> Hypothesis {
    let Some(cell) = strongest_cell(table, inflation) else {
        return nothing(InsightKind::Association);
    };
    let (chi_square, freedom) = table.chi_square();
    let sparse = table.total < 5.0 * table.n.len() as f64;
    let by_all = if sparse || freedom < 1.0 {
        1.0
    } else {
        chi_square_upper(chi_square / inflation, freedom)
    };
    // Most of the error that may be spent goes to the single cell.
    let p = (cell.p * 4.0 / 3.0).min(by_all * 4.0);
    let effect = cell_effect(table, &cell, inflation);
    let finding = Finding::new(InsightKind::Association, effect)
        .dimensions(d, e)
        .focus(Focus::Category(d, cell.row as u32))
        .focus(Focus::Category(e, cell.column as u32))
        .direction(Direction::against(cell.residual))
        .impact((table.row_totals[cell.row] / table.total.max(1.0)).sqrt())
        .looks(table.n.len());
    Hypothesis::new(InsightKind::Association, p, finding)
}

/// Asks whether values of a measure are missing more often in one category.
pub(crate) fn missingness(
    (d, m): (usize, usize),
    dimension: &Dimension,
    sums: &Grouped,
    inflation: f64,
) -> Hypothesis {
    let rows = dimension.counts.iter().zip(&sums.n);
    let counts = rows.flat_map(|(all, present)| [*present, f64::from(*all) - present]);
    let table = Crossed::of_counts(dimension.len(), 2, counts.collect());
    let absent = table.column_totals[1];
    let looked: Vec<usize> = (0..table.rows)
        .filter(|row| table.row_totals[*row] >= 8.0)
        .collect();
    if absent < 5.0 || table.total - absent < 5.0 || looked.len() < 2 {
        return nothing(InsightKind::Missingness);
    }
    let chances = looked.iter().map(|row| (exact(&table, *row, 1, inflation), *row));
    let Some((p, row)) = chances.min_by(|a, b| a.0.total_cmp(&b.0)) else {
        return nothing(InsightKind::Missingness);
    };
    let cell = Cell {
        row,
        column: 1,
        residual: table.residual(row, 1),
        p,
    };
    let finding = Finding::new(InsightKind::Missingness, cell_effect(&table, &cell, inflation))
        .measure(m)
        .dimension(d)
        .focus(Focus::Category(d, row as u32))
        .direction(Direction::against(cell.residual))
        .impact((table.row_totals[row] / table.total).sqrt())
        .looks(looked.len());
    Hypothesis::new(InsightKind::Missingness, best_of(p, looked.len()), finding)
}

/// Asks whether a category's share of rows changes over time: between the halves of the axis (which
/// most of the error that may be spent goes to), or along a line.
pub(crate) fn composition(
    d: usize,
    dimension: &Dimension,
    axis: &TimeAxis,
    seen: &Seen,
    inflation: f64,
) -> Hypothesis {
    let half = axis.ticks / 2;
    let table = if seen.counts.is_empty() {
        let late: Vec<u32> = axis
            .tick
            .iter()
            .map(|tick| u32::from(*tick as usize >= half))
            .collect();
        Crossed::new(&dimension.codes[..axis.rows()], dimension.len(), &late, 2)
    } else {
        let rows = seen.counts.chunks(axis.ticks.max(1));
        let sides = rows.flat_map(|row| {
            let (early, late) = row.split_at(half);
            [early, late].map(|side| f64::from(side.iter().sum::<u32>()))
        });
        Crossed::of_counts(dimension.len(), 2, sides.collect())
    };
    let looked: Vec<usize> = (0..table.rows)
        .filter(|row| table.row_totals[*row] >= 8.0)
        .collect();
    if looked.len() < 2 || table.column_totals.iter().any(|n| *n < 8.0) {
        return nothing(InsightKind::CompositionShift);
    }
    let chances = looked.iter().map(|row| (exact(&table, *row, 1, inflation), *row));
    let (by_half, row) = chances.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((1.0, 0));
    let (by_line, line_row) = gradual(dimension, axis, seen, &looked, inflation);
    let row = if by_line * 2.0 < by_half { line_row } else { row };
    let p = best_of((1.5 * by_half).min(3.0 * by_line), looked.len());
    let cell = Cell {
        row,
        column: 1,
        residual: table.residual(row, 1),
        p,
    };
    let mut finding = Finding::new(
        InsightKind::CompositionShift,
        cell_effect(&table, &cell, inflation),
    )
    .dimension(d)
    .timed()
    .focus(Focus::Category(d, row as u32))
    .direction(Direction::over_time(cell.residual))
    .looks(looked.len());
    finding.locator.at_ms = Some(axis.ms_of_tick(half));
    Hypothesis::new(InsightKind::CompositionShift, p, finding)
}

/// The best straight line of a category's share over time.
fn gradual(
    dimension: &Dimension,
    axis: &TimeAxis,
    seen: &Seen,
    looked: &[usize],
    inflation: f64,
) -> (f64, usize) {
    if looked.len() > MOST_GRADUAL || seen.counts.is_empty() {
        return (1.0, 0);
    }
    let mut n = vec![0.0; axis.ticks];
    let all = (0..dimension.len()).map(|row| seen.along(row, dimension, &axis.tick));
    all.for_each(|along| n.iter_mut().zip(along).for_each(|(n, own)| *n += own));
    let total: f64 = n.iter().sum();
    let best = looked.iter().map(|row| {
        let s = seen.along(*row, dimension, &axis.tick);
        let share = s.iter().sum::<f64>() / total.max(1.0);
        let fit = Series::of_sums(n.clone(), s).line(axis);
        let z = fit.z / (share * (1.0 - share) * inflation).max(1e-12).sqrt();
        (crate::chance::normal_two_sided(z), *row)
    });
    best.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((1.0, 0))
}

/// Asks whether categories are about equally frequent: the coefficient of variation of their shares
/// is below 15 %, tested against the noncentral chi-square of exactly 15 %.
pub(crate) fn evenness(d: usize, dimension: &Dimension, inflation: f64) -> Hypothesis {
    let groups = dimension.len() as f64;
    let total: f64 = dimension.counts.iter().map(|n| f64::from(*n)).sum();
    let mean = total / groups;
    let counts = || dimension.counts.iter();
    // Counts that are all the same were made so: a panel, not a finding.
    let by_design = counts()
        .max()
        .zip(counts().min())
        .is_some_and(|(most, least)| most - least <= 1);
    if groups < 3.0 || mean < 5.0 || by_design || dimension.is_part_of_date {
        return nothing(InsightKind::Evenness);
    }
    let squares: f64 = dimension
        .counts
        .iter()
        .map(|n| (f64::from(*n) - mean).powi(2))
        .sum();
    let p = noncentral_chi_square_below(
        squares / mean / inflation,
        groups - 1.0,
        total / inflation * EVEN * EVEN,
    );
    let variation = (squares / groups).sqrt() / mean;
    let effect = Effect {
        name: EffectName::Variation,
        value: variation,
        low: ((EVEN - variation) / EVEN * 0.3).max(0.0),
    };
    let finding = Finding::new(InsightKind::Evenness, effect).dimension(d);
    Hypothesis::new(InsightKind::Evenness, p, finding)
}

/// Exact two-sided p of a cell; where rows count for less than one each, of the counts shrunk.
fn exact(table: &Crossed, row: usize, column: usize, inflation: f64) -> f64 {
    let shrunk = |n: f64| (n / inflation).round() as u64;
    hypergeometric_two_sided(
        shrunk(table.n[row * table.columns + column]),
        shrunk(table.total),
        shrunk(table.row_totals[row]),
        shrunk(table.column_totals[column]),
    )
}

fn strongest_cell(table: &Crossed, inflation: f64) -> Option<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut looked = 0;
    for row in 0..table.rows {
        for column in 0..table.columns {
            if table.expected(row, column) < LEAST_EXPECTED {
                continue;
            }
            looked += 1;
            let residual = table.residual(row, column);
            let weakest = cells.last().map_or(0.0, |cell| cell.residual.abs());
            if cells.len() < EXACT_CELLS || residual.abs() > weakest {
                cells.push(Cell {
                    row,
                    column,
                    residual,
                    p: 1.0,
                });
                cells.sort_by(|a, b| b.residual.abs().total_cmp(&a.residual.abs()));
                cells.truncate(EXACT_CELLS);
            }
        }
    }
    for cell in &mut cells {
        cell.p = best_of(exact(table, cell.row, cell.column, inflation), looked);
    }
    cells.into_iter().min_by(|a, b| a.p.total_cmp(&b.p))
}

/// Difference of the column's share inside the row from that outside, in standard deviations.
fn cell_effect(table: &Crossed, cell: &Cell, inflation: f64) -> Effect {
    let (n, row) = (
        table.n[cell.row * table.columns + cell.column],
        table.row_totals[cell.row],
    );
    let all = table.column_totals[cell.column];
    let inside = n / row.max(1.0);
    let outside = (all - n) / (table.total - row).max(1.0);
    let share = all / table.total.max(1.0);
    let value = (inside - outside) / (share * (1.0 - share)).max(1e-12).sqrt();
    let error = (value / cell.residual).abs() * inflation.sqrt();
    let low = if error.is_finite() {
        (value.abs() - 1.96 * error).max(0.0)
    } else {
        0.0
    };
    Effect {
        name: EffectName::ShareDifference,
        value,
        low,
    }
}
