//! [`CorpusError`]: what can go wrong with a corpus.

use std::io;

use crate::{Decision, Digest, Purpose, audit::AuditFault};

/// What was asked of a corpus and cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// Text that should be a digest is none.
    #[error("`{found}` is no digest: expected `sha256:` and 64 hexadecimal digits")]
    Digest {
        /// The text, shortened.
        found: String,
    },
    /// A licence table cannot be read.
    #[error("the licence table cannot be read: {problem}")]
    LicenceTable {
        /// What is wrong, and where.
        problem: String,
    },
    /// A policy cannot be read.
    #[error("the policy cannot be read: {problem}")]
    Policy {
        /// What is wrong, and where.
        problem: String,
    },
    /// A policy wants to allow what it does not mention.
    #[error(
        "the policy says `default = \"{found}\"`: only \"deny\" is possible, list what is allowed under [purpose.NAME]"
    )]
    Default {
        /// The default asked for.
        found: String,
    },
    /// A purpose that is none.
    #[error("`{found}` is no purpose: expected one of {}", Purpose::names())]
    UnknownPurpose {
        /// The name.
        found: String,
    },
    /// A record cannot be written to the audit log; what it was about must not happen.
    #[error("the audit log cannot be read or written: {source}")]
    Audit {
        /// Why.
        source: io::Error,
    },
    /// The audit log is not as it was written.
    #[error("the audit log cannot be gone on with: {fault}")]
    AuditBroken {
        /// What is wrong with it.
        fault: AuditFault,
    },
    /// Two nodes of a lineage have one name.
    #[error("the lineage has a node `{id}` already")]
    RepeatedNode {
        /// The name.
        id: String,
    },
    /// A node of a lineage is made of something that is not there.
    #[error("the node `{id}` is made of `{parent}`, which the lineage does not have; put parents in first")]
    UnknownParent {
        /// The node.
        id: String,
        /// What it is made of.
        parent: String,
    },
    /// A policy does not allow an asset.
    #[error("{decision}")]
    Denied {
        /// The decision, with every reason.
        decision: Box<Decision>,
    },
    /// An asset was withdrawn after it was admitted.
    #[error("{digest} was withdrawn: {reason}")]
    Withdrawn {
        /// The contents.
        digest: Digest,
        /// Why.
        reason: String,
    },
    /// An asset cannot be read as it is: a column has to be changed first.
    #[error("`{asset}` cannot be read as it is: the policy wants its column `{column}` changed first")]
    ColumnEffect {
        /// The asset.
        asset: String,
        /// The first such column.
        column: String,
    },
    /// A store cannot be read or written.
    #[error("the store in {root} cannot be read or written: {source}")]
    Store {
        /// Its folder.
        root: String,
        /// Why.
        source: io::Error,
    },
    /// Contents are not in the store.
    #[error("{digest} is not in the store")]
    NotStored {
        /// Their name.
        digest: Digest,
    },
    /// Contents are larger than may be read.
    #[error("{digest} has more than {most} bytes, the most that may be read")]
    TooLarge {
        /// Their name.
        digest: Digest,
        /// The limit.
        most: u64,
    },
    /// What stands under a name is not what the name says.
    #[error("what is stored as {digest} is something else: {found}")]
    Swapped {
        /// The name.
        digest: Digest,
        /// What stands there.
        found: String,
    },
}
