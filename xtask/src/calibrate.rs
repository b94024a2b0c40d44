//! `cargo xtask calibrate`: the p-values of every test of marey-insight on noise of several kinds,
//! against the levels they claim.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, ensure};
use marey_insight::{InsightKind, MineOptions, test_family};
use marey_profile::{ProfileOptions, profile};
use marey_table::Table;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::{
    noise::{Columns, Source},
    program,
};

/// Levels at which shares of p-values must keep to their level.
const LEVELS: [f64; 4] = [0.05, 0.01, 0.001, 0.0001];
/// Levels between which curves are drawn, as powers of ten: 0, -1/4, ... -5.
const CURVE: usize = 21;

/// Noise that tables are made of, with the questions it is a null of.
#[derive(Clone, Copy)]
struct Noise {
    name: &'static str,
    /// Columns of one measure, about, in each table: how many draws a table gives.
    draws: u64,
    draw: fn(&mut Source, usize) -> anyhow::Result<Table>,
    /// The questions whose null it is; all but those of a boundary of their own where empty.
    only: &'static [InsightKind],
}

/// Questions whose null is no noise but the edge of what is no finding.
const OF_BOUNDARY: &[InsightKind] = &[
    InsightKind::Evenness,
    InsightKind::Pareto,
    InsightKind::Simpson,
    InsightKind::Duplicates,
];

const NOISES: &[Noise] = &[
    Noise {
        name: "normal",
        draws: 8,
        draw: |source, rows| measures(source, rows, |source, n| rounded(source.normals(n), 15.0)),
        only: &[],
    },
    Noise {
        name: "zero-inflated",
        draws: 8,
        draw: |source, rows| measures(source, rows, zeros),
        only: &[],
    },
    Noise {
        name: "tied",
        draws: 8,
        draw: |source, rows| measures(source, rows, ties),
        only: &[],
    },
    Noise {
        name: "heavy-tailed",
        draws: 8,
        draw: |source, rows| {
            measures(source, rows, |source, n| {
                (0..n).map(|_| source.student3()).collect()
            })
        },
        only: &[],
    },
    Noise {
        name: "autoregressive",
        draws: 8,
        draw: |source, rows| measures(source, rows, |source, n| source.autoregression(0.9, n)),
        only: &[],
    },
    Noise {
        name: "categories",
        draws: 12,
        draw: categories,
        only: &[],
    },
    Noise {
        name: "boundary: a fifth holds 60 %",
        draws: 8,
        draw: concentrated,
        only: &[InsightKind::Pareto],
    },
    Noise {
        name: "boundary: shares vary by 15 %",
        draws: 12,
        draw: uneven,
        only: &[InsightKind::Evenness],
    },
    Noise {
        name: "boundary: nothing within categories",
        draws: 28,
        draw: shifted,
        only: &[InsightKind::Simpson],
    },
    Noise {
        name: "boundary: rows repeat by chance",
        draws: 1,
        draw: repeating,
        only: &[InsightKind::Duplicates],
    },
];

/// p-values of one question on one noise.
#[derive(Clone, Copy, Default)]
struct Counts {
    draws: u64,
    below: [u64; 4],
    curve: [u64; CURVE],
}

impl Counts {
    fn add(&mut self, p: f64) {
        self.draws += 1;
        for (below, level) in self.below.iter_mut().zip(LEVELS) {
            *below += u64::from(p <= level);
        }
        for (at, below) in self.curve.iter_mut().enumerate() {
            *below += u64::from(p <= curve_level(at));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.draws += other.draws;
        self.below.iter_mut().zip(other.below).for_each(|(a, b)| *a += b);
        self.curve.iter_mut().zip(other.curve).for_each(|(a, b)| *a += b);
    }

    /// Whether a share is more than three standard errors above its level.
    fn says_too_much(&self) -> bool {
        let n = self.draws as f64;
        self.below
            .iter()
            .zip(LEVELS)
            .any(|(below, level)| *below as f64 / n > level + 3.0 * (level * (1.0 - level) / n).sqrt())
    }
}

fn curve_level(at: usize) -> f64 {
    10.0_f64.powf(-(at as f64) / 4.0)
}

/// Draws tables of each kind of noise until every question of a column has been asked `draws` times,
/// prints the share of p-values at or below each level, and with `out` writes the shares
/// (`calibration.json`) and a picture of them (`calibration.svg`, drawn by Marey). Fails where a share
/// is more than three standard errors above its level.
pub fn run(
    root: &Path,
    draws: u64,
    rows: usize,
    seed: u64,
    only: Option<&str>,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let mut failures = 0;
    let mut found: Vec<Value> = Vec::new();
    let asked = |noise: &&Noise| only.is_none_or(|only| noise.name.contains(only));
    for (at, noise) in NOISES.iter().enumerate().filter(|(_, noise)| asked(noise)) {
        for (kind, counts) in counted(noise, at as u64 + 100 * seed, draws, rows)? {
            let shares = counts.below.map(|below| below as f64 / counts.draws as f64);
            let over = counts.says_too_much();
            failures += u32::from(over);
            println!(
                "{:36} {kind:20} {:8} draws  {:.4} {:.4} {:.5} {:.6}{}",
                noise.name,
                counts.draws,
                shares[0],
                shares[1],
                shares[2],
                shares[3],
                if over { "  too many" } else { "" }
            );
            found.push(json!({
                "noise": noise.name,
                "kind": kind.as_str(),
                "draws": counts.draws,
                "at_or_below": LEVELS.iter().zip(counts.below)
                    .map(|(level, below)| (level.to_string(), json!(below)))
                    .collect::<serde_json::Map<_, _>>(),
                "curve": counts.curve,
            }));
        }
    }
    if let Some(folder) = out {
        write(root, folder, &found)?;
    }
    ensure!(failures == 0, "{failures} tests say too much");
    Ok(())
}

/// p-values of the questions whose null a noise is, over as many tables as it takes.
fn counted(
    noise: &Noise,
    stream: u64,
    draws: u64,
    rows: usize,
) -> anyhow::Result<BTreeMap<InsightKind, Counts>> {
    let tables = draws.div_ceil(noise.draws);
    // Which columns measure and which name is the same in all tables of a noise: one profile tells it.
    let first = (noise.draw)(&mut Source::of(stream, 0), rows)?;
    let profile = profile(&first, &ProfileOptions::default());
    let one = |seed: u64| -> anyhow::Result<BTreeMap<InsightKind, Counts>> {
        let table = (noise.draw)(&mut Source::of(stream, seed), rows)?;
        let mut counts: BTreeMap<InsightKind, Counts> = BTreeMap::new();
        for tested in test_family(&table, &profile, &MineOptions::default()) {
            let is_null = if noise.only.is_empty() {
                !OF_BOUNDARY.contains(&tested.kind)
            } else {
                noise.only.contains(&tested.kind)
            };
            if is_null {
                counts.entry(tested.kind).or_default().add(tested.p);
            }
        }
        Ok(counts)
    };
    (0..tables)
        .into_par_iter()
        .map(one)
        .try_reduce(BTreeMap::new, |mut all, counts| {
            for (kind, counts) in counts {
                all.entry(kind).or_default().merge(&counts);
            }
            Ok(all)
        })
}

/// A table of a date, four categories and eight measures that have nothing to do with each other; of two
/// measures, a tenth is missing.
fn measures(
    source: &mut Source,
    rows: usize,
    of: impl Fn(&mut Source, usize) -> Vec<f64>,
) -> anyhow::Result<Table> {
    let mut columns = Columns::default().days("day", &source.days(rows, 400));
    for (name, count) in [("a", 3), ("b", 4), ("c", 6), ("d", 12)] {
        columns = columns.categories(name, &source.codes(rows, count));
    }
    for name in ["s", "t", "u", "v", "w", "x", "y", "z"] {
        let mut values = of(source, rows);
        if name >= "y" {
            let gaps = values.iter_mut().filter(|_| source.below(10) == 0);
            gaps.for_each(|value| *value = f64::NAN);
        }
        columns = columns.numbers(name, &values);
    }
    columns.table()
}

fn rounded(values: Vec<f64>, deviation: f64) -> Vec<f64> {
    let scaled = values.into_iter().map(|z| (100.0 + deviation * z).round());
    scaled.collect()
}

/// Six of ten values are zero, the others skewed.
fn zeros(source: &mut Source, rows: usize) -> Vec<f64> {
    let one = |_| {
        let x = (1.0 + source.normal()).exp();
        if source.uniform() < 0.6 { 0.0 } else { x }
    };
    (0..rows).map(one).collect()
}

/// Five different values.
fn ties(source: &mut Source, rows: usize) -> Vec<f64> {
    let one = |_| (source.normal() * 1.2).round().clamp(-2.0, 2.0);
    (0..rows).map(one).collect()
}

/// A date and twelve categories that have nothing to do with each other.
fn categories(source: &mut Source, rows: usize) -> anyhow::Result<Table> {
    let mut columns = Columns::default().days("day", &source.days(rows, 400));
    for at in 0..12 {
        let codes = source.codes(rows, 2 + at % 7);
        columns = columns.categories(&format!("c{at}"), &codes);
    }
    columns.table()
}

/// Ten categories of which two hold three fifths of every measure, in expectation.
fn concentrated(source: &mut Source, rows: usize) -> anyhow::Result<Table> {
    let codes: Vec<usize> = (0..rows).map(|_| source.below(10)).collect();
    let mut columns = Columns::default().categories("group", &codes);
    for name in ["s", "t", "u", "v", "w", "x", "y", "z"] {
        let of = |code: &usize| (if *code < 2 { 6.0 } else { 1.0 }) * (0.5 * source.normal()).exp();
        let values: Vec<f64> = codes.iter().map(of).collect();
        columns = columns.numbers(name, &values);
    }
    columns.table()
}

/// Categories whose shares have a coefficient of variation of exactly 15 %.
fn uneven(source: &mut Source, rows: usize) -> anyhow::Result<Table> {
    let mut columns = Columns::default();
    for at in 0..12 {
        let groups = 4 + at % 5;
        // Halves above and below by the same, the middle one of an odd number at the mean.
        let sides = groups - groups % 2;
        let step = 0.15 * (groups as f64 / sides as f64).sqrt();
        let share = |group: usize| {
            if group >= sides {
                1.0
            } else if group.is_multiple_of(2) {
                1.0 + step
            } else {
                1.0 - step
            }
        };
        let codes: Vec<usize> = (0..rows)
            .map(|_| {
                let mut left = source.uniform() * groups as f64;
                let found = (0..groups).find(|group| {
                    left -= share(*group);
                    left <= 0.0
                });
                found.unwrap_or(0)
            })
            .collect();
        columns = columns.categories(&format!("c{at}"), &codes);
    }
    columns.table()
}

/// Measures that all rise with the category and have nothing to do with each other within it.
fn shifted(source: &mut Source, rows: usize) -> anyhow::Result<Table> {
    let codes = source.codes(rows, 4);
    let mut columns = Columns::default().categories("group", &codes);
    for name in ["s", "t", "u", "v", "w", "x", "y", "z"] {
        let values: Vec<f64> = codes.iter().map(|code| *code as f64 + source.normal()).collect();
        columns = columns.numbers(name, &values);
    }
    columns.table()
}

/// Few rows of columns of few values, so that some repeat.
fn repeating(source: &mut Source, _rows: usize) -> anyhow::Result<Table> {
    let rows = 60;
    let numbers: Vec<f64> = (0..rows).map(|_| source.below(12) as f64).collect();
    Columns::default()
        .categories("a", &source.codes(rows, 4))
        .categories("b", &source.codes(rows, 3))
        .numbers("x", &numbers)
        .table()
}

/// Writes the shares and their picture.
fn write(root: &Path, folder: &Path, found: &[Value]) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    let text = found.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
    fs::write(folder.join("calibration.json"), format!("[\n{text}\n]\n"))?;
    let spec = folder.join("calibration.vl.json");
    fs::write(&spec, picture(found).to_string())?;
    let marey = program::build(root, false)?;
    let status = std::process::Command::new(marey)
        .arg("render")
        .arg(&spec)
        .arg("-o")
        .arg(folder.join("calibration.svg"))
        .status()
        .context("marey did not start")?;
    fs::remove_file(&spec)?;
    ensure!(status.success(), "the picture could not be drawn");
    Ok(())
}

/// The share of p-values at or below each level against the level, a cell for each question, a line
/// for each noise; the diagonal is what a test is worth that says neither too much nor too little.
fn picture(found: &[Value]) -> Value {
    let mut rows = Vec::new();
    for entry in found {
        let draws = entry["draws"].as_f64().unwrap_or(1.0).max(1.0);
        let noise = entry["noise"].as_str().unwrap_or_default();
        let noise = noise.split(':').next().unwrap_or_default();
        for (at, below) in entry["curve"].as_array().into_iter().flatten().enumerate() {
            let below = below.as_f64().unwrap_or(0.0);
            // Fewer than five say little about a share.
            if below >= 5.0 {
                rows.push(json!({
                    "test": entry["kind"].as_str().unwrap_or_default().replace('_', " "),
                    "noise": noise,
                    "level": curve_level(at),
                    "share": below / draws,
                    "expected": curve_level(at),
                }));
            }
        }
    }
    let axis = json!({ "values": [1e-4, 1e-2, 1.0], "format": "~g" });
    let scale = json!({ "type": "log", "domain": [1e-5, 1.0] });
    let along =
        json!({ "field": "level", "type": "quantitative", "scale": scale, "axis": axis, "title": "level" });
    let share = |field: &str| {
        json!({ "field": field, "type": "quantitative", "scale": scale, "axis": axis,
            "title": "share of p-values at or below it" })
    };
    json!({
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": "Tests on noise: shares of p-values against their levels",
        "data": { "values": rows },
        "facet": { "field": "test", "type": "nominal", "title": null },
        "columns": 6,
        "spec": {
            "width": 95, "height": 95,
            "layer": [
                { "mark": { "type": "line", "color": "#999", "strokeDash": [3, 3] },
                  "encoding": { "x": along, "y": share("expected") } },
                { "mark": { "type": "line" },
                  "encoding": { "x": along, "y": share("share"), "color": { "field": "noise", "type": "nominal" } } }
            ]
        }
    })
}
