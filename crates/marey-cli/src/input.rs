//! Reading tables from paths and stdin. Only here does the command touch the file system to read.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use marey::{
    Table, TableWarning, Warned,
    table::read::{ReadOptions, read},
};
use tempfile::SpooledTempFile;

use crate::{arguments::ReadArguments, failure::BadUsage};

/// File endings that are tables when a directory is given.
const ENDINGS: &[&str] = &[
    "csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "parquet", "arrow", "feather", "ipc", "xlsx",
    "xls", "xlsb", "ods", "sqlite", "db", "gz",
];

/// Bytes from a pipe that stay in memory; more go to a temporary file.
const SPOOLED_IN_MEMORY: usize = 32 << 20;

/// How the tables of a command are read.
pub fn options(arguments: &ReadArguments) -> ReadOptions {
    ReadOptions {
        sheet: arguments.sheet.clone(),
        ..ReadOptions::default()
    }
}

/// Reads one table.
pub fn table(path: &Path, arguments: &ReadArguments) -> anyhow::Result<Warned<Table, TableWarning>> {
    let options = options(arguments);
    let bytes = bytes(path, options.limits.max_bytes)?;
    let name = display_name(path);
    read(&name, bytes, &options).with_context(|| format!("cannot read `{}` as a table", path.display()))
}

/// Bytes that can be read again from any place: those of a file, or of a pipe once it has ended.
pub enum Source {
    File(File),
    Spooled(SpooledTempFile),
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Spooled(spooled) => spooled.read(buffer),
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Spooled(spooled) => spooled.seek(to),
        }
    }
}

/// Opens a file or stdin for reading in pieces, and says what the table in it is called.
pub fn source(path: &Path, limit: u64) -> anyhow::Result<(String, Source)> {
    let name = display_name(path);
    if path == Path::new("-") {
        return Ok((name, spooled(io::stdin().lock(), path, limit)?));
    }
    if path.is_dir() {
        bail!(BadUsage(format!(
            "`{}` is a directory; name one file",
            path.display()
        )));
    }
    let file = File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?;
    let metadata = file
        .metadata()
        .with_context(|| format!("cannot look at `{}`", path.display()))?;
    if metadata.is_file() {
        return Ok((name, Source::File(file)));
    }
    Ok((name, spooled(file, path, limit)?))
}

/// What comes through a pipe, up to a limit.
fn spooled(source: impl Read, path: &Path, limit: u64) -> anyhow::Result<Source> {
    let mut spooled = SpooledTempFile::new(SPOOLED_IN_MEMORY);
    let bytes = io::copy(&mut source.take(limit.saturating_add(1)), &mut spooled)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    if bytes > limit {
        bail!(
            "`{}` has more than {limit} bytes, the most that is read",
            path.display()
        );
    }
    Ok(Source::Spooled(spooled))
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

/// The files meant by the arguments: directories stand for the tables inside and below, by name.
/// Hidden files and directories inside are left out.
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
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
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
