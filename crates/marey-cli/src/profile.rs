//! `marey profile`: one profile per table, one per line as JSON, or as text for people.

use std::{fmt::Write, path::Path};

use anyhow::Context;
use marey::{
    TableProfile, TableWarning, Warned,
    profile::{ProfileOptions, profile_stream},
};
use serde_json::json;

use crate::{
    arguments::{Format, ProfileArguments, ReadArguments},
    each_file::each_file,
    failure, input, output,
    progress::Progress,
};

/// Profiles every table; a table that cannot be read is told in its place and the others go on.
pub fn run(arguments: ProfileArguments) -> anyhow::Result<()> {
    let files = input::expand(&arguments.tables)?;
    let format = output::format(arguments.format);
    let progress = Progress::start("profiling");
    if let [file] = files.as_slice()
        && !arguments.tables.iter().any(|path| path.is_dir())
    {
        progress.stage(format!("profiling {}", file.display()));
        let profile = profiled(file, &arguments.read)?;
        return output::print(written(&profile, None, format)?.as_bytes());
    }
    let mut failures = 0;
    each_file(
        &files,
        |file| profiled(file, &arguments.read),
        |file, profile| {
            progress.stage(format!("profiled {}", file.display()));
            let line = match profile {
                Ok(profile) => written(&profile, Some(file), format)?,
                Err(error) => {
                    failures += 1;
                    failed(file, &error, format)
                }
            };
            output::print(line.as_bytes())
        },
    )?;
    if failures > 0 {
        anyhow::bail!("{failures} of {} tables could not be read", files.len());
    }
    Ok(())
}

fn profiled(file: &Path, arguments: &ReadArguments) -> anyhow::Result<Warned<TableProfile, TableWarning>> {
    let read = input::options(arguments);
    let (name, source) = input::source(file, read.limits.max_bytes)?;
    profile_stream(&name, source, &read, &ProfileOptions::default())
        .with_context(|| format!("cannot read `{}` as a table", file.display()))
}

/// A profile as it is printed, with the path where there are several.
fn written(
    profile: &Warned<TableProfile, TableWarning>,
    path: Option<&Path>,
    format: Format,
) -> anyhow::Result<String> {
    match format {
        Format::Json => as_json(&profile.value, &profile.warnings, path),
        Format::Text => Ok(as_text(&profile.value, &profile.warnings)),
    }
}

/// What stands in the place of a table that could not be read.
fn failed(file: &Path, error: &anyhow::Error, format: Format) -> String {
    let error = failure::in_one_line(error);
    match format {
        Format::Json => format!("{}\n", json!({ "path": file.to_string_lossy(), "error": error })),
        Format::Text => format!("{}: {error}\n", file.display()),
    }
}

/// The profile in one line; what was noticed while reading comes first among its warnings.
fn as_json(profile: &TableProfile, reading: &[TableWarning], path: Option<&Path>) -> anyhow::Result<String> {
    let mut value = serde_json::to_value(profile)?;
    if let Some(path) = path {
        value["path"] = json!(path.to_string_lossy());
    }
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
