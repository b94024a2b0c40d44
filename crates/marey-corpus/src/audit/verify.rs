//! [`verify`]: whether a log is as it was written.

use std::fmt;

use super::record::{AuditRecord, origin};
use crate::Digest;

/// What is wrong with a log, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuditFault {
    /// A line is no record.
    NoRecord {
        /// Number of the record that should stand there.
        seq: u64,
    },
    /// A record was changed after it was written.
    Changed {
        /// Its number.
        seq: u64,
    },
    /// A record does not follow the one before it: one was dropped, moved or put in.
    Unchained {
        /// Number of the record that should stand there.
        seq: u64,
        /// Number that stands there.
        found: u64,
    },
    /// The log ends before the record that is known to be its last.
    CutOff {
        /// Number of records that are there.
        records: u64,
    },
    /// A record could be neither written nor cut off.
    Unwritable,
}

impl fmt::Display for AuditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AuditFault::NoRecord { seq } => write!(f, "what should be record {seq} is no record"),
            AuditFault::Changed { seq } => write!(f, "record {seq} was changed after it was written"),
            AuditFault::Unchained { seq, found } => {
                write!(
                    f,
                    "record {found} stands where record {seq} should follow the one before it"
                )
            }
            AuditFault::CutOff { records } => {
                write!(
                    f,
                    "the log ends after {records} records, before the one that is known to be its last"
                )
            }
            AuditFault::Unwritable => {
                f.write_str("an earlier record could be neither written nor taken back")
            }
        }
    }
}

/// What a log holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditReport {
    /// Number of records that are whole and in order.
    pub records: u64,
    /// Hash of the last of them.
    pub head: Digest,
    /// Bytes of a record at the end that was never written whole.
    pub torn_bytes: u64,
    /// What is wrong after them, if anything.
    pub fault: Option<AuditFault>,
}

/// Checks a log, and that it reaches a hash that is known to be of a record, where one is given: that
/// no record was cut off.
pub fn verify(log: &[u8], known_head: Option<&Digest>) -> AuditReport {
    let mut heads = Vec::new();
    let mut report = check(log, |hash| heads.push(*hash));
    if let Some(known) = known_head
        && report.fault.is_none()
        && !heads.contains(known)
    {
        report.fault = Some(AuditFault::CutOff {
            records: report.records,
        });
    }
    report
}

/// The records of a log that are whole and in order.
///
/// # Errors
///
/// When the log is broken anywhere.
pub fn records(log: &[u8]) -> Result<Vec<AuditRecord>, AuditFault> {
    let report = check(log, |_| {});
    if let Some(fault) = report.fault {
        return Err(fault);
    }
    let lines = log.split(|byte| *byte == b'\n').take(report.records as usize);
    lines
        .enumerate()
        .map(|(seq, line)| serde_json::from_slice(line).map_err(|_| AuditFault::NoRecord { seq: seq as u64 }))
        .collect()
}

pub(super) fn check_lines(log: &[u8]) -> AuditReport {
    check(log, |_| {})
}

fn check(log: &[u8], mut seen: impl FnMut(&Digest)) -> AuditReport {
    let mut report = AuditReport {
        records: 0,
        head: origin(),
        torn_bytes: 0,
        fault: None,
    };
    for line in log.split_inclusive(|byte| *byte == b'\n') {
        let Some(line) = line.strip_suffix(b"\n") else {
            report.torn_bytes = line.len() as u64;
            break;
        };
        match check_line(line, &report) {
            Ok(hash) => {
                seen(&hash);
                report.head = hash;
                report.records += 1;
            }
            Err(fault) => {
                report.fault = Some(fault);
                break;
            }
        }
    }
    report
}

fn check_line(line: &[u8], report: &AuditReport) -> Result<Digest, AuditFault> {
    let seq = report.records;
    let record: AuditRecord = serde_json::from_slice(line).map_err(|_| AuditFault::NoRecord { seq })?;
    if !record.is_whole() {
        return Err(AuditFault::Changed { seq });
    }
    if record.seq != seq || record.prev != report.head {
        return Err(AuditFault::Unchained {
            seq,
            found: record.seq,
        });
    }
    // A record that reads the same but is written otherwise was not written by the log.
    let written = serde_json::to_vec(&record).map_err(|_| AuditFault::NoRecord { seq })?;
    if written == line {
        Ok(record.hash)
    } else {
        Err(AuditFault::Changed { seq })
    }
}
