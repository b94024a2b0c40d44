//! Small seeded tables for the tests.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};
use marey_core::FieldName;
use marey_insight::{MineOptions, Mining, mine};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;

/// A seeded source of numbers (SplitMix64).
pub struct Source(pub u64);

impl Source {
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

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (u, v) = (self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    /// A whole number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.uniform() * bound as f64) as usize
    }
}

/// Columns by name.
#[derive(Default)]
pub struct Columns(Vec<(FieldName, ArrayRef)>);

impl Columns {
    pub fn add(mut self, name: &str, array: ArrayRef) -> Self {
        self.0.push((FieldName::new(name), array));
        self
    }

    pub fn numbers(self, name: &str, values: impl IntoIterator<Item = f64>) -> Self {
        self.add(name, Arc::new(Float64Array::from_iter_values(values)))
    }

    pub fn integers(self, name: &str, values: impl IntoIterator<Item = i64>) -> Self {
        self.add(name, Arc::new(Int64Array::from_iter_values(values)))
    }

    pub fn texts(self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        self.add(name, Arc::new(StringArray::from_iter_values(values)))
    }

    pub fn dates(self, name: &str, days: impl IntoIterator<Item = i32>) -> Self {
        self.add(name, Arc::new(Date32Array::from_iter_values(days)))
    }

    pub fn table(self) -> Table {
        Table::from_columns("test", self.0).unwrap()
    }
}

/// A table of independent columns: a date, three categories, three measures.
pub fn noise(seed: u64, rows: usize) -> Columns {
    let mut source = Source(seed);
    let mut days: Vec<i32> = (0..rows).map(|_| 19_000 + source.below(400) as i32).collect();
    days.sort_unstable();
    let mut columns = Columns::default().dates("day", days);
    for (name, categories) in [("region", 4), ("product", 6), ("channel", 3)] {
        let codes: Vec<String> = (0..rows)
            .map(|_| format!("{name} {}", source.below(categories)))
            .collect();
        columns = columns.texts(name, codes);
    }
    for name in ["revenue", "weight", "score"] {
        let values: Vec<f64> = (0..rows)
            .map(|_| (100.0 + 15.0 * source.normal()).round())
            .collect();
        columns = columns.numbers(name, values);
    }
    columns
}

pub fn mined(table: &Table) -> Mining {
    mine(
        table,
        &profile(table, &ProfileOptions::default()),
        &MineOptions::default(),
    )
}
