//! [`CorpusError`]: what can go wrong with a corpus.

use std::io;

use crate::{
    Decision, Digest, Purpose, audit::AuditFault, fence::FenceStatus, folder::FolderError,
    manifest::ManifestError,
};

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
    /// The bytes of an asset are asked for, and a column has to be changed first: only its table is handed out.
    #[error(
        "`{asset}` cannot be read as bytes: the policy wants its column `{column}` changed first; read it as a table"
    )]
    ColumnEffect {
        /// The asset.
        asset: String,
        /// The first such column.
        column: String,
    },
    /// The rights of a table speak of a column that it does not have.
    #[error("`{table}` has no column `{column}`, of which its rights speak; was it renamed?")]
    NoSuchColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Values have to be replaced by keyed hashes, and there is no key.
    #[error("the policy wants column `{column}` hashed, which needs a key")]
    NoKey {
        /// The column.
        column: String,
    },
    /// A key that could be guessed.
    #[error("a key for hashes needs at least {least} bytes, this one has {found}")]
    ShortKey {
        /// Its length.
        found: usize,
        /// The shortest that is taken.
        least: usize,
    },
    /// An asset is no table that can be read.
    #[error(transparent)]
    Table(#[from] marey_table::TableError),
    /// Columns cannot be changed as asked.
    #[error("columns cannot be changed as the policy wants: {0}")]
    Columns(#[from] arrow::error::ArrowError),
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
    /// A manifest cannot be read.
    #[error("`{path}` cannot be read: {source}")]
    Manifest {
        /// Where it is.
        path: String,
        /// Why.
        source: ManifestError,
    },
    /// A file of a corpus or a ledger cannot be read or written.
    #[error("`{path}` cannot be read or written: {source}")]
    File {
        /// Where it is.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file of a ledger is not as it was written.
    #[error("`{path}` is no part of a ledger that can be read: {problem}")]
    Ledger {
        /// Where it is.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// A manifest names a file outside its corpus, or no file at all.
    #[error(
        "the manifest names the file `{found}`; expected a path inside the corpus without `..` and links"
    )]
    Outside {
        /// The path.
        found: String,
    },
    /// A file was changed after it was described.
    #[error(
        "`{path}` is not what its manifest pins: it has {found}, pinned is {pinned}; describe the new contents as a new version"
    )]
    Drifted {
        /// The file.
        path: String,
        /// What it has.
        found: Digest,
        /// What the manifest says.
        pinned: Digest,
    },
    /// A corpus has no file of that name.
    #[error("the manifest of the corpus names no file `{path}`")]
    NotInCorpus {
        /// The name.
        path: String,
    },
    /// A line of a file is not of the form that was expected.
    #[error("line {line} of `{path}` cannot be read: {source}")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// An example of a corpus cannot be read.
    #[error(transparent)]
    Examples(#[from] Box<FolderError>),
    /// A fence was asked for that does not stand.
    #[error("a fence is required, and it is {status}")]
    NoFence {
        /// How far it stands.
        status: FenceStatus,
    },
    /// Weights cannot be read.
    #[error("the weights cannot be read: {problem}; expected a safetensors file")]
    Weights {
        /// Why.
        problem: String,
    },
    /// A ledger does not know some weights.
    #[error("the lineage knows no weights with the contents {digest}; record them first")]
    UnknownWeights {
        /// Their contents.
        digest: Digest,
    },
}
