//! `marey pack`: weights of a run made ready to be shipped.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use marey::model::{Model, Packing, repack};
use marey_corpus::Split;
use marey_lab::{Part, training::calibrate};
use serde_json::json;

use crate::{failure::BadUsage, output, progress::Progress};

/// What a folder of a training run calls its weights.
const WEIGHTS: &str = "weights.safetensors";

/// Arguments of `marey pack`.
#[derive(Args)]
pub struct PackArguments {
    /// Folder of a training run, or a file of weights
    run: PathBuf,
    /// Where the packed weights go
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How numbers are kept: f32, f16 or q8_0
    #[arg(long, default_value = "q8_0", value_name = "KIND")]
    numbers: String,
    /// A corpus with tables that were not trained on, to which it is fitted how sure the model is
    #[arg(long, value_name = "DIR")]
    calibrate: Option<PathBuf>,
    /// The split whose dev part that is
    #[arg(
        long,
        default_value = "unseen_db",
        value_name = "NAME",
        requires = "calibrate"
    )]
    split_by: String,
    /// Most requests that are asked for it
    #[arg(long, default_value_t = 600, value_name = "N", requires = "calibrate")]
    limit: usize,
    /// What the weights say of themselves (`licence=CC-BY-SA-4.0`); may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    note: Vec<String>,
}

/// Packs, and prints what came of it.
pub fn run(arguments: PackArguments) -> anyhow::Result<()> {
    let packing = Packing::named(&arguments.numbers).ok_or_else(|| {
        BadUsage(format!(
            "--numbers: `{}` is no kind of numbers; expected f32, f16 or q8_0",
            arguments.numbers
        ))
    })?;
    let mut notes = BTreeMap::new();
    for note in &arguments.note {
        let (key, value) = note
            .split_once('=')
            .ok_or_else(|| BadUsage(format!("--note: `{note}` is not KEY=VALUE")))?;
        notes.insert(key.to_owned(), value.to_owned());
    }
    let file = match arguments.run.is_dir() {
        true => arguments.run.join(WEIGHTS),
        false => arguments.run.clone(),
    };
    let bytes = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let mut packed = repack(&bytes, packing, None, &notes)?;
    let mut calibrated = None;
    if let Some(corpus) = &arguments.calibrate {
        let progress = Progress::start("asking");
        let part = Part {
            split: Some(Split::Dev),
            split_by: arguments.split_by.clone(),
        };
        // The packed weights are asked, as they will be.
        let found = calibrate(&Model::from_bytes(&packed)?, corpus, &part, arguments.limit)?;
        packed = repack(&packed, packing, Some(&found.calibration), &notes)?;
        calibrated = Some(found);
        drop(progress);
    }
    let model = Model::from_bytes(&packed)?;
    output::write(&arguments.output, &packed)?;
    let told = json!({
        "file": arguments.output,
        "bytes": packed.len(),
        "parameters": model.parameters(),
        "notes": model.notes(),
        "calibrated": calibrated,
    });
    output::print(format!("{}\n", serde_json::to_string_pretty(&told)?).as_bytes())
}
