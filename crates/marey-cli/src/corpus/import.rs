//! `marey corpus import`: a public release turned into a corpus.

use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

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
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for left_out in &report.left_out {
        *reasons.entry((left_out.what, left_out.why.as_str())).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for ((what, why), count) in reasons.iter().take(MOST_REASONS) {
        let _ = writeln!(text, "  without {what}: {count}, {why}");
    }
    let others: usize = reasons.iter().skip(MOST_REASONS).map(|(_, count)| count).sum();
    if others > 0 {
        let _ = writeln!(
            text,
            "  without: {others} more, for {} other reasons",
            reasons.len() - MOST_REASONS
        );
    }
    text
}
