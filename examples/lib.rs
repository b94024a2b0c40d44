//! Where the examples find their tables and leave their pictures.

use std::{fs, path::PathBuf};

/// The bytes of a sample table.
///
/// # Errors
///
/// When there is no such file in `examples/data`.
pub fn sample(name: &str) -> std::io::Result<Vec<u8>> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(name))
}

/// A path for something an example makes, in `target/examples-output`.
///
/// # Errors
///
/// When the folder cannot be made.
pub fn output(name: &str) -> std::io::Result<PathBuf> {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
    let folder = target.join("examples-output");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}
