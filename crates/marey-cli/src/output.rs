//! Writing results: to a file, whole or not at all, or to stdout.

use std::{
    fs, io,
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::arguments::Format;

/// JSON on a pipe, text on a terminal, unless said otherwise.
pub fn format(asked: Option<Format>) -> Format {
    asked.unwrap_or(if io::stdout().is_terminal() {
        Format::Text
    } else {
        Format::Json
    })
}

/// Writes bytes to a file, or to stdout for `-`.
///
/// The file appears only when it is complete: a reader never sees half a page.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return print(bytes);
    }
    let unfinished = beside(path);
    fs::write(&unfinished, bytes)
        .and_then(|()| fs::rename(&unfinished, path))
        .inspect_err(|_| drop(fs::remove_file(&unfinished)))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

/// Prints bytes to stdout.
pub fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(bytes)
        .and_then(|()| stdout.flush())
        .context("cannot write to stdout")
}

/// A hidden name in the same folder, so that the final rename stays on one file system.
fn beside(path: &Path) -> PathBuf {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}
