//! [`SourcingError`]: why a publisher's description cannot be read.

/// Why a publisher's description cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourcingError {
    /// It is no JSON of the form that was expected.
    #[error("the {what} cannot be read: {source}")]
    Json {
        /// What was expected (`data package`).
        what: &'static str,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// It is no YAML of the form that was expected.
    #[error("the data card's YAML cannot be read: {problem}")]
    Yaml {
        /// What is wrong, and where.
        problem: String,
    },
    /// A card without the part that programs read.
    #[error("the data card does not begin with YAML between two lines `---`")]
    NoFrontMatter,
    /// It is larger than any description.
    #[error("the {what} has {found} bytes, more than the {limit} that are read")]
    TooLarge {
        /// What it is.
        what: &'static str,
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
}

/// Fails where a description is larger than any is.
pub(super) fn check_size(what: &'static str, found: usize) -> Result<(), SourcingError> {
    const MOST_BYTES: usize = 64 << 20;
    if found > MOST_BYTES {
        return Err(SourcingError::TooLarge {
            what,
            found,
            limit: MOST_BYTES,
        });
    }
    Ok(())
}
