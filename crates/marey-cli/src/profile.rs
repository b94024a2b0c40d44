//! `marey profile`: one profile per table, one per line as JSON, or as text for people.

use std::fmt::Write;

use marey::{
    TableProfile, TableWarning,
    profile::{ProfileOptions, profile},
};
use serde_json::json;

use crate::{
    arguments::{Format, ProfileArguments},
    failure, input, output,
    progress::Progress,
};

/// Profiles every table; a table that cannot be read is named and the others go on.
pub fn run(arguments: ProfileArguments) -> anyhow::Result<()> {
    let files = input::expand(&arguments.tables)?;
    let format = output::format(arguments.format);
    let progress = Progress::start("profiling");
    let mut failures = 0;
    for file in &files {
        progress.stage(format!("profiling {}", file.display()));
        let table = match input::table(file, &arguments.read) {
            Ok(table) => table,
            Err(error) if files.len() == 1 => return Err(error),
            Err(error) => {
                failure::report(&error);
                failures += 1;
                continue;
            }
        };
        let profile = profile(&table.value, &ProfileOptions::default());
        let text = match format {
            Format::Json => as_json(&profile, &table.warnings)?,
            Format::Text => as_text(&profile, &table.warnings),
        };
        output::print(text.as_bytes())?;
    }
    if failures > 0 {
        anyhow::bail!("{failures} of {} tables could not be read", files.len());
    }
    Ok(())
}

/// The profile in one line; what was noticed while reading comes first among its warnings.
fn as_json(profile: &TableProfile, reading: &[TableWarning]) -> anyhow::Result<String> {
    let mut value = serde_json::to_value(profile)?;
    let warnings: Vec<_> = reading
        .iter()
        .map(|warning| json!(warning.message))
        .chain(profile.warnings.iter().map(|text| json!(text)))
        .collect();
    value["warnings"] = json!(warnings);
    Ok(format!("{value}\n"))
}

fn as_text(profile: &TableProfile, reading: &[TableWarning]) -> String {
    let mut text = format!(
        "{}: {} rows, {} columns\n",
        profile.table,
        profile.rows,
        profile.columns.len()
    );
    let width = profile
        .columns
        .iter()
        .map(|column| column.name.as_str().chars().count())
        .max()
        .unwrap_or(0)
        .min(32);
    for column in &profile.columns {
        let name: String = column
            .name
            .as_str()
            .chars()
            .filter(|c| !c.is_control())
            .take(32)
            .collect();
        let meaning = column
            .semantic_type
            .map(|meaning| meaning.as_str())
            .unwrap_or("-");
        let about = if column.distinct.exact { "" } else { "~" };
        let _ = write!(
            text,
            "  {name:width$}  {:9}  {:12}  {:15}  {about}{} distinct, {} missing",
            column.physical_type.as_str(),
            column.field_type.as_str(),
            meaning,
            column.distinct.value,
            column.nulls,
        );
        if let Some(numeric) = &column.numeric {
            let _ = write!(
                text,
                ", {} to {}, median {}",
                numeric.min, numeric.max, numeric.quantiles.median
            );
        }
        text.push('\n');
    }
    for warning in reading
        .iter()
        .map(|warning| warning.message.as_str())
        .chain(profile.warnings.iter().map(String::as_str))
    {
        let _ = writeln!(text, "  ! {warning}");
    }
    text
}
