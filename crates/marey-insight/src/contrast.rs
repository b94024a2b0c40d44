//! Findings as contrasts: two numbers per row whose correlation is the finding.

use crate::{
    InsightKind,
    column::{Columns, Dimension},
    family::{Finding, Focus, Timeline},
};

/// A finding as two sides, row by row.
pub(crate) struct Contrast {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    /// The second side less what the finding tells of it.
    pub rest: Vec<f64>,
    /// Rows that have both sides.
    pub has: Vec<bool>,
    /// What a line is taken off for, besides the finding: the first measure of a bend.
    pub line: Option<Vec<f64>>,
}

impl Contrast {
    /// Number of rows that have both sides.
    pub fn rows(&self) -> f64 {
        self.has.iter().filter(|has| **has).count() as f64
    }
}

/// The contrast of a finding; none for findings of one column or of buckets of time.
pub(crate) fn contrast(columns: &Columns, times: &[Timeline], finding: &Finding) -> Option<Contrast> {
    use InsightKind as K;
    match finding.kind {
        K::Correlation => measures(columns, finding, |z| z),
        K::Clusters if !finding.curved => measures(columns, finding, |z| z),
        K::Nonlinear | K::Clusters => measures(columns, finding, |z| z * z),
        K::GroupDifference | K::OutstandingFirst | K::OutstandingLast | K::Dominance => {
            group(columns, finding, |z| z)
        }
        K::VarianceDifference => group(columns, finding, |z| z * z),
        K::Missingness => missing(columns, finding),
        K::Association => association(columns, finding),
        K::CompositionShift => composition(columns, finding, None),
        K::ShareChange | K::NewCategory | K::LostCategory => {
            composition(columns, finding, finding.locator.at_ms)
        }
        K::PeriodChange => over_time(columns, times, finding),
        K::Interaction => interaction(columns, finding),
        K::Trend | K::ChangePoint | K::Seasonality | K::OutlierTime => over_time(columns, times, finding),
        K::SubspaceTrend => within_subspace(columns, finding),
        _ => None,
    }
}

fn measures(columns: &Columns, finding: &Finding, power: fn(f64) -> f64) -> Option<Contrast> {
    let (a, b) = (
        columns.measures.get(finding.measure?)?,
        columns.measures.get(finding.measure2?)?,
    );
    let has: Vec<bool> =
        a.x.iter()
            .zip(&b.x)
            .map(|(x, y)| !x.is_nan() && !y.is_nan())
            .collect();
    let x: Vec<f64> = a.z.iter().map(|z| power(*z)).collect();
    let mut y = b.z.clone();
    if power(2.0) != 2.0 {
        take_line_off(&mut y, &a.z, &has);
    }
    let mut rest = y.clone();
    take_line_off(&mut rest, &x, &has);
    let line = (power(2.0) != 2.0).then(|| a.z.clone());
    Some(Contrast {
        x,
        y,
        rest,
        has,
        line,
    })
}

/// A category against the rest; `rest` is the measure less the means of all categories.
fn group(columns: &Columns, finding: &Finding, power: fn(f64) -> f64) -> Option<Contrast> {
    let dimension = columns.dimensions.get(finding.dimension?)?;
    let measure = columns.measures.get(finding.measure?)?;
    let category = category(finding, 0)?;
    let has = rows_of(dimension, |row| !measure.x[row].is_nan());
    let x = indicator(dimension, category);
    let is_spread = power(2.0) != 2.0;
    let mut y = if is_spread {
        measure.untied().to_vec()
    } else {
        measure.z.clone()
    };
    if is_spread {
        take_means_off(&mut y, dimension, &has);
        y.iter_mut().for_each(|y| *y = power(*y));
    }
    let mut rest = y.clone();
    take_means_off(&mut rest, dimension, &has);
    Some(Contrast {
        x,
        y,
        rest,
        has,
        line: None,
    })
}

fn missing(columns: &Columns, finding: &Finding) -> Option<Contrast> {
    let dimension = columns.dimensions.get(finding.dimension?)?;
    let measure = columns.measures.get(finding.measure?)?;
    let y: Vec<f64> = measure
        .x
        .iter()
        .map(|x| f64::from(u8::from(x.is_nan())))
        .collect();
    let has = rows_of(dimension, |_| true);
    let mut rest = y.clone();
    take_means_off(&mut rest, dimension, &has);
    Some(Contrast {
        x: indicator(dimension, category(finding, 0)?),
        y,
        rest,
        has,
        line: None,
    })
}

fn association(columns: &Columns, finding: &Finding) -> Option<Contrast> {
    let a = columns.dimensions.get(finding.dimension?)?;
    let b = columns.dimensions.get(finding.dimension2?)?;
    let y = indicator(b, category(finding, 1)?);
    let has = rows_of(a, |row| (b.codes[row] as usize) < b.len());
    let mut rest = y.clone();
    take_means_off(&mut rest, a, &has);
    Some(Contrast {
        x: indicator(a, category(finding, 0)?),
        y,
        rest,
        has,
        line: None,
    })
}

/// A category's rows before and after the middle of the axis, or a point in time.
fn composition(columns: &Columns, finding: &Finding, at: Option<i64>) -> Option<Contrast> {
    let axis = columns.time.as_ref()?;
    let dimension = columns.dimensions.get(finding.dimension?)?;
    let middle = axis.ms_of_tick(axis.ticks / 2);
    let half = ((at.unwrap_or(middle) - axis.start_ms) / axis.tick_ms) as u32;
    let mut x: Vec<f64> = axis
        .tick
        .iter()
        .map(|tick| f64::from(u8::from(*tick >= half)))
        .collect();
    x.resize(columns.rows, 0.0);
    let has = rows_of(dimension, |row| row < axis.rows());
    let y = indicator(dimension, category(finding, 0)?);
    let mut rest = y.clone();
    take_line_off(&mut rest, &x, &has);
    Some(Contrast {
        x,
        y,
        rest,
        has,
        line: None,
    })
}

/// The strongest cell beyond what its row and column tell.
fn interaction(columns: &Columns, finding: &Finding) -> Option<Contrast> {
    let a = columns.dimensions.get(finding.dimension?)?;
    let b = columns.dimensions.get(finding.dimension2?)?;
    let measure = columns.measures.get(finding.measure?)?;
    let (j, k) = (category(finding, 0)?, category(finding, 1)?);
    let has = rows_of(a, |row| {
        !measure.x[row].is_nan() && (b.codes[row] as usize) < b.len()
    });
    let cell = |row: usize| a.codes[row] == j && b.codes[row] == k;
    let mut x: Vec<f64> = (0..columns.rows)
        .map(|row| f64::from(u8::from(cell(row))))
        .collect();
    let mut y = measure.z.clone();
    for side in [&mut x, &mut y] {
        // Two rounds bring an additive fit close enough where counts are near proportional.
        for dimension in [a, b, a, b] {
            take_means_off(side, dimension, &has);
        }
    }
    let mut rest = y.clone();
    take_line_off(&mut rest, &x, &has);
    Some(Contrast {
        x,
        y,
        rest,
        has,
        line: None,
    })
}

fn over_time(columns: &Columns, times: &[Timeline], finding: &Finding) -> Option<Contrast> {
    let axis = columns.time.as_ref()?;
    let at = finding.measure?;
    let measure = columns.measures.get(at)?;
    let shape = times.get(at)?.shape(axis, finding);
    let mut x: Vec<f64> = axis.tick.iter().map(|tick| shape(*tick as usize)).collect();
    x.resize(columns.rows, 0.0);
    let has: Vec<bool> = measure
        .x
        .iter()
        .enumerate()
        .map(|(row, x)| row < axis.rows() && !x.is_nan())
        .collect();
    let mut rest = measure.z.clone();
    take_line_off(&mut rest, &x, &has);
    Some(Contrast {
        x,
        y: measure.z.clone(),
        rest,
        has,
        line: None,
    })
}

fn within_subspace(columns: &Columns, finding: &Finding) -> Option<Contrast> {
    let axis = columns.time.as_ref()?;
    let measure = columns.measures.get(finding.measure?)?;
    let (d, category) = finding.subspace?;
    let dimension = columns.dimensions.get(d)?;
    let has: Vec<bool> = (0..columns.rows)
        .map(|row| row < axis.rows() && dimension.codes[row] == category && !measure.x[row].is_nan())
        .collect();
    let mut x: Vec<f64> = axis
        .tick
        .iter()
        .map(|tick| axis.day_of_tick(*tick as usize))
        .collect();
    x.resize(columns.rows, 0.0);
    let mut rest = measure.z.clone();
    take_line_off(&mut rest, &x, &has);
    Some(Contrast {
        x,
        y: measure.z.clone(),
        rest,
        has,
        line: None,
    })
}

/// The category singled out first, or second.
fn category(finding: &Finding, at: usize) -> Option<u32> {
    match finding.focus.get(at)? {
        Focus::Category(_, code) => Some(*code),
        _ => None,
    }
}

fn rows_of(dimension: &Dimension, also: impl Fn(usize) -> bool) -> Vec<bool> {
    let codes = dimension.codes.iter().enumerate();
    codes
        .map(|(row, code)| (*code as usize) < dimension.len() && also(row))
        .collect()
}

fn indicator(dimension: &Dimension, category: u32) -> Vec<f64> {
    dimension
        .codes
        .iter()
        .map(|code| f64::from(u8::from(*code == category)))
        .collect()
}

/// Takes off the mean of each category.
fn take_means_off(values: &mut [f64], dimension: &Dimension, has: &[bool]) {
    let mut sums = vec![(0.0, 0.0); dimension.len() + 1];
    for ((value, code), _) in values
        .iter()
        .zip(&dimension.codes)
        .zip(has)
        .filter(|(_, has)| **has)
    {
        let sum = &mut sums[*code as usize];
        *sum = (sum.0 + 1.0, sum.1 + value);
    }
    for ((value, code), has) in values.iter_mut().zip(&dimension.codes).zip(has) {
        let (n, sum) = sums[*code as usize];
        *value = if *has {
            *value - sum / f64::max(n, 1.0)
        } else {
            0.0
        };
    }
}

/// Takes off the least-squares line on another side.
fn take_line_off(values: &mut [f64], on: &[f64], has: &[bool]) {
    let rows = || {
        values
            .iter()
            .zip(on)
            .zip(has)
            .filter(|(_, has)| **has)
            .map(|(pair, _)| pair)
    };
    let (mut n, mut sx, mut sy) = (0.0_f64, 0.0, 0.0);
    for (y, x) in rows() {
        n += 1.0;
        sx += x;
        sy += y;
    }
    let (mx, my) = (sx / n.max(1.0), sy / n.max(1.0));
    let (mut xy, mut xx) = (0.0, 0.0);
    for (y, x) in rows() {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
    }
    let slope = if xx > 0.0 { xy / xx } else { 0.0 };
    for ((y, x), has) in values.iter_mut().zip(on).zip(has) {
        if *has {
            *y -= my + slope * (x - mx);
        }
    }
}
