//! `marey redact`: a table without the personal values in it.

use std::path::Path;

use anyhow::Context;
use marey::{
    FieldName, Table,
    profile::{
        ProfileError, ProfileOptions,
        privacy::{Hiding, RedactOptions, RedactedColumn, redact_table},
        profile,
    },
    table::write::{write_arrow, write_csv, write_parquet},
};

use crate::{
    arguments::{self, RedactArguments},
    failure::BadUsage,
    input, output,
    progress::Progress,
};

/// Reads, redacts and writes; says on stderr what was redacted.
pub fn run(arguments: RedactArguments) -> anyhow::Result<()> {
    let write = form(&arguments.output)?;
    let progress = Progress::start(format!("reading {}", arguments.table.display()));
    let table = input::table(&arguments.table, &arguments.read)?.value;
    progress.stage("redacting");
    let profile = profile(&table, &ProfileOptions::default());
    let (redacted, columns) = redact_table(&table, &profile, &options(&arguments)).map_err(misnamed)?;
    let mut bytes = Vec::new();
    write(&redacted, &mut bytes).context("cannot write the redacted table")?;
    drop(progress);
    output::write(&arguments.output, &bytes)?;
    eprintln!("marey: {}", told(&columns));
    Ok(())
}

fn options(arguments: &RedactArguments) -> RedactOptions {
    let names = |names: &[String]| names.iter().map(|name| FieldName::new(name.as_str())).collect();
    RedactOptions {
        hiding: match arguments.hiding {
            arguments::Hiding::Pseudonym => Hiding::Pseudonym,
            arguments::Hiding::Mask => Hiding::Mask,
            arguments::Hiding::Blank => Hiding::Blank,
        },
        also: names(&arguments.also),
        keep: names(&arguments.keep),
    }
}

/// A column that is not there is a fault of the request.
pub fn misnamed(error: ProfileError) -> anyhow::Error {
    match error {
        ProfileError::UnknownColumn { .. } => BadUsage(error.to_string()).into(),
        other => other.into(),
    }
}

type WriteTable = fn(&Table, &mut Vec<u8>) -> Result<(), marey::table::TableError>;

/// How the table is written, by the ending of the output.
fn form(path: &Path) -> anyhow::Result<WriteTable> {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("csv") => Ok(|table, out| write_csv(table, out)),
        Some("parquet") => Ok(|table, out| write_parquet(table, out)),
        Some("arrow" | "ipc" | "feather") => Ok(|table, out| write_arrow(table, out)),
        _ if path == Path::new("-") => Ok(|table, out| write_csv(table, out)),
        _ => Err(BadUsage(format!(
            "-o {}: expected a file ending in .csv, .parquet or .arrow",
            path.display()
        ))
        .into()),
    }
}

/// What was redacted, in a line.
fn told(columns: &[RedactedColumn]) -> String {
    if columns.is_empty() {
        return "nothing personal was found; what no detector knows stays".to_owned();
    }
    let each: Vec<String> = columns
        .iter()
        .map(|column| {
            let kind = column.kind.map_or("as asked", |kind| kind.label());
            let inside = if column.whole { "" } else { " in texts" };
            format!("`{}` ({kind}{inside})", column.name)
        })
        .collect();
    format!("redacted {}; what no detector knows stays", each.join(", "))
}
