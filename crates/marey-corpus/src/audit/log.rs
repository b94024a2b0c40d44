//! [`AuditLog`]: a log that is being written.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};

use super::{
    AuditEvent, AuditRecord,
    record::origin,
    verify::{AuditFault, check_lines},
};
use crate::CorpusError;
use crate::Digest;

/// Something that bytes can be written to so that they survive a loss of power.
pub trait Durable: Write {
    /// Returns once everything that was written is kept.
    ///
    /// # Errors
    ///
    /// When it cannot be kept.
    fn keep(&mut self) -> io::Result<()>;

    /// Cuts everything off after a number of bytes.
    ///
    /// # Errors
    ///
    /// When it cannot be cut.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

impl Durable for File {
    fn keep(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)?;
        self.seek(SeekFrom::Start(len)).map(drop)
    }
}

/// A log that is being written. A record that cannot be written is an error, and whoever wanted to
/// act on it must not: the log fails closed.
#[derive(Debug)]
pub struct AuditLog<W> {
    sink: W,
    run: String,
    next: u64,
    head: Digest,
    /// Number of bytes of whole records.
    len: u64,
    broken: bool,
}

impl<W: Durable + Read + Seek> AuditLog<W> {
    /// Opens a log and goes on after its last record. A record that was torn by a crash is cut off,
    /// and a record says so, with the time given.
    ///
    /// # Errors
    ///
    /// When the log cannot be read or written, or its chain is broken anywhere before a torn end.
    pub fn open(mut sink: W, run: &str, time: &str) -> Result<Self, CorpusError> {
        let mut text = Vec::new();
        sink.seek(SeekFrom::Start(0)).map_err(audit)?;
        sink.read_to_end(&mut text).map_err(audit)?;
        let report = check_lines(&text);
        if let Some(fault) = report.fault {
            return Err(CorpusError::AuditBroken { fault });
        }
        let whole = text.len() as u64 - report.torn_bytes;
        sink.cut(whole).map_err(audit)?;
        let mut log = Self {
            sink,
            run: run.to_owned(),
            next: report.records,
            head: report.head,
            len: whole,
            broken: false,
        };
        if report.torn_bytes > 0 {
            log.append(
                time,
                AuditEvent::Recovered {
                    torn_bytes: report.torn_bytes,
                },
            )?;
        }
        Ok(log)
    }
}

impl<W: Durable> AuditLog<W> {
    /// A log that begins with nothing before it.
    pub fn new(sink: W, run: &str) -> Self {
        Self {
            sink,
            run: run.to_owned(),
            next: 0,
            head: origin(),
            len: 0,
            broken: false,
        }
    }

    /// Writes a record and returns once it is kept.
    ///
    /// # Errors
    ///
    /// When it cannot be written or kept. What was written of it is cut off; where even that fails,
    /// the log takes no more records.
    pub fn append(&mut self, time: &str, event: AuditEvent) -> Result<&Digest, CorpusError> {
        self.append_all(time, [event])
    }

    /// Writes several records and returns once all of them are kept: all or none.
    ///
    /// # Errors
    ///
    /// As of [`append`](Self::append).
    pub fn append_all(
        &mut self,
        time: &str,
        events: impl IntoIterator<Item = AuditEvent>,
    ) -> Result<&Digest, CorpusError> {
        if self.broken {
            return Err(CorpusError::AuditBroken {
                fault: AuditFault::Unwritable,
            });
        }
        let (mut next, mut head, mut lines) = (self.next, self.head, Vec::new());
        for event in events {
            let record = AuditRecord::new(next, head, time.to_owned(), self.run.clone(), event)
                .map_err(|error| audit(error.into()))?;
            serde_json::to_writer(&mut lines, &record).map_err(|error| audit(error.into()))?;
            lines.push(b'\n');
            next += 1;
            head = record.hash;
        }
        let written = self
            .sink
            .write_all(&lines)
            .and_then(|()| self.sink.flush())
            .and_then(|()| self.sink.keep());
        if let Err(error) = written {
            self.broken = self.sink.cut(self.len).is_err();
            return Err(audit(error));
        }
        self.len += lines.len() as u64;
        (self.next, self.head) = (next, head);
        Ok(&self.head)
    }

    /// Hash of the last record. Kept elsewhere, it shows whether records were cut off the end.
    pub fn head(&self) -> &Digest {
        &self.head
    }

    /// Number of records.
    pub fn records(&self) -> u64 {
        self.next
    }
}

fn audit(source: io::Error) -> CorpusError {
    CorpusError::Audit { source }
}
