//! Density: a kernel estimate per group, after vega-statistics' `kde`.

use std::sync::Arc;

use arrow::array::{Float64Array, UInt32Array};
use marey_core::{
    FieldName,
    spec::{DensityOptions, NewField, ResolveMode},
};

use super::{
    RunContext,
    cells::Numbers,
    evaluate::{normal_cumulative, normal_density},
    frame::{Column, Frame},
    keys::Groups,
    quantiles,
    sample_curve::sample_curve,
};
use crate::TableError;

/// Points of a density per group, its group's fields first.
///
/// Groups share one range and equal steps unless they are said to be independent. As in Vega,
/// nulls count as 0 in the estimate though not in its range.
pub(crate) fn density(
    frame: &Frame,
    field: &FieldName,
    options: &DensityOptions,
    context: &RunContext<'_>,
) -> Result<Frame, TableError> {
    let numbers = Numbers::of(frame.column(field, "density")?.array()?);
    let groupby = options.groupby.as_deref().unwrap_or_default();
    let keys = frame.select(groupby, "density")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let shared = options.resolve.unwrap_or(ResolveMode::Shared) == ResolveMode::Shared;
    let extent = options.extent.map(|[low, high]| (low, high));
    let extent = if shared {
        extent.or_else(|| extent_of(&numbers, 0..frame.rows()))
    } else {
        extent
    };
    let (least, most) = steps(options, shared);
    context.allow_rows("density", most.saturating_mul(groups.len()))?;
    let mut curve = Points::default();
    for (group, rows) in groups.rows().iter().enumerate() {
        let Some(range) = extent.or_else(|| extent_of(&numbers, rows.iter().map(|row| *row as usize))) else {
            continue;
        };
        let kernel = Kernel::of(&numbers, rows, options.bandwidth);
        let scale = if options.counts.unwrap_or(false) {
            rows.len() as f64
        } else {
            1.0
        };
        let estimate = |x: f64| {
            if options.cumulative.unwrap_or(false) {
                kernel.below(x)
            } else {
                kernel.at(x)
            }
        };
        curve.extend(
            groups.first[group],
            sample_curve(estimate, range, least, most),
            scale,
        );
    }
    let names = options
        .output
        .clone()
        .unwrap_or_else(|| ["value", "density"].map(|name| NewField(FieldName::new(name))));
    curve.into_frame(frame, &keys, names)
}

/// Smallest and largest number of steps.
fn steps(options: &DensityOptions, shared: bool) -> (usize, usize) {
    // A float cast saturates; the limit on rows catches what is too large.
    let number = |steps: Option<f64>| steps.filter(|steps| *steps >= 1.0).map(|steps| steps as usize);
    let exact = number(options.steps);
    let least = exact.or(number(options.minsteps)).unwrap_or(25);
    let most = exact.or(number(options.maxsteps)).unwrap_or(200);
    if shared { (most, most) } else { (least, most) }
}

fn extent_of(numbers: &Numbers, rows: impl Iterator<Item = usize>) -> Option<(f64, f64)> {
    rows.filter_map(|row| numbers.get(row))
        .filter(|number| !number.is_nan())
        .fold(None, |extent: Option<(f64, f64)>, number| {
            let (low, high) = extent.unwrap_or((number, number));
            Some((low.min(number), high.max(number)))
        })
}

/// A sum of normal curves over values.
struct Kernel {
    values: Vec<f64>,
    bandwidth: f64,
}

impl Kernel {
    fn of(numbers: &Numbers, rows: &[u32], bandwidth: Option<f64>) -> Self {
        let read = || rows.iter().map(|row| numbers.get(*row as usize));
        let bandwidth = bandwidth.filter(|bandwidth| *bandwidth > 0.0).unwrap_or_else(|| {
            let mut valid: Vec<f64> = read().flatten().filter(|number| !number.is_nan()).collect();
            valid.sort_by(f64::total_cmp);
            normal_reference(&valid, rows.len())
        });
        Self {
            values: read().map(|number| number.unwrap_or(0.0)).collect(),
            bandwidth,
        }
    }

    fn at(&self, x: f64) -> f64 {
        let sum: f64 = self.standardised(x).map(normal_density).sum();
        sum / self.bandwidth / self.values.len() as f64
    }

    fn below(&self, x: f64) -> f64 {
        let sum: f64 = self.standardised(x).map(normal_cumulative).sum();
        sum / self.values.len() as f64
    }

    fn standardised(&self, x: f64) -> impl Iterator<Item = f64> {
        self.values.iter().map(move |value| (x - value) / self.bandwidth)
    }
}

/// The bandwidth of the normal reference rule (D. W. Scott, "Multivariate Density Estimation",
/// 1992), for sorted numbers among `count` values.
fn normal_reference(sorted: &[f64], count: usize) -> f64 {
    let mut moments = super::moments::Moments::default();
    sorted.iter().for_each(|number| moments.add(*number));
    let deviation = moments.variance(1).map(f64::sqrt);
    let quartile = |share| quantiles::of_sorted(sorted, share).unwrap_or(f64::NAN);
    let spread = (quartile(0.75) - quartile(0.25)) / 1.34;
    let width = [
        deviation.map(|deviation| deviation.min(spread)),
        deviation,
        Some(quartile(0.25).abs()),
    ]
    .into_iter()
    .flatten()
    .find(|width| *width != 0.0 && !width.is_nan())
    .unwrap_or(1.0);
    1.06 * width * (count as f64).powf(-0.2)
}

/// Points of curves with the rows their groups begin at.
#[derive(Default)]
pub(crate) struct Points {
    rows: Vec<u32>,
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Points {
    /// Adds a group's points.
    pub fn extend(&mut self, group_row: u32, points: Vec<(f64, f64)>, scale: f64) {
        for (x, y) in points {
            self.rows.push(group_row);
            self.x.push(x);
            self.y.push(y * scale);
        }
    }

    /// The points as rows: the groups' fields, then the two of the curve.
    pub fn into_frame(
        self,
        frame: &Frame,
        keys: &[&Column],
        [x_name, y_name]: [NewField; 2],
    ) -> Result<Frame, TableError> {
        let rows = UInt32Array::from(self.rows);
        let mut result = frame.with_columns(Vec::new(), rows.len());
        for key in keys {
            result.put(key.taken(&rows)?);
        }
        result.put(Column::new(x_name.0, Arc::new(Float64Array::from(self.x))));
        result.put(Column::new(y_name.0, Arc::new(Float64Array::from(self.y))));
        Ok(result)
    }
}
