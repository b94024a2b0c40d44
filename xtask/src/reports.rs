//! `reports`: a folder of tables through `marey report`, with times.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};

use crate::program;

/// Writes a report of every table and says how long it took and what went wrong.
pub fn run(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let marey = program::build(root, true)?;
    let pages = program::target(root).join("reports");
    fs::create_dir_all(&pages)?;
    let mut times = Vec::new();
    let mut failures = Vec::new();
    let mut charts = 0;
    for table in program::tables(folder)? {
        let page = pages.join(format!("{}.html", program::flat_name(folder, &table)));
        let start = Instant::now();
        let output = Command::new(&marey)
            .arg("report")
            .arg(&table)
            .arg("-o")
            .arg(&page)
            .output()
            .context("marey did not start")?;
        times.push(start.elapsed());
        match drawn(&output, &page) {
            Ok(number) => charts += number,
            Err(why) => failures.push(format!("{}: {why}", table.display())),
        }
    }
    times.sort();
    let total: Duration = times.iter().sum();
    println!(
        "{} tables, {charts} charts, {} failures; total {:.2} s, median {:.1} ms, slowest {:.1} ms",
        times.len(),
        failures.len(),
        total.as_secs_f64(),
        milliseconds(times[times.len() / 2]),
        milliseconds(times[times.len() - 1]),
    );
    for failure in &failures {
        println!("  {failure}");
    }
    ensure!(
        failures.is_empty(),
        "{} of {} tables failed",
        failures.len(),
        times.len()
    );
    Ok(())
}

/// Number of charts drawn on a page; an error when there is none, or one could not be drawn.
fn drawn(output: &std::process::Output, page: &Path) -> anyhow::Result<usize> {
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let html = fs::read_to_string(page)?;
    let charts = html.matches("<article class=\"chart\"").count();
    let drawings = html.matches("<div class=\"drawing\"><svg").count();
    ensure!(charts > 0, "no chart");
    ensure!(
        charts == drawings,
        "{} of {charts} charts were not drawn",
        charts - drawings
    );
    Ok(charts)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
