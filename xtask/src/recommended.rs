//! `recommended`: every chart that Marey proposes for a folder of tables, and those of their stories, against
//! official Vega.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::{program, vega_check};

/// Rows put into each spec: enough for every transform to have something to do.
const ROWS: &str = "2000";

/// Proposes charts for every table, writes them as specs that draw by themselves, and checks these.
pub fn run(root: &Path, folder: &Path, release: bool) -> anyhow::Result<()> {
    let marey = program::build(root, release)?;
    let specs = program::target(root).join("recommended");
    if specs.exists() {
        fs::remove_dir_all(&specs)?;
    }
    fs::create_dir_all(&specs)?;
    for table in program::tables(folder)? {
        let output = Command::new(&marey)
            .arg("recommend")
            .arg(&table)
            .args(["--with-rows", ROWS, "--format", "json"])
            .output()
            .context("marey did not start")?;
        ensure!(
            output.status.success(),
            "marey recommend {}: {}",
            table.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        let charts: Vec<Value> =
            serde_json::from_slice(&output.stdout).context("marey recommend printed no JSON")?;
        ensure!(
            !charts.is_empty(),
            "marey recommend {}: no chart",
            table.display()
        );
        for (at, chart) in story_charts(&marey, &table)?.iter().enumerate() {
            let name = format!("{}-story-{at}.vl.json", program::flat_name(folder, &table));
            fs::write(specs.join(name), chart.to_string())?;
        }
        for chart in &charts {
            let name = format!("{}-{}.vl.json", program::flat_name(folder, &table), chart["rank"]);
            fs::write(specs.join(name), chart["spec"].to_string())?;
        }
    }
    vega_check::run(&specs, None)
}

/// The charts of a table's story, plain and with their annotations; they carry the rows that they draw.
fn story_charts(marey: &Path, table: &Path) -> anyhow::Result<Vec<Value>> {
    let output = Command::new(marey)
        .arg("insights")
        .arg(table)
        .args(["--format", "json"])
        .output()
        .context("marey did not start")?;
    ensure!(
        output.status.success(),
        "marey insights {}: {}",
        table.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    let told: Value = serde_json::from_slice(&output.stdout).context("marey insights printed no JSON")?;
    let cards = told["story"]["insights"].as_array().into_iter().flatten();
    let charts = cards.flat_map(|card| [&card["chart"], &card["annotated"]]);
    Ok(charts.filter(|chart| chart.is_object()).cloned().collect())
}
