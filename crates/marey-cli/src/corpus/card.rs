//! `marey corpus card`: weights, or a corpus, described for people and for other programs.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use marey_corpus::{
    LicenceTable,
    export::{ModelRecord, data_card, events, ml_bom, model_card, training_summary},
    manifest::Manifest,
};

use super::place::{LedgerArguments, read, time};
use crate::{failure::BadUsage, output};

/// Arguments of `marey corpus card`.
#[derive(Args)]
pub struct CardArguments {
    /// A safetensors file that the ledger knows, or the folder of a corpus
    target: PathBuf,
    #[command(flatten)]
    ledger: LedgerArguments,
    /// What to write
    #[arg(long = "as", default_value = "markdown", value_name = "FORM")]
    form: Form,
    /// Namespace of the jobs and data sets, for OpenLineage
    #[arg(long, default_value = "marey", value_name = "NAME")]
    namespace: String,
    /// Where it goes; stdout by default
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    output: PathBuf,
}

/// What can be written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A model card, or a data card of a corpus.
    Markdown,
    /// A CycloneDX 1.6 bill of materials.
    Cyclonedx,
    /// OpenLineage events, one per line.
    Openlineage,
    /// A draft in the shape of the EU's public summary of training content.
    TrainingSummary,
}

/// Writes the card.
pub fn run(arguments: CardArguments) -> anyhow::Result<()> {
    let text = if arguments.target.is_dir() {
        corpus(&arguments)?
    } else {
        weights(&arguments)?
    };
    output::write(&arguments.output, text.as_bytes())
}

fn corpus(arguments: &CardArguments) -> anyhow::Result<String> {
    if arguments.form != Form::Markdown {
        return Err(BadUsage(
            "a corpus has a card in Markdown only; name a safetensors file for other forms".into(),
        )
        .into());
    }
    let path = arguments.target.join("croissant.json");
    let manifest: Manifest = read(&path)?
        .parse()
        .with_context(|| format!("`{}`", path.display()))?;
    Ok(data_card(&manifest, &LicenceTable::shipped()?))
}

fn weights(arguments: &CardArguments) -> anyhow::Result<String> {
    let shown = arguments.target.display();
    let bytes = fs::read(&arguments.target).with_context(|| format!("cannot read `{shown}`"))?;
    let record = ModelRecord::of(&arguments.ledger.open()?, &bytes).with_context(|| format!("`{shown}`"))?;
    Ok(match arguments.form {
        Form::Markdown => model_card(&record),
        Form::TrainingSummary => training_summary(&record),
        Form::Cyclonedx => format!("{}\n", serde_json::to_string_pretty(&ml_bom(&record, &time()))?),
        Form::Openlineage => events(&record, &arguments.namespace)
            .iter()
            .map(|event| format!("{event}\n"))
            .collect(),
    })
}
