//! `marey corpus lineage`: what was made of what.

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use marey_corpus::{
    Digest,
    lineage::{Lineage, LineageNode, NodeKind},
};
use serde_json::json;

use super::place::{LedgerArguments, time};
use crate::{arguments::Format, failure::BadUsage, output};

/// Arguments of `marey corpus lineage`.
#[derive(Args)]
pub struct LineageArguments {
    /// Name of a node, or a file with its contents; everything by default
    node: Option<String>,
    #[command(flatten)]
    ledger: LedgerArguments,
    /// Add this file: it was made of --from
    #[arg(long, value_name = "FILE", requires_all = ["from", "kind"], conflicts_with = "node")]
    add: Option<PathBuf>,
    /// What the added file is
    #[arg(long, value_name = "KIND", requires = "add")]
    kind: Option<MadeOf>,
    /// What the added file was made of: the name of a node, or a file that the lineage knows
    #[arg(long, value_name = "NODE", requires = "add")]
    from: Vec<String>,
    /// Name of the added node; its kind and contents by default
    #[arg(long, value_name = "NAME", requires = "add")]
    name: Option<String>,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// What can be made of weights.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MadeOf {
    /// Weights that are used.
    Model,
    /// Weights in the middle of a run.
    Checkpoint,
    /// Weights with fewer bits.
    Quantised,
    /// Weights taught by others.
    Distilled,
    /// A place where weights are in use.
    Deployment,
}

impl From<MadeOf> for NodeKind {
    fn from(kind: MadeOf) -> Self {
        match kind {
            MadeOf::Model => NodeKind::Model,
            MadeOf::Checkpoint => NodeKind::Checkpoint,
            MadeOf::Quantised => NodeKind::Quantised,
            MadeOf::Distilled => NodeKind::Distilled,
            MadeOf::Deployment => NodeKind::Deployment,
        }
    }
}

/// Shows or adds.
pub fn run(arguments: LineageArguments) -> anyhow::Result<()> {
    let ledger = arguments.ledger.open()?;
    if let (Some(file), Some(kind)) = (&arguments.add, arguments.kind) {
        let node = made(&ledger.lineage()?, file, kind.into(), &arguments)?;
        ledger.record([node], "lineage", &time())?;
    }
    let lineage = ledger.lineage()?;
    let shown: Vec<&LineageNode> = match &arguments.node {
        None => lineage.nodes().iter().collect(),
        Some(wanted) => {
            let node = find(&lineage, wanted)?;
            let mut shown = lineage.ancestors(&node.id);
            shown.push(node);
            shown
        }
    };
    let text = match output::format(arguments.format) {
        Format::Json => format!("{}\n", json!(shown)),
        Format::Text => shown
            .iter()
            .fold(String::new(), |text, node| text + &as_text(node)),
    };
    output::print(text.as_bytes())
}

fn made(
    lineage: &Lineage,
    file: &std::path::Path,
    kind: NodeKind,
    arguments: &LineageArguments,
) -> anyhow::Result<LineageNode> {
    let bytes = fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let digest = Digest::of(&bytes);
    let mut parents = BTreeMap::new();
    for from in &arguments.from {
        let parent = find(lineage, from)?;
        parents.insert(parent.id.clone(), parent.rows);
    }
    let hex = digest.hex();
    let own_name = || format!("{}:{}", kind.as_str(), hex.get(..16).unwrap_or(&hex));
    Ok(LineageNode {
        id: arguments.name.clone().unwrap_or_else(own_name),
        kind,
        name: None,
        licence: None,
        digest: Some(digest),
        rows: parents.values().copied().max().unwrap_or(0),
        parents,
    })
}

/// A node by its name, by its contents, or by a file with them.
fn find<'a>(lineage: &'a Lineage, wanted: &str) -> anyhow::Result<&'a LineageNode> {
    if let Some(node) = lineage.node(wanted) {
        return Ok(node);
    }
    let digest = match wanted.parse::<Digest>() {
        Ok(digest) => digest,
        Err(_) => match fs::read(wanted) {
            Ok(bytes) => Digest::of(&bytes),
            Err(_) => {
                return Err(BadUsage(format!(
                    "`{wanted}` is neither a node of the lineage nor a file that can be read"
                ))
                .into());
            }
        },
    };
    match lineage.of_digest(&digest) {
        Some(node) => Ok(node),
        None => bail!("the lineage knows nothing with the contents {digest}"),
    }
}

fn as_text(node: &LineageNode) -> String {
    let mut text = format!("{} {}", node.kind.as_str(), node.id);
    if let Some(name) = &node.name {
        let _ = write!(text, " ({name})");
    }
    if let Some(licence) = &node.licence {
        let _ = write!(text, ", {licence}");
    }
    if node.rows > 0 {
        let _ = write!(text, ", {} rows", node.rows);
    }
    text.push('\n');
    for (parent, rows) in &node.parents {
        let _ = match rows {
            0 => writeln!(text, "  of {parent}"),
            rows => writeln!(text, "  of {parent}, {rows} rows"),
        };
    }
    text
}
