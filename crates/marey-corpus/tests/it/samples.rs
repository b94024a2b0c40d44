//! The sample tables of this repository are a corpus, and its policy holds for every file of them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use marey_corpus::{
    CorpusError, LicenceTable,
    admission::{Evaluate, Loader, LoaderOptions, PurposeType, Ship, Train},
    ledger::Ledger,
    manifest::Manifest,
    sourcing,
};

use crate::company::clock;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data")
}

fn manifest() -> Manifest {
    fs::read_to_string(folder().join("croissant.json"))
        .unwrap()
        .parse()
        .unwrap()
}

fn loaded<P: PurposeType>(ledger: &Ledger, run: &str) -> Loader<P> {
    loaded_from(&folder(), ledger, run)
}

fn loaded_from<P: PurposeType>(corpus: &Path, ledger: &Ledger, run: &str) -> Loader<P> {
    let options = LoaderOptions {
        policy: fs::read_to_string(corpus.join("policy.toml"))
            .unwrap()
            .parse()
            .unwrap(),
        licences: LicenceTable::shipped().unwrap(),
        key: None,
        run: run.into(),
        clock,
        most_bytes: 1 << 24,
    };
    Loader::open(corpus, ledger, options).unwrap()
}

#[test]
fn every_sample_table_may_be_handed_on_and_trained_on() {
    let ledger = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(ledger.path()).unwrap();
    let shipped: Loader<Ship> = loaded(&ledger, "ship");
    let denied: Vec<String> = shipped.denied().map(ToString::to_string).collect();
    assert_eq!(denied, Vec::<String>::new());
    drop(shipped);
    let mut trained: Loader<Train> = loaded(&ledger, "train");
    let paths: Vec<String> = trained.admitted().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(paths.len(), 8);
    for path in paths {
        assert!(trained.table(&path).unwrap().value.rows() > 0, "{path}");
    }
}

#[test]
fn requests_in_own_words_may_be_scored_on_and_never_trained_on() {
    let own_words = folder().join("../own-words");
    let ledger = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(ledger.path()).unwrap();
    let mut scored: Loader<Evaluate> = loaded_from(&own_words, &ledger, "evaluate");
    let denied: Vec<String> = scored.denied().map(ToString::to_string).collect();
    assert_eq!(denied, Vec::<String>::new());
    assert_eq!(scored.admitted().count(), 21);
    assert_eq!(scored.examples().unwrap().len(), 302);
    drop(scored);
    let mut trained: Loader<Train> = loaded_from(&own_words, &ledger, "train");
    assert_eq!((trained.admitted().count(), trained.denied().count()), (0, 21));
    assert!(matches!(trained.examples(), Err(CorpusError::Denied { .. })));
}

#[test]
fn no_file_lies_among_the_samples_that_the_manifest_does_not_name() {
    let there: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "croissant.json" && name != "policy.toml")
        .collect();
    let named: BTreeSet<String> = manifest()
        .files
        .into_iter()
        .map(|file| file.content_url)
        .collect();
    assert_eq!(there, named);
}

#[test]
fn what_is_said_of_personal_data_names_every_column() {
    for (file, asset) in manifest().files.iter().zip(manifest().assets()) {
        let contents = fs::read(file.path_in(&folder()).unwrap()).unwrap();
        let found: BTreeSet<String> = sourcing::look(&file.content_url, contents)
            .unwrap()
            .into_keys()
            .collect();
        let said: BTreeSet<String> = asset.rights.personal.unwrap().into_keys().collect();
        assert_eq!(said, found, "{}", file.content_url);
    }
}

#[test]
fn the_manifest_of_the_samples_is_written_as_it_was_read() {
    let written = manifest().to_json();
    let text = fs::read_to_string(folder().join("croissant.json")).unwrap();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written, read);
}
