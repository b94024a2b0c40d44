//! `marey corpus import`: a public release turned into a corpus.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use marey_corpus::import::{ImportKind, ImportOptions, ImportReport, import};

use crate::{arguments::Format, output, progress::Progress};

/// Most reasons for leaving something out that are printed as text.
const MOST_REASONS: usize = 20;

/// Arguments of `marey corpus import`.
#[derive(Args)]
pub struct ImportArguments {
    /// What is imported
    kind: Kind,
    /// Folder of the release
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// Folder of the corpus; must be absent or empty
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Licence of the examples where the release states none, as an SPDX expression
    #[arg(long, value_name = "EXPRESSION")]
    licence: Option<String>,
    /// Licence of the tables where the release states none, as an SPDX expression
    #[arg(long, value_name = "EXPRESSION")]
    table_licence: Option<String>,
    /// Where to list every item that was left out and why, as JSON lines; reasons alone are printed
    #[arg(long, value_name = "FILE")]
    left_out: Option<PathBuf>,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// What can be imported.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// nvBench: `pairs.jsonl` and `tables/`, or the public repository's `nvBench_VegaLite/VIS_*.html`
    Nvbench,
    /// Vega-Lite views with their tables: `pairs.jsonl` and `tables/`
    Specs,
    /// Charts ranked by how people did with them: `pairs.jsonl`
    Kim2018,
    /// Labelled columns: `labels.csv` and the tables that it names
    ColumnTypes,
    /// Every table below a folder: text, JSON, Parquet, Excel, SQLite, HTML
    Tables,
    /// The tables of a Frictionless package: `datapackage.json`
    Datapackage,
}

impl From<Kind> for ImportKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Nvbench => ImportKind::Nvbench,
            Kind::Specs => ImportKind::Specs,
            Kind::Kim2018 => ImportKind::Kim2018,
            Kind::ColumnTypes => ImportKind::ColumnTypes,
            Kind::Tables => ImportKind::Tables,
            Kind::Datapackage => ImportKind::Datapackage,
        }
    }
}

/// Imports and prints what came of it.
pub fn run(arguments: ImportArguments) -> anyhow::Result<()> {
    let format = output::format(arguments.format);
    let progress = Progress::start("importing");
    let options = ImportOptions {
        from: arguments.from,
        to: arguments.to,
        licence: arguments.licence,
        table_licence: arguments.table_licence,
    };
    let report = import(arguments.kind.into(), &options)
        .with_context(|| format!("`{}` cannot be imported", options.from.display()))?;
    drop(progress);
    if let Some(path) = &arguments.left_out {
        write_left_out(&report, path)?;
    }
    let text = match format {
        Format::Json => format!("{}\n", serde_json::to_string(&report)?),
        Format::Text => as_text(&report),
    };
    output::print(text.as_bytes())
}

fn as_text(report: &ImportReport) -> String {
    let mut text = format!(
        "{} examples of {} groups: {} tables, {} requests, {} examples with charts\n",
        report.examples, report.groups, report.tables, report.requests, report.with_charts
    );
    for (part, count) in &report.parts {
        let _ = writeln!(text, "  {part:20} {count}");
    }
    let reasons = report.reasons();
    for reason in reasons.iter().take(MOST_REASONS) {
        let _ = writeln!(
            text,
            "  without {}: {}, {} ({}{})",
            reason.what,
            reason.count,
            reason.why,
            reason.first.join(", "),
            if reason.count > reason.first.len() {
                ", …"
            } else {
                ""
            },
        );
    }
    let others: usize = reasons.iter().skip(MOST_REASONS).map(|reason| reason.count).sum();
    if others > 0 {
        let _ = writeln!(
            text,
            "  without: {others} more, for {} other reasons",
            reasons.len() - MOST_REASONS
        );
    }
    text
}

/// One line of JSON for each item that was left out.
fn write_left_out(report: &ImportReport, path: &Path) -> anyhow::Result<()> {
    let mut lines = String::new();
    for left_out in &report.left_out {
        let _ = writeln!(lines, "{}", serde_json::to_string(left_out)?);
    }
    fs::write(path, lines).with_context(|| format!("cannot write `{}`", path.display()))
}
