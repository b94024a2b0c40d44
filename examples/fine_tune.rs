//! # Fine-tune on a small corpus
//!
//! We will write a corpus of requests in the words of one company, go on training from the weights that come with
//! the crate, and ask before and after. A corpus of use has hundreds of requests; this one is for seconds.

use std::{fs, path::Path};

use marey::{
    AskOptions, ask,
    model::{Model, PRETRAINED},
    table::{
        Table,
        read::{ReadOptions, read},
    },
};
use marey_lab::training::{TrainingConfig, train};
use serde_json::{Value, json};

const TABLE: &str = "site,shift,tickets,opened\nnorth,early,4,2024-01-05\nsouth,late,9,2024-01-19\n\
    north,late,7,2024-02-02\nsouth,early,3,2024-02-11\nwest,early,5,2024-03-08\nwest,late,8,2024-03-21\n";

/// What people there call a "burn": the total of tickets. No general model can know.
fn examples() -> Vec<Value> {
    let total = json!({"aggregate": "sum", "field": "tickets", "type": "quantitative"});
    let bars = |by: &str| json!({"mark": "bar", "encoding": {"x": {"field": by, "type": "nominal"}, "y": total.clone()}});
    let example = |id: &str, request: &str, split: &str, by: &str| {
        json!({"id": id, "group": "desk", "split": split, "tables": ["tables/desk.csv"],
            "requests": [request], "charts": [bars(by)], "tags": []})
    };
    vec![
        example("1", "burn by site", "train", "site"),
        example("2", "burn by shift", "train", "shift"),
        example("3", "burn of each site", "train", "site"),
        example("4", "show the burn per shift", "train", "shift"),
        example("5", "burn per site", "dev", "site"),
    ]
}

/// A corpus is a folder: a manifest that says by which right it may be used, tables, examples.
fn write_corpus(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder.join("tables"))?;
    fs::write(folder.join("tables/desk.csv"), TABLE)?;
    let lines: Vec<String> = examples().iter().map(Value::to_string).collect();
    fs::write(folder.join("examples.jsonl"), lines.join("\n") + "\n")?;
    let manifest = json!({
        "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "sc": "https://schema.org/"},
        "@type": "sc:Dataset", "name": "desk", "description": "requests about a help desk",
        "license": "https://spdx.org/licenses/CC0-1.0", "url": "https://example.org/desk",
        "datePublished": "2026-01-01", "conformsTo": "http://mlcommons.org/croissant/1.1",
        "creator": {"@type": "sc:Person", "name": "The help desk"}, "distribution": [], "recordSet": []
    });
    fs::write(folder.join("croissant.json"), manifest.to_string())?;
    Ok(())
}

fn told(table: &Table, model: &Model) -> anyhow::Result<String> {
    let charts = ask(table, "burn per site", Some(model), &AskOptions::default())?;
    let first = charts.first().and_then(|chart| chart.reasons.first());
    Ok(first.cloned().unwrap_or_default())
}

fn main() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("marey-fine-tune-{}", std::process::id()));
    let (corpus, run) = (folder.join("desk"), folder.join("run"));
    write_corpus(&corpus)?;
    let begin = folder.join("begin.safetensors");
    fs::write(&begin, PRETRAINED)?;

    // Few steps at a small rate: the network should learn a word, not forget the others.
    let mut config = TrainingConfig::from_toml(
        "model = \"s\"\n[training]\nepochs = 6\nbatch = 4\nlearning_rate = 3e-4\nwarm_up = 1\n",
        &[],
    )?;
    config.init = Some(begin);
    let report = train(&config, &[corpus], &run, false, |_| {})?;
    println!("{} steps over {} requests", report.steps, report.examples);

    let table = read("desk.csv", TABLE.as_bytes().to_vec(), &ReadOptions::default())?.value;
    println!("before: {}", told(&table, &Model::pretrained()?)?);
    println!(
        "after:  {}",
        told(&table, &Model::from_file(&run.join("weights.safetensors"))?)?
    );
    fs::remove_dir_all(&folder)?;
    Ok(())
}
