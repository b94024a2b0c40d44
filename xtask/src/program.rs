//! The `marey` program under test: built once, run many times.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};

/// Endings of the files that are tried as tables.
const TABLES: &[&str] = &[
    "csv", "tsv", "json", "ndjson", "parquet", "arrow", "xlsx", "ods", "sqlite",
];

/// Builds the program and returns its path.
pub fn build(root: &Path, release: bool) -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(cargo);
    command
        // Not `--package`: other features would be chosen, and dependencies compiled anew for them.
        .args(["build", "--quiet", "--all-features", "--bin", "marey"])
        .current_dir(root);
    if release {
        command.arg("--release");
    }
    ensure!(
        command.status().context("could not start cargo")?.success(),
        "building marey failed"
    );
    let folder = target(root).join(if release { "release" } else { "debug" });
    Ok(folder.join("marey"))
}

/// Where cargo builds, and where checks leave what they make.
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// The tables in a folder and below, in order of their paths, manifests are not tables.
pub fn tables(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_table(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    ensure!(!found.is_empty(), "no table in {}", folder.display());
    Ok(found)
}

fn is_table(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let named = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    named != "croissant.json" && ending.is_some_and(|ending| TABLES.contains(&ending.as_str()))
}

/// A file name that tells tables of several folders apart.
pub fn flat_name(folder: &Path, table: &Path) -> String {
    let relative = table
        .strip_prefix(folder)
        .unwrap_or(table)
        .to_string_lossy()
        .into_owned();
    relative.replace(['/', '\\'], "--")
}
