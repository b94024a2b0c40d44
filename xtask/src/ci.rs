//! `cargo xtask ci`: everything that must hold before a change lands, cheapest first.

use std::{path::Path, process::Command, time::Instant};

use anyhow::{Context, bail};

/// Runs every step and stops at the first that fails.
pub fn run(root: &Path) -> anyhow::Result<()> {
    let start = Instant::now();
    step("tidy", || crate::tidy::run(root))?;
    step("generated pages", || crate::codegen::run(root, true))?;
    cargo(root, "format", &["fmt", "--all", "--check"], &[])?;
    cargo(
        root,
        "clippy",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        &[],
    )?;
    cargo(
        root,
        "tests",
        &[
            "test",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--no-fail-fast",
        ],
        &[],
    )?;
    cargo(
        root,
        "doctests",
        &["test", "--workspace", "--doc", "--all-features"],
        &[],
    )?;
    // Not `--package`: other features would be chosen, and Arrow compiled anew for them.
    for example in examples(root)? {
        cargo(
            root,
            &format!("example {example}"),
            &["run", "--quiet", "--all-features", "--example", &example],
            &[],
        )?;
    }
    official_vega(root)?;
    reference_croissant(root)?;
    let strict = [("RUSTDOCFLAGS", "-D warnings")];
    cargo(
        root,
        "docs",
        &["doc", "--workspace", "--no-deps", "--all-features"],
        &strict,
    )?;
    println!("ci: all steps passed in {} s", start.elapsed().as_secs());
    Ok(())
}

/// The examples, by file name.
fn examples(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut names: Vec<String> = std::fs::read_dir(root.join("examples"))?
        .filter_map(|entry| {
            entry
                .ok()?
                .path()
                .file_name()?
                .to_str()?
                .strip_suffix(".rs")
                .map(str::to_owned)
        })
        .filter(|name| name != "lib")
        .collect();
    names.sort();
    Ok(names)
}

/// Charts proposed for the sample tables against official Vega, where node is present.
fn official_vega(root: &Path) -> anyhow::Result<()> {
    let present = |program: &str| {
        Command::new(program)
            .arg("--version")
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if !present("node") || !present("npm") {
        println!("ci: official vega skipped: it needs node and npm");
        return Ok(());
    }
    step("official vega", || {
        crate::recommended::run(root, &root.join("examples/data"), false)
    })
}

/// The corpus of sample tables against the reference reader of its manifest, where Python has it.
fn reference_croissant(root: &Path) -> anyhow::Result<()> {
    if !crate::croissant::is_present() {
        println!("ci: mlcroissant skipped: no Python with the package mlcroissant (MAREY_PYTHON names one)");
        return Ok(());
    }
    step("mlcroissant", || {
        crate::croissant::run(root, &[root.join("examples/data")])
    })
}

fn step(name: &str, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    println!("ci: {name}");
    let start = Instant::now();
    work().with_context(|| format!("ci step `{name}` failed"))?;
    println!("ci: {name} passed in {} s", start.elapsed().as_secs());
    Ok(())
}

/// Runs cargo with the given arguments and environment as one step.
fn cargo(root: &Path, name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<()> {
    step(name, || {
        let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let status = Command::new(program)
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(root)
            .status()
            .context("could not start cargo")?;
        if !status.success() {
            bail!("`cargo {}` ended with {status}", arguments.join(" "));
        }
        Ok(())
    })
}
