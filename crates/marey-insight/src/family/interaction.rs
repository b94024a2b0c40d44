//! Whether the effect of one category on a measure depends on another.

use super::{
    hypothesis::{Finding, Focus, Hypothesis},
    timeline::nothing,
};
use crate::{
    Direction, Effect, EffectName, InsightKind,
    chance::{f_upper, largest_root_upper},
    column::{Dimension, Measure},
    cube::Cube,
    moments::{Crossed, Grouped},
};

/// Most cells of a table of means.
pub(crate) const MOST_CELLS: usize = 600;
/// Rounds of taking row and column means off a table.
const ROUNDS: usize = 40;

/// Sums of scores per pair of categories.
fn cell_sums(a: &Dimension, b: &Dimension, measure: &Measure) -> (Vec<f64>, Vec<f64>) {
    let width = b.len() + 1;
    let cells = (a.len() + 1) * width;
    let (mut n, mut s) = (vec![0.0; cells], vec![0.0; cells]);
    for (row, (a, b)) in a.codes.iter().zip(&b.codes).enumerate() {
        if !measure.x[row].is_nan() {
            let cell = *a as usize * width + *b as usize;
            n[cell] += 1.0;
            s[cell] += measure.z[row];
        }
    }
    let inner = |values: Vec<f64>| -> Vec<f64> {
        values
            .chunks(width)
            .take(a.len())
            .flat_map(|row| row[..width - 1].to_vec())
            .collect()
    };
    (inner(n), inner(s))
}

/// Asks whether the means of a two-way table differ from what rows and columns add up to.
///
/// Two looks: the classical F of all cells, and the largest singular value of the table of scaled
/// residuals, which has more power where one pattern makes the interaction (Johnson and Graybill
/// 1972; here with known error). The second needs counts that are near proportional.
pub(crate) fn interaction(
    (d, e, m): (usize, usize, usize),
    (a, b): (&Dimension, &Dimension),
    measure: &Measure,
    sums: (&Grouped, &Grouped),
    (crossed, cube): (&Crossed, &Cube),
    inflation: f64,
) -> Hypothesis {
    let asked = InsightKind::Interaction;
    if a.len() * b.len() > MOST_CELLS || a.len() < 2 || b.len() < 2 {
        return nothing(asked);
    }
    let (n, s) = match cube.cells((d, e), m, a, b) {
        Some(s) => (crossed.n.clone(), s),
        None => cell_sums(a, b, measure),
    };
    let table = Crossed::of_counts(a.len(), b.len(), n);
    let square: f64 = sums.0.zz.iter().sum();
    let cells = table.n.iter().filter(|n| **n > 0.0).count() as f64;
    let mean_cells: f64 = table
        .n
        .iter()
        .zip(&s)
        .filter(|(n, _)| **n > 0.0)
        .map(|(n, s)| s * s / n)
        .sum();
    let error = (square - mean_cells).max(0.0);
    let error_freedom = table.total / inflation - cells;
    if error_freedom < 8.0 || error <= 0.0 {
        return nothing(asked);
    }
    let noise = error / (table.total - cells).max(1.0) * inflation;
    let rest = residuals(&table, &s);
    let explained: f64 = table.n.iter().zip(&rest).map(|(n, r)| n * r * r).sum();
    let filled = |totals: &[f64]| totals.iter().filter(|n| **n > 0.0).count() as f64;
    let freedom = cells - filled(&table.row_totals) - filled(&table.column_totals) + 1.0;
    if freedom < 1.0 {
        return nothing(asked);
    }
    let by_all = f_upper(explained / freedom / noise, freedom, error_freedom);
    let by_pattern = pattern_chance(&table, &rest, noise, error_freedom, crossed);
    // Most of the error that may be spent goes to the single pattern.
    let p = (by_all * 4.0).min(by_pattern * 4.0 / 3.0).min(1.0);
    let share = explained / table.total;
    let low = ((explained / noise - freedom).max(0.0).sqrt() - 1.64)
        .max(0.0)
        .powi(2)
        * noise
        / table.total;
    let effect = Effect {
        name: EffectName::VarianceShare,
        value: share,
        low,
    };
    let cell = strongest(&table, &rest);
    let finding = Finding::new(asked, effect)
        .measure(m)
        .dimensions(d, e)
        .focus(Focus::Category(d, (cell / b.len()) as u32))
        .focus(Focus::Category(e, (cell % b.len()) as u32))
        .direction(Direction::against(rest[cell]));
    Hypothesis::new(asked, p, finding)
}

fn strongest(table: &Crossed, rest: &[f64]) -> usize {
    let size = |cell: &usize| table.n[*cell].sqrt() * rest[*cell].abs();
    (0..rest.len())
        .max_by(|a, b| size(a).total_cmp(&size(b)))
        .unwrap_or(0)
}

/// Cell means less the additive fit, by alternating projections.
fn residuals(table: &Crossed, s: &[f64]) -> Vec<f64> {
    let width = table.columns;
    let mut rest: Vec<f64> = table
        .n
        .iter()
        .zip(s)
        .map(|(n, s)| if *n > 0.0 { s / n } else { 0.0 })
        .collect();
    for _ in 0..ROUNDS {
        let mut moved = 0.0_f64;
        for row in 0..table.rows {
            let cells = row * width..(row + 1) * width;
            let sum: f64 = cells.clone().map(|cell| table.n[cell] * rest[cell]).sum();
            let mean = sum / table.row_totals[row].max(1e-12);
            cells.for_each(|cell| rest[cell] -= mean);
        }
        for column in 0..width {
            let cells = (column..rest.len()).step_by(width);
            let sum: f64 = cells.clone().map(|cell| table.n[cell] * rest[cell]).sum();
            let mean = sum / table.column_totals[column].max(1e-12);
            moved = moved.max(mean.abs());
            cells.for_each(|cell| rest[cell] -= mean);
        }
        if moved < 1e-9 {
            break;
        }
    }
    for (rest, n) in rest.iter_mut().zip(&table.n) {
        if *n == 0.0 {
            *rest = 0.0;
        }
    }
    rest
}

/// P of the largest singular value; 1 where the counts are far from proportional.
fn pattern_chance(table: &Crossed, rest: &[f64], noise: f64, error_freedom: f64, crossed: &Crossed) -> f64 {
    let (chi_square, freedom) = crossed.chi_square();
    let smallest = (0..table.rows)
        .flat_map(|row| (0..table.columns).map(move |column| (row, column)))
        .map(|(row, column)| table.expected(row, column))
        .fold(f64::INFINITY, f64::min);
    let disproportion = chi_square / crossed.total.max(1.0);
    let near_proportional = disproportion < 0.02 + 2.0 * freedom / crossed.total.max(1.0);
    if smallest < 4.0 || !near_proportional || error_freedom < 100.0 {
        return 1.0;
    }
    let matrix: Vec<f64> = table
        .n
        .iter()
        .zip(rest)
        .map(|(n, rest)| rest * n.sqrt())
        .collect();
    let root = largest_root(&matrix, table.rows, table.columns) / noise;
    largest_root_upper(root, table.rows - 1, table.columns - 1)
}

/// Largest squared singular value: that of the products of the fewer side's rows, by power iteration
/// from a few starts.
fn largest_root(matrix: &[f64], rows: usize, columns: usize) -> f64 {
    let (size, at): (usize, Box<dyn Fn(usize, usize) -> f64>) = if rows <= columns {
        (rows, Box::new(|own, other| matrix[own * columns + other]))
    } else {
        (columns, Box::new(|own, other| matrix[other * columns + own]))
    };
    let mut products = vec![0.0; size * size];
    for a in 0..size {
        for b in 0..=a {
            let product: f64 = (0..rows.max(columns))
                .map(|other| at(a, other) * at(b, other))
                .sum();
            products[a * size + b] = product;
            products[b * size + a] = product;
        }
    }
    let mut best = 0.0_f64;
    for start in 0..size.min(3) {
        let mut v: Vec<f64> = (0..size).map(|at| if at == start { 1.0 } else { 0.1 }).collect();
        let mut root = 0.0;
        for _ in 0..100 {
            let u: Vec<f64> = products
                .chunks_exact(size)
                .map(|row| row.iter().zip(&v).map(|(a, v)| a * v).sum())
                .collect();
            let length = u.iter().map(|u| u * u).sum::<f64>().sqrt();
            if length <= 0.0 {
                break;
            }
            v = u.into_iter().map(|u| u / length).collect();
            let settled = (length - root).abs() < 1e-9 * length;
            root = length;
            if settled {
                break;
            }
        }
        best = best.max(root);
    }
    best
}
