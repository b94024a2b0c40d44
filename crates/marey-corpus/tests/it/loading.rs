//! A corpus on disk behind its gate: what is read, what is refused, and what weights say of it afterwards.

use std::{fs, path::Path};

use arrow::array::AsArray;
use marey_corpus::{
    CorpusError, Digest,
    admission::{Loader, Train},
    audit::{AuditEvent, OutcomeStatus},
    export::{ModelRecord, events, ml_bom, model_card, training_summary},
    ledger::Ledger,
    lineage::{Impact, LineageNode, NodeKind, WeightsClaim, Withdrawal, WithdrawalTarget},
};

use crate::company::{clock, key, open, options, quantised, trained, weights, write_corpus, write_manifest};

fn corpus() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    write_corpus(folder.path());
    let ledger = Ledger::open(folder.path().join(".marey")).unwrap();
    (folder, ledger)
}

#[test]
fn what_is_admitted_is_read_and_witnessed_and_the_rest_is_not() {
    let (folder, ledger) = corpus();
    let mut loader = open(folder.path(), &ledger, "run-1");
    assert_eq!(loader.admitted().count(), 3);
    let denied: Vec<String> = loader.denied().map(ToString::to_string).collect();
    assert_eq!(denied.len(), 1);
    assert!(denied[0].contains("CC-BY-NC-4.0 is not listed"), "{denied:?}");
    assert_eq!(loader.table("tables/rain.csv").unwrap().value.rows(), 2);
    let error = loader.table("tables/secret.csv").unwrap_err();
    assert!(matches!(error, CorpusError::Denied { .. }), "{error}");
    let error = loader.bytes("tables/none.csv").unwrap_err().to_string();
    assert!(error.contains("names no file `tables/none.csv`"), "{error}");
    let witness = loader.witness("1f3a", Digest::of(b"c"), 7);
    let rain = Digest::of(crate::company::FILES[2].3.as_bytes());
    assert_eq!(witness.inputs.assets, [rain].into());
    assert_eq!(witness.rows, [(rain, 2)].into());
}

#[test]
fn columns_are_changed_before_anybody_reads_them() {
    let (folder, ledger) = corpus();
    let mut loader = open(folder.path(), &ledger, "run-1");
    let table = loader.table("tables/staff.csv").unwrap().value;
    let mails = table.column(0).next().unwrap().as_string::<i32>().clone();
    let hashed: Vec<&str> = mails.iter().flatten().collect();
    assert_eq!(hashed[0], &key().hash(b"jo@example.com").hex()[..32]);
    assert!(hashed[0] == hashed[2] && hashed[0] != hashed[1]);
    // The bytes hold the column as it was.
    let error = loader.bytes("tables/staff.csv").unwrap_err().to_string();
    assert!(error.contains("read it as a table"), "{error}");
    let mut keyless = options("run-2");
    keyless.key = None;
    drop(loader);
    let mut loader: Loader<Train> = Loader::open(folder.path(), &ledger, keyless).unwrap();
    let error = loader.table("tables/staff.csv").unwrap_err().to_string();
    assert!(error.contains("needs a key"), "{error}");
}

#[test]
fn a_file_that_was_changed_or_leads_elsewhere_stops_the_run() {
    let (folder, ledger) = corpus();
    fs::write(folder.path().join("tables/rain.csv"), "year,rain\n2023,1\n").unwrap();
    let error = Loader::<Train>::open(folder.path(), &ledger, options("run-1")).unwrap_err();
    assert!(matches!(error, CorpusError::Drifted { .. }), "{error}");

    let (folder, ledger) = corpus();
    let mut manifest = write_corpus(folder.path());
    for path in [
        "../outside.csv",
        "/etc/hostname",
        "tables/../policy.toml",
        "",
        "tables",
    ] {
        manifest.files[0].content_url = path.into();
        write_manifest(folder.path(), &manifest);
        let error = Loader::<Train>::open(folder.path(), &ledger, options("run-1")).unwrap_err();
        assert!(matches!(error, CorpusError::Outside { .. }), "{path}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_corpus_is_not_followed() {
    let (folder, ledger) = corpus();
    let path = folder.path().join("tables/rain.csv");
    let beside = folder.path().join("rain.csv");
    fs::rename(&path, &beside).unwrap();
    std::os::unix::fs::symlink(&beside, &path).unwrap();
    let error = Loader::<Train>::open(folder.path(), &ledger, options("run-1")).unwrap_err();
    assert!(matches!(error, CorpusError::Outside { .. }), "{error}");
}

#[test]
fn two_runs_do_not_write_one_log_at_once() {
    let (folder, ledger) = corpus();
    let _first = open(folder.path(), &ledger, "run-1");
    let error = Loader::<Train>::open(folder.path(), &ledger, options("run-2")).unwrap_err();
    assert!(error.to_string().contains("another run writes"), "{error}");
}

#[test]
fn lines_are_read_with_their_numbers() {
    let (folder, ledger) = corpus();
    let mut manifest = write_corpus(folder.path());
    let text = "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n{\"id\":3}\n";
    fs::write(folder.path().join("examples.jsonl"), text).unwrap();
    let mut file = manifest.files[0].clone();
    (file.id, file.content_url) = ("examples".into(), "examples.jsonl".into());
    file.digest = Some(Digest::of(text.as_bytes()));
    manifest.files.push(file);
    write_manifest(folder.path(), &manifest);
    #[derive(serde::Deserialize)]
    struct Named {
        id: String,
    }
    let mut loader = open(folder.path(), &ledger, "run-1");
    let error = loader
        .json_lines::<Named>("examples.jsonl")
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("line 4 of `examples.jsonl`"), "{error}");
    let lines: Vec<serde_json::Value> = loader.json_lines("examples.jsonl").unwrap();
    assert_eq!(lines.len(), 3);
    let named: Named = serde_json::from_value(lines[1].clone()).unwrap();
    assert_eq!(named.id, "b");
    let error = loader.examples().unwrap_err().to_string();
    assert!(
        error.contains("line 1 of the examples: `group` is missing"),
        "{error}"
    );
}

#[test]
fn weights_carry_what_they_have_seen_and_are_checked_against_it() {
    let (folder, ledger) = corpus();
    let bytes = trained(
        folder.path(),
        &ledger,
        1,
        &["tables/sales.csv", "tables/staff.csv"],
    );
    let report = WeightsClaim::read(&bytes)
        .unwrap()
        .unwrap()
        .check(Some(&ledger))
        .unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(
        (report.recomputed, report.withdrawn.len()),
        (report.claim.root, 0)
    );
    assert_eq!(report.claim.inputs.assets.len(), 2);
    assert!(WeightsClaim::read(&weights(&[1.0], None)).unwrap().is_none());
    assert!(WeightsClaim::read(b"no weights").is_err());

    // Weights that were changed, or say something else than the log.
    let mut other = bytes.clone();
    *other.last_mut().unwrap() ^= 1;
    assert_fault(&other, &ledger, "the lineage has no weights of these contents");
    for (from, to, says) in [
        ("\\\"seed\\\":1", "\\\"seed\\\":2", "the root is"),
        (
            "lineage_run\":\"run-1",
            "lineage_run\":\"run-9",
            "does not say was read",
        ),
    ] {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains(from), "{from} is not in the metadata");
        assert_fault(&replaced(&bytes, from.as_bytes(), to.as_bytes()), &ledger, says);
    }
    // A log that was cut off, or changed.
    let log = folder.path().join(".marey/audit.jsonl");
    let whole = fs::read_to_string(&log).unwrap();
    let cut: String = whole.split_inclusive('\n').take(5).collect();
    fs::write(&log, cut).unwrap();
    assert_fault(&bytes, &ledger, "before the one that is known to be its last");
    fs::write(&log, whole.replacen("allowed", "Allowed", 1)).unwrap();
    assert_fault(&bytes, &ledger, "the audit log: ");
    fs::write(&log, &whole).unwrap();
    // Contents of the store that were changed.
    let stored = ledger
        .store()
        .unwrap()
        .path(&Digest::of(crate::company::FILES[0].3.as_bytes()));
    fs::remove_file(&stored).unwrap();
    fs::write(&stored, "month,sales\n1,1\n").unwrap();
    assert_fault(&bytes, &ledger, "is something else");
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = bytes
        .windows(from.len())
        .position(|window| window == from)
        .unwrap();
    let mut changed = bytes.to_vec();
    changed[at..at + to.len()].copy_from_slice(to);
    changed
}

#[track_caller]
fn assert_fault(bytes: &[u8], ledger: &Ledger, says: &str) {
    let report = WeightsClaim::read(bytes)
        .unwrap()
        .unwrap()
        .check(Some(ledger))
        .unwrap();
    assert!(
        report.faults.iter().any(|fault| fault.contains(says)),
        "{:?} does not say `{says}`",
        report.faults
    );
}

#[test]
fn one_byte_of_one_asset_changes_the_root() {
    let root = |text: &str| {
        let (folder, ledger) = corpus();
        let mut manifest = write_corpus(folder.path());
        fs::write(folder.path().join("tables/rain.csv"), text).unwrap();
        manifest.files[2].digest = Some(Digest::of(text.as_bytes()));
        write_manifest(folder.path(), &manifest);
        let bytes = trained(folder.path(), &ledger, 1, &["tables/rain.csv"]);
        WeightsClaim::read(&bytes).unwrap().unwrap().root
    };
    let text = crate::company::FILES[2].3;
    assert_eq!(root(text), root(text));
    assert_ne!(root(text), root(&text.replace("812", "813")));
}

/// Three models: two have seen the staff, one of them has a quantised child, the third has not.
fn three_models(folder: &Path, ledger: &Ledger) -> Vec<Vec<u8>> {
    let models = vec![
        trained(folder, ledger, 1, &["tables/sales.csv", "tables/staff.csv"]),
        trained(folder, ledger, 2, &["tables/staff.csv", "tables/rain.csv"]),
        trained(folder, ledger, 3, &["tables/sales.csv", "tables/rain.csv"]),
    ];
    let child = quantised(&[30.0, 801.0]);
    fs::write(folder.join("child.safetensors"), &child).unwrap();
    let node = LineageNode {
        id: "model-2-q8".into(),
        kind: NodeKind::Quantised,
        name: None,
        licence: None,
        digest: Some(Digest::of(&child)),
        rows: 6,
        parents: [("model-2".to_owned(), 6)].into(),
    };
    ledger.record([node], "quantise", "t").unwrap();
    models
}

fn withdrawal(target: WithdrawalTarget) -> Withdrawal {
    Withdrawal {
        target,
        on: clock().date_naive(),
        reason: "asked".into(),
    }
}

fn affected(ledger: &Ledger, withdrawal: &Withdrawal) -> Vec<(String, u64, f64)> {
    let lineage = ledger.lineage().unwrap();
    let tombstones = ledger.withdrawals().unwrap().tombstones_of(withdrawal, &lineage);
    let impact = Impact::of(&lineage, &tombstones);
    let weights = impact.affected.into_iter().filter(|node| node.kind.is_weights());
    weights.map(|node| (node.id, node.rows, node.share)).collect()
}

#[test]
fn of_three_models_the_two_affected_and_the_quantised_child_are_named() {
    let (folder, ledger) = corpus();
    let models = three_models(folder.path(), &ledger);
    let staff = Digest::of(crate::company::FILES[1].3.as_bytes());
    let out = withdrawal(WithdrawalTarget::Asset(staff));
    ledger.withdraw(out.clone(), "t").unwrap();
    assert_eq!(
        affected(&ledger, &out),
        [
            ("model-1".to_owned(), 4, 4.0 / 7.0),
            ("model-2".to_owned(), 4, 4.0 / 6.0),
            ("model-2-q8".to_owned(), 4, 4.0 / 6.0),
        ]
    );
    let lineage = ledger.lineage().unwrap();
    let tombstones = ledger.withdrawals().unwrap().tombstones(&lineage);
    let impact = Impact::of(&lineage, &tombstones);
    assert_eq!(impact.of_kind(NodeKind::Run).count(), 2);
    assert_eq!(impact.of_kind(NodeKind::Dataset).count(), 2);
    // The loader denies at once, and whoever verifies weights is told.
    let mut loader = open(folder.path(), &ledger, "run-4");
    let error = loader.table("tables/staff.csv").unwrap_err().to_string();
    assert!(error.contains("it was withdrawn: asked"), "{error}");
    drop(loader);
    for (bytes, withdrawn) in models.iter().zip([1, 1, 0]) {
        let report = WeightsClaim::read(bytes)
            .unwrap()
            .unwrap()
            .check(Some(&ledger))
            .unwrap();
        assert_eq!(
            (report.withdrawn.len(), report.faults.len()),
            (withdrawn, 0),
            "{report:?}"
        );
    }
}

#[test]
fn a_withdrawal_takes_effect_while_a_run_reads() {
    let (folder, ledger) = corpus();
    let mut loader = open(folder.path(), &ledger, "run-1");
    loader.table("tables/rain.csv").unwrap();
    let rain = Digest::of(crate::company::FILES[2].3.as_bytes());
    let out = withdrawal(WithdrawalTarget::Asset(rain));
    loader.gate().withdraw(out, "t").unwrap();
    let error = loader.table("tables/rain.csv").unwrap_err();
    assert!(matches!(error, CorpusError::Withdrawn { .. }), "{error}");
}

#[test]
fn a_licence_and_a_person_can_be_withdrawn() {
    let (folder, ledger) = corpus();
    three_models(folder.path(), &ledger);
    let by = withdrawal(WithdrawalTarget::Licence("cc-by-4.0".into()));
    let names: Vec<String> = affected(&ledger, &by).into_iter().map(|node| node.0).collect();
    assert_eq!(names, ["model-1", "model-2", "model-2-q8"]);

    let mut loader = open(folder.path(), &ledger, "index");
    assert_eq!(loader.index_subjects(&["mail".into()], &key()).unwrap(), 1);
    drop(loader);
    assert_eq!(ledger.subjects().unwrap().len(), 3);
    // Nothing in the ledger names the person.
    let kept = fs::read_to_string(folder.path().join(".marey/subjects.json")).unwrap();
    assert!(!kept.contains("example.com"));
    let jo = withdrawal(WithdrawalTarget::Subject(key().hash(b"jo@example.com")));
    assert_eq!(
        affected(&ledger, &jo),
        [
            ("model-1".to_owned(), 2, 2.0 / 7.0),
            ("model-2".to_owned(), 2, 2.0 / 6.0),
            ("model-2-q8".to_owned(), 2, 2.0 / 6.0),
        ]
    );
    ledger.withdraw(jo, "t").unwrap();
    let mut loader = open(folder.path(), &ledger, "run-5");
    assert!(loader.table("tables/staff.csv").is_err());
    assert!(loader.table("tables/rain.csv").is_ok());
    let nobody = withdrawal(WithdrawalTarget::Subject(key().hash(b"nobody@example.com")));
    assert_eq!(affected(&ledger, &nobody), []);
}

#[test]
fn exports_name_what_was_witnessed_and_nothing_else() {
    let (folder, ledger) = corpus();
    three_models(folder.path(), &ledger);
    let child = fs::read(folder.path().join("child.safetensors")).unwrap();
    let record = ModelRecord::of(&ledger, &child).unwrap();
    let names: Vec<&str> = record.assets.iter().map(|asset| asset.name()).collect();
    assert_eq!(names, ["staff.csv", "rain.csv"]);
    assert_eq!(
        (record.rows(), record.runs.len(), record.datasets.len()),
        (6, 1, 1)
    );

    let card = model_card(&record);
    for part in [
        "# model-2-q8",
        "made from | model-2",
        "| staff.csv | 4 | CC-BY-4.0 | legal, 2026-11-01 | credit | 1 |",
        "| rain.csv | 2 | CC0-1.0 |",
        "not asked for",
    ] {
        assert!(card.contains(part), "{part} is not in\n{card}");
    }
    assert!(!card.contains("sales.csv") && !card.contains("secret.csv"));

    let bom = ml_bom(&record, "2026-12-01T00:00:00Z");
    // What was read, from the audit log alone.
    let records = ledger.records().unwrap();
    let mut read: Vec<String> = records
        .iter()
        .filter(|record| record.run == "run-2")
        .filter_map(|record| match &record.event {
            AuditEvent::Outcome {
                asset,
                status: OutcomeStatus::Read,
                ..
            } => Some(asset.hex()),
            _ => None,
        })
        .collect();
    read.sort();
    let components = bom["components"].as_array().unwrap().iter();
    let mut data: Vec<String> = components
        .filter(|component| component["type"] == "data")
        .map(|component| component["hashes"][0]["content"].as_str().unwrap().to_owned())
        .collect();
    data.sort();
    assert_eq!(data, read);

    let lines = events(&record, "company");
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["eventType"], &lines[1]["eventType"]),
        (&"START".into(), &"COMPLETE".into())
    );
    assert_eq!(lines[1]["outputs"][0]["name"], "model-2-q8");
    let summary = training_summary(&record);
    assert!(
        summary.contains("DRAFT") && summary.contains("Not a legal filing"),
        "{summary}"
    );
    let unknown = ModelRecord::of(&ledger, &weights(&[1.0], None)).unwrap_err();
    assert!(matches!(unknown, CorpusError::UnknownWeights { .. }), "{unknown}");
}
