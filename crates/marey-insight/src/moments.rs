//! Sums that tests are made of: per category, per pair of categories, per pair of measures. All of
//! them add up over parts of a table.

use std::ops::Range;

use crate::column::{Dimension, Measure};

/// Sums of one measure over the categories of one dimension.
#[derive(Debug, Clone)]
pub(crate) struct Grouped {
    /// Values per category.
    pub n: Vec<f64>,
    /// Sum of scores.
    pub z: Vec<f64>,
    /// Sum of squared scores.
    pub zz: Vec<f64>,
    /// Sum of scores without ties.
    pub u: Vec<f64>,
    /// Sum of squared scores without ties.
    pub uu: Vec<f64>,
    /// Sum of values.
    pub x: Vec<f64>,
    /// Sum of squared values.
    pub xx: Vec<f64>,
    /// Rows that have a category and a value.
    pub total: f64,
}

impl Grouped {
    /// Nothing yet.
    pub fn empty(categories: usize) -> Self {
        let zeros = || vec![0.0; categories];
        Self {
            n: zeros(),
            z: zeros(),
            zz: zeros(),
            u: zeros(),
            uu: zeros(),
            x: zeros(),
            xx: zeros(),
            total: 0.0,
        }
    }

    /// Adds a stretch of rows.
    pub fn add(&mut self, dimension: &Dimension, measure: &Measure, rows: Range<usize>) {
        let mut sums = vec![[0.0_f64; 7]; dimension.len() + 1];
        let untied = measure.untied();
        for row in rows {
            let x = measure.x[row];
            if x.is_nan() {
                continue;
            }
            let (z, u) = (measure.z[row], untied[row]);
            let cell = &mut sums[dimension.codes[row] as usize];
            cell[0] += 1.0;
            cell[1] += z;
            cell[2] += z * z;
            cell[3] += u;
            cell[4] += u * u;
            cell[5] += x;
            cell[6] += x * x;
        }
        for (at, sums) in sums.iter().take(self.n.len()).enumerate() {
            self.n[at] += sums[0];
            self.z[at] += sums[1];
            self.zz[at] += sums[2];
            self.u[at] += sums[3];
            self.uu[at] += sums[4];
            self.x[at] += sums[5];
            self.xx[at] += sums[6];
            self.total += sums[0];
        }
    }

    /// Mean and variance of the scores over all categories.
    pub fn overall(&self) -> (f64, f64) {
        let mean = self.z.iter().sum::<f64>() / self.total.max(1.0);
        let square = self.zz.iter().sum::<f64>() / self.total.max(1.0);
        (mean, (square - mean * mean).max(0.0))
    }

    /// Sum of squares of the scores between categories.
    pub fn between(&self) -> f64 {
        let (mean, _) = self.overall();
        let part = |(n, z): (&f64, &f64)| if *n > 0.0 { n * (z / n - mean).powi(2) } else { 0.0 };
        self.n.iter().zip(&self.z).map(part).sum()
    }

    /// Number of categories with values.
    pub fn groups(&self) -> usize {
        self.n.iter().filter(|n| **n > 0.0).count()
    }

    /// P of no difference between categories by analysis of variance of the scores.
    pub fn chance(&self) -> f64 {
        let groups = self.groups() as f64;
        let (_, variance) = self.overall();
        let between = self.between();
        let within = variance * self.total - between;
        if groups < 2.0 || self.total <= groups + 1.0 || within <= 0.0 {
            return 1.0;
        }
        let f = between / (groups - 1.0) / (within / (self.total - groups));
        crate::chance::f_upper(f, groups - 1.0, self.total - groups)
    }
}

/// Rows per pair of categories; rows lacking either are left out.
#[derive(Debug, Clone)]
pub(crate) struct Crossed {
    pub rows: usize,
    pub columns: usize,
    /// Row-major counts.
    pub n: Vec<f64>,
    pub row_totals: Vec<f64>,
    pub column_totals: Vec<f64>,
    pub total: f64,
}

impl Crossed {
    /// One pass over two coded columns with so many categories each.
    pub fn new(a: &[u32], rows: usize, b: &[u32], columns: usize) -> Self {
        let width = columns + 1;
        let mut wide = vec![0_u32; (rows + 1) * width];
        for (a, b) in a.iter().zip(b) {
            wide[*a as usize * width + *b as usize] += 1;
        }
        let n: Vec<f64> = (0..rows * columns)
            .map(|at| f64::from(wide[at / columns * width + at % columns]))
            .collect();
        Self::of_counts(rows, columns, n)
    }

    /// A table of given counts.
    pub fn of_counts(rows: usize, columns: usize, n: Vec<f64>) -> Self {
        let row_totals: Vec<f64> = n.chunks(columns.max(1)).map(|row| row.iter().sum()).collect();
        let column_totals = (0..columns)
            .map(|column| n.iter().skip(column).step_by(columns.max(1)).sum())
            .collect();
        let total = row_totals.iter().sum();
        Self {
            rows,
            columns,
            n,
            row_totals,
            column_totals,
            total,
        }
    }

    /// Adds rows of two coded columns.
    pub fn add(&mut self, a: &[u32], b: &[u32]) {
        for (a, b) in a.iter().zip(b) {
            let (row, column) = (*a as usize, *b as usize);
            if row < self.rows && column < self.columns {
                self.n[row * self.columns + column] += 1.0;
                self.row_totals[row] += 1.0;
                self.column_totals[column] += 1.0;
                self.total += 1.0;
            }
        }
    }

    /// Count expected in a cell if rows and columns have nothing to do with each other.
    pub fn expected(&self, row: usize, column: usize) -> f64 {
        self.row_totals[row] * self.column_totals[column] / self.total.max(1.0)
    }

    /// Pearson's chi-square with its degrees of freedom.
    pub fn chi_square(&self) -> (f64, f64) {
        let mut sum = 0.0;
        for row in 0..self.rows {
            for column in 0..self.columns {
                let expected = self.expected(row, column);
                if expected > 0.0 {
                    sum += (self.n[row * self.columns + column] - expected).powi(2) / expected;
                }
            }
        }
        let filled = |totals: &[f64]| totals.iter().filter(|n| **n > 0.0).count() as f64 - 1.0;
        (
            sum,
            (filled(&self.row_totals) * filled(&self.column_totals)).max(0.0),
        )
    }

    /// The residual of a cell in its standard error under independence (Haberman 1973).
    pub fn residual(&self, row: usize, column: usize) -> f64 {
        let expected = self.expected(row, column);
        let (a, b) = (
            self.row_totals[row] / self.total,
            self.column_totals[column] / self.total,
        );
        let variance = expected * (1.0 - a) * (1.0 - b);
        if variance <= 0.0 {
            return 0.0;
        }
        (self.n[row * self.columns + column] - expected) / variance.sqrt()
    }
}

/// Sums of products of two measures' scores over the rows that have both.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PairSums {
    n: f64,
    /// Sums of a b, a a b and a b b.
    mixed: [f64; 3],
    /// Sums of the powers 1 to 4 of each; of measures without gaps they are known.
    own: [[f64; 4]; 2],
}

impl PairSums {
    /// Adds a stretch of rows.
    pub fn add(&mut self, a: &Measure, b: &Measure, rows: Range<usize>) {
        let mut mixed = [0.0_f64; 3];
        if a.complete() && b.complete() {
            for (a, b) in a.z[rows.clone()].iter().zip(&b.z[rows.clone()]) {
                let product = a * b;
                mixed[0] += product;
                mixed[1] += a * product;
                mixed[2] += b * product;
            }
            self.n += rows.len() as f64;
            let first_four = |measure: &Measure| [0, 1, 2, 3].map(|at| measure.powers[at]);
            self.own = [first_four(a), first_four(b)];
        } else {
            for row in rows.filter(|row| !a.x[*row].is_nan() && !b.x[*row].is_nan()) {
                let (a, b) = (a.z[row], b.z[row]);
                mixed = [mixed[0] + a * b, mixed[1] + a * a * b, mixed[2] + a * b * b];
                self.n += 1.0;
                for (own, z) in self.own.iter_mut().zip([a, b]) {
                    let square = z * z;
                    let parts = [z, square, square * z, square * square];
                    own.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
                }
            }
        }
        self.mixed
            .iter_mut()
            .zip(mixed)
            .for_each(|(sum, part)| *sum += part);
    }

    /// Central moments, each measure brought to mean 0 and variance 1.
    pub fn paired(&self) -> Paired {
        let n = self.n.max(1.0);
        let [a, b] = self.own.map(|powers| Central::of(powers.map(|sum| sum / n)));
        let [ab, aab, abb] = self.mixed.map(|sum| sum / n);
        let product = ab - a.mean * b.mean;
        // E (a - A)^2 (b - B), and the same the other way round.
        let left = aab - b.mean * a.square - 2.0 * a.mean * ab + 2.0 * a.mean * a.mean * b.mean;
        let right = abb - a.mean * b.square - 2.0 * b.mean * ab + 2.0 * b.mean * b.mean * a.mean;
        let (ka, kb) = (a.unit, b.unit);
        Paired {
            n: self.n,
            r: product * ka * kb,
            a3: a.third * ka.powi(3),
            a4: a.fourth * ka.powi(4),
            b3: b.third * kb.powi(3),
            b4: b.fourth * kb.powi(4),
            aab: left * ka * ka * kb,
            abb: right * ka * kb * kb,
        }
    }
}

/// Moments about the mean.
struct Central {
    mean: f64,
    /// Mean square, not about the mean.
    square: f64,
    third: f64,
    fourth: f64,
    /// One over the standard deviation; 0 without spread.
    unit: f64,
}

impl Central {
    /// From the means of the powers 1 to 4.
    fn of([one, two, three, four]: [f64; 4]) -> Self {
        let variance = two - one * one;
        Self {
            mean: one,
            square: two,
            third: three - 3.0 * one * two + 2.0 * one.powi(3),
            fourth: four - 4.0 * one * three + 6.0 * one * one * two - 3.0 * one.powi(4),
            unit: if variance > 1e-12 {
                variance.sqrt().recip()
            } else {
                0.0
            },
        }
    }
}

/// Moments of two measures over the rows that have both, each brought to mean 0 and variance 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paired {
    pub n: f64,
    /// Correlation.
    pub r: f64,
    /// Third and fourth moments of each.
    pub a3: f64,
    pub a4: f64,
    pub b3: f64,
    pub b4: f64,
    /// Means of a squared times b, and of a times b squared.
    pub aab: f64,
    pub abb: f64,
}

impl Paired {
    /// Correlation of b with the square of a, both less what a line in a tells.
    pub fn curvature(&self) -> f64 {
        curvature(self.r, self.a3, self.a4, self.aab)
    }

    /// The same with the parts exchanged.
    pub fn curvature_back(&self) -> f64 {
        curvature(self.r, self.b3, self.b4, self.abb)
    }
}

fn curvature(r: f64, third: f64, fourth: f64, product: f64) -> f64 {
    // Square less its mean and its line: a² - 1 - a3 a.
    let square = fourth - 1.0 - third * third;
    let rest = 1.0 - r * r;
    let covariance = product - r * third;
    if square <= 1e-9 || rest <= 1e-9 {
        return 0.0;
    }
    (covariance / (square * rest).sqrt()).clamp(-1.0, 1.0)
}
