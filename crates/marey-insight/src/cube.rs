//! Sums of all measures over pairs of categories, and along time within categories, in one pass.

use std::ops::Range;

use rayon::prelude::*;

use crate::column::{Columns, Dimension};

/// Rows that are summed together; parts are added in their order, so that threads do not matter.
const PART: usize = 1 << 16;
/// Most sums that are kept at once; beyond, tests make their own.
const MOST_SUMS: usize = 4_000_000;

/// Sums by pair of dimensions, and by dimension.
type Sums = (Vec<Vec<f64>>, Vec<Vec<f64>>);

/// Sums of the scores of the measures without gaps.
pub(crate) struct Cube {
    /// The measures without gaps.
    complete: Vec<usize>,
    /// For each measure its place among those.
    place: Vec<Option<usize>>,
    /// The pairs of dimensions that are kept.
    pairs: Vec<(usize, usize)>,
    /// By pair of dimensions: cell-major sums of scores.
    cells: Vec<Vec<f64>>,
    /// By dimension: category-major sums of score times time.
    along: Vec<Vec<f64>>,
}

impl Cube {
    /// Room for the sums of every pair of dimensions that is asked for.
    pub fn empty(columns: &Columns, pairs: &[(usize, usize)]) -> Self {
        let complete: Vec<usize> = (0..columns.measures.len())
            .filter(|m| columns.measures[*m].complete())
            .collect();
        let mut place = vec![None; columns.measures.len()];
        for (at, m) in complete.iter().enumerate() {
            place[*m] = Some(at);
        }
        let cells =
            |(d, e): &(usize, usize)| (columns.dimensions[*d].len() + 1) * (columns.dimensions[*e].len() + 1);
        let mut kept = Vec::new();
        let mut sums = 0;
        for pair in pairs {
            sums += cells(pair) * complete.len();
            if !complete.is_empty() && sums <= MOST_SUMS {
                kept.push(*pair);
            }
        }
        let (cells, along) = part(columns, &complete, &kept, 0, 0);
        Self {
            complete,
            place,
            pairs: kept,
            cells,
            along,
        }
    }

    /// One pass over a stretch of rows.
    pub fn add(&mut self, columns: &Columns, rows: Range<usize>) {
        let parts: Vec<usize> = rows.clone().step_by(PART).collect();
        let partial: Vec<Sums> = parts
            .into_par_iter()
            .map(|from| {
                part(
                    columns,
                    &self.complete,
                    &self.pairs,
                    from,
                    (from + PART).min(rows.end),
                )
            })
            .collect();
        for (pairs, lines) in partial {
            add(&mut self.cells, &pairs);
            add(&mut self.along, &lines);
        }
    }

    /// Sums of a measure's scores per cell of a pair of dimensions, rows and columns without the
    /// cells of rows that lack a category; `None` where they were not kept.
    pub fn cells(&self, pair: (usize, usize), m: usize, a: &Dimension, b: &Dimension) -> Option<Vec<f64>> {
        let at = self.place.get(m).copied().flatten()?;
        let kept = self.pairs.iter().position(|known| *known == pair)?;
        let sums = &self.cells[kept];
        let wide = b.len() + 1;
        let cells = (0..a.len() * b.len()).map(|cell| (cell / b.len()) * wide + cell % b.len());
        Some(cells.map(|cell| sums[cell * self.complete.len() + at]).collect())
    }

    /// Sums of score times time per category of a dimension.
    pub fn along(&self, d: usize, m: usize, categories: usize) -> Option<Vec<f64>> {
        let at = self.place.get(m).copied().flatten()?;
        let sums = self.along.get(d).filter(|sums| !sums.is_empty())?;
        Some(
            (0..categories)
                .map(|category| sums[category * self.complete.len() + at])
                .collect(),
        )
    }
}

fn add(sums: &mut [Vec<f64>], parts: &[Vec<f64>]) {
    for (sums, parts) in sums.iter_mut().zip(parts) {
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }
}

/// Sums over a stretch of rows.
fn part(columns: &Columns, complete: &[usize], pairs: &[(usize, usize)], from: usize, to: usize) -> Sums {
    let width = complete.len();
    let mut scores = vec![0.0; (to - from) * width];
    for (at, m) in complete.iter().enumerate() {
        for (row, z) in columns.measures[*m].z[from..to].iter().enumerate() {
            scores[row * width + at] = *z;
        }
    }
    let by_pair = pairs
        .iter()
        .map(|(d, e)| {
            let (a, b) = (&columns.dimensions[*d], &columns.dimensions[*e]);
            let wide = b.len() + 1;
            let mut sums = vec![0.0; (a.len() + 1) * wide * width];
            let codes = a.codes[from..to].iter().zip(&b.codes[from..to]);
            for ((a, b), scores) in codes.zip(scores.chunks_exact(width.max(1))) {
                let cell = (*a as usize * wide + *b as usize) * width;
                let sums = &mut sums[cell..cell + width];
                sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
            }
            sums
        })
        .collect();
    (by_pair, along(columns, &mut scores, width, from, to))
}

/// Sums of score times time per category; nothing where some rows have no time.
fn along(columns: &Columns, scores: &mut [f64], width: usize, from: usize, to: usize) -> Vec<Vec<f64>> {
    let Some(axis) = columns.time.as_ref().filter(|axis| axis.rows() == columns.rows) else {
        return vec![Vec::new(); columns.dimensions.len()];
    };
    for (tick, scores) in axis.tick[from..to]
        .iter()
        .zip(scores.chunks_exact_mut(width.max(1)))
    {
        let t = axis.centred(*tick);
        scores.iter_mut().for_each(|score| *score *= t);
    }
    columns
        .dimensions
        .iter()
        .map(|dimension| {
            let mut sums = vec![0.0; (dimension.len() + 1) * width];
            for (code, scores) in dimension.codes[from..to]
                .iter()
                .zip(scores.chunks_exact(width.max(1)))
            {
                let cell = *code as usize * width;
                let sums = &mut sums[cell..cell + width];
                sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
            }
            sums
        })
        .collect()
}
