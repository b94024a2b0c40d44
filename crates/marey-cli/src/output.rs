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

/// Whether stdout is a terminal.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How many characters a line of stdout may have.
pub fn width() -> usize {
    /// Of a file or a pipe, which has no width.
    const ELSEWHERE: usize = 140;
    match is_terminal() {
        true => usize::from(console::Term::stdout().size().1).max(40),
        false => ELSEWHERE,
    }
}

/// Where lines go one after the other: to stdout at once, to a file when all are there.
pub enum Sink {
    Stdout,
    File(PathBuf, Vec<u8>),
}

impl Sink {
    /// A file, or stdout for `-`.
    pub fn new(path: &Path) -> Self {
        match path == Path::new("-") {
            true => Self::Stdout,
            false => Self::File(path.to_owned(), Vec::new()),
        }
    }

    /// Puts more.
    pub fn put(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Stdout => print(bytes),
            Self::File(_, all) => {
                all.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Writes the file.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout => Ok(()),
            Self::File(path, all) => write(&path, &all),
        }
    }
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
