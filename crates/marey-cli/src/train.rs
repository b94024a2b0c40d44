//! `marey train`: a network trained on corpora into a run folder.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use marey_lab::training::{TrainingConfig, train};

use crate::{output, progress::Progress};

/// Arguments of `marey train`.
#[derive(Args)]
pub struct TrainArguments {
    /// Settings of the run as TOML; every one has a default
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder with a corpus; may be given several times
    #[arg(long, required = true, value_name = "DIR")]
    corpus: Vec<PathBuf>,
    /// Folder of the run; must be new unless it is resumed
    #[arg(long, value_name = "RUN")]
    out: PathBuf,
    /// Weights to begin with instead of random ones; the run's notes name them
    #[arg(long, value_name = "WEIGHTS", conflicts_with = "resume")]
    init: Option<PathBuf>,
    /// Go on from the checkpoint in the folder
    #[arg(long)]
    resume: bool,
    /// Change a setting (`training.epochs=3`); may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// Trains, and prints what came of it.
pub fn run(arguments: TrainArguments) -> anyhow::Result<()> {
    let kept = arguments.out.join("config.toml");
    let file = match (&arguments.config, arguments.resume) {
        (Some(file), _) => Some(file.clone()),
        (None, true) if kept.is_file() => Some(kept),
        (None, _) => None,
    };
    let text = match &file {
        Some(file) => {
            fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?
        }
        None => String::new(),
    };
    let mut config = TrainingConfig::from_toml(&text, &arguments.set)?;
    config.init = arguments.init.or(config.init);
    let progress = Progress::start("training");
    let report = train(
        &config,
        &arguments.corpus,
        &arguments.out,
        arguments.resume,
        |stage| progress.stage(stage.to_owned()),
    )?;
    drop(progress);
    let mut text = format!(
        "{} steps over {} requests, {} weights{}\n",
        report.steps,
        report.examples,
        report.parameters,
        if report.finished {
            ""
        } else {
            "; not finished, `--resume` goes on"
        }
    );
    if let Some(dev) = report.dev {
        text.push_str(&format!(
            "dev: {} of {} exact, {} within five\n",
            dev.exact, dev.n, dev.within_five
        ));
    }
    output::print(text.as_bytes())
}
