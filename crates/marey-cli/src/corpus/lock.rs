//! `marey corpus lock`: pin the contents of corpora, or check them.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use marey_corpus::lock::Lock;

use crate::{failure::BadUsage, output};

/// Arguments of `marey corpus lock`.
#[derive(Args)]
pub struct LockArguments {
    /// Folders of corpora
    #[arg(required = true, value_name = "DIR")]
    corpora: Vec<PathBuf>,
    /// The lock file; lies outside the corpora
    #[arg(long, default_value = "corpora.lock", value_name = "FILE")]
    lock: PathBuf,
    /// Only check that every file is as the lock file says; exit code 1 where one is not
    #[arg(long)]
    check: bool,
}

/// Writes or checks a lock file.
pub fn run(arguments: LockArguments) -> anyhow::Result<()> {
    let mut named = Vec::new();
    for folder in &arguments.corpora {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| BadUsage(format!("`{}` has no name", folder.display())))?;
        if named.iter().any(|(known, _)| *known == name) {
            bail!(BadUsage(format!("two corpora are called `{name}`")));
        }
        named.push((name, folder.as_path()));
    }
    let now = Lock::of(named)?;
    if !arguments.check {
        return output::write(&arguments.lock, now.to_json().as_bytes());
    }
    let place = || format!("`{}` cannot be read", arguments.lock.display());
    let pinned: Lock = fs::read_to_string(&arguments.lock)
        .with_context(place)?
        .parse()
        .with_context(place)?;
    let faults = pinned.faults(&now);
    let text: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    output::print(text.as_bytes())?;
    if !faults.is_empty() {
        bail!(
            "{} files are not as `{}` says",
            faults.len(),
            arguments.lock.display()
        );
    }
    Ok(())
}
