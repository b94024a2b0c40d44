//! `marey insights`: what is worth saying about each table, one JSON object per line, or as text.

use std::fmt::Write;

use marey::{MineOptions, Mining, insight::claims, insights};
use serde_json::{Value, json};

use crate::{
    arguments::{Format, InsightsArguments},
    failure::{self, BadUsage},
    input, output,
    progress::Progress,
};

/// Mines every table; a table that cannot be read is named and the others go on.
pub fn run(arguments: InsightsArguments) -> anyhow::Result<()> {
    let options = options(&arguments)?;
    let files = input::expand(&arguments.tables)?;
    let format = output::format(arguments.format);
    let progress = Progress::start("mining");
    let mut lines = String::new();
    let mut failures = 0;
    for file in &files {
        progress.stage(format!("mining {}", file.display()));
        let table = match input::table(file, &arguments.read) {
            Ok(table) => table,
            Err(error) if files.len() == 1 => return Err(error),
            Err(error) => {
                failure::report(&error);
                failures += 1;
                continue;
            }
        };
        let mining = insights(&table.value, &options);
        let stem = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for claim in claims(&stem, &mining) {
            let _ = writeln!(lines, "{claim}");
        }
        let text = match format {
            Format::Json => format!("{}\n", as_json(table.value.name(), &mining)?),
            Format::Text => as_text(table.value.name(), &mining),
        };
        output::print(text.as_bytes())?;
    }
    if let Some(path) = &arguments.claims {
        output::write(path, lines.as_bytes())?;
    }
    if failures > 0 {
        anyhow::bail!("{failures} of {} tables could not be read", files.len());
    }
    Ok(())
}

/// What was typed, as the miner takes it.
fn options(arguments: &InsightsArguments) -> anyhow::Result<MineOptions> {
    if !(arguments.fdr > 0.0 && arguments.fdr <= 0.5) {
        anyhow::bail!(BadUsage(format!(
            "--fdr is {}; it must be above 0 and at most 0.5",
            arguments.fdr
        )));
    }
    Ok(MineOptions {
        fdr: arguments.fdr,
        top: usize::from(arguments.top),
        ..MineOptions::default()
    })
}

fn as_json(table: &str, mining: &Mining) -> anyhow::Result<Value> {
    let mut value = serde_json::to_value(mining)?;
    value["table"] = json!(table);
    Ok(value)
}

fn as_text(table: &str, mining: &Mining) -> String {
    let mut text = format!(
        "{table}: {} insights of {} hypotheses checked; expected false share at most {} %\n",
        mining.insights.len(),
        mining.family.hypotheses,
        mining.family.fdr * 100.0
    );
    for (rank, insight) in mining.insights.iter().enumerate() {
        let columns: Vec<String> = insight.columns().iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "{:3}. {}: {}{}{} ({} {:.3}, q {:.2e})",
            rank + 1,
            insight.kind,
            columns.join(", "),
            if insight.focus.is_empty() {
                String::new()
            } else {
                format!(": {}", insight.focus.join(", "))
            },
            insight
                .direction
                .map(|direction| format!(" {direction}"))
                .unwrap_or_default(),
            insight.effect.name,
            insight.effect.value,
            insight.q
        );
    }
    for warning in &mining.warnings {
        let _ = writeln!(text, "  ! {warning}");
    }
    text
}
