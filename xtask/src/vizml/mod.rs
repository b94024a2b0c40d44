//! `cargo xtask vizml`: Marey's features against the outputs of VizML's own code.
//!
//! A golden value counts as equal, as a listed difference, or as unexplained. It is a listed difference
//! only where VizML's code, as `theirs` follows it, gives the golden value from the same cells: every
//! difference is thereby traced to its cause. One unexplained value fails the run.

mod compare;
mod golden;
mod theirs;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, ensure};
use marey_features::vizml::{VizmlFeatures, vizml_features};
use marey_profile::{ProfileOptions, profile};
use marey_table::read::{CsvOptions, ReadOptions, read};

use compare::{Outcome, Tally};
use golden::Golden;

/// Compares every golden file of a folder and reports counts and differences.
///
/// With `break_feature` that feature of ours is changed first, to show that the comparison can fail.
pub fn run(folder: &Path, break_feature: Option<&str>, verbose: bool) -> anyhow::Result<()> {
    let mut tally = Tally::default();
    for file in golden::files(folder)? {
        let golden = Golden::read(&file)?;
        let csv = std::fs::read(folder.join(&golden.table))
            .with_context(|| format!("reading the table of {}", file.display()))?;
        let ours = of_table(&golden.table, csv.clone(), break_feature)?;
        compare::table(&golden, &golden::cells(&csv)?, &ours, &mut tally);
    }
    report(&tally, verbose);
    ensure!(
        tally.of(Outcome::Unexplained) == 0,
        "{} golden values are unexplained",
        tally.of(Outcome::Unexplained)
    );
    Ok(())
}

fn of_table(name: &str, csv: Vec<u8>, break_feature: Option<&str>) -> anyhow::Result<VizmlFeatures> {
    // As VizML's code was given them: the first line holds the names.
    let options = ReadOptions {
        csv: CsvOptions {
            header: Some(true),
            ..CsvOptions::default()
        },
        ..ReadOptions::default()
    };
    let table = read(name, csv, &options)?.value;
    let mut features = vizml_features(&table, &profile(&table, &ProfileOptions::default()));
    if let Some(feature) = break_feature {
        break_one(&mut features, feature)?;
    }
    Ok(features)
}

/// Changes one feature of every column and pair a little.
fn break_one(features: &mut VizmlFeatures, feature: &str) -> anyhow::Result<()> {
    let columns = features.columns.iter_mut().map(|column| &mut column.features);
    let pairs = features.pairs.iter_mut().map(|pair| &mut pair.features);
    let mut found = false;
    for named in columns.chain(pairs) {
        let at = named.iter().position(|(name, _)| name == feature);
        if let Some(at) = at {
            found = true;
            named.values[at] = theirs::broken(named.values[at]);
        }
    }
    ensure!(found, "there is no feature `{feature}`");
    Ok(())
}

fn report(tally: &Tally, verbose: bool) {
    println!("| golden values | of columns | of pairs | of tables | all |");
    println!("|---|---|---|---|---|");
    for outcome in Outcome::ALL {
        let counts = tally.by_part(outcome);
        let all: usize = counts.iter().sum();
        println!(
            "| {outcome} | {} | {} | {} | {all} |",
            counts[0], counts[1], counts[2]
        );
    }
    println!("\n| difference | golden values | features |\n|---|---|---|");
    for (difference, features) in tally.differences() {
        let number: usize = features.values().sum();
        let names: Vec<String> = most(features);
        println!("| {difference} | {number} | {} |", names.join(", "));
    }
    for column in tally.typed_otherwise() {
        println!("typed otherwise: {column}");
    }
    let unexplained = tally.unexplained();
    for line in unexplained.iter().take(if verbose { usize::MAX } else { 20 }) {
        println!("unexplained: {line}");
    }
}

/// The names of features, most frequent first.
fn most(features: &BTreeMap<String, usize>) -> Vec<String> {
    let mut names: Vec<(&String, &usize)> = features.iter().collect();
    names.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let shown = names
        .iter()
        .take(12)
        .map(|(name, count)| format!("`{name}` {count}"));
    let mut shown: Vec<String> = shown.collect();
    if names.len() > 12 {
        shown.push(format!("{} more", names.len() - 12));
    }
    shown
}
