//! What a program behind the fence is given, and what it leaves behind.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::Context;
use marey::table::write::write_csv;
use marey_corpus::{
    CorpusError, Digest,
    admission::{Loader, PurposeType},
    lineage::{Witness, stamp},
};
use serde_json::json;

/// Where changed tables are put in the folder of the run.
const CHANGED: &str = "changed";

/// Places of contents with their digests.
pub type WithinReach = BTreeMap<PathBuf, Digest>;

/// Checks the contents of everything that is admitted, tells the program in `inputs.json` where it lies, and returns the
/// digests by path. Of tables with columns to be changed first the program gets the changed table, as CSV.
pub fn offer<P: PurposeType>(loader: &mut Loader<P>, out: &Path) -> anyhow::Result<WithinReach> {
    let stored = loader.stored();
    let offered: Vec<(String, Digest, bool)> = loader
        .admitted()
        .map(|(path, admitted)| (path.to_owned(), *admitted.digest(), admitted.columns().is_empty()))
        .collect();
    let mut inputs = BTreeMap::new();
    let mut within_reach = WithinReach::new();
    for (path, digest, as_it_is) in offered {
        let place = if as_it_is {
            let Some(place) = stored.get(&path) else { continue };
            // Whatever is swapped later was swapped by somebody with more rights than the program has.
            loader.gate().store().read(&digest, u64::MAX)?;
            place.canonicalize()?
        } else {
            match changed(loader, &path, out)? {
                Some(place) => place,
                None => continue,
            }
        };
        within_reach.insert(place.clone(), digest);
        inputs.insert(path, place);
    }
    let text = serde_json::to_string_pretty(&json!(inputs))?;
    fs::write(out.join("inputs.json"), text + "\n").context("cannot write inputs.json")?;
    Ok(within_reach)
}

/// Writes a table of which columns were changed; none, and why is told, where that cannot be done: then the program does
/// not get it at all.
fn changed<P: PurposeType>(
    loader: &mut Loader<P>,
    path: &str,
    out: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    let table = match loader.table(path) {
        Ok(table) => table.value,
        Err(
            error @ (CorpusError::NoKey { .. }
            | CorpusError::NoSuchColumn { .. }
            | CorpusError::Table(_)
            | CorpusError::Columns(_)),
        ) => {
            eprintln!("marey: left out {path}: {error}");
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    let mut place = out.join(CHANGED).join(path).into_os_string();
    if !path.ends_with(".csv") {
        place.push(".csv");
    }
    let place = PathBuf::from(place);
    let write = || {
        place.parent().map_or(Ok(()), fs::create_dir_all)?;
        write_csv(&table, fs::File::create(&place)?)?;
        Ok(place.canonicalize()?)
    };
    let written: anyhow::Result<PathBuf> = write();
    written
        .map(Some)
        .with_context(|| format!("cannot write `{}`", place.display()))
}

/// A revision of the code where nobody names one: a hash over every file that the command names.
pub fn revision(command: &[String]) -> anyhow::Result<String> {
    let mut digests = Vec::new();
    for (index, word) in command.iter().enumerate() {
        let path = if index == 0 {
            program(word)
        } else {
            PathBuf::from(word)
        };
        if path.is_file() {
            let file = fs::File::open(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
            digests.push(Digest::of_reader(file)?.0);
        }
    }
    let digest = Digest::of_parts(digests.iter().map(|digest| digest.as_bytes().as_slice()));
    Ok(format!("sha256:{}", digest.hex()))
}

/// The file of a program that is named by its path or looked up.
pub fn program(word: &str) -> PathBuf {
    let named = Path::new(word);
    if named.components().count() > 1 {
        return named.to_owned();
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .map(|folder| folder.join(word))
        .find(|path| path.is_file())
        .unwrap_or_else(|| named.to_owned())
}

/// Files of weights below a folder, with when they were written; links are not followed.
pub fn weights(folder: &Path) -> std::io::Result<BTreeMap<PathBuf, SystemTime>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && entry.path().extension().is_some_and(|own| own == "safetensors") {
                found.insert(entry.path(), entry.metadata()?.modified()?);
            }
        }
    }
    Ok(found)
}

/// Writes the witness into the weights that a run left, and returns them by their names in the lineage. What is no file of
/// weights after all is told and passed over.
pub fn stamped(
    out: &Path,
    before: &BTreeMap<PathBuf, SystemTime>,
    witness: &Witness,
) -> anyhow::Result<Vec<(String, Digest)>> {
    let mut models = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, written) in weights(out)? {
        if before.get(&path) == Some(&written) {
            continue;
        }
        let name = path.strip_prefix(out).unwrap_or(&path).display().to_string();
        match stamp(&path, witness) {
            Ok(Some(digest)) if seen.insert(digest) => {
                eprintln!("marey: {name} carries the lineage of {}", witness.run);
                models.push((format!("model:{}/{name}", witness.run), digest));
            }
            Ok(Some(_)) => {}
            Ok(None) => eprintln!("marey: {name} carries a lineage already and stays as it is"),
            Err(error) => eprintln!("marey: {name} is not recorded: {error}"),
        }
    }
    Ok(models)
}
