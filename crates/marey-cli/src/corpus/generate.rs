//! `marey corpus generate`: requests made for the tables of a corpus.

use std::{fmt::Write, path::PathBuf};

use anyhow::Context;
use clap::Args;
use marey_corpus::Split;
use marey_lab::generation::{GenerateOptions, GenerateReport, generate};

use crate::{arguments::Format, output, progress::Progress};

/// Most reasons for leaving something out that are printed as text.
const MOST_REASONS: usize = 12;

/// Arguments of `marey corpus generate`.
#[derive(Args)]
pub struct GenerateArguments {
    /// A corpus whose tables are asked about; may be given several times (`marey corpus import tables` makes one of a folder)
    #[arg(long, required = true, value_name = "DIR")]
    from: Vec<PathBuf>,
    /// Folder of the new corpus; must be absent or empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many requests, about
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    requests: usize,
    /// In how many ways each chart is asked for
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=50))]
    ways: u16,
    /// What everything random follows from
    #[arg(long, default_value_t = 7, value_name = "N")]
    seed: u64,
    /// Put every example in one part: train, dev or test (default: the part of its table's group)
    #[arg(long, value_name = "PART")]
    split: Option<Split>,
    /// Instead of requests, charts worth drawing of each table with their weights, for learning without a request
    #[arg(long, conflicts_with_all = ["requests", "ways"])]
    unasked: bool,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Generates and prints what came of it.
pub fn run(arguments: GenerateArguments) -> anyhow::Result<()> {
    let format = output::format(arguments.format);
    let progress = Progress::start("generating");
    let options = GenerateOptions {
        from: arguments.from,
        out: arguments.out,
        requests: arguments.requests,
        ways: usize::from(arguments.ways),
        seed: arguments.seed,
        split: arguments.split,
        unasked: arguments.unasked,
    };
    let report = generate(&options).context("nothing was generated")?;
    drop(progress);
    let text = match format {
        Format::Json => format!("{}\n", serde_json::to_string(&report)?),
        Format::Text => as_text(&report),
    };
    output::print(text.as_bytes())
}

fn as_text(report: &GenerateReport) -> String {
    let mut text = format!(
        "{} requests for {} charts of {} tables in {} groups\n",
        report.requests, report.charts, report.tables, report.groups
    );
    for (idea, count) in report.ideas.iter().chain(&report.parts) {
        let _ = writeln!(text, "  {idea:20} {count}");
    }
    let mut reasons: Vec<_> = report.left_out.iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (why, count) in reasons.iter().take(MOST_REASONS) {
        let _ = writeln!(text, "  left out: {count}, {why}");
    }
    text
}
