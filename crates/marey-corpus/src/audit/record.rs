//! [`AuditRecord`]: one line of the log.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Decision, Digest, fence::FenceStatus};

/// What a record is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AuditEvent {
    /// A policy was asked, and said so.
    Decision {
        /// What it said.
        decision: Box<Decision>,
    },
    /// An asset that was allowed was read, or could not be.
    Outcome {
        /// The asset.
        asset: Digest,
        /// What came of it.
        status: OutcomeStatus,
        /// Number of bytes read.
        bytes: u64,
        /// Number of rows read, where it is a table or lines of JSON.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<u64>,
    },
    /// Something that was not admitted was to be opened by a process behind the fence.
    Refused {
        /// Its path.
        path: String,
        /// What the operating system said.
        because: String,
    },
    /// A process was given everything that is admitted and started.
    Started {
        /// What was started.
        command: Vec<String>,
        /// The contents within its reach.
        assets: BTreeSet<Digest>,
        /// Whether what it opens is watched: then outcomes say what it has read, else it may have read all.
        traced: bool,
    },
    /// A process ended.
    Ended {
        /// How.
        status: String,
    },
    /// A node of the lineage was written down.
    Recorded {
        /// The node.
        node: String,
        /// Its contents, where it has any.
        digest: Option<Digest>,
    },
    /// Something was withdrawn.
    Withdrawal {
        /// What, as the tombstone names it.
        target: String,
        /// Why.
        reason: String,
    },
    /// How the operating system was told to keep a run to what was admitted.
    Fence {
        /// How far the fence stands.
        #[serde(flatten)]
        status: FenceStatus,
    },
    /// The log had ended in the middle of a record, which was cut off.
    Recovered {
        /// Number of bytes that were cut off.
        torn_bytes: u64,
    },
}

/// What came of reading an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// Its contents were those of its digest.
    Read,
    /// It could not be read.
    Failed {
        /// Why.
        because: String,
    },
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Its number, from 0.
    pub seq: u64,
    /// Hash of the record before it; of nothing for the first.
    pub prev: Digest,
    /// When it was written, as the caller tells the time (RFC 3339).
    pub time: String,
    /// The run that it belongs to.
    pub run: String,
    /// What happened.
    #[serde(flatten)]
    pub event: AuditEvent,
    /// Hash over all of the above.
    pub hash: Digest,
}

/// A record before it has its hash; what is hashed.
#[derive(Serialize)]
struct Contents<'a> {
    seq: u64,
    prev: &'a Digest,
    time: &'a str,
    run: &'a str,
    #[serde(flatten)]
    event: &'a AuditEvent,
}

impl AuditRecord {
    /// A record with its hash.
    pub(super) fn new(
        seq: u64,
        prev: Digest,
        time: String,
        run: String,
        event: AuditEvent,
    ) -> Result<Self, serde_json::Error> {
        let hash = hash(&Contents {
            seq,
            prev: &prev,
            time: &time,
            run: &run,
            event: &event,
        })?;
        Ok(Self {
            seq,
            prev,
            time,
            run,
            event,
            hash,
        })
    }

    /// Whether the hash is that of the contents.
    pub(super) fn is_whole(&self) -> bool {
        let contents = Contents {
            seq: self.seq,
            prev: &self.prev,
            time: &self.time,
            run: &self.run,
            event: &self.event,
        };
        hash(&contents).is_ok_and(|hash| hash == self.hash)
    }
}

fn hash(contents: &Contents<'_>) -> Result<Digest, serde_json::Error> {
    Ok(Digest::of(&serde_json::to_vec(contents)?))
}

/// The hash that the first record follows.
pub(super) fn origin() -> Digest {
    Digest::of(b"")
}
