//! [`ManifestError`]: why a manifest cannot be read.

/// Why a manifest cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// It is no JSON.
    #[error("the manifest is no JSON: {source}")]
    Json {
        /// What is wrong, and where.
        #[from]
        source: serde_json::Error,
    },
    /// It is larger than any manifest.
    #[error("the manifest has {found} bytes, more than the {limit} that are read")]
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// It does not say that it is Croissant.
    #[error("{path} is {found}; expected {expected}")]
    Unexpected {
        /// Where, as a JSON path.
        path: String,
        /// What stands there.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// Rights that cannot be understood are not the same as none.
    #[error("{path} cannot be read: {problem}")]
    Rights {
        /// Where, as a JSON path.
        path: String,
        /// What is wrong.
        problem: String,
    },
}
