//! [`stamp`]: the witness of a run, written into weights that a program of somebody else's left behind.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use serde_json::{Map, Value};

use super::{Witness, weights::ROOT};
use crate::{CorpusError, Digest};

/// Longest header that a safetensors file may have, as its reference reader has it.
const LONGEST_HEADER: u64 = 100_000_000;

/// Alignment of the tensors behind the header.
const ALIGNMENT: usize = 8;

/// Writes a witness into the metadata of a safetensors file, whose tensors stay as they are, and returns the digest of
/// the file as it then is; none where the file carries a witness already.
///
/// # Errors
///
/// When the file is no safetensors file, or cannot be read or written. It is then as it was.
pub fn stamp(path: &Path, witness: &Witness) -> Result<Option<Digest>, CorpusError> {
    let failed = |source| CorpusError::File {
        path: path.display().to_string(),
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut header = header(&mut file)?;
    let metadata = header
        .entry("__metadata__")
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(metadata) = metadata else {
        return Err(problem("its metadata is no object".into()));
    };
    if metadata.contains_key(ROOT) {
        return Ok(None);
    }
    metadata.extend(
        witness
            .metadata()
            .into_iter()
            .map(|(name, value)| (name, Value::String(value))),
    );
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    let written = rewrite(&unfinished, &Value::Object(header), &mut file)
        .and_then(|digest| fs::rename(&unfinished, path).map(|()| digest));
    written.map(Some).map_err(|source| {
        // What is left over is nothing; the error that counts is the first.
        let _ = fs::remove_file(&unfinished);
        failed(source)
    })
}

fn problem(problem: String) -> CorpusError {
    CorpusError::Weights { problem }
}

/// The header of a safetensors file, which is read up to its end.
fn header(file: &mut File) -> Result<Map<String, Value>, CorpusError> {
    let read = |error: io::Error| problem(error.to_string());
    let mut length = [0; 8];
    file.read_exact(&mut length).map_err(read)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEADER {
        return Err(problem(format!(
            "its header has {length} bytes, more than the {LONGEST_HEADER} that one may have"
        )));
    }
    let mut text = Vec::new();
    file.take(length).read_to_end(&mut text).map_err(read)?;
    serde_json::from_slice(&text).map_err(|error| problem(format!("its header: {error}")))
}

/// Writes a header and the rest of a file, and returns the digest of the whole.
fn rewrite(to: &Path, header: &Value, rest: &mut File) -> io::Result<Digest> {
    let mut text = serde_json::to_vec(header)?;
    text.resize(text.len().next_multiple_of(ALIGNMENT), b' ');
    let mut file = File::create(to)?;
    file.write_all(&(text.len() as u64).to_le_bytes())?;
    file.write_all(&text)?;
    io::copy(rest, &mut file)?;
    file.sync_all()?;
    Ok(Digest::of_reader(File::open(to)?)?.0)
}
