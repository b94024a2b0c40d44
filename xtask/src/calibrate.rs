//! `cargo xtask calibrate`: the p-values of every test of marey-insight on noise of several kinds,
//! against the levels they claim.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::bail;
use arrow::array::{ArrayRef, Date32Array, Float64Array, StringArray};
use marey_core::FieldName;
use marey_insight::{InsightKind, MineOptions, test_family};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;

/// Levels at which shares of p-values are counted.
const LEVELS: [f64; 4] = [0.05, 0.01, 0.001, 0.0001];

/// Noise that tables are made of.
#[derive(Clone, Copy)]
enum Noise {
    /// Normal values, rounded.
    Normal,
    /// Six of ten values are zero, the others skewed.
    Zeros,
    /// Five different values.
    Ties,
    /// Student's t with three degrees of freedom.
    Tails,
    /// An autoregression of coefficient 0.9 along the rows.
    Memory,
}

/// Draws tables of each kind of noise and prints, for every kind of question, the share of p-values at
/// or below each level. Fails where a share is more than three standard errors above its level.
///
/// Evenness is left out: its null is a given unevenness, which noise does not have.
pub fn run(tables: u64, rows: usize) -> anyhow::Result<()> {
    let mut failures = 0;
    for (name, noise) in [
        ("normal", Noise::Normal),
        ("zeros", Noise::Zeros),
        ("ties", Noise::Ties),
        ("tails", Noise::Tails),
        ("memory", Noise::Memory),
    ] {
        let mut counts: BTreeMap<InsightKind, (u64, [u64; 4])> = BTreeMap::new();
        for seed in 0..tables {
            let table = draw(noise, seed * 5 + noise as u64, rows)?;
            let profile = profile(&table, &ProfileOptions::default());
            for tested in test_family(&table, &profile, &MineOptions::default()) {
                let (draws, below) = counts.entry(tested.kind).or_default();
                *draws += 1;
                for (below, level) in below.iter_mut().zip(LEVELS) {
                    *below += u64::from(tested.p <= level);
                }
            }
        }
        counts.remove(&InsightKind::Evenness);
        for (kind, (draws, below)) in counts {
            let shares = below.map(|below| below as f64 / draws as f64);
            let over = shares.iter().zip(LEVELS).any(|(share, level)| {
                *share > level + 3.0 * (level * (1.0 - level) / draws as f64).sqrt() + 1.0 / draws as f64
            });
            failures += u32::from(over);
            let mark = if over { "  too many" } else { "" };
            println!(
                "{name:8} {kind:20} {draws:8} draws  {:.4} {:.4} {:.5} {:.6}{mark}",
                shares[0], shares[1], shares[2], shares[3]
            );
        }
    }
    if failures > 0 {
        bail!("{failures} tests say too much");
    }
    Ok(())
}

/// A table of a date, two categories and four measures that have nothing to do with each other.
fn draw(noise: Noise, seed: u64, rows: usize) -> anyhow::Result<Table> {
    let mut source = Source(seed);
    let mut days: Vec<i32> = (0..rows)
        .map(|_| 19_000 + (source.uniform() * 400.0) as i32)
        .collect();
    days.sort_unstable();
    let mut columns: Vec<(FieldName, ArrayRef)> =
        vec![(FieldName::new("day"), Arc::new(Date32Array::from(days)))];
    for (name, categories) in [("a", 4.0), ("b", 6.0)] {
        let labels = (0..rows).map(|_| format!("{name}{}", (source.uniform() * categories) as u32));
        columns.push((
            FieldName::new(name),
            Arc::new(StringArray::from_iter_values(labels)),
        ));
    }
    for name in ["u", "v", "w", "x"] {
        let mut level = 0.0;
        let values = (0..rows).map(|_| {
            let e = source.normal();
            match noise {
                Noise::Normal => (100.0 + 15.0 * e).round(),
                Noise::Zeros if source.uniform() < 0.6 => 0.0,
                Noise::Zeros => (1.0 + e).exp(),
                Noise::Ties => (e * 1.2).round().clamp(-2.0, 2.0),
                Noise::Tails => {
                    let square: f64 = (0..3).map(|_| source.normal().powi(2)).sum();
                    e / (square / 3.0).sqrt()
                }
                Noise::Memory => {
                    level = 0.9 * level + e;
                    level
                }
            }
        });
        columns.push((
            FieldName::new(name),
            Arc::new(Float64Array::from_iter_values(values)),
        ));
    }
    Ok(Table::from_columns("noise", columns)?)
}

/// A seeded source of numbers (SplitMix64, Steele et al. 2014).
struct Source(u64);

impl Source {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        ((z >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (u, v) = (self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}
