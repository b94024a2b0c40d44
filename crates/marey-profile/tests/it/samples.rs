//! The sample tables of this repository.

use std::{fs, path::PathBuf};

use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_table::read::{ReadOptions, read};

/// The profile of every sample table, by file name.
pub fn profiles() -> Vec<(String, TableProfile)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/data");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("croissant.json") && !path.ends_with("policy.toml"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let table = read(&name, fs::read(path).unwrap(), &ReadOptions::default()).unwrap();
            (name, profile(&table.value, &ProfileOptions::default()))
        })
        .collect()
}
