//! Sums that tests are made of: per category, per pair of categories, per pair of measures. All of
//! them add up over parts of a table.

use crate::column::{Columns, Dimension, Measure};

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
    /// One pass over the rows.
    pub fn new(dimension: &Dimension, measure: &Measure) -> Self {
        let cells = dimension.len() + 1;
        let mut sums = vec![[0.0_f64; 7]; cells];
        let untied = measure.untied();
        for (row, code) in dimension.codes.iter().enumerate() {
            let x = measure.x[row];
            if x.is_nan() {
                continue;
            }
            let (z, u) = (measure.z[row], untied[row]);
            let cell = &mut sums[*code as usize];
            cell[0] += 1.0;
            cell[1] += z;
            cell[2] += z * z;
            cell[3] += u;
            cell[4] += u * u;
            cell[5] += x;
            cell[6] += x * x;
        }
        sums.truncate(dimension.len());
        let column = |at: usize| sums.iter().map(|cell| cell[at]).collect::<Vec<f64>>();
        let n = column(0);
        let total = n.iter().sum();
        Self {
            n,
            z: column(1),
            zz: column(2),
            u: column(3),
            uu: column(4),
            x: column(5),
            xx: column(6),
            total,
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

/// Sums of all measures over all dimensions, by dimension, then measure.
pub(crate) fn grouped(columns: &Columns) -> Vec<Vec<Grouped>> {
    use rayon::prelude::*;
    let measures = columns.measures.len();
    let flat: Vec<Grouped> = (0..columns.dimensions.len() * measures)
        .into_par_iter()
        .map(|at| {
            Grouped::new(
                &columns.dimensions[at / measures],
                &columns.measures[at % measures],
            )
        })
        .collect();
    let mut flat = flat.into_iter();
    (0..columns.dimensions.len())
        .map(|_| flat.by_ref().take(measures).collect())
        .collect()
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
    /// One pass over the rows.
    pub fn new(a: &Measure, b: &Measure) -> Self {
        if a.complete() && b.complete() {
            return Self::complete(a, b);
        }
        let rows = || {
            let both = a.z.iter().zip(&a.x).zip(b.z.iter().zip(&b.x));
            both.filter(|((_, x), (_, y))| !x.is_nan() && !y.is_nan())
                .map(|((a, _), (b, _))| (*a, *b))
        };
        let (mut n, mut sa, mut sb) = (0.0_f64, 0.0, 0.0);
        for (a, b) in rows() {
            n += 1.0;
            sa += a;
            sb += b;
        }
        let (ma, mb) = (sa / n.max(1.0), sb / n.max(1.0));
        let (mut va, mut vb) = (0.0, 0.0);
        for (a, b) in rows() {
            va += (a - ma).powi(2);
            vb += (b - mb).powi(2);
        }
        let unit = |sum: f64| if sum > 0.0 { (n / sum).sqrt() } else { 0.0 };
        let (ka, kb) = (unit(va), unit(vb));
        Self::of(rows().map(|(a, b)| ((a - ma) * ka, (b - mb) * kb)), n, None)
    }

    fn complete(a: &Measure, b: &Measure) -> Self {
        let pairs = a.z.iter().copied().zip(b.z.iter().copied());
        Self::of(pairs, a.z.len() as f64, Some((a.moments, b.moments)))
    }

    fn of(pairs: impl Iterator<Item = (f64, f64)>, n: f64, known: Option<((f64, f64), (f64, f64))>) -> Self {
        let mut sums = [0.0_f64; 3];
        let mut own = [0.0_f64; 4];
        for (a, b) in pairs {
            let (aa, bb) = (a * a, b * b);
            sums[0] += a * b;
            sums[1] += aa * b;
            sums[2] += a * bb;
            if known.is_none() {
                own[0] += aa * a;
                own[1] += aa * aa;
                own[2] += bb * b;
                own[3] += bb * bb;
            }
        }
        let n = n.max(1.0);
        let [ab, aab, abb] = sums.map(|sum| sum / n);
        let ((a3, a4), (b3, b4)) = known.unwrap_or(((own[0] / n, own[1] / n), (own[2] / n, own[3] / n)));
        Self {
            n,
            r: ab,
            a3,
            a4,
            b3,
            b4,
            aab,
            abb,
        }
    }

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
