//! `cargo xtask tidy`: the architecture as a check.
//!
//! Crate edges are those of docs/architecture.md and no others, every Rust file says what it is
//! for, no file or module has a name that means nothing, no committed file names a place outside
//! the project, and every crate takes its versions from the workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

/// Which crates of the workspace each crate may depend on.
const EDGES: &[(&str, &[&str])] = &[
    ("marey-core", &[]),
    ("marey-table", &["marey-core"]),
    ("marey-profile", &["marey-core", "marey-table"]),
    ("marey-rules", &["marey-core", "marey-profile"]),
    ("marey-render", &["marey-core", "marey-table"]),
    (
        "marey",
        &[
            "marey-core",
            "marey-table",
            "marey-profile",
            "marey-rules",
            "marey-render",
        ],
    ),
    ("marey-cli", &["marey"]),
];

/// Names that say nothing about what is inside.
const FORBIDDEN_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "manager", "misc", "types",
];

/// Dependencies that must not enter the default build.
const FORBIDDEN_DEPENDENCIES: &[&str] = &["datafusion", "ballista", "ballista-core"];

/// Longest Rust source file, in lines; generated tables are exempt.
const MAX_LINES: usize = 700;

/// Runs all checks and reports every finding at once.
pub fn run(root: &Path) -> anyhow::Result<()> {
    let mut findings = Vec::new();
    check_edges(root, &mut findings)?;
    for file in rust_files(root)? {
        check_file(root, &file, &mut findings)?;
    }
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    bail!("{} findings", findings.len())
}

/// Checks the dependencies of every crate against the allowed edges.
fn check_edges(root: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    for entry in sorted_entries(&root.join("crates"))? {
        let manifest_path = entry.join("Cargo.toml");
        let text = fs::read_to_string(&manifest_path)
            .with_context(|| format!("reading {}", manifest_path.display()))?;
        let manifest: toml::Table = text
            .parse()
            .with_context(|| format!("parsing {}", manifest_path.display()))?;
        let name = entry
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let Some((_, allowed)) = EDGES.iter().find(|(crate_name, _)| *crate_name == name) else {
            findings.push(format!(
                "crate `{name}` is not in the list of edges in xtask/src/tidy.rs"
            ));
            continue;
        };
        let Some(dependencies) = manifest.get("dependencies").and_then(toml::Value::as_table) else {
            continue;
        };
        for (dependency, how) in dependencies {
            check_dependency(&name, dependency, how, allowed, findings);
        }
    }
    Ok(())
}

fn check_dependency(
    name: &str,
    dependency: &str,
    how: &toml::Value,
    allowed: &[&str],
    findings: &mut Vec<String>,
) {
    if dependency.starts_with("marey") && !allowed.contains(&dependency) {
        findings.push(format!(
            "crate `{name}` may not depend on `{dependency}`; allowed are {allowed:?}"
        ));
    }
    if FORBIDDEN_DEPENDENCIES.contains(&dependency) {
        findings.push(format!(
            "crate `{name}` may not depend on `{dependency}` in the default build"
        ));
    }
    if how.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
        findings.push(format!(
            "crate `{name}` takes `{dependency}` from elsewhere than [workspace.dependencies]"
        ));
    }
}

/// Checks name, head and length of one Rust file.
fn check_file(root: &Path, file: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let shown = file.strip_prefix(root).unwrap_or(file).display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("reading {shown}"))?;
    if !text.starts_with("//!") && !text.starts_with("#![") {
        findings.push(format!("{shown}: does not open with `//!` saying what it is for"));
    }
    let stem = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let folder = file
        .parent()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    for word in [Some(stem), folder].into_iter().flatten() {
        if FORBIDDEN_NAMES.contains(&word.as_str()) {
            findings.push(format!(
                "{shown}: `{word}` says nothing about what is inside; name the concept"
            ));
        }
    }
    let lines = text.lines().count();
    if lines > MAX_LINES && !text.contains("@generated") {
        findings.push(format!(
            "{shown}: {lines} lines, more than {MAX_LINES}; split it by concept"
        ));
    }
    Ok(())
}

/// All Rust files of the workspace, in a fixed order.
fn rust_files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in ["crates", "examples", "benches", "xtask", "fuzz"] {
        collect(&root.join(folder), &mut files)?;
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for path in sorted_entries(folder)? {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if path.is_dir() && name != "target" && name != "node_modules" {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn sorted_entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)
        .with_context(|| format!("listing {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    Ok(entries)
}
