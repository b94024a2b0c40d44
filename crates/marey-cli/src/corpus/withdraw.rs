//! `marey corpus withdraw`: out of use, and what was made of it.

use std::{fmt::Write, fs, path::PathBuf};

use clap::Args;
use marey_corpus::{
    Digest,
    lineage::{Impact, Withdrawal, WithdrawalTarget},
};
use serde_json::json;

use super::place::{LedgerArguments, NOW, read_key, time};
use crate::{arguments::Format, failure::BadUsage, output};

/// Arguments of `marey corpus withdraw`.
#[derive(Args)]
#[command(group = clap::ArgGroup::new("target").required(true).args(["asset", "licence", "subject"]))]
pub struct WithdrawArguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    /// Contents: a digest, or a file with them
    #[arg(long, value_name = "DIGEST|FILE")]
    asset: Option<String>,
    /// Everything that is claimed to be under this licence, now and later
    #[arg(long, value_name = "SPDX")]
    licence: Option<String>,
    /// A person, by the value that names them in a column that was indexed; only its keyed hash is kept
    #[arg(long, value_name = "IDENTIFIER", requires = "key")]
    subject: Option<String>,
    /// File with the secret key of the index of persons
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Only list what it would reach
    #[arg(long)]
    dry_run: bool,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Writes the withdrawal down and prints what it reaches.
pub fn run(arguments: WithdrawArguments) -> anyhow::Result<()> {
    let ledger = arguments.ledger.open()?;
    let withdrawal = Withdrawal {
        target: target(&arguments)?,
        on: NOW().date_naive(),
        reason: arguments.reason.clone(),
    };
    if !arguments.dry_run {
        ledger.withdraw(withdrawal.clone(), &time())?;
    }
    let lineage = ledger.lineage()?;
    let tombstones = ledger.withdrawals()?.tombstones_of(&withdrawal, &lineage);
    let impact = Impact::of(&lineage, &tombstones);
    let text = match output::format(arguments.format) {
        Format::Json => {
            let report = json!({
                "withdrawal": withdrawal,
                "dry_run": arguments.dry_run,
                "assets": tombstones.iter().map(|tombstone| tombstone.asset).collect::<Vec<_>>(),
                "affected": impact.affected,
            });
            format!("{report}\n")
        }
        Format::Text => as_text(&withdrawal, tombstones.len(), &impact, arguments.dry_run),
    };
    output::print(text.as_bytes())
}

fn target(arguments: &WithdrawArguments) -> anyhow::Result<WithdrawalTarget> {
    if let Some(asset) = &arguments.asset {
        let digest = match asset.parse::<Digest>() {
            Ok(digest) => digest,
            Err(error) => match fs::read(asset) {
                Ok(bytes) => Digest::of(&bytes),
                Err(_) => {
                    return Err(BadUsage(format!("{error}, and no file of that name can be read")).into());
                }
            },
        };
        return Ok(WithdrawalTarget::Asset(digest));
    }
    if let Some(licence) = &arguments.licence {
        return Ok(WithdrawalTarget::Licence(licence.clone()));
    }
    match (&arguments.subject, &arguments.key) {
        (Some(subject), Some(key)) => {
            let key = read_key(key)?;
            Ok(WithdrawalTarget::Subject(key.hash(subject.trim().as_bytes())))
        }
        _ => {
            Err(BadUsage("name what is withdrawn: --asset, --licence, or --subject with --key".into()).into())
        }
    }
}

fn as_text(withdrawal: &Withdrawal, assets: usize, impact: &Impact, dry_run: bool) -> String {
    let verb = if dry_run {
        "would be withdrawn"
    } else {
        "is withdrawn"
    };
    let mut text = format!(
        "{} {verb}: {}\n{assets} assets are meant\n",
        withdrawal.target, withdrawal.reason
    );
    for node in &impact.affected {
        let _ = writeln!(
            text,
            "{} {}: at most {} rows, {:.1} %",
            node.kind.as_str(),
            node.id,
            node.rows,
            node.share * 100.0
        );
    }
    text.push_str(
        "What to delete, train anew or keep is for people to decide; weights keep what they have learned.\n",
    );
    text
}
