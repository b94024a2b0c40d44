//! `marey pack`: weights of a run made ready to be shipped.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use marey::model::{Model, Packing, repack};
use marey_corpus::{
    Digest, Split,
    lineage::{LineageRoot, RunInputs},
};
use marey_lab::{
    Part,
    training::{TrainingConfig, calibrate},
};
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
    /// A corpus that the run learnt from; may be given several times. The digests of all its files, of the run's
    /// settings and of the policy become the lineage root
    #[arg(long, value_name = "DIR")]
    corpus: Vec<PathBuf>,
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
    if !arguments.corpus.is_empty() {
        notes.extend(lineage(&arguments.run, &arguments.corpus)?);
    }
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

/// What the weights were made from, as one hash over the contents of every file, and those contents.
fn lineage(run: &Path, corpora: &[PathBuf]) -> anyhow::Result<[(String, String); 2]> {
    let file = run.join("config.toml");
    let settings = fs::read_to_string(&file).with_context(|| {
        format!(
            "`{}` is needed for the lineage: give the folder of the run, not its weights",
            file.display()
        )
    })?;
    let (mut assets, mut policies) = (BTreeSet::new(), Vec::new());
    for corpus in corpora {
        collect(corpus, &mut assets, &mut policies)?;
    }
    let inputs = RunInputs {
        assets,
        policy: Digest::of(&policies),
        code: format!("marey {}", env!("CARGO_PKG_VERSION")),
        config: Digest::of(settings.as_bytes()),
        seed: TrainingConfig::from_toml(&settings, &[])?.training.seed,
    };
    Ok([
        (
            "lineage_root".to_owned(),
            LineageRoot::of(&inputs).digest().to_string(),
        ),
        ("lineage_inputs".to_owned(), json!(inputs).to_string()),
    ])
}

/// The digests of the files of a folder, and the contents of its policies, in the order of their names.
fn collect(folder: &Path, assets: &mut BTreeSet<Digest>, policies: &mut Vec<u8>) -> anyhow::Result<()> {
    let unread = || format!("cannot read `{}`", folder.display());
    let entries = fs::read_dir(folder).with_context(unread)?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<PathBuf>>>()
        .with_context(unread)?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, assets, policies)?;
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        if path.file_name().is_some_and(|name| name == "policy.toml") {
            policies.extend(&bytes);
        }
        assets.insert(Digest::of(&bytes));
    }
    Ok(())
}
