//! What governance costs, in CPU seconds: hashing, reading through the loader against reading bare (in turn), and a
//! million small assets listed and decided.
//!
//! `corpus_cost [ROWS [ROUNDS [ASSETS]]]`

use std::{
    fs::{self, File},
    path::Path,
};

use marey::table::read::{ReadOptions, read};
use marey_corpus::{
    Asset, Digest, LicenceTable,
    admission::{Admission, Gate, Loader, LoaderOptions, Store, Train},
    audit::AuditLog,
    ledger::Ledger,
};
use serde_json::json;

const POLICY: &str =
    "[purpose.train]\nlicences = [\"CC0-1.0\"]\nrequire = [\"commercial\"]\nmining = \"any\"\n";

/// Ticks of the kernel's clock of CPU time in a second, on every Linux that is built as usual.
const TICKS: f64 = 100.0;

fn main() -> anyhow::Result<()> {
    let number = |place: usize, default: usize| {
        std::env::args()
            .nth(place)
            .map_or(Ok(default), |text| text.parse())
    };
    let (rows, rounds, assets) = (number(1, 100_000)?, number(2, 20)?, number(3, 1_000_000)?);
    let folder = std::env::temp_dir().join(format!("marey-corpus-cost-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    hashing(rows)?;
    reading(&folder, rows, rounds)?;
    deciding(&folder, assets)?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// CPU seconds of this process so far.
fn spent() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = text
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    // Fields 14 and 15 of proc(5), behind the two that end at the bracket.
    let ticks = |place: usize| {
        fields
            .get(place)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    Ok((ticks(11) + ticks(12)) / TICKS)
}

fn hashing(rows: usize) -> anyhow::Result<()> {
    let bytes = marey_benches::orders_csv(rows);
    let rounds = (2_usize << 30) / bytes.len().max(1);
    let start = spent()?;
    for _ in 0..rounds {
        std::hint::black_box(Digest::of(&bytes));
    }
    let seconds = spent()? - start;
    println!(
        "hashing: {:.2} GB/s of one core",
        (rounds * bytes.len()) as f64 / 1e9 / seconds
    );
    Ok(())
}

fn reading(folder: &Path, rows: usize, rounds: usize) -> anyhow::Result<()> {
    let mut loader = corpus(folder, &marey_benches::orders_csv(rows))?;
    let path = folder.join("orders.csv");
    let (mut bare, mut gated) = (0.0, 0.0);
    for _ in 0..rounds {
        let start = spent()?;
        std::hint::black_box(read("orders.csv", fs::read(&path)?, &ReadOptions::default())?);
        let between = spent()?;
        std::hint::black_box(loader.table("orders.csv")?);
        bare += between - start;
        gated += spent()? - between;
    }
    println!(
        "reading {rows} rows, {rounds} times each: bare {bare:.2} s, through the loader {gated:.2} s, {:+.1} %",
        (gated / bare - 1.0) * 100.0
    );
    Ok(())
}

fn corpus(folder: &Path, bytes: &[u8]) -> anyhow::Result<Loader<Train>> {
    let manifest = json!({
        "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1", "name": "orders",
        "distribution": [{
            "@type": "cr:FileObject", "@id": "orders", "contentUrl": "orders.csv", "sha256": Digest::of(bytes).hex(),
            "marey:rights": { "licence": { "expression": "CC0-1.0" }, "personal": {} },
        }],
    });
    fs::write(folder.join("orders.csv"), bytes)?;
    fs::write(folder.join("croissant.json"), manifest.to_string())?;
    let options = LoaderOptions {
        policy: POLICY.parse()?,
        licences: LicenceTable::shipped()?,
        key: None,
        run: "cost".into(),
        clock: || std::time::SystemTime::now().into(),
        most_bytes: 1 << 32,
    };
    Ok(Loader::open(
        folder,
        &Ledger::open(folder.join("ledger"))?,
        options,
    )?)
}

fn deciding(folder: &Path, number: usize) -> anyhow::Result<()> {
    let lines: String = (0..number)
        .map(|index| {
            let licence = if index % 10 == 0 {
                "CC-BY-NC-4.0"
            } else {
                "CC0-1.0"
            };
            let name = format!("tables/{index}.csv");
            let digest = Digest::of(name.as_bytes());
            let rights = json!({ "licence": { "expression": licence }, "personal": { "year": "none" } });
            format!(
                "{}\n",
                json!({ "name": name, "digest": digest, "rights": rights })
            )
        })
        .collect();
    let start = spent()?;
    let assets: Vec<Asset> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let listed = spent()?;
    let log = AuditLog::new(File::create(folder.join("audit.jsonl"))?, "cost");
    let mut gate = Gate::new(
        POLICY.parse()?,
        LicenceTable::shipped()?,
        Store::open(folder)?,
        log,
        1 << 20,
    );
    let mut allowed = 0;
    // As many at a time as fit memory well; each batch is in the log before it counts.
    for batch in assets.chunks(10_000) {
        let decided = gate.admit_all::<Train>(batch, Default::default(), "2026-12-01T00:00:00Z")?;
        allowed += decided
            .iter()
            .filter(|decided| matches!(decided, Admission::Admitted(_)))
            .count();
    }
    println!(
        "{number} assets: listed in {:.2} s, decided and logged in {:.2} s, {allowed} allowed, log of {} MB",
        listed - start,
        spent()? - listed,
        fs::metadata(folder.join("audit.jsonl"))?.len() >> 20
    );
    Ok(())
}
