//! # Train on what may be trained on
//!
//! We will read the sample tables under their policy, let the weights carry what they have seen, verify them, write their
//! card, and withdraw one table.

use std::{fs, path::Path};

use marey_corpus::{
    Digest, LicenceTable,
    admission::{Loader, LoaderOptions, Train},
    export::{ModelRecord, model_card},
    ledger::Ledger,
    lineage::{Impact, WeightsClaim, Withdrawal, WithdrawalTarget},
};
use marey_examples::output;

fn main() -> anyhow::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folder = output("govern")?;
    // Begin with a ledger that remembers nothing.
    let _ = fs::remove_dir_all(&folder);
    let ledger = Ledger::open(&folder)?;

    // Every file is decided on when the corpus is opened; the decisions are in the audit log.
    let options = LoaderOptions {
        policy: fs::read_to_string(corpus.join("policy.toml"))?.parse()?,
        licences: LicenceTable::shipped()?,
        key: None,
        run: "run-1".into(),
        clock: || std::time::SystemTime::now().into(),
        most_bytes: 1 << 24,
    };
    let mut loader: Loader<Train> = Loader::open(&corpus, &ledger, options)?;
    println!("{} files may be trained on", loader.admitted().count());

    // Training: the loader witnesses what is read.
    let penguins = loader.table("penguins.json")?.value;
    let weather = loader.table("seattle-weather.csv")?.value;
    let weights = [penguins.rows() as f32, weather.rows() as f32];

    // The weights carry what they have seen.
    let witness = loader.witness("1f3a9c", Digest::of(b"the configuration"), 7);
    let bytes: Vec<u8> = weights.iter().flat_map(|weight| weight.to_le_bytes()).collect();
    let tensor = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, vec![2], &bytes)?;
    let file = safetensors::serialize([("rows", tensor)], Some(witness.metadata()))?;
    fs::write(folder.join("model.safetensors"), &file)?;
    loader.record(&witness, &[("model:rows".into(), Digest::of(&file))])?;
    drop(loader);

    // Anybody can hold the weights against the ledger, and read what they were made from.
    let claim = WeightsClaim::read(&file)?.ok_or_else(|| anyhow::anyhow!("the weights carry nothing"))?;
    println!("faults: {:?}", claim.check(Some(&ledger))?.faults);
    println!("{}", model_card(&ModelRecord::of(&ledger, &file)?));

    // The owner asks for one table back: what was made of it?
    let withdrawal = Withdrawal {
        target: WithdrawalTarget::Asset(Digest::of(&fs::read(corpus.join("penguins.json"))?)),
        on: chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap_or_default(),
        reason: "asked by the owner".into(),
    };
    ledger.withdraw(withdrawal.clone(), "2026-12-01T09:00:00Z")?;
    let lineage = ledger.lineage()?;
    let tombstones = ledger.withdrawals()?.tombstones_of(&withdrawal, &lineage);
    for node in Impact::of(&lineage, &tombstones).affected {
        println!(
            "{} {}: at most {:.0} %",
            node.kind.as_str(),
            node.id,
            node.share * 100.0
        );
    }
    Ok(())
}
