//! Reading tables from paths and stdin. Only here does the command touch the file system to read.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use marey::{
    Table, TableWarning, Warned,
    table::read::{ReadOptions, read},
};

use crate::{arguments::ReadArguments, failure::BadUsage};

/// File endings that are tables when a directory is given.
const ENDINGS: &[&str] = &[
    "csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "parquet", "arrow", "feather", "ipc", "xlsx",
    "xls", "xlsb", "ods", "sqlite", "db", "gz",
];

/// Reads one table.
pub fn table(path: &Path, arguments: &ReadArguments) -> anyhow::Result<Warned<Table, TableWarning>> {
    let options = ReadOptions {
        sheet: arguments.sheet.clone(),
        ..ReadOptions::default()
    };
    let bytes = bytes(path, options.limits.max_bytes)?;
    let name = display_name(path);
    read(&name, bytes, &options).with_context(|| format!("cannot read `{}` as a table", path.display()))
}

/// All bytes of a file or of stdin, up to a limit.
pub fn bytes(path: &Path, limit: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        take(io::stdin().lock(), limit, &mut bytes).context("cannot read stdin")?;
    } else {
        if path.is_dir() {
            bail!(BadUsage(format!(
                "`{}` is a directory; name one file",
                path.display()
            )));
        }
        let file = File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?;
        take(file, limit, &mut bytes).with_context(|| format!("cannot read `{}`", path.display()))?;
    }
    if bytes.len() as u64 > limit {
        bail!(
            "`{}` has more than {limit} bytes, the most that is read at once",
            path.display()
        );
    }
    Ok(bytes)
}

/// Reads one byte more than the limit, so that passing it can be told.
fn take(source: impl Read, limit: u64, bytes: &mut Vec<u8>) -> io::Result<usize> {
    source.take(limit.saturating_add(1)).read_to_end(bytes)
}

/// The files meant by the arguments: directories stand for the tables inside, by name.
pub fn expand(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inside = tables_inside(path)?;
            if inside.is_empty() {
                bail!(
                    "directory `{}` holds no file that looks like a table ({})",
                    path.display(),
                    ENDINGS.join(", ")
                );
            }
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Tables in a folder and below, in order of their paths.
fn tables_inside(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot list `{}`", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list `{}`", folder.display()))?;
            let kind = entry
                .file_type()
                .with_context(|| format!("cannot look at `{}`", entry.path().display()))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && has_table_ending(&entry.path()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_table_ending(path: &Path) -> bool {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
        .is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// What a table is called until something better is known: its file name.
fn display_name(path: &Path) -> String {
    if path == Path::new("-") {
        return "stdin".into();
    }
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_else(|| "table".into())
}
