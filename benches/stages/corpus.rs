//! Corpora: hashing, deciding, and reading through the gate against reading bare.

use std::{fs, path::Path};

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::table::read::{ReadOptions, read};
use marey_corpus::{
    Asset, Context, Digest, LicenceTable, Policy, Purpose,
    admission::{Loader, LoaderOptions, Train},
    decide,
    ledger::Ledger,
};
use serde_json::json;

const POLICY: &str =
    "[purpose.train]\nlicences = [\"CC0-1.0\"]\nrequire = [\"commercial\"]\nmining = \"any\"\n";

pub fn bench(criterion: &mut Criterion) {
    hashing(criterion);
    deciding(criterion);
    reading(criterion);
}

fn hashing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("corpus_hash");
    let bytes = marey_benches::orders_csv(100_000);
    group
        .throughput(Throughput::Bytes(bytes.len() as u64))
        .sample_size(10);
    group.bench_function("sha256", |bencher| bencher.iter(|| Digest::of(&bytes)));
    group.finish();
}

/// Assets as a manifest lists them, a tenth of them not allowed.
fn assets(number: usize) -> Vec<Asset> {
    (0..number)
        .map(|index| {
            let licence = if index % 10 == 0 {
                "CC-BY-NC-4.0"
            } else {
                "CC0-1.0"
            };
            let name = format!("tables/{index}.csv");
            let rights = json!({ "licence": { "expression": licence }, "personal": { "year": "none" } });
            Asset {
                digest: Some(Digest::of(name.as_bytes())),
                name,
                rights: serde_json::from_value(rights).expect("rights"),
            }
        })
        .collect()
}

fn deciding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("corpus_decide");
    let policy: Policy = POLICY.parse().expect("a policy");
    let licences = LicenceTable::shipped().expect("the shipped table");
    let context = Context {
        today: Default::default(),
        withdrawn: None,
    };
    let assets = assets(10_000);
    group
        .throughput(Throughput::Elements(assets.len() as u64))
        .sample_size(10);
    group.bench_function("10000", |bencher| {
        bencher.iter(|| {
            let decided = assets
                .iter()
                .map(|asset| decide(&policy, &licences, asset, Purpose::Train, &context));
            decided.filter(|decision| decision.allowed).count()
        });
    });
    group.finish();
}

/// The same table through the loader and bare.
fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("corpus_read");
    for rows in [10_000, 100_000] {
        let folder = std::env::temp_dir().join(format!("marey-bench-corpus-{}", std::process::id()));
        let mut loader = corpus(&folder, rows);
        let path = folder.join("orders.csv");
        group.sample_size(20);
        group.bench_function(BenchmarkId::new("bare", rows), |bencher| {
            bencher.iter(|| {
                read(
                    "orders.csv",
                    fs::read(&path).expect("a file"),
                    &ReadOptions::default(),
                )
            });
        });
        group.bench_function(BenchmarkId::new("loader", rows), |bencher| {
            bencher.iter(|| loader.table("orders.csv").expect("it is admitted"));
        });
        drop(loader);
        // A folder that cannot be removed is the system's to remove.
        let _ = fs::remove_dir_all(&folder);
    }
    group.finish();
}

fn corpus(folder: &Path, rows: usize) -> Loader<Train> {
    let bytes = marey_benches::orders_csv(rows);
    let manifest = json!({
        "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1", "name": "orders",
        "distribution": [{
            "@type": "cr:FileObject", "@id": "orders", "contentUrl": "orders.csv", "sha256": Digest::of(&bytes).hex(),
            "marey:rights": { "licence": { "expression": "CC0-1.0" }, "personal": {} },
        }],
    });
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("orders.csv"), bytes).expect("a table");
    fs::write(folder.join("croissant.json"), manifest.to_string()).expect("a manifest");
    let ledger = Ledger::open(folder.join(".marey")).expect("a ledger");
    let options = LoaderOptions {
        policy: POLICY.parse().expect("a policy"),
        licences: LicenceTable::shipped().expect("the shipped table"),
        key: None,
        run: "bench".into(),
        clock: || std::time::SystemTime::now().into(),
        most_bytes: 1 << 30,
    };
    Loader::open(folder, &ledger, options).expect("a corpus")
}
