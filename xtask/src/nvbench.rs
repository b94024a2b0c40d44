//! `cargo xtask nvbench`: how much of nvBench is read, drawn, and drawn with the same rows.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use marey_corpus::nvbench::{Part, Release, differences, survey};

/// Surveys a release; with a second form of it, says where the two differ, and fails if they do. What became of each
/// item goes to `items`.
pub fn run(from: &Path, pages: Option<&Path>, items: Option<&Path>) -> anyhow::Result<()> {
    let release = Release::open(from)?;
    let survey = survey(&release);
    println!("{} items, {} cannot be read", survey.items, survey.unread.len());
    for (id, why) in &survey.unread {
        println!("  {id}: {why}");
    }
    print("one table", &survey.one_table);
    print("several tables", &survey.several_tables);
    if let Some(items) = items {
        fs::write(items, serde_json::to_vec(&survey)?)
            .with_context(|| format!("cannot write `{}`", items.display()))?;
    }
    match pages {
        Some(pages) => compare(&release, &Release::open(pages)?),
        None => Ok(()),
    }
}

fn print(name: &str, part: &Part) {
    let there = part.items - part.table_absent;
    let share = |count: usize| 100.0 * count as f64 / there.max(1) as f64;
    println!(
        "{name}: {} items, {there} with all tables; {} charts ({:.1} %), {} with the same rows ({:.1} %), {} with \
         habits ({:.1} %)",
        part.items,
        part.charts,
        share(part.charts),
        part.exact.len(),
        share(part.exact.len()),
        part.agreeing(),
        share(part.agreeing()),
    );
    for (quirk, ids) in &part.quirks {
        println!("  {quirk:18} {}", ids.len());
    }
    println!("  {:18} {}", "other rows", part.different.len());
    for (kind, ids) in [("no chart", &part.no_chart), ("cannot run", &part.not_run)] {
        for (id, why) in ids {
            println!("  {kind}: {id}: {why}");
        }
    }
}

fn compare(first: &Release, second: &Release) -> anyhow::Result<()> {
    let found = differences(first, second);
    println!(
        "two forms: {} items and {} tables in both, {} items and {} tables in one alone, {} tables with other cells",
        found.compared,
        found.tables_compared,
        found.only_first.len() + found.only_second.len(),
        found.tables_of_one.len(),
        found.tables.len(),
    );
    for table in found.tables_of_one.iter().chain(&found.tables) {
        println!("  table {table}");
    }
    for (what, ids) in &found.items {
        println!(
            "  other {what}: {} items, {}",
            ids.len(),
            ids.iter().take(5).cloned().collect::<Vec<_>>().join(" ")
        );
    }
    if found.items.is_empty()
        && found.only_first.is_empty()
        && found.only_second.is_empty()
        && found.tables.is_empty()
    {
        return Ok(());
    }
    bail!("the two forms differ")
}
