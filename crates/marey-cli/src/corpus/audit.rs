//! `marey corpus audit`: the audit log, checked and listed.

use std::fmt::Write;

use anyhow::bail;
use clap::Args;
use marey_corpus::{
    Digest,
    audit::{AuditEvent, AuditRecord, OutcomeStatus},
};
use serde_json::json;

use super::place::LedgerArguments;
use crate::{arguments::Format, output};

/// Arguments of `marey corpus audit`.
#[derive(Args)]
pub struct AuditArguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    /// Hash of a record that is known to be in the log, as weights carry it: nothing before it was cut off
    #[arg(long, value_name = "DIGEST")]
    head: Option<String>,
    /// Also list the records
    #[arg(long)]
    list: bool,
    /// Only the records of this run
    #[arg(long, value_name = "NAME", requires = "list")]
    run: Option<String>,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Checks the log; an error where it is not as it was written.
pub fn run(arguments: AuditArguments) -> anyhow::Result<()> {
    let ledger = arguments.ledger.open()?;
    let head: Option<Digest> = arguments.head.as_deref().map(str::parse).transpose()?;
    let report = ledger.audit(head.as_ref())?;
    let records: Vec<AuditRecord> = if arguments.list && report.fault.is_none() {
        let wanted = |record: &AuditRecord| arguments.run.as_ref().is_none_or(|run| run == &record.run);
        ledger.records()?.into_iter().filter(wanted).collect()
    } else {
        Vec::new()
    };
    let text = match output::format(arguments.format) {
        Format::Json => {
            let listed = if arguments.list {
                json!(records)
            } else {
                json!(null)
            };
            let report = json!({
                "records": report.records,
                "head": report.head,
                "torn_bytes": report.torn_bytes,
                "fault": report.fault.as_ref().map(ToString::to_string),
                "list": listed,
            });
            format!("{report}\n")
        }
        Format::Text => {
            let mut text: String = records.iter().map(as_text).collect();
            let _ = writeln!(text, "{} records, the last is {}", report.records, report.head);
            if report.torn_bytes > 0 {
                let _ = writeln!(
                    text,
                    "{} bytes of a record that was never written whole",
                    report.torn_bytes
                );
            }
            text
        }
    };
    output::print(text.as_bytes())?;
    match report.fault {
        None => Ok(()),
        Some(fault) => bail!("the audit log is not as it was written: {fault}"),
    }
}

fn as_text(record: &AuditRecord) -> String {
    let what = match &record.event {
        AuditEvent::Decision { decision } => decision.to_string(),
        AuditEvent::Outcome {
            asset,
            status: OutcomeStatus::Read,
            bytes,
            ..
        } => format!("read {bytes} bytes of {asset}"),
        AuditEvent::Outcome {
            asset,
            status: OutcomeStatus::Failed { because },
            ..
        } => format!("could not read {asset}: {because}"),
        AuditEvent::Withdrawal { target, reason } => format!("withdrawn: {target}: {reason}"),
        AuditEvent::Fence { status } => format!("the fence is {status}"),
        AuditEvent::Refused { path, because } => format!("refused: {path}: {because}"),
        AuditEvent::Started { command, assets, .. } => {
            format!("started `{}` with {} assets", command.join(" "), assets.len())
        }
        AuditEvent::Ended { status } => format!("ended: {status}"),
        AuditEvent::Recorded { node, .. } => format!("recorded {node}"),
        AuditEvent::Recovered { torn_bytes } => format!("{torn_bytes} bytes of a torn record were cut off"),
    };
    // Names come from files: nothing of them may steer a terminal.
    let what: String = what.chars().filter(|sign| !sign.is_control()).collect();
    format!("{} {} {} {what}\n", record.seq, record.time, record.run)
}
