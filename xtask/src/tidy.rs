//! `cargo xtask tidy`: the architecture as a check.
//!
//! Crate edges are those of docs/architecture.md and no others, every crate takes its versions and
//! lints from the workspace and says what a registry asks of it, every Rust file says what it is
//! for, no file or module has a name that means nothing, no committed text names a place outside
//! the repository, and links between pages lead somewhere.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

/// Which crates of the workspace each crate may depend on.
const EDGES: &[(&str, &[&str])] = &[
    ("marey-core", &[]),
    ("marey-table", &["marey-core"]),
    ("marey-profile", &["marey-core", "marey-table"]),
    ("marey-rules", &["marey-core", "marey-profile"]),
    ("marey-insight", &["marey-core", "marey-table", "marey-profile"]),
    ("marey-render", &["marey-core", "marey-table"]),
    (
        "marey",
        &[
            "marey-core",
            "marey-table",
            "marey-profile",
            "marey-rules",
            "marey-features",
            "marey-model",
            "marey-insight",
            "marey-render",
        ],
    ),
    ("marey-features", &["marey-core", "marey-table", "marey-profile"]),
    ("marey-metrics", &["marey-core", "marey-table"]),
    (
        "marey-model",
        &["marey-core", "marey-table", "marey-features", "marey-rules"],
    ),
    ("marey-corpus", &["marey-core", "marey-table", "marey-profile"]),
    (
        "marey-lab",
        &[
            "marey-core",
            "marey-table",
            "marey-profile",
            "marey-rules",
            "marey-features",
            "marey-model",
            "marey-insight",
            "marey-metrics",
            "marey-render",
            "marey-corpus",
            "marey",
        ],
    ),
    ("marey-cli", &["marey", "marey-lab", "marey-corpus"]),
];

/// Names that say nothing about what is inside.
const FORBIDDEN_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "manager", "misc", "types",
];

/// Dependencies that must not enter the default build.
const FORBIDDEN_DEPENDENCIES: &[&str] = &["datafusion", "ballista", "ballista-core"];

/// What a package must say of itself before a registry takes it.
const PUBLISHED_KEYS: &[&str] = &["description", "license", "repository", "rust-version"];

/// Where people keep their own files: a committed text that names such a place works nowhere else.
const PRIVATE_PLACES: &[&str] = &["/home/", "/Users/", "/root/"];

/// Longest Rust source file, in lines; generated tables are exempt.
const MAX_LINES: usize = 700;

/// Runs all checks and reports every finding at once.
pub fn run(root: &Path) -> anyhow::Result<()> {
    let mut findings = Vec::new();
    for folder in packages(root)? {
        check_manifest(root, &folder, &mut findings)?;
    }
    for file in rust_files(root)? {
        check_file(root, &file, &mut findings)?;
    }
    for file in committed_files(root)? {
        check_text(root, &file, &mut findings)?;
    }
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    bail!("{} findings", findings.len())
}

/// The folders of the packages of the workspace.
fn packages(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut folders = sorted_entries(&root.join("crates"))?;
    folders.extend(["examples", "benches", "xtask"].map(|folder| root.join(folder)));
    Ok(folders)
}

/// Checks lints, words for the registry, and the edges of every kind of dependency of a package.
fn check_manifest(root: &Path, folder: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let manifest: toml::Table = text
        .parse()
        .with_context(|| format!("parsing {}", path.display()))?;
    let package = manifest.get("package").and_then(toml::Value::as_table);
    let name = package
        .and_then(|package| package.get("name"))
        .and_then(toml::Value::as_str)
        .unwrap_or_default();
    if !from_workspace(manifest.get("lints")) {
        findings.push(format!(
            "package `{name}` does not take [lints] from the workspace"
        ));
    }
    let is_published = folder.starts_with(root.join("crates"));
    let allowed = EDGES.iter().find(|(crate_name, _)| *crate_name == name);
    if is_published {
        check_published(folder, name, package, findings);
        if allowed.is_none() {
            findings.push(format!(
                "crate `{name}` is not in the list of edges in xtask/src/tidy.rs"
            ));
        }
    } else if package.and_then(|package| package.get("publish")) != Some(&toml::Value::Boolean(false)) {
        findings.push(format!(
            "package `{name}` lies outside crates/ and lacks `publish = false`"
        ));
    }
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let dependencies = manifest.get(table).and_then(toml::Value::as_table);
        for (dependency, how) in dependencies.into_iter().flatten() {
            check_dependency(name, dependency, how, allowed.map(|(_, to)| *to), findings);
        }
    }
    Ok(())
}

/// Whether a value of a manifest is `{ workspace = true }`, whatever stands beside it.
fn from_workspace(value: Option<&toml::Value>) -> bool {
    value.and_then(|value| value.get("workspace")) == Some(&toml::Value::Boolean(true))
}

/// Checks that a crate has what is published with it.
fn check_published(folder: &Path, name: &str, package: Option<&toml::Table>, findings: &mut Vec<String>) {
    for key in PUBLISHED_KEYS {
        if !package.is_some_and(|package| package.contains_key(*key)) {
            findings.push(format!("crate `{name}` lacks `{key}` in [package]"));
        }
    }
    if !folder.ends_with(name) {
        findings.push(format!(
            "crate `{name}` lies in {}, a folder of another name",
            folder.display()
        ));
    }
    if !folder.join("README.md").is_file() {
        findings.push(format!("crate `{name}` has no README.md"));
    }
}

/// Checks one dependency; packages outside crates/ may depend on any crate (`allowed` is absent).
fn check_dependency(
    name: &str,
    dependency: &str,
    how: &toml::Value,
    allowed: Option<&[&str]>,
    findings: &mut Vec<String>,
) {
    if let Some(allowed) = allowed
        && dependency.starts_with("marey")
        && !allowed.contains(&dependency)
    {
        findings.push(format!(
            "crate `{name}` may not depend on `{dependency}`; allowed are {allowed:?}"
        ));
    }
    if FORBIDDEN_DEPENDENCIES.contains(&dependency) {
        findings.push(format!(
            "crate `{name}` may not depend on `{dependency}` in the default build"
        ));
    }
    if !from_workspace(Some(how)) {
        findings.push(format!(
            "crate `{name}` takes `{dependency}` from elsewhere than [workspace.dependencies]"
        ));
    }
}

/// Checks name, head and length of one Rust file.
fn check_file(root: &Path, file: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let shown = file.strip_prefix(root).unwrap_or(file).display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("reading {shown}"))?;
    if !opens_with_purpose(&text) {
        findings.push(format!("{shown}: does not open with `//!` saying what it is for"));
    }
    for word in text.lines().filter_map(module_name) {
        if FORBIDDEN_NAMES.contains(&word) {
            findings.push(format!(
                "{shown}: module `{word}` says nothing about what is inside; name the concept"
            ));
        }
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

/// Whether `//!` words stand before the first item; other inner attributes may stand around them.
fn opens_with_purpose(text: &str) -> bool {
    text.lines()
        .take_while(|line| line.is_empty() || line.starts_with("#![") || line.starts_with("//!"))
        .any(|line| line.starts_with("//! ") || line.starts_with("#![doc = include_str!"))
}

/// The name of the module that a line declares or opens.
fn module_name(line: &str) -> Option<&str> {
    let mut words = line.split([' ', ';', '{']).filter(|word| !word.is_empty());
    let mut word = words.next()?;
    if word.starts_with("pub") {
        word = words.find(|word| !word.ends_with(')'))?;
    }
    (word == "mod").then(|| words.next()).flatten()
}

/// Checks the words of one committed file; what is not text is passed over.
fn check_text(root: &Path, file: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let shown = file.strip_prefix(root).unwrap_or(file).display().to_string();
    let bytes = fs::read(file).with_context(|| format!("reading {shown}"))?;
    let Ok(text) = String::from_utf8(bytes) else {
        return Ok(());
    };
    // This file lists the places.
    let places = if file.ends_with(file!()) {
        &[]
    } else {
        PRIVATE_PLACES
    };
    for place in places {
        if let Some(index) = text.lines().position(|line| line.contains(*place)) {
            findings.push(format!(
                "{shown}:{}: names `{place}`, a place outside the repository",
                index + 1
            ));
        }
    }
    if file.extension().is_some_and(|extension| extension == "md") {
        check_links(root, file, &text, findings);
    }
    Ok(())
}

/// Checks that relative links of a page lead to something inside the repository.
fn check_links(root: &Path, page: &Path, text: &str, findings: &mut Vec<String>) {
    let shown = page.strip_prefix(root).unwrap_or(page).display();
    for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let target = link.split('#').next().unwrap_or_default();
        // Addresses, and the paths of Rust that the pages of crates link to, have a colon or an at.
        if target.is_empty() || target.contains([':', '@']) {
            continue;
        }
        let found = page.parent().unwrap_or(root).join(target).canonicalize();
        if !found.is_ok_and(|found| root.canonicalize().is_ok_and(|root| found.starts_with(root))) {
            findings.push(format!(
                "{shown}: the link to `{target}` leads nowhere in the repository"
            ));
        }
    }
}

/// The files that are committed; those of the folders of Rust code where git is absent.
fn committed_files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output();
    let Some(listed) = listed.ok().filter(|output| output.status.success()) else {
        return rust_files(root);
    };
    let names = String::from_utf8(listed.stdout).context("git named a file that is not text")?;
    Ok(names
        .split_terminator('\0')
        .map(|name| root.join(name))
        .filter(|file| file.is_file())
        .collect())
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

#[cfg(test)]
mod tests {
    //! What counts as an opening and as the name of a module.

    use super::*;

    #[test]
    fn files_open_with_their_purpose() {
        let check = |text: &str, expected: bool| assert_eq!(opens_with_purpose(text), expected, "{text}");
        check("//! Reads.\nuse std::fs;", true);
        check("#![no_main]\n//! Fuzzes.\n", true);
        check("#![doc = include_str!(\"../README.md\")]\n", true);
        check("#![no_main]\nuse std::fs;\n//! Late.", false);
        check("//!\nuse std::fs;", false);
        check("", false);
    }

    #[test]
    fn modules_are_known_by_name() {
        let check = |line: &str, expected: Option<&str>| assert_eq!(module_name(line), expected, "{line}");
        check("mod tests {", Some("tests"));
        check("    pub mod ticks;", Some("ticks"));
        check("pub(crate) mod helpers;", Some("helpers"));
        check("pub(in crate::read) mod util {", Some("util"));
        check("pub fn mod_of() {", None);
        check("let x = 1;", None);
    }
}
