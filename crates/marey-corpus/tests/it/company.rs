//! A company's corpus on disk, and a trainer small enough for tests: real files, real weights.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::{DateTime, Utc};
use marey_corpus::{
    Digest, HashKey, LicenceTable, Rights,
    admission::{Loader, LoaderOptions, Train},
    ledger::Ledger,
    lineage::Witness,
    manifest::{FileObject, Manifest},
};
use safetensors::{Dtype, tensor::TensorView};
use serde_json::json;

pub(crate) const POLICY: &str = r#"
[purpose.train]
licences = ["CC0-1.0", "CC-BY-4.0"]
require = ["commercial", "derivatives"]
personal_max = "pseudonymous"

[[column]]
personal = "direct"
effect = "hash"
"#;

pub(crate) const FILES: [(&str, &str, &str, &str); 4] = [
    (
        "tables/sales.csv",
        "CC0-1.0",
        "{}",
        "month,sales\n1,10\n2,20\n3,30\n",
    ),
    (
        "tables/staff.csv",
        "CC-BY-4.0",
        r#"{"mail":"direct","pay":"none"}"#,
        "mail,pay\njo@example.com,10\nal@example.com,20\njo@example.com,30\nbo@example.com,60\n",
    ),
    (
        "tables/rain.csv",
        "CC0-1.0",
        "{}",
        "year,rain\n2023,790\n2024,812\n",
    ),
    ("tables/secret.csv", "CC-BY-NC-4.0", "{}", "a,b\n1,2\n"),
];

pub(crate) fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_200_000, 0).unwrap()
}

pub(crate) fn rights(licence: &str, personal: &str) -> Rights {
    let personal: serde_json::Value = serde_json::from_str(personal).unwrap();
    serde_json::from_value(json!({
        "licence": {
            "expression": licence,
            "verified": [{ "by": "legal", "on": "2026-11-01", "evidence": "mail 7" }],
        },
        "mining": { "reserved": "no" },
        "personal": personal,
        "residency": ["EU"],
    }))
    .unwrap()
}

/// Writes the corpus and returns its manifest.
pub(crate) fn write_corpus(folder: &Path) -> Manifest {
    fs::create_dir_all(folder.join("tables")).unwrap();
    let files = FILES.map(|(path, licence, personal, text)| {
        fs::write(folder.join(path), text).unwrap();
        FileObject {
            id: path.into(),
            name: path.rsplit('/').next().unwrap().into(),
            content_url: path.into(),
            encoding_format: "text/csv".into(),
            digest: Some(Digest::of(text.as_bytes())),
            rights: Some(rights(licence, personal)),
            ..FileObject::default()
        }
    });
    let manifest = Manifest {
        name: "company".into(),
        version: Some("1.0.0".into()),
        licences: vec!["CC0-1.0".into()],
        files: files.into(),
        ..Manifest::default()
    };
    write_manifest(folder, &manifest);
    fs::write(folder.join("policy.toml"), POLICY).unwrap();
    manifest
}

pub(crate) fn write_manifest(folder: &Path, manifest: &Manifest) {
    fs::write(folder.join("croissant.json"), manifest.to_json().to_string()).unwrap();
}

pub(crate) fn key() -> HashKey {
    HashKey::new(vec![7; 32]).unwrap()
}

pub(crate) fn open(corpus: &Path, ledger: &Ledger, run: &str) -> Loader<Train> {
    Loader::open(corpus, ledger, options(run)).unwrap()
}

pub(crate) fn options(run: &str) -> LoaderOptions {
    LoaderOptions {
        policy: POLICY.parse().unwrap(),
        licences: LicenceTable::shipped().unwrap(),
        key: Some(key()),
        run: run.into(),
        clock,
        most_bytes: 1 << 20,
    }
}

/// Means of the last column of each table: weights that depend on every row.
pub(crate) fn train(loader: &mut Loader<Train>, tables: &[&str]) -> Vec<f32> {
    use arrow::{array::AsArray, datatypes::Int64Type};
    tables
        .iter()
        .map(|path| {
            let table = loader.table(path).unwrap().value;
            let columns: Vec<_> = table.column(table.columns() - 1).collect();
            let values = columns[0].as_primitive::<Int64Type>();
            values.values().iter().sum::<i64>() as f32 / values.len() as f32
        })
        .collect()
}

/// A safetensors file of some weights.
pub(crate) fn weights(values: &[f32], witness: Option<&Witness>) -> Vec<u8> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let tensor = TensorView::new(Dtype::F32, vec![values.len()], &bytes).unwrap();
    safetensors::serialize([("means", tensor)], witness.map(Witness::metadata)).unwrap()
}

/// The same weights in one byte each, and the step between them; nothing of the lineage is in the file.
pub(crate) fn quantised(values: &[f32]) -> Vec<u8> {
    let step = values.iter().fold(0_f32, |most, value| most.max(value.abs())) / 127.0;
    let bytes: Vec<u8> = values
        .iter()
        .map(|value| (value / step).round() as i8 as u8)
        .collect();
    let step = step.to_le_bytes();
    let tensors = BTreeMap::from([
        (
            "means",
            TensorView::new(Dtype::I8, vec![bytes.len()], &bytes).unwrap(),
        ),
        ("step", TensorView::new(Dtype::F32, vec![1], &step).unwrap()),
    ]);
    safetensors::serialize(tensors, None).unwrap()
}

/// Trains a model on some tables, writes it beside the corpus and into the ledger, and returns its bytes.
pub(crate) fn trained(corpus: &Path, ledger: &Ledger, number: u32, tables: &[&str]) -> Vec<u8> {
    let mut loader = open(corpus, ledger, &format!("run-{number}"));
    let values = train(&mut loader, tables);
    let witness = loader.witness("1f3a", Digest::of(b"config"), u64::from(number));
    let bytes = weights(&values, Some(&witness));
    loader
        .record(&witness, &[(format!("model-{number}"), Digest::of(&bytes))])
        .unwrap();
    fs::write(corpus.join(format!("model-{number}.safetensors")), &bytes).unwrap();
    bytes
}
