//! [`Evidence`]: everything that is computed once and shared by tests. Sums add up over stretches of
//! rows, so that appended rows cost no more than themselves.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    interaction, pairs,
    pile::Steps,
    timeline::{Ticks, Timeline},
};
use crate::{
    autoregression::Autoregression,
    calendar::Calendar,
    column::{Columns, Dimension},
    cube::Cube,
    moments::{Crossed, Grouped, PairSums, Paired},
};

/// Most counts by category and tick that are kept.
const MOST_COUNTS: usize = 4_000_000;

/// Most rows of a table whose memory is looked at anew whenever rows are appended.
const LOOKED_AGAIN: usize = 50_000;

/// Sums shared by tests.
pub(crate) struct Evidence {
    /// By dimension, then measure.
    pub grouped: Vec<Vec<Grouped>>,
    /// Pairs of dimensions, first below second.
    pub crossed: Vec<((usize, usize), Crossed)>,
    /// Pairs of measures, first below second.
    pub paired: Vec<((usize, usize), Paired)>,
    /// By measure; empty without an axis of time.
    pub timelines: Vec<Timeline>,
    /// Sums over pairs of dimensions.
    pub cube: Cube,
    /// By dimension and category: rows that have a time, sum of time, sum of its square.
    pub clocks: Vec<Vec<[f64; 3]>>,
    /// By dimension: when its categories are seen.
    pub seen: Vec<Seen>,
    /// By dimension, then measure: sums of every other row, of dimensions of ten categories and more.
    pub halves: Vec<Vec<Halves>>,
    /// By measure: values at multiples of round steps.
    pub steps: Vec<Steps>,
    calendar: Calendar,
    pair_sums: Vec<PairSums>,
    ticks: Vec<Ticks>,
    looks: Vec<Look>,
}

/// What was found by looking at all rows of a measure, and is not looked at again for a few more.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// How rows depend on the rows before them.
    pub memory: Autoregression,
}

/// When the categories of a dimension are seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// First and last row of each category.
    pub first: Vec<usize>,
    /// The same for the last.
    pub last: Vec<usize>,
    /// Rows per category and tick, category-major; empty where there would be too many.
    pub counts: Vec<u32>,
    ticks: usize,
}

/// Sums of a measure per category over even rows, and what is needed over odd ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Halves {
    /// Per category: sum over even rows; rows, sum and sum of squares over odd ones.
    pub sums: Vec<[f64; 4]>,
}

impl Evidence {
    /// Computes the sums over all rows.
    pub fn new(columns: &Columns) -> Self {
        let cells = |(d, e): &(usize, usize)| columns.dimensions[*d].len() * columns.dimensions[*e].len();
        let mut searched = pairs(columns.dimensions.len());
        searched.retain(|pair| cells(pair) <= interaction::MOST_CELLS);
        let (dimensions, measures) = (columns.dimensions.len(), columns.measures.len());
        let len = |d: usize| columns.dimensions[d].len();
        let crossed = |(d, e)| {
            (
                (d, e),
                Crossed::of_counts(len(d), len(e), vec![0.0; len(d) * len(e)]),
            )
        };
        let halves = |d: usize| {
            let categories = if len(d) >= 10 { len(d) } else { 0 };
            vec![
                Halves {
                    sums: vec![[0.0; 4]; categories]
                };
                measures
            ]
        };
        let mut evidence = Self {
            grouped: (0..dimensions)
                .map(|d| vec![Grouped::empty(len(d)); measures])
                .collect(),
            crossed: pairs(dimensions).into_iter().map(crossed).collect(),
            paired: Vec::new(),
            timelines: Vec::new(),
            cube: Cube::empty(columns, &searched),
            clocks: (0..dimensions).map(|d| vec![[0.0; 3]; len(d) + 1]).collect(),
            seen: (0..dimensions).map(|d| Seen::empty(columns, len(d))).collect(),
            halves: (0..dimensions).map(halves).collect(),
            steps: columns.measures.iter().map(Steps::of).collect(),
            calendar: Calendar::default(),
            pair_sums: vec![PairSums::default(); pairs(measures).len()],
            ticks: vec![Ticks::default(); measures],
            looks: Vec::new(),
        };
        evidence.add_rows(columns, 0..columns.rows);
        evidence.finish(columns);
        evidence
    }

    /// Adds rows that were appended; what takes a look at all rows is kept.
    pub fn append(&mut self, columns: &Columns, rows: Range<usize>) {
        self.add_rows(columns, rows);
        let steps = self.steps.par_iter_mut().zip(&columns.measures);
        steps.for_each(|(steps, measure)| steps.renew(measure));
        self.finish(columns);
    }

    fn add_rows(&mut self, columns: &Columns, rows: Range<usize>) {
        let Columns {
            dimensions, measures, ..
        } = columns;
        self.grouped
            .par_iter_mut()
            .zip(dimensions)
            .for_each(|(sums, dimension)| {
                let sums = sums.par_iter_mut().zip(measures);
                sums.for_each(|(sums, measure)| sums.add(dimension, measure, rows.clone()));
            });
        self.halves
            .par_iter_mut()
            .zip(dimensions)
            .for_each(|(halves, dimension)| {
                let halves = halves.par_iter_mut().zip(measures);
                halves.for_each(|(halves, measure)| halves.add(dimension, &measure.x, rows.clone()));
            });
        self.crossed.par_iter_mut().for_each(|((d, e), crossed)| {
            let codes = |d: usize| &dimensions[d].codes[rows.clone()];
            crossed.add(codes(*d), codes(*e));
        });
        let sums = self.pair_sums.par_iter_mut().zip(pairs(measures.len()));
        sums.for_each(|(sums, (a, b))| sums.add(&measures[a], &measures[b], rows.clone()));
        let steps = self.steps.par_iter_mut().zip(measures);
        steps.for_each(|(steps, measure)| steps.add(&measure.x[rows.clone()]));
        if let Some(axis) = &columns.time {
            let timed = rows.start.min(axis.rows())..rows.end.min(axis.rows());
            let ticks = self.ticks.par_iter_mut().zip(measures);
            ticks.for_each(|(ticks, measure)| ticks.add(axis, measure, timed.clone()));
            let clocks = self.clocks.par_iter_mut().zip(&mut self.seen).zip(dimensions);
            clocks.for_each(|((clock, seen), dimension)| {
                for row in timed.clone() {
                    let t = axis.centred(axis.tick[row]);
                    let sum = &mut clock[dimension.codes[row] as usize];
                    *sum = [sum[0] + 1.0, sum[1] + t, sum[2] + t * t];
                }
                seen.add(dimension, &axis.tick, axis.ticks, timed.clone());
            });
        }
        self.cube.add(columns, rows);
    }

    /// What follows from the sums.
    fn finish(&mut self, columns: &Columns) {
        let pairs = pairs(columns.measures.len());
        self.paired = pairs
            .into_iter()
            .zip(self.pair_sums.iter().map(PairSums::paired))
            .collect();
        let Some(axis) = &columns.time else { return };
        if !self.calendar.covers(axis) {
            self.calendar = Calendar::new(axis);
        }
        let calendar = &self.calendar;
        // A look at all rows of a small table costs little.
        let mut known = std::mem::take(&mut self.looks);
        known.truncate(if columns.rows > LOOKED_AGAIN {
            usize::MAX
        } else {
            0
        });
        self.timelines = columns
            .measures
            .par_iter()
            .zip(&self.ticks)
            .enumerate()
            .map(|(at, (measure, ticks))| Timeline::new((axis, calendar), measure, ticks, known.get(at)))
            .collect();
        self.looks = self.timelines.iter().map(Timeline::look).collect();
    }

    /// The pair of measures by position, in either order.
    pub fn pair(&self, a: usize, b: usize) -> Option<&Paired> {
        let key = (a.min(b), a.max(b));
        self.paired
            .iter()
            .find(|(at, _)| *at == key)
            .map(|(_, pair)| pair)
    }
}

impl Seen {
    fn empty(columns: &Columns, categories: usize) -> Self {
        let ticks = columns.time.as_ref().map_or(0, |axis| axis.ticks);
        let is_kept = categories.saturating_mul(ticks) <= MOST_COUNTS;
        Self {
            first: vec![usize::MAX; categories],
            last: vec![0; categories],
            counts: if is_kept {
                vec![0; categories * ticks]
            } else {
                Vec::new()
            },
            ticks,
        }
    }

    fn add(&mut self, dimension: &Dimension, tick: &[u32], ticks: usize, rows: Range<usize>) {
        if ticks > self.ticks && !self.counts.is_empty() {
            let old = std::mem::take(&mut self.counts);
            self.counts = vec![0; self.first.len() * ticks];
            for (to, from) in self.counts.chunks_mut(ticks).zip(old.chunks(self.ticks)) {
                to[..from.len()].copy_from_slice(from);
            }
        }
        self.ticks = ticks;
        for row in rows {
            let category = dimension.codes[row] as usize;
            let (Some(first), Some(last)) = (self.first.get_mut(category), self.last.get_mut(category))
            else {
                continue;
            };
            *first = (*first).min(row);
            *last = row;
            if !self.counts.is_empty() {
                self.counts[category * ticks + tick[row] as usize] += 1;
            }
        }
    }

    /// Rows per tick of a category.
    pub fn along(&self, category: usize, dimension: &Dimension, tick: &[u32]) -> Vec<f64> {
        if let Some(counts) = self.counts.chunks(self.ticks.max(1)).nth(category) {
            return counts.iter().map(|n| f64::from(*n)).collect();
        }
        let mut counts = vec![0.0; self.ticks];
        let rows = tick.iter().zip(&dimension.codes);
        rows.filter(|(_, code)| **code as usize == category)
            .for_each(|(tick, _)| counts[*tick as usize] += 1.0);
        counts
    }
}

impl Halves {
    fn add(&mut self, dimension: &Dimension, x: &[f64], rows: Range<usize>) {
        if self.sums.is_empty() {
            return;
        }
        for row in rows.filter(|row| !x[*row].is_nan()) {
            if let Some(sums) = self.sums.get_mut(dimension.codes[row] as usize) {
                let x = x[row];
                if row % 2 == 0 {
                    sums[0] += x;
                } else {
                    *sums = [sums[0], sums[1] + 1.0, sums[2] + x, sums[3] + x * x];
                }
            }
        }
    }
}
