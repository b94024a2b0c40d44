//! `specs`: people's specs read, written from the typed fields alone, and compared with what the
//! official compiler makes of the original.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use marey_core::{
    ChartSpec,
    spec::{Severity, SpecWarning},
};
use serde_json::{Value, json};

use crate::oracle;

/// One file as Marey reads it.
struct Reading {
    path: PathBuf,
    original: Value,
    spec: ChartSpec,
    warnings: Vec<SpecWarning>,
}

/// Reads every spec of a folder, reports how many are fully modelled, and compares those with the
/// official compiler.
pub fn run(folder: &Path, verbose: bool, draw: bool) -> Result<()> {
    oracle::install()?;
    let files = oracle::spec_files(folder)?;
    ensure!(!files.is_empty(), "no *.vl.json file in {}", folder.display());
    let (readings, failures) = read_all(&files)?;
    for failure in &failures {
        println!("does not parse: {failure}");
    }
    check_whole(&readings)?;
    let (modelled, carried): (Vec<_>, Vec<_>) = readings
        .iter()
        .partition(|reading| reading.spec.is_fully_modelled());
    if verbose {
        report_carried(&carried);
    }
    let refused = report_problems(&readings, verbose);
    let mut differing = compare("compare_specs.mjs", &modelled, ChartSpec::to_json_typed)?;
    if draw {
        let canonical = |spec: &ChartSpec| spec.canonical().to_json_typed();
        let otherwise = compare("compare_drawings.mjs", &modelled, canonical)?;
        println!(
            "{} canonical forms draw the same picture",
            modelled.len() - otherwise.len()
        );
        differing.extend(otherwise);
    }
    for (path, message) in &differing {
        println!("differs: {path}: {message}");
    }
    let share = 100.0 * modelled.len() as f64 / files.len() as f64;
    println!("{refused} specs are refused by validation");
    println!(
        "{} specs, {} parse, {} fully modelled ({share:.1} %), {} of these compile to the same Vega spec",
        files.len(),
        readings.len(),
        modelled.len(),
        modelled.len() - differing.len(),
    );
    ensure!(
        failures.is_empty() && differing.is_empty(),
        "{} specs do not parse, {} differ",
        failures.len(),
        differing.len()
    );
    Ok(())
}

fn read_all(files: &[PathBuf]) -> Result<(Vec<Reading>, Vec<String>)> {
    let mut readings = Vec::new();
    let mut failures = Vec::new();
    for path in files {
        let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        match ChartSpec::from_json_str(&text) {
            Ok(read) => readings.push(Reading {
                path: path.clone(),
                original: serde_json::from_str(&text)?,
                spec: read.value,
                warnings: read.warnings,
            }),
            Err(error) => failures.push(format!("{}: {error}", path.display())),
        }
    }
    Ok((readings, failures))
}

/// What is written whole must read as the same spec: nothing was lost.
fn check_whole(readings: &[Reading]) -> Result<()> {
    for reading in readings {
        let again = ChartSpec::from_json(&reading.spec.to_json())?;
        ensure!(
            again.value == reading.spec,
            "{} changes when written and read again",
            reading.path.display()
        );
    }
    Ok(())
}

/// Counts the specs that validation refuses; Vega-Lite's own examples are all right.
fn report_problems(readings: &[Reading], verbose: bool) -> usize {
    let mut refused = 0;
    for reading in readings {
        let problems = reading.spec.validate();
        if verbose {
            for problem in &problems {
                println!("{}: {} {problem}", reading.path.display(), problem.kind);
            }
        }
        refused += usize::from(
            problems
                .iter()
                .any(|problem| problem.severity() == Severity::Error),
        );
    }
    refused
}

fn report_carried(carried: &[&Reading]) {
    let mut counts: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for reading in carried {
        for warning in &reading.warnings {
            let last = warning.path().rsplit('.').next().unwrap_or_default().to_owned();
            let entry = counts
                .entry(last)
                .or_insert_with(|| (0, format!("{}: {warning}", reading.path.display())));
            entry.0 += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (member, (count, example)) in counts {
        println!("{count:5} {member}  ({example})");
    }
}

/// Asks a script to compare each original with what Marey writes; returns what differs.
fn compare(
    script: &str,
    readings: &[&Reading],
    write: impl Fn(&ChartSpec) -> Value,
) -> Result<Vec<(String, String)>> {
    let lines: Vec<String> = readings
        .iter()
        .map(|reading| {
            json!({
                "path": reading.path,
                "original": reading.original,
                "ours": write(&reading.spec),
            })
            .to_string()
        })
        .collect();
    let answers = oracle::ask(script, &[], &lines)?;
    let text = |answer: &Value, name: &str| answer[name].as_str().unwrap_or("?").to_owned();
    Ok(answers
        .iter()
        .filter(|answer| answer["ok"] != true)
        .map(|answer| (text(answer, "path"), text(answer, "message")))
        .collect())
}
