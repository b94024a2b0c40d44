//! Tables of noise, drawn from a seed: what tests of marey-insight are calibrated on.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, StringArray};
use marey_core::FieldName;
use marey_table::Table;

/// First day of every axis of time.
pub const START: i32 = 19_000;

/// A seeded source of numbers (SplitMix64, Steele et al. 2014).
pub struct Source(pub u64);

impl Source {
    /// A source for one of several tables: neighbouring seeds give unrelated numbers.
    pub fn of(kind: u64, seed: u64) -> Self {
        let mut source = Self(kind.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ seed);
        source.0 = source.bits();
        source
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, both left out.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A whole number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.uniform() * bound as f64) as usize
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (u, v) = (self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    /// Student's t with three degrees of freedom.
    pub fn student3(&mut self) -> f64 {
        let square: f64 = (0..3).map(|_| self.normal().powi(2)).sum();
        self.normal() / (square / 3.0).sqrt()
    }

    /// So many standard normals.
    pub fn normals(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.normal()).collect()
    }

    /// An autoregression of order 1 with variance 1.
    pub fn autoregression(&mut self, coefficient: f64, count: usize) -> Vec<f64> {
        let mut level = self.normal();
        let fresh = (1.0 - coefficient * coefficient).sqrt();
        (0..count)
            .map(|_| {
                level = coefficient * level + fresh * self.normal();
                level
            })
            .collect()
    }

    /// Days in ascending order.
    pub fn days(&mut self, rows: usize, span: usize) -> Vec<i32> {
        let mut days: Vec<i32> = (0..rows).map(|_| START + self.below(span) as i32).collect();
        days.sort_unstable();
        days
    }

    /// Codes of categories, the first twice as frequent as the last.
    pub fn codes(&mut self, rows: usize, categories: usize) -> Vec<usize> {
        let weight = |at: usize| 2.0 - at as f64 / categories.max(2) as f64;
        let total: f64 = (0..categories).map(weight).sum();
        let mut code = || {
            let mut left = self.uniform() * total;
            (0..categories)
                .find(|at| {
                    left -= weight(*at);
                    left <= 0.0
                })
                .unwrap_or(0)
        };
        (0..rows).map(|_| code()).collect()
    }
}

/// Columns of a table in the making.
#[derive(Default)]
pub struct Columns(Vec<(FieldName, ArrayRef)>);

impl Columns {
    fn with(mut self, name: &str, array: ArrayRef) -> Self {
        self.0.push((FieldName::new(name), array));
        self
    }

    /// Days since 1970.
    pub fn days(self, name: &str, days: &[i32]) -> Self {
        self.with(name, Arc::new(Date32Array::from(days.to_vec())))
    }

    /// Categories by code, named after their column.
    pub fn categories(self, name: &str, codes: &[usize]) -> Self {
        let labels = codes.iter().map(|code| format!("{name} {code}"));
        self.with(name, Arc::new(StringArray::from_iter_values(labels)))
    }

    /// Numbers; NaN for none.
    pub fn numbers(self, name: &str, values: &[f64]) -> Self {
        let values = values.iter().map(|x| x.is_finite().then_some(*x));
        self.with(name, Arc::new(Float64Array::from_iter(values)))
    }

    /// The table.
    pub fn table(self) -> anyhow::Result<Table> {
        Ok(Table::from_columns("noise", self.0)?)
    }
}
