//! `marey corpus overlap`: what two corpora have in common.

use std::{fmt::Write, path::PathBuf};

use clap::Args;
use marey_corpus::{
    duplicate::{Contamination, contamination},
    folder::Corpus,
};

use crate::{arguments::Format, output, progress::Progress};

/// Arguments of `marey corpus overlap`.
#[derive(Args)]
pub struct OverlapArguments {
    /// The corpus that is learnt from
    #[arg(value_name = "DIR")]
    first: PathBuf,
    /// The corpus that is scored on
    #[arg(value_name = "DIR")]
    second: PathBuf,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Compares two corpora by their contents.
pub fn run(arguments: OverlapArguments) -> anyhow::Result<()> {
    let format = output::format(arguments.format);
    let progress = Progress::start("comparing");
    let (first, second) = (Corpus::open(arguments.first)?, Corpus::open(arguments.second)?);
    let found = contamination(&first, &second)?;
    drop(progress);
    let text = match format {
        Format::Json => format!("{}\n", serde_json::to_string(&found)?),
        Format::Text => as_text(&found),
    };
    output::print(text.as_bytes())
}

fn as_text(found: &Contamination) -> String {
    let mut text = format!(
        "{} and {} tables, {} pairs alike; {} examples of the first are on such tables\n{} and {} requests, {} in \
         both, {} of them on tables that are alike\n",
        found.tables[0],
        found.tables[1],
        found.alike.len(),
        found.examples_on_alike_tables,
        found.requests[0],
        found.requests[1],
        found.same_requests,
        found.same_requests_on_alike_tables,
    );
    for pair in &found.alike {
        let _ = writeln!(text, "  {} ~ {}: {:?}", pair.first, pair.second, pair.likeness);
    }
    text
}
