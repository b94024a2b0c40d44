//! Local regression per group (Cleveland 1979), in the robust form vega-statistics computes.

use marey_core::{
    FieldName,
    spec::{LoessOptions, NewField},
};

use super::{
    cells::Numbers,
    density::Points,
    frame::Frame,
    keys::Groups,
    points::{centred, least_squares, pairs},
    quantiles,
};
use crate::TableError;

/// Rounds of fitting in which outliers lose weight, after the first.
const ROUNDS: usize = 2;

/// What counts as nothing, and the weight an outlier keeps.
const NOTHING: f64 = 1e-12;

/// The smoothed values at each different x of a group.
pub(crate) fn loess(
    frame: &Frame,
    field: &FieldName,
    on: &FieldName,
    options: &LoessOptions,
) -> Result<Frame, TableError> {
    let x = Numbers::of(frame.column(on, "loess")?.array()?);
    let y = Numbers::of(frame.column(field, "loess")?.array()?);
    let keys = frame.select(options.groupby.as_deref().unwrap_or_default(), "loess")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let bandwidth = options.bandwidth.filter(|share| *share > 0.0).unwrap_or(0.3);
    let mut points = Points::default();
    for (group, rows) in groups.rows().iter().enumerate() {
        let smoothed = smoothed(pairs(&x, &y, rows), bandwidth);
        points.extend(groups.first[group], smoothed, 1.0);
    }
    let names = options
        .output
        .clone()
        .unwrap_or_else(|| [NewField(on.clone()), NewField(field.clone())]);
    points.into_frame(frame, &keys, names)
}

fn smoothed(mut pairs: Vec<(f64, f64)>, bandwidth: f64) -> Vec<(f64, f64)> {
    pairs.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (points, mean_x, mean_y) = centred(&pairs);
    // A float cast saturates, so that an absurd share is all points.
    let neighbours = ((bandwidth * points.len() as f64) as usize)
        .max(2)
        .min(points.len());
    let mut weights = vec![1.0; points.len()];
    let mut fitted = vec![0.0; points.len()];
    for round in 0..=ROUNDS {
        fit(&points, neighbours, &weights, &mut fitted);
        if round == ROUNDS || !reweigh(&points, &fitted, &mut weights) {
            break;
        }
    }
    averaged(&points, &fitted, mean_x, mean_y)
}

/// Fits a line around each point to its nearest neighbours.
fn fit(points: &[(f64, f64)], neighbours: usize, weights: &[f64], fitted: &mut [f64]) {
    let mut first = 0;
    let mut last = neighbours.saturating_sub(1);
    for (index, (x, _)) in points.iter().enumerate() {
        let farther = if x - points[first].0 > points[last].0 - x {
            first
        } else {
            last
        };
        let reach = points[farther].0 - x;
        // Neighbours that all share one x would divide by zero.
        let reach = if reach == 0.0 { 1.0 } else { reach.abs() };
        fitted[index] = local_line(&points[first..=last], &weights[first..=last], *x, reach);
        let Some(next) = points.get(index + 1).map(|point| point.0) else {
            break;
        };
        // Move on while the point that would come in is nearer than the one that would go.
        while index + 1 > first
            && last + 1 < points.len()
            && points[last + 1].0 - next <= next - points[first].0
        {
            first += 1;
            last += 1;
        }
    }
}

/// The value at x of the line through points weighted by their distance from it.
fn local_line(points: &[(f64, f64)], weights: &[f64], x: f64, reach: f64) -> f64 {
    let mut sums = [0.0; 5];
    for ((px, py), weight) in points.iter().zip(weights) {
        let distance = (x - px).abs() * (1.0 / reach);
        let weight = (1.0 - distance.powi(3)).powi(3) * weight;
        let terms = [
            weight,
            px * weight,
            py * weight,
            px * py * weight,
            px * px * weight,
        ];
        sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
    }
    let [weight, sx, sy, sxy, sxx] = sums;
    let (level, slope) = least_squares(sx / weight, sy / weight, sxy / weight, sxx / weight);
    level + slope * x
}

/// Weighs points by how far they are from the fit; false where the fit is exact.
fn reweigh(points: &[(f64, f64)], fitted: &[f64], weights: &mut [f64]) -> bool {
    let residuals: Vec<f64> = points
        .iter()
        .zip(fitted)
        .map(|((_, y), fitted)| (y - fitted).abs())
        .collect();
    let mut sorted: Vec<f64> = residuals
        .iter()
        .copied()
        .filter(|residual| !residual.is_nan())
        .collect();
    sorted.sort_by(f64::total_cmp);
    let median = quantiles::of_sorted(&sorted, 0.5).unwrap_or(0.0);
    if median.abs() < NOTHING {
        return false;
    }
    for (weight, residual) in weights.iter_mut().zip(residuals) {
        let share = residual / (6.0 * median);
        *weight = if share >= 1.0 {
            NOTHING
        } else {
            (1.0 - share * share).powi(2)
        };
    }
    true
}

/// Points moved back, those of one x averaged.
fn averaged(points: &[(f64, f64)], fitted: &[f64], mean_x: f64, mean_y: f64) -> Vec<(f64, f64)> {
    let mut averaged: Vec<(f64, f64)> = Vec::new();
    let mut repeats = 0.0;
    for ((x, _), y) in points.iter().zip(fitted) {
        let x = x + mean_x;
        match averaged.last_mut() {
            Some(last) if last.0 == x => {
                repeats += 1.0;
                last.1 += (y - last.1) / repeats;
            }
            _ => {
                repeats = 0.0;
                averaged.push((x, *y));
            }
        }
    }
    averaged.iter_mut().for_each(|point| point.1 += mean_y);
    averaged
}
