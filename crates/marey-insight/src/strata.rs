//! Columns that rows can be put together by, and sums of a contrast within them.

use crate::{
    chance::f_upper,
    column::{Columns, DAY_MS},
    contrast::Contrast,
};

/// P below which a column counts as going with another.
pub(crate) const GOES_WITH: f64 = 0.01;

/// A column whose categories may explain a finding.
pub(crate) struct Strata<'a> {
    pub codes: std::borrow::Cow<'a, [u32]>,
    pub count: usize,
    pub place: Place,
}
/// Where strata come from, so that a finding is not conditioned on its own columns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Dimension(usize),
    Entity,
    Time,
}
/// All columns that rows can be put together by.
pub(crate) fn strata(columns: &Columns) -> Vec<Strata<'_>> {
    let dimensions = columns
        .dimensions
        .iter()
        .enumerate()
        .map(|(d, dimension)| Strata {
            codes: dimension.codes.as_slice().into(),
            count: dimension.len(),
            place: Place::Dimension(d),
        });
    let entities = columns.entities.iter().map(|entity| Strata {
        codes: entity.codes.as_slice().into(),
        count: entity.len(),
        place: Place::Entity,
    });
    let along = columns.time.iter().flat_map(|axis| {
        let buckets = (axis.buckets.len(), axis.buckets.of_tick.clone());
        // What repeats every week, or every day where time is finer, hides within buckets.
        let cycle = if axis.tick_ms < DAY_MS {
            (DAY_MS / axis.tick_ms).max(2)
        } else {
            7
        };
        let phases = (0..axis.ticks).map(|tick| (tick as i64 % cycle) as u32).collect();
        [buckets, (cycle as usize, phases)]
    });
    let time = along
        .zip(columns.time.iter().cycle())
        .map(|((count, of_tick), axis)| {
            let mut codes: Vec<u32> = axis.tick.iter().map(|tick| of_tick[*tick as usize]).collect();
            codes.resize(columns.rows, count as u32);
            Strata {
                codes: codes.into(),
                count,
                place: Place::Time,
            }
        });
    dimensions.chain(entities).chain(time).collect()
}
/// Sums of the sides of a contrast per category: x, y, and y less what the finding tells of it.
pub(crate) struct Sums {
    pub groups: Vec<Group>,
    pub n: f64,
    pub squares: [f64; 3],
    pub xy: f64,
}
#[derive(Clone, Copy, Default)]
pub(crate) struct Group {
    pub n: f64,
    pub of: [f64; 3],
    pub xy: f64,
}
/// Sum of squares within categories and over all.
pub(crate) struct Split {
    pub within: f64,
    pub total: f64,
}
impl Sums {
    pub fn new(contrast: &Contrast, strata: &Strata) -> Self {
        let mut groups = vec![Group::default(); strata.count + 1];
        let (mut n, mut squares, mut xy) = (0.0, [0.0; 3], 0.0);
        for (row, code) in strata.codes.iter().enumerate() {
            if !contrast.has[row] || *code as usize >= strata.count {
                continue;
            }
            let values = [contrast.x[row], contrast.y[row], contrast.rest[row]];
            let group = &mut groups[*code as usize];
            group.n += 1.0;
            group.xy += values[0] * values[1];
            n += 1.0;
            xy += values[0] * values[1];
            for (at, value) in values.into_iter().enumerate() {
                group.of[at] += value;
                squares[at] += value * value;
            }
        }
        Self {
            groups,
            n,
            squares,
            xy,
        }
    }

    pub fn groups(&self) -> f64 {
        self.groups.iter().filter(|group| group.n > 0.0).count() as f64
    }

    pub fn mean(&self, at: usize) -> f64 {
        self.groups.iter().map(|group| group.of[at]).sum::<f64>() / self.n.max(1.0)
    }

    pub fn split(&self, at: usize) -> Split {
        let filled = self.groups.iter().filter(|group| group.n > 0.0);
        let means: f64 = filled.map(|group| group.of[at].powi(2) / group.n).sum();
        let total = self.squares[at] - self.mean(at).powi(2) * self.n;
        Split {
            within: (self.squares[at] - means).max(0.0),
            total: total.max(0.0),
        }
    }

    /// Within categories, sums of products of the line's side with itself, with x and with y.
    pub fn within_line(&self, contrast: &Contrast, strata: &Strata, line: &[f64]) -> [f64; 3] {
        let mut sums = vec![0.0_f64; strata.count + 1];
        let mut whole = [0.0; 3];
        for (row, code) in strata.codes.iter().enumerate() {
            if contrast.has[row] && (*code as usize) < strata.count {
                let a = line[row];
                sums[*code as usize] += a;
                whole[0] += a * a;
                whole[1] += a * contrast.x[row];
                whole[2] += a * contrast.y[row];
            }
        }
        for (group, a) in self.groups.iter().zip(sums).filter(|(group, _)| group.n > 0.0) {
            whole[0] -= a * a / group.n;
            whole[1] -= a * group.of[0] / group.n;
            whole[2] -= a * group.of[1] / group.n;
        }
        whole
    }

    pub fn within_product(&self) -> f64 {
        let filled = self.groups.iter().filter(|group| group.n > 0.0);
        self.xy
            - filled
                .map(|group| group.of[0] * group.of[1] / group.n)
                .sum::<f64>()
    }
}
/// P of no difference between categories by analysis of variance.
pub(crate) fn f_chance(split: &Split, n: f64, groups: f64) -> f64 {
    let between = split.total - split.within;
    let freedom = n - groups;
    if freedom < 1.0 || split.total <= 0.0 {
        return 1.0;
    }
    if split.within <= 1e-9 * split.total {
        return 0.0;
    }
    f_upper(
        between / (groups - 1.0) / (split.within / freedom),
        groups - 1.0,
        freedom,
    )
}
/// How many rows one independent row stands for in a column of numbers whose rows belong to entities:
/// the design effect of Kish (1965), the largest over the columns of at least 20 categories.
pub(crate) fn design_effect(columns: &Columns, values: &[f64], has: impl Fn(usize) -> bool) -> f64 {
    let contrast = Contrast {
        x: values.to_vec(),
        y: values.to_vec(),
        rest: values.to_vec(),
        has: (0..values.len()).map(has).collect(),
        line: None,
    };
    let wide = strata(columns)
        .into_iter()
        .filter(|strata| strata.count >= 20 && strata.place != Place::Time);
    wide.map(|strata| {
        let sums = Sums::new(&contrast, &strata);
        let groups = sums.groups();
        let split = sums.split(0);
        if groups < 3.0 || sums.n < 2.0 * groups || f_chance(&split, sums.n, groups) > GOES_WITH {
            return 1.0;
        }
        let size = sums.n / groups;
        let between = (split.total - split.within) / (groups - 1.0);
        let within = split.within / (sums.n - groups).max(1.0);
        let shared = ((between - within) / (between + (size - 1.0) * within).max(1e-300)).clamp(0.0, 1.0);
        1.0 + (size - 1.0) * shared
    })
    .fold(1.0, f64::max)
}
