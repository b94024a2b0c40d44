//! Profiles a file of any size in bounded memory: `large_table profile FILE [OUT.json]`, and holds the profile
//! against the exact truth: `large_table truth FILE`.
//!
//! We open a file, let its rows pass once through the profiler, and write what is known of the table
//! as JSON. Nothing else is linked in, so this is also the program that large tables are measured with.

mod truth;

use std::{error::Error, fs::File, path::Path};

use marey_profile::{ProfileOptions, TableProfile, profile_stream};
use marey_table::read::ReadOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["profile", path] => told(path).map(|_| ()),
        ["profile", path, out] => Ok(std::fs::write(out, serde_json::to_string_pretty(&told(path)?)?)?),
        ["truth", path] => truth::compare(path, &name(path), &told(path)?),
        _ => Err("usage: large_table profile FILE [OUT.json] | large_table truth FILE".into()),
    }
}

/// The profile of a file, after what was odd about it.
fn told(path: &str) -> Result<TableProfile, Box<dyn Error>> {
    let profile = profile_stream(
        &name(path),
        File::open(path)?,
        &ReadOptions::default(),
        &ProfileOptions::default(),
    )?;
    for warning in &profile.warnings {
        eprintln!("{}", warning.message);
    }
    let profile = profile.value;
    println!(
        "{}: {} rows, {} columns",
        profile.table,
        profile.rows,
        profile.columns.len()
    );
    Ok(profile)
}

fn name(path: &str) -> String {
    Path::new(path)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
