//! Regression: curves fitted by least squares per group, after vega-statistics' `regression`.

use std::sync::Arc;

use arrow::array::{Float64Array, StringArray, UInt32Array};
use marey_core::{
    FieldName,
    spec::{NewField, RegressionMethod, RegressionOptions},
};

use super::{
    RunContext,
    cells::{Cells, Numbers},
    density::Points,
    frame::{Column, Frame},
    keys::Groups,
    points::{centred, least_squares, mean, pairs},
    sample_curve::sample_curve,
    value::Value,
};
use crate::{TableError, TableWarning};

/// Highest order of a polynomial.
const MAX_ORDER: usize = 20;

/// A fitted curve.
struct Fit {
    curve: Curve,
    coefficients: Vec<f64>,
}

/// A curve by what it needs to be evaluated.
enum Curve {
    Linear(f64, f64),
    Log(f64, f64),
    Exp {
        level: f64,
        rate: f64,
        centre: f64,
    },
    Pow(f64, f64),
    Poly {
        coefficients: Vec<f64>,
        centre: f64,
        level: f64,
    },
}

impl Curve {
    fn at(&self, x: f64) -> f64 {
        match self {
            Curve::Linear(level, slope) => level + slope * x,
            Curve::Log(level, slope) => level + slope * x.ln(),
            Curve::Exp { level, rate, centre } => (level + rate * (x - centre)).exp(),
            Curve::Pow(level, power) => level * x.powf(*power),
            Curve::Poly {
                coefficients,
                centre,
                level,
            } => {
                let x = x - centre;
                let powers = coefficients.iter().enumerate();
                level
                    + powers
                        .map(|(power, factor)| factor * x.powi(power as i32))
                        .sum::<f64>()
            }
        }
    }
}

/// Points of a fitted curve per group (the two ends of a line), or its parameters.
///
/// Groups with no more rows than the curve has parameters are left out with a warning.
pub(crate) fn regression(
    frame: &Frame,
    field: &FieldName,
    on: &FieldName,
    options: &RegressionOptions,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let x = Numbers::of(frame.column(on, "regression")?.array()?);
    let y = Numbers::of(frame.column(field, "regression")?.array()?);
    let keys = frame.select(options.groupby.as_deref().unwrap_or_default(), "regression")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let method = options.method.unwrap_or(RegressionMethod::Linear);
    let order = order(options)?;
    let parameters = match method {
        RegressionMethod::Poly => order,
        RegressionMethod::Quad => 2,
        _ => 1,
    };
    let mut curves = Points::default();
    let mut fits = Vec::new();
    for (group, rows) in groups.rows().iter().enumerate() {
        let pairs = pairs(&x, &y, rows);
        if rows.len() <= parameters || pairs.is_empty() {
            context.warnings.push(too_few(rows.len(), parameters));
            continue;
        }
        let fit = fit(method, order, &pairs);
        if !options.params.unwrap_or(false)
            && let Some(range) = range(options, method, &x, rows)
        {
            let points = match method {
                RegressionMethod::Linear => [range.0, range.1].map(|x| (x, fit.curve.at(x))).to_vec(),
                _ => sample_curve(|x| fit.curve.at(x), range, 25, 200),
            };
            curves.extend(groups.first[group], points, 1.0);
        }
        fits.push((
            groups.first[group],
            r_squared(&fit.curve, &pairs),
            fit.coefficients,
        ));
    }
    if options.params.unwrap_or(false) {
        return parameters_of(frame, &keys, &fits);
    }
    let names = options
        .output
        .clone()
        .unwrap_or_else(|| [NewField(on.clone()), NewField(field.clone())]);
    curves.into_frame(frame, &keys, names)
}

fn order(options: &RegressionOptions) -> Result<usize, TableError> {
    let order = options.order.unwrap_or(3.0);
    if (0.0..=MAX_ORDER as f64).contains(&order) {
        return Ok(order as usize);
    }
    Err(TableError::Transform {
        transform: "regression",
        found: format!("`order` {order}"),
        expected: "an order from 0 to 20",
    })
}

fn too_few(rows: usize, parameters: usize) -> TableWarning {
    TableWarning {
        code: "regression_too_few_rows",
        column: None,
        row: None,
        count: rows as u64,
        message: format!("a group of {rows} rows is too small for a curve with {parameters} free parameters"),
    }
}

/// The range to draw: that asked for (unless a logarithm cannot reach it), else the data's.
fn range(
    options: &RegressionOptions,
    method: RegressionMethod,
    x: &Numbers,
    rows: &[u32],
) -> Option<(f64, f64)> {
    let asked = options.extent.map(|[low, high]| (low, high));
    let reachable = asked.filter(|(low, _)| method != RegressionMethod::Log || *low > 0.0);
    reachable.or_else(|| {
        rows.iter()
            .filter_map(|row| x.get(*row as usize))
            .filter(|number| !number.is_nan())
            .fold(None, |range: Option<(f64, f64)>, number| {
                let (low, high) = range.unwrap_or((number, number));
                Some((low.min(number), high.max(number)))
            })
    })
}

fn fit(method: RegressionMethod, order: usize, pairs: &[(f64, f64)]) -> Fit {
    match method {
        RegressionMethod::Linear => {
            let (level, slope) = line(pairs);
            Fit {
                curve: Curve::Linear(level, slope),
                coefficients: vec![level, slope],
            }
        }
        RegressionMethod::Log => {
            let logs: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (x.ln(), *y)).collect();
            let (level, slope) = line(&logs);
            Fit {
                curve: Curve::Log(level, slope),
                coefficients: vec![level, slope],
            }
        }
        RegressionMethod::Pow => {
            let logs: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
            let (level, power) = line(&logs);
            Fit {
                curve: Curve::Pow(level.exp(), power),
                coefficients: vec![level.exp(), power],
            }
        }
        RegressionMethod::Exp => exponential(pairs),
        RegressionMethod::Quad => quadratic(pairs),
        RegressionMethod::Poly => match order {
            0 => {
                let level = mean(pairs.iter().map(|pair| pair.1));
                Fit {
                    curve: Curve::Linear(level, 0.0),
                    coefficients: vec![level],
                }
            }
            1 => fit(RegressionMethod::Linear, order, pairs),
            2 => quadratic(pairs),
            _ => polynomial(pairs, order),
        },
    }
}

/// Intercept and slope of the line through pairs.
fn line(pairs: &[(f64, f64)]) -> (f64, f64) {
    let of = |figure: fn(&(f64, f64)) -> f64| mean(pairs.iter().map(figure));
    least_squares(
        of(|pair| pair.0),
        of(|pair| pair.1),
        of(|pair| pair.0 * pair.1),
        of(|pair| pair.0 * pair.0),
    )
}

/// Weighted by y, so that large values are not drowned by the logarithm of small ones.
fn exponential(pairs: &[(f64, f64)]) -> Fit {
    let (moved, centre, mean_y) = centred(pairs);
    let of = |figure: fn(f64, f64) -> f64| {
        mean(moved.iter().zip(pairs).map(|((x, _), (_, y))| figure(*x, *y))) / mean_y
    };
    let (level, rate) = least_squares(
        of(|x, y| x * y),
        of(|_, y| y * y.ln()),
        of(|x, y| x * y * y.ln()),
        of(|x, y| x * x * y),
    );
    Fit {
        curve: Curve::Exp { level, rate, centre },
        coefficients: vec![(level - rate * centre).exp(), rate],
    }
}

fn quadratic(pairs: &[(f64, f64)]) -> Fit {
    let (moved, centre, level) = centred(pairs);
    let of = |figure: fn(f64, f64) -> f64| mean(moved.iter().map(|(x, y)| figure(*x, *y)));
    let (x2, x3, x4) = (of(|x, _| x * x), of(|x, _| x * x * x), of(|x, _| x * x * x * x));
    let (xy, x2y) = (of(|x, y| x * y), of(|x, y| x * x * y));
    let spread = x4 - x2 * x2;
    let determinant = x2 * spread - x3 * x3;
    let a = (x2y * x2 - xy * x3) / determinant;
    let b = (xy * spread - x2y * x3) / determinant;
    let c = -a * x2;
    Fit {
        curve: Curve::Poly {
            coefficients: vec![c, b, a],
            centre,
            level,
        },
        coefficients: vec![
            c - b * centre + a * centre * centre + level,
            b - 2.0 * a * centre,
            a,
        ],
    }
}

fn polynomial(pairs: &[(f64, f64)], order: usize) -> Fit {
    let (moved, centre, level) = centred(pairs);
    let size = order + 1;
    let sum = |power: usize| moved.iter().map(|(x, _)| x.powi(power as i32)).sum::<f64>();
    let sums: Vec<f64> = (0..2 * size).map(sum).collect();
    let equations: Vec<Vec<f64>> = (0..size)
        .map(|row| {
            let right = moved.iter().map(|(x, y)| x.powi(row as i32) * y).sum();
            sums.iter().skip(row).take(size).copied().chain([right]).collect()
        })
        .collect();
    let coefficients = solved(equations);
    Fit {
        coefficients: uncentred(&coefficients, -centre, level),
        curve: Curve::Poly {
            coefficients,
            centre,
            level,
        },
    }
}

/// Solves linear equations (each with its right side last) by Gaussian elimination with pivoting.
fn solved(mut equations: Vec<Vec<f64>>) -> Vec<f64> {
    let size = equations.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|left, right| {
                equations[*left][column]
                    .abs()
                    .total_cmp(&equations[*right][column].abs())
            })
            .unwrap_or(column);
        equations.swap(column, pivot);
        let (above, below) = equations.split_at_mut(column + 1);
        let lead = &above[column];
        for equation in below {
            let factor = equation[column] / lead[column];
            for (value, other) in equation.iter_mut().zip(lead) {
                *value -= factor * other;
            }
        }
    }
    let mut solution = vec![0.0; size];
    for row in (0..size).rev() {
        let equation = &equations[row];
        let known: f64 = (row + 1..size)
            .map(|column| equation[column] * solution[column])
            .sum();
        solution[row] = (equation[size] - known) / equation[row];
    }
    solution
}

/// Coefficients of a polynomial in `x + shift` as coefficients in x, plus a level.
fn uncentred(coefficients: &[f64], shift: f64, level: f64) -> Vec<f64> {
    let mut expanded = vec![0.0; coefficients.len()];
    for (power, coefficient) in coefficients.iter().enumerate() {
        let mut binomial = 1.0;
        for lower in 0..=power {
            expanded[power - lower] += coefficient * shift.powi(lower as i32) * binomial;
            binomial *= (power - lower) as f64 / (lower as f64 + 1.0);
        }
    }
    if let Some(first) = expanded.first_mut() {
        *first += level;
    }
    expanded
}

/// Share of the variance of y that a curve explains.
fn r_squared(curve: &Curve, pairs: &[(f64, f64)]) -> f64 {
    let level = mean(pairs.iter().map(|pair| pair.1));
    let errors: f64 = pairs.iter().map(|(x, y)| (y - curve.at(*x)).powi(2)).sum();
    let total: f64 = pairs.iter().map(|(_, y)| (y - level).powi(2)).sum();
    1.0 - errors / total
}

/// One row per fit: its group's values and coefficients as lists in JSON, and r².
fn parameters_of(
    frame: &Frame,
    keys: &[&Column],
    fits: &[(u32, f64, Vec<f64>)],
) -> Result<Frame, TableError> {
    let rows: UInt32Array = fits.iter().map(|(row, ..)| *row).collect();
    let mut result = frame.with_columns(Vec::new(), rows.len());
    let cells = keys
        .iter()
        .map(|key| Ok(Cells::of(key.array()?)))
        .collect::<Result<Vec<_>, TableError>>()?;
    let json = |values: Vec<Value>| Value::List(values).to_json().to_string();
    if !keys.is_empty() {
        let groups: StringArray = fits
            .iter()
            .map(|(row, ..)| {
                Some(json(
                    cells.iter().map(|cells| cells.value(*row as usize)).collect(),
                ))
            })
            .collect();
        result.put(Column::new("keys", Arc::new(groups)));
    }
    let coefficients: StringArray = fits
        .iter()
        .map(|(.., coefficients)| Some(json(coefficients.iter().copied().map(Value::Number).collect())))
        .collect();
    result.put(Column::new("coef", Arc::new(coefficients)));
    let shares: Float64Array = fits.iter().map(|(_, share, _)| Some(*share)).collect();
    result.put(Column::new("rSquared", Arc::new(shares)));
    Ok(result)
}
