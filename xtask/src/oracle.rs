//! The oracle: node scripts over the official Vega packages, fed and read by lines.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// Inputs handed to one node process; a fresh process bounds what leaks.
const BATCH: usize = 400;

/// Folder of the node scripts and their `package.json`.
fn node_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node")
}

/// A file or folder of an installed package.
pub fn package(path: &str) -> PathBuf {
    node_folder().join("node_modules").join(path)
}

/// Installs the official packages beside the scripts unless they are there.
pub fn install() -> Result<()> {
    let folder = node_folder();
    if folder.join("node_modules/vega-lite/package.json").is_file() {
        return Ok(());
    }
    eprintln!("installing the official Vega packages into {}", folder.display());
    let status = Command::new("npm")
        .args([
            "install",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .status()
        .context("npm did not start; this check needs node and npm")?;
    ensure!(status.success(), "npm install failed in {}", folder.display());
    Ok(())
}

/// Runs a script over lines of input and returns the JSON objects it prints, in the same order.
pub fn ask(script: &str, arguments: &[String], lines: &[String]) -> Result<Vec<Value>> {
    let mut answers = Vec::with_capacity(lines.len());
    for batch in lines.chunks(BATCH) {
        answers.extend(ask_once(script, arguments, batch)?);
    }
    Ok(answers)
}

fn ask_once(script: &str, arguments: &[String], lines: &[String]) -> Result<Vec<Value>> {
    let mut child = Command::new("node")
        .arg("--max-old-space-size=4096")
        .arg(node_folder().join(script))
        .args(arguments)
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("node did not start")?;
    let mut input = child.stdin.take().context("node has no stdin")?;
    let text = lines.join("\n") + "\n";
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    // A script that dies early closes its stdin; its exit status tells more than the broken pipe.
    let written = writer
        .join()
        .map_err(|_| anyhow::anyhow!("writing to node panicked"))?;
    if !output.status.success() {
        bail!("{script} failed ({})", output.status);
    }
    written.context("writing to node")?;
    let answers = String::from_utf8(output.stdout)?
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("{script} printed {line:?}")))
        .collect::<Result<Vec<Value>>>()?;
    ensure!(
        answers.len() == lines.len(),
        "{script} gave {} answers to {} lines",
        answers.len(),
        lines.len()
    );
    Ok(answers)
}

/// All `*.vl.json` files in a folder and its subfolders, sorted.
pub fn spec_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if entry.file_name().to_string_lossy().ends_with(".vl.json") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
