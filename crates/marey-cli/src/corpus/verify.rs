//! `marey corpus verify`: a corpus against its hashes, or weights against what they were made from.

use std::{
    fmt::Write,
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use marey_corpus::{
    Digest,
    lineage::{WeightsClaim, WeightsReport},
    manifest::{FileObject, Manifest},
};
use serde_json::{Value, json};

use super::place::{LedgerArguments, read};
use crate::{arguments::Format, output};

/// Arguments of `marey corpus verify`.
#[derive(Args)]
pub struct VerifyArguments {
    /// Folder of a corpus, or a safetensors file
    target: PathBuf,
    #[command(flatten)]
    ledger: LedgerArguments,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Checks and prints what was found; an error where something does not agree.
pub fn run(arguments: VerifyArguments) -> anyhow::Result<()> {
    let format = output::format(arguments.format);
    if arguments.target.is_dir() {
        corpus(&arguments.target, format)
    } else {
        weights(&arguments, format)
    }
}

fn weights(arguments: &VerifyArguments, format: Format) -> anyhow::Result<()> {
    let shown = arguments.target.display();
    let bytes = fs::read(&arguments.target).with_context(|| format!("cannot read `{shown}`"))?;
    let Some(claim) = WeightsClaim::read(&bytes).with_context(|| format!("`{shown}`"))? else {
        bail!("`{shown}` carries no lineage: its metadata has no `lineage_root`");
    };
    let report = claim.check(arguments.ledger.open_if_there()?.as_ref())?;
    let text = match format {
        Format::Json => format!("{}\n", json!(report)),
        Format::Text => weights_as_text(&report),
    };
    output::print(text.as_bytes())?;
    match (report.faults.len(), report.withdrawn.len()) {
        (0, 0) => Ok(()),
        (0, _) => bail!("`{shown}` was made from what was withdrawn since"),
        (faults, _) => bail!("`{shown}` is not what it says: {faults} faults"),
    }
}

fn weights_as_text(report: &WeightsReport) -> String {
    let claim = &report.claim;
    let mut text = format!(
        "contents  {}\nroot      {}\nrun       {}\nassets    {}\nfence     {}\n",
        claim.digest,
        claim.root,
        claim.run,
        claim.inputs.assets.len(),
        claim.fence
    );
    text.push_str(if report.ledger {
        "held against the ledger\n"
    } else {
        "no ledger to hold it against: the file agrees or disagrees with itself only\n"
    });
    for fault in &report.faults {
        let _ = writeln!(text, "FAULT     {fault}");
    }
    for (digest, reason) in &report.withdrawn {
        let _ = writeln!(text, "WITHDRAWN {digest}: {reason}");
    }
    text
}

fn corpus(folder: &Path, format: Format) -> anyhow::Result<()> {
    let path = folder.join("croissant.json");
    let manifest: Manifest = read(&path)?
        .parse()
        .with_context(|| format!("`{}`", path.display()))?;
    let mut faults = 0;
    let mut files = Vec::new();
    let assets = manifest.assets();
    for (file, asset) in manifest.files.iter().zip(&assets) {
        let mut found = fault_of(folder, file);
        if found.is_none() && asset.rights.licence.is_none() {
            found = Some("it has no licence, and is admitted for nothing".into());
        }
        faults += usize::from(found.is_some());
        files.push((file.content_url.as_str(), found));
    }
    let text = match format {
        Format::Json => {
            let listed: Vec<Value> = files
                .iter()
                .map(|(path, fault)| json!({ "path": path, "fault": fault }))
                .collect();
            format!("{}\n", json!({ "corpus": manifest.name, "files": listed }))
        }
        Format::Text => files.iter().fold(String::new(), |mut text, (path, fault)| {
            let _ = match fault {
                None => writeln!(text, "whole  {path}"),
                Some(fault) => writeln!(text, "FAULT  {path}: {fault}"),
            };
            text
        }),
    };
    output::print(text.as_bytes())?;
    if faults > 0 {
        bail!(
            "{faults} of {} files are not as `{}` says",
            files.len(),
            path.display()
        );
    }
    Ok(())
}

/// What is wrong with a file, if anything.
fn fault_of(folder: &Path, file: &FileObject) -> Option<String> {
    let Some(pinned) = file.digest else {
        return Some("it has no sha256, and is admitted for nothing".into());
    };
    if file.content_url.contains("://") {
        return Some("it lies elsewhere; only files in the corpus are read".into());
    }
    let opened = file
        .path_in(folder)
        .map_err(|error| error.to_string())
        .and_then(|path| File::open(path).map_err(|error| error.to_string()));
    let found = opened.and_then(|opened| Digest::of_reader(opened).map_err(|error| error.to_string()));
    match found {
        Ok((found, _)) if found == pinned => None,
        Ok((found, _)) => Some(format!("it has {found}, pinned is {pinned}")),
        Err(problem) => Some(problem),
    }
}
