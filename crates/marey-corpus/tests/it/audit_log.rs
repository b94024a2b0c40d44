//! The audit log: chained, verified, and closed when it cannot be written.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use marey_corpus::{
    CorpusError, Digest, LicenceTable, Purpose,
    audit::{AuditEvent, AuditFault, AuditLog, Durable, OutcomeStatus, verify},
    decide,
    fence::FenceStatus,
};
use proptest::prelude::*;
use serde_json::json;

use crate::decisions::{POLICY, asset, today};

/// A disk in memory, that may be full or lose the end of what was written.
#[derive(Debug, Default)]
struct Disk {
    bytes: Cursor<Vec<u8>>,
    room: Option<usize>,
    cannot_cut: bool,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.room.unwrap_or(usize::MAX);
        if room == 0 {
            return Err(io::Error::other("the disk is full"));
        }
        let written = self.bytes.write(&bytes[..bytes.len().min(room)])?;
        self.room = self.room.map(|room| room - written);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Durable for Disk {
    fn keep(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        if self.cannot_cut {
            return Err(io::Error::other("read-only"));
        }
        self.bytes.get_mut().truncate(len as usize);
        self.bytes.seek(SeekFrom::Start(len)).map(drop)
    }
}

impl Read for Disk {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(to)
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

fn events() -> Vec<AuditEvent> {
    let decision = |licence: &str| {
        let (policy, table) = (POLICY.parse().unwrap(), LicenceTable::shipped().unwrap());
        let decision = decide(
            &policy,
            &table,
            &asset(licence, &json!({})),
            Purpose::Train,
            &today(),
        );
        AuditEvent::Decision {
            decision: Box::new(decision),
        }
    };
    vec![
        AuditEvent::Fence {
            status: FenceStatus::Enforced { version: 5 },
        },
        decision("CC-BY-4.0"),
        AuditEvent::Outcome {
            asset: Digest::of(b"abc"),
            status: OutcomeStatus::Read,
            bytes: 3,
            rows: Some(2),
        },
        decision("CC-BY-NC-4.0"),
        AuditEvent::Withdrawal {
            target: Digest::of(b"abc").to_string(),
            reason: "asked by \"somebody\"\n".into(),
        },
        AuditEvent::Outcome {
            asset: Digest::of(b"abc"),
            status: OutcomeStatus::Failed {
                because: "withdrawn".into(),
            },
            bytes: 0,
            rows: None,
        },
    ]
}

fn written() -> (Vec<u8>, Digest) {
    let mut bytes = Disk::default();
    let mut log = AuditLog::open(&mut bytes, "run-1", "t0").unwrap();
    for (number, event) in events().into_iter().enumerate() {
        log.append(&format!("t{number}"), event).unwrap();
    }
    let head = *log.head();
    (bytes.bytes.into_inner(), head)
}

impl Durable for &mut Disk {
    fn keep(&mut self) -> io::Result<()> {
        (**self).keep()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        (**self).cut(len)
    }
}

#[test]
fn a_log_as_it_was_written_is_whole() {
    let (log, head) = written();
    let report = verify(&log, Some(&head));
    assert_eq!(
        (report.records, report.head, report.torn_bytes, report.fault),
        (6, head, 0, None)
    );
    assert_eq!(verify(b"", None).fault, None);
}

#[test]
fn dropped_moved_and_cut_off_records_are_named() {
    let (log, head) = written();
    let lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    let fault = |order: &[usize]| {
        verify(
            &order
                .iter()
                .flat_map(|at| lines[*at].to_vec())
                .collect::<Vec<_>>(),
            Some(&head),
        )
        .fault
    };
    assert_eq!(
        fault(&[0, 1, 3, 4, 5]),
        Some(AuditFault::Unchained { seq: 2, found: 3 })
    );
    assert_eq!(
        fault(&[0, 2, 1, 3, 4, 5]),
        Some(AuditFault::Unchained { seq: 1, found: 2 })
    );
    assert_eq!(
        fault(&[0, 1, 1, 2, 3, 4, 5]),
        Some(AuditFault::Unchained { seq: 2, found: 1 })
    );
    assert_eq!(
        fault(&[1, 2, 3, 4, 5]),
        Some(AuditFault::Unchained { seq: 0, found: 1 })
    );
    assert_eq!(fault(&[0, 1, 2, 3, 4]), Some(AuditFault::CutOff { records: 5 }));
    assert_eq!(fault(&[]), Some(AuditFault::CutOff { records: 0 }));
    // A known record that is not the last: the log has grown since.
    let (third, _) = (verify(&lines[..3].concat(), None).head, ());
    assert_eq!(verify(&log, Some(&third)).fault, None);
}

#[test]
fn a_record_torn_by_a_crash_is_cut_off_and_said() {
    let (log, _) = written();
    for lost in 1..80 {
        let mut disk = Disk {
            bytes: Cursor::new(log[..log.len() - lost].to_vec()),
            ..Disk::default()
        };
        let reopened = AuditLog::open(&mut disk, "run-2", "later").unwrap();
        assert_eq!(
            reopened.records(),
            6,
            "5 whole records and the one about the crash"
        );
        let text = disk.bytes.into_inner();
        let report = verify(&text, None);
        assert_eq!((report.records, report.torn_bytes, report.fault), (6, 0, None));
        assert!(
            String::from_utf8(text)
                .unwrap()
                .lines()
                .last()
                .unwrap()
                .contains("\"event\":\"recovered\"")
        );
    }
}

#[test]
fn a_log_that_was_changed_is_not_gone_on_with() {
    let (log, _) = written();
    let changed = String::from_utf8(log)
        .unwrap()
        .replace("\"allowed\":false", "\"allowed\":true");
    let mut disk = Disk {
        bytes: Cursor::new(changed.into_bytes()),
        ..Disk::default()
    };
    let error = AuditLog::open(&mut disk, "run-2", "later").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the audit log cannot be gone on with: record 3 was changed after it was written"
    );
}

#[test]
fn what_cannot_be_written_is_an_error_and_leaves_a_whole_log() {
    let event = || AuditEvent::Fence {
        status: FenceStatus::NotAsked,
    };
    for room in [0, 1, 40, 120] {
        let mut disk = Disk {
            room: Some(room),
            ..Disk::default()
        };
        let mut log = AuditLog::new(&mut disk, "run");
        let error = log.append("t", event()).unwrap_err();
        assert!(
            matches!(error, CorpusError::Audit { .. }) && error.to_string().contains("the disk is full"),
            "{error}"
        );
        assert_eq!(log.records(), 0);
        assert_eq!(disk.bytes.get_ref().len(), 0, "nothing of the record is left");
    }
    let mut disk = Disk {
        room: Some(40),
        cannot_cut: true,
        ..Disk::default()
    };
    let mut log = AuditLog::new(&mut disk, "run");
    log.append("t", event()).unwrap_err();
    let error = log.append("t", event()).unwrap_err().to_string();
    assert!(error.contains("neither written nor taken back"), "{error}");
}

proptest! {
    /// Whatever single byte is changed, the log is no longer whole, and the fault is at that record or
    /// the one after.
    #[test]
    fn no_byte_can_be_changed(at in any::<prop::sample::Index>(), by in 1..=255_u8) {
        let (mut log, head) = written();
        let at = at.index(log.len());
        let line = log[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        log[at] ^= by;
        let report = verify(&log, Some(&head));
        let seq = match report.fault {
            Some(AuditFault::NoRecord { seq } | AuditFault::Changed { seq } | AuditFault::Unchained { seq, .. }) => seq,
            Some(AuditFault::CutOff { records }) => records,
            other => panic!("{other:?}"),
        };
        prop_assert!(seq == line || seq == line + 1, "{seq} for line {line}");
    }

    #[test]
    fn no_bytes_make_verifying_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let report = verify(&bytes, None);
        prop_assert!(report.records == 0);
    }
}
