//! `vega-check`: specs against the official schema, compiler and runtime.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::oracle;

/// Checks every spec of a folder and fails when one does not draw.
pub fn run(folder: &Path, data: Option<&Path>) -> Result<()> {
    oracle::install()?;
    let lines: Vec<String> = oracle::spec_files(folder)?
        .iter()
        .map(|path| Ok(std::path::absolute(path)?.to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    ensure!(!lines.is_empty(), "no *.vl.json file in {}", folder.display());
    let mut arguments = Vec::new();
    if let Some(data) = data {
        arguments.extend(["--data".to_owned(), data.to_string_lossy().into_owned()]);
    }
    let answers = oracle::ask("vega_check.mjs", &arguments, &lines)?;
    let failed: Vec<&Value> = answers.iter().filter(|answer| answer["ok"] != true).collect();
    for answer in &failed {
        println!(
            "{} [{}] {}",
            answer["path"].as_str().unwrap_or("?"),
            answer["stage"].as_str().unwrap_or("?"),
            answer["message"].as_str().unwrap_or("?")
        );
    }
    println!(
        "{} specs, {} draw, {} fail",
        answers.len(),
        answers.len() - failed.len(),
        failed.len()
    );
    ensure!(
        failed.is_empty(),
        "{} of {} specs fail",
        failed.len(),
        answers.len()
    );
    Ok(())
}
