//! What can be wrong with what features are asked of.

/// Why features could not be made, written or read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FeatureError {
    /// A vocabulary lacks one of the tokens it must begin with.
    #[error("line {line} of the vocabulary must be the token `{expected}`, found {}", .found.as_deref().map_or("nothing".into(), |found| format!("`{found}`")))]
    SpecialToken {
        /// Line, from 1.
        line: usize,
        /// The token that must stand there.
        expected: String,
        /// What stands there.
        found: Option<String>,
    },
    /// A vocabulary has a token twice.
    #[error("the vocabulary has the token `{token}` twice, in lines {first} and {second}")]
    RepeatedToken {
        /// The token.
        token: String,
        /// Its first line, from 1.
        first: usize,
        /// Its second line.
        second: usize,
    },
    /// The tokenizer refuses a vocabulary.
    #[error("the tokenizer refuses the vocabulary: {message}")]
    Vocabulary {
        /// What it says.
        message: String,
    },
    /// Features cannot be written in a format.
    #[error("the features cannot be written as {format}: {message}")]
    Export {
        /// The format.
        format: &'static str,
        /// What its library says.
        message: String,
    },
}
