//! [`CorpusError`]: what can go wrong with a corpus.

use crate::Purpose;

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
}
