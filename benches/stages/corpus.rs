//! Corpora: hashing, deciding, reading through the gate against reading bare, queries and imports.

use std::{fs, path::Path};

use criterion::{BenchmarkId, Criterion, Throughput};
use marey::table::read::{ReadOptions, read};
use marey_corpus::{
    Asset, Context, Digest, LicenceTable, Policy, Purpose,
    admission::{Loader, LoaderOptions, Train},
    decide,
    import::{ImportKind, ImportOptions, import},
    ledger::Ledger,
    vql::Query,
};
use serde_json::json;

const POLICY: &str =
    "[purpose.train]\nlicences = [\"CC0-1.0\"]\nrequire = [\"commercial\"]\nmining = \"any\"\n";

pub fn bench(criterion: &mut Criterion) {
    hashing(criterion);
    deciding(criterion);
    reading(criterion);
    queries(criterion);
    importing(criterion);
}

/// Queries in the forms that nvBench has: plain, nested, binned, joined.
const QUERIES: [&str; 4] = [
    "Visualize BAR SELECT city , COUNT(*) FROM orders GROUP BY city ORDER BY COUNT(*) DESC",
    "Visualize LINE SELECT day , SUM(amount) FROM orders WHERE (city = \"Rome\" AND amount BETWEEN 3 AND 9) OR channel LIKE \
     \"%web%\" BIN day BY MONTH",
    "Visualize SCATTER SELECT amount , quantity FROM orders WHERE amount > (SELECT avg(amount) FROM orders) AND city NOT IN \
     (SELECT city FROM orders WHERE quantity < 2)",
    "Visualize BAR SELECT T1.city , AVG(T2.amount) FROM orders AS T1 JOIN orders AS T2 ON T1.order_id = T2.order_id GROUP BY \
     T1.city HAVING COUNT(*) > 2 LIMIT 5",
];

/// Queries read into trees.
fn queries(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("corpus_vql");
    group.throughput(Throughput::Elements(QUERIES.len() as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            let read = QUERIES.iter().map(|query| query.parse::<Query>());
            read.filter(Result::is_ok).count()
        });
    });
    group.finish();
}

/// A small release of nvBench turned into a corpus on disk: 500 queries over one table of 1,000 rows.
fn importing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("corpus_import");
    let root = std::env::temp_dir().join(format!("marey-bench-import-{}", std::process::id()));
    let from = root.join("from");
    fs::create_dir_all(from.join("tables/shop")).expect("a folder");
    fs::write(
        from.join("tables/shop/orders.csv"),
        marey_benches::orders_csv(1_000),
    )
    .expect("a table");
    let pairs: String = (0..500)
        .map(|number| {
            let pair = json!({
                "id": number.to_string(), "db": "shop", "main_table": "orders", "tables": ["orders"], "chart": "Bar",
                "hardness": "Easy", "vql": "Visualize BAR SELECT city , COUNT(*) FROM orders GROUP BY city",
                "nl": ["How many orders has each city?"], "result": [], "result_n": 0, "split": "train",
            });
            format!("{pair}\n")
        })
        .collect();
    fs::write(from.join("pairs.jsonl"), pairs).expect("pairs");
    group.throughput(Throughput::Elements(500)).sample_size(10);
    group.bench_function("nvbench_500", |bencher| {
        bencher.iter(|| {
            let to = root.join("to");
            let options = ImportOptions {
                from: from.clone(),
                to: to.clone(),
                ..ImportOptions::default()
            };
            let report = import(ImportKind::Nvbench, &options).expect("a release");
            fs::remove_dir_all(to).expect("the corpus is there");
            report.examples
        });
    });
    group.finish();
    // A folder that cannot be removed is the system's to remove.
    let _ = fs::remove_dir_all(&root);
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
