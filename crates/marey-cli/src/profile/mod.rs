//! `marey profile`: one profile per table, one per line as JSON, as text for people, or as Arrow.

mod against;
mod sketch;
mod text;

use std::path::{Path, PathBuf};

use anyhow::Context;
use marey::{
    FieldName, TableProfile, TableWarning, Warned,
    profile::{ProfileOptions, privacy::k_anonymity, profile, profile_stream},
    table::write::write_arrow_batches,
};
use serde_json::json;

use crate::{
    arguments::{ProfileArguments, ProfileFormat},
    each_file::each_file,
    failure::{self, BadUsage},
    input,
    output::{self, Sink},
    progress::Progress,
    redact::misnamed,
};

/// Profiles every table; a table that cannot be read is told in its place and the others go on.
pub fn run(arguments: ProfileArguments) -> anyhow::Result<()> {
    if arguments.against.is_some() {
        return against::run(&arguments);
    }
    let files = input::expand(&arguments.tables)?;
    let format = format(arguments.format);
    let progress = Progress::start("profiling");
    if format == ProfileFormat::Arrow {
        return arrow(&files, &arguments, &progress);
    }
    let mut sink = Sink::new(&arguments.output);
    if let [file] = files.as_slice()
        && !arguments.tables.iter().any(|path| path.is_dir())
    {
        progress.stage(format!("profiling {}", file.display()));
        let profile = profiled(file, &arguments, &ProfileOptions::default())?;
        sink.put(written(&profile, None, format)?.as_bytes())?;
        return sink.finish();
    }
    let mut failures = 0;
    each_file(
        &files,
        |file| profiled(file, &arguments, &ProfileOptions::default()),
        |file, profile| {
            progress.stage(format!("profiled {}", file.display()));
            let line = match profile {
                Ok(profile) => written(&profile, Some(file), format)?,
                Err(error) => {
                    failures += 1;
                    failed(file, &error, format)
                }
            };
            sink.put(line.as_bytes())
        },
    )?;
    sink.finish()?;
    all_read(failures, files.len())
}

fn all_read(failures: usize, files: usize) -> anyhow::Result<()> {
    if failures > 0 {
        anyhow::bail!("{failures} of {files} tables could not be read");
    }
    Ok(())
}

/// JSON on a pipe, text on a terminal, unless said otherwise.
fn format(asked: Option<ProfileFormat>) -> ProfileFormat {
    asked.unwrap_or(match output::format(None) {
        crate::arguments::Format::Json => ProfileFormat::Json,
        crate::arguments::Format::Text => ProfileFormat::Text,
    })
}

/// The statistics of all tables in one Arrow file; tables that cannot be read are named on stderr.
fn arrow(files: &[PathBuf], arguments: &ProfileArguments, progress: &Progress) -> anyhow::Result<()> {
    if arguments.output == Path::new("-") && output::is_terminal() {
        anyhow::bail!(BadUsage(
            "--format arrow is no text for a terminal: name a file with -o, or pipe it".into()
        ));
    }
    let (mut batches, mut failures) = (Vec::new(), 0);
    each_file(
        files,
        |file| profiled(file, arguments, &ProfileOptions::default()),
        |file, profile| {
            progress.stage(format!("profiled {}", file.display()));
            match profile {
                Ok(profile) => batches.push(profile.value.to_record_batch()),
                Err(error) => {
                    failures += 1;
                    failure::report(&error);
                }
            }
            Ok(())
        },
    )?;
    let mut bytes = Vec::new();
    write_arrow_batches(&TableProfile::record_schema(), &batches, &mut bytes)?;
    output::write(&arguments.output, &bytes)?;
    all_read(failures, files.len())
}

/// The profile of a table as it may be shown.
fn profiled(
    file: &Path,
    arguments: &ProfileArguments,
    options: &ProfileOptions,
) -> anyhow::Result<Warned<TableProfile, TableWarning>> {
    let profile = match arguments.quasi_identifiers.as_slice() {
        [] => streamed(file, arguments, options)?,
        columns => with_crowds(file, arguments, columns, options)?,
    };
    if arguments.privacy.show_personal {
        return Ok(profile);
    }
    Ok(Warned {
        warnings: profile.value.masked_warnings(&profile.warnings),
        value: profile.value.masked(),
    })
}

fn streamed(
    file: &Path,
    arguments: &ProfileArguments,
    options: &ProfileOptions,
) -> anyhow::Result<Warned<TableProfile, TableWarning>> {
    let read = input::options(&arguments.read);
    let (name, source) = input::source(file, read.limits.max_bytes)?;
    profile_stream(&name, source, &read, options)
        .with_context(|| format!("cannot read `{}` as a table", file.display()))
}

/// The profile with the k-anonymity of columns, for which the table is held in memory.
fn with_crowds(
    file: &Path,
    arguments: &ProfileArguments,
    columns: &[String],
    options: &ProfileOptions,
) -> anyhow::Result<Warned<TableProfile, TableWarning>> {
    let table = input::table(file, &arguments.read)?;
    let columns: Vec<FieldName> = columns.iter().map(|name| name.as_str().into()).collect();
    let crowds = k_anonymity(&table.value, &columns).map_err(misnamed)?;
    let mut profile = profile(&table.value, options);
    profile.privacy.k_anonymity = Some(crowds);
    Ok(Warned {
        value: profile,
        warnings: table.warnings,
    })
}

/// A profile as it is printed, with the path where there are several.
fn written(
    profile: &Warned<TableProfile, TableWarning>,
    path: Option<&Path>,
    format: ProfileFormat,
) -> anyhow::Result<String> {
    match format {
        ProfileFormat::Text => Ok(text::of(&profile.value, &profile.warnings, output::width())),
        _ => as_json(&profile.value, &profile.warnings, path),
    }
}

/// What stands in the place of a table that could not be read.
fn failed(file: &Path, error: &anyhow::Error, format: ProfileFormat) -> String {
    let error = failure::in_one_line(error);
    match format {
        ProfileFormat::Text => format!("{}: {error}\n\n", file.display()),
        _ => format!("{}\n", json!({ "path": file.to_string_lossy(), "error": error })),
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
