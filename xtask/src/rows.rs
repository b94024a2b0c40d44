//! `rows`: the rows behind every mark, ours against official Vega's.
//!
//! Cells are equal when they mean the same: numbers within 1e-9 (relative), times to the
//! millisecond, and, as official Vega leaves the cells of text files as text where nothing asks
//! for numbers, a text that reads as our number. Null, NaN and "not there" are one.

mod cell;
mod claim;
mod compare;
mod data;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use marey_core::ChartSpec;
use marey_table::execute::{DataTables, ExecuteOptions, Execution, execute_on};
use serde_json::Value;

use crate::oracle;

/// What came of one spec.
enum Outcome {
    /// All rows are equal.
    Equal { units: usize, rows: usize },
    /// Something differs.
    Different(Vec<String>),
    /// We do not claim the spec, for this reason.
    Unclaimed(String),
    /// Official Vega cannot run the spec.
    NoOracle(String),
}

/// Compares all specs of a folder and fails when a claimed one differs.
pub fn run(folder: &Path, datasets: Option<PathBuf>, verbose: bool) -> Result<()> {
    oracle::install()?;
    let datasets = datasets.unwrap_or_else(|| oracle::package("vega-datasets/data"));
    let files = oracle::spec_files(folder)?;
    ensure!(!files.is_empty(), "no *.vl.json file in {}", folder.display());
    let lines: Vec<String> = files
        .iter()
        .map(|path| Ok(std::path::absolute(path)?.to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    let arguments = ["--data".to_owned(), datasets.to_string_lossy().into_owned()];
    let mut outcomes = Vec::with_capacity(files.len());
    // Rows of a few specs at a time: those of all would not fit.
    for (files, lines) in files.chunks(40).zip(lines.chunks(40)) {
        let answers = oracle::ask("rows.mjs", &arguments, lines)?;
        for (file, answer) in files.iter().zip(&answers) {
            outcomes.push((name_of(file), outcome(file, answer, &datasets)?));
        }
    }
    report(&outcomes, verbose)
}

fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.trim_end_matches(".vl.json").to_owned()
}

fn outcome(file: &Path, answer: &Value, datasets: &Path) -> Result<Outcome> {
    if answer["ok"] != true {
        return Ok(Outcome::NoOracle(answer["message"].to_string()));
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let spec = match ChartSpec::from_json_str(&text) {
        Ok(spec) => spec.value,
        Err(error) => return Ok(Outcome::Different(vec![format!("reading the spec: {error}")])),
    };
    if let Some(reason) = claim::unclaimed(&text) {
        return Ok(Outcome::Unclaimed(reason));
    }
    let tables = data::tables(&text, datasets)?;
    let empty = marey_table::Table::from_json_rows("data", &[])?;
    let data = DataTables {
        main: tables.first().map_or(&empty, |(_, table)| table),
        named: &tables,
    };
    if let Some((_, reason)) = claim::DISAGREEMENTS
        .iter()
        .find(|(name, _)| *name == name_of(file))
    {
        return Ok(Outcome::Unclaimed((*reason).to_owned()));
    }
    Ok(match execute_on(&spec, &data, &ExecuteOptions::default()) {
        Ok(execution) => compared(&execution.value, answer),
        Err(error) => match claim::is_refusal(&error) {
            Some(reason) => Outcome::Unclaimed(reason),
            None => Outcome::Different(vec![format!("executing: {error}")]),
        },
    })
}

fn compared(execution: &Execution, answer: &Value) -> Outcome {
    let official = answer["units"].as_array().map_or(&[][..], Vec::as_slice);
    if official.len() != execution.units.len() {
        return Outcome::Different(vec![format!(
            "{} unit views, officially {}",
            execution.units.len(),
            official.len()
        )]);
    }
    let ours: Vec<_> = execution.units.iter().map(cell::Rows::of).collect();
    let mut differences = Vec::new();
    let mut rows = 0;
    for (at, (unit, theirs)) in ours.iter().zip(official).enumerate() {
        rows += unit.len();
        for difference in compare::unit(unit, theirs, &ours) {
            differences.push(format!("unit {at}: {difference}"));
        }
    }
    match differences.is_empty() {
        true => Outcome::Equal {
            units: official.len(),
            rows,
        },
        false => Outcome::Different(differences),
    }
}

fn report(outcomes: &[(String, Outcome)], verbose: bool) -> Result<()> {
    let (mut equal, mut units, mut rows, mut different, mut no_oracle) = (0, 0, 0, 0, 0);
    let mut unclaimed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Equal { units: u, rows: r } => {
                equal += 1;
                units += u;
                rows += r;
            }
            Outcome::Different(differences) => {
                different += 1;
                println!("{name}: differs");
                for difference in differences.iter().take(3) {
                    println!("    {difference}");
                }
            }
            Outcome::Unclaimed(reason) => unclaimed.entry(reason).or_default().push(name),
            Outcome::NoOracle(message) => {
                no_oracle += 1;
                println!("{name}: official Vega cannot run it: {message}");
            }
        }
    }
    for (reason, names) in &unclaimed {
        println!("not claimed, {reason}: {}", names.len());
        if verbose {
            println!("    {}", names.join(" "));
        }
    }
    println!(
        "{} specs: {equal} equal ({units} unit views, {rows} rows), {different} different, {} not claimed, \
         {no_oracle} without oracle",
        outcomes.len(),
        unclaimed.values().map(Vec::len).sum::<usize>(),
    );
    ensure!(different == 0, "{different} claimed specs differ");
    Ok(())
}
