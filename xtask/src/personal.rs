//! `cargo xtask personal`: how much personal data profiles find, and how often they are wrong.
//!
//! Positives are tables of made-up people with `truth.jsonl` beside them, as
//! benches/peers/personal.py writes them: a column counts as found when its profile names personal
//! data of any kind (`pii`). Negatives are tables of open data: a column counts as a false alarm when
//! its profile does so, and `personal_columns.csv` (hand-checked, beside this file) does not say that it
//! does hold such data.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use marey_profile::{ColumnProfile, ProfileOptions, TableProfile, profile};
use marey_table::read::{ReadOptions, read};
use serde_json::Value;

/// Kinds that have a form of their own, by which they can be told without the column's name.
const FORMED: &[&str] = &[
    "email",
    "phone",
    "iban",
    "card_number",
    "national_id",
    "ip_address",
];

/// Columns found of columns looked at.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    found: u64,
    of: u64,
    /// Found, and called by the right kind.
    right: u64,
}

impl Score {
    fn add(&mut self, found: bool, right: bool) {
        self.of += 1;
        self.found += u64::from(found);
        self.right += u64::from(right);
    }

    fn told(self) -> String {
        let share = |part: u64| part as f64 / self.of.max(1) as f64;
        let (low, high) = wilson(self.found, self.of);
        format!(
            "{:.3} ({low:.3} to {high:.3}), {} of {}; right kind {:.3}",
            share(self.found),
            self.found,
            self.of,
            share(self.right)
        )
    }
}

/// Measures and prints; lists what was missed and what was found wrongly where that is asked.
pub fn run(positives: Option<&Path>, negatives: Option<&Path>, verbose: bool) -> anyhow::Result<()> {
    if positives.is_none() && negatives.is_none() {
        bail!("name a folder with --positives or --negatives");
    }
    if let Some(folder) = positives {
        recall(folder, verbose)?;
    }
    if let Some(folder) = negatives {
        false_alarms(folder, verbose)?;
    }
    Ok(())
}

fn recall(folder: &Path, verbose: bool) -> anyhow::Result<()> {
    let path = folder.join("truth.jsonl");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut profiles: BTreeMap<String, TableProfile> = BTreeMap::new();
    let mut scores: BTreeMap<(String, String), Score> = BTreeMap::new();
    for line in text.lines() {
        let truth: Value = serde_json::from_str(line)?;
        let word = |name: &str| truth[name].as_str().unwrap_or_default().to_owned();
        let (file, kind) = (word("file"), word("kind"));
        if !profiles.contains_key(&file) {
            profiles.insert(file.clone(), profiled(&folder.join(&file))?);
        }
        let at = truth["column"].as_u64().unwrap_or_default() as usize;
        let column = profiles.get(&file).and_then(|profile| profile.columns.get(at));
        let column = column.with_context(|| format!("{file} has no column {at}"))?;
        let found = column.pii.is_some();
        let right = column.pii.as_deref() == Some(expected(&kind));
        let placement = match (word("placement").as_str(), truth["named"].as_bool()) {
            ("column", Some(true)) => "column with a name",
            ("column", _) => "column without a name",
            ("text", _) => "inside texts",
            _ => "in 3 of 3,000 texts",
        };
        let formed = FORMED.contains(&kind.as_str());
        let group = match (placement, formed) {
            ("column with a name", _) => "all",
            (_, true) => "with a form",
            (_, false) => "without a form",
        };
        for division in [
            format!("  {group}"),
            format!("    {kind}"),
            format!("    {}", word("locale")),
        ] {
            // Of a placement, locales are told of what can be found there.
            if formed || placement == "column with a name" || !division.contains(&word("locale")) {
                let key = (placement.to_owned(), division);
                scores.entry(key).or_default().add(found, right);
            }
        }
        if verbose && !found && (formed || placement == "column with a name") {
            println!("missed {kind} {placement}: {file}#{at} `{}`", column.name);
        }
    }
    let mut last = String::new();
    for ((placement, division), score) in scores {
        if placement != last {
            println!("{placement}");
        }
        println!("{division:22} {}", score.told());
        last = placement;
    }
    Ok(())
}

/// The kind by the name that profiles give it.
fn expected(kind: &str) -> &str {
    match kind {
        "first_name" | "last_name" => "person_name",
        kind => kind,
    }
}

fn false_alarms(folder: &Path, verbose: bool) -> anyhow::Result<()> {
    let checked: Vec<&str> = include_str!("personal_columns.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    let mut files = Vec::new();
    tables_inside(folder, &mut files)?;
    files.sort();
    let (mut columns, mut alarms, mut real) = (0, 0, 0);
    for file in &files {
        let profile = profiled(file)?;
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        for column in &profile.columns {
            columns += 1;
            let Some(kind) = &column.pii else { continue };
            let id = format!("{name}#{}", column.index);
            if checked.contains(&id.as_str()) {
                real += 1;
                continue;
            }
            alarms += 1;
            if verbose {
                println!("false alarm {id} {kind} `{}`: {}", column.name, grounds(column));
            }
        }
    }
    let columns = columns - real;
    let (low, high) = wilson(alarms, columns);
    println!(
        "false alarms: {:.2} per 1,000 columns ({:.2} to {:.2}), {alarms} of {columns} in {} tables; \
         {real} columns do hold personal data",
        alarms as f64 / columns.max(1) as f64 * 1000.0,
        low * 1000.0,
        high * 1000.0,
        files.len(),
    );
    Ok(())
}

fn grounds(column: &ColumnProfile) -> String {
    let grounds = column
        .privacy
        .evidence
        .iter()
        .map(|evidence| evidence.what.as_str());
    grounds.collect::<Vec<_>>().join("; ")
}

fn profiled(path: &Path) -> anyhow::Result<TableProfile> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let table =
        read(&name, bytes, &ReadOptions::default()).with_context(|| format!("reading {}", path.display()))?;
    Ok(profile(&table.value, &ProfileOptions::default()))
}

fn tables_inside(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            tables_inside(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "csv") && !path.ends_with("labels.csv") {
            files.push(path);
        }
    }
    Ok(())
}

/// Wilson's interval of a share, 95 %.
fn wilson(part: u64, whole: u64) -> (f64, f64) {
    let (n, z) = (whole.max(1) as f64, 1.96);
    let share = part as f64 / n;
    let centre = share + z * z / (2.0 * n);
    let spread = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    ((centre - spread) / scale, (centre + spread) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        let (low, high) = wilson(98, 100);
        assert!((low - 0.930).abs() < 0.001 && (high - 0.994).abs() < 0.001);
    }

    #[test]
    fn every_checked_column_has_a_kind_and_a_reason() {
        for line in include_str!("personal_columns.csv").lines().skip(1) {
            let cells: Vec<&str> = line.splitn(3, ',').collect();
            assert!(
                cells.len() == 3 && cells[0].contains('#') && cells[2].len() > 10,
                "{line}"
            );
        }
    }
}
