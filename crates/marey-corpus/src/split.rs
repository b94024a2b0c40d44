//! [`Split`]: the part of a corpus that an example is in.

use std::{fmt, str::FromStr};

/// The part of a corpus that an example is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Split {
    /// Learnt from.
    Train,
    /// Tuned on.
    Dev,
    /// Kept back: scored once.
    Test,
}

impl Split {
    /// Every part.
    pub const ALL: [Split; 3] = [Split::Train, Split::Dev, Split::Test];

    /// The name in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Dev => "dev",
            Split::Test => "test",
        }
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no part of a corpus.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no split; expected train, dev or test")]
pub struct UnknownSplit(pub String);

impl FromStr for Split {
    type Err = UnknownSplit;

    fn from_str(text: &str) -> Result<Self, UnknownSplit> {
        Split::ALL
            .into_iter()
            .find(|split| split.as_str() == text)
            .ok_or_else(|| UnknownSplit(text.chars().take(40).collect()))
    }
}

/// The part that a group is in by a hash of its name (FNV-1a, 64 bits): about a quarter of the groups
/// are kept back, an eighth of the rest is for tuning. It depends on nothing else, so no group is
/// ever cut, and none changes sides when others come or go.
///
/// ```
/// use marey_corpus::{Split, split_of_group};
/// assert_eq!(split_of_group("data.cityofchicago.org"), Split::Train);
/// assert_eq!(split_of_group("data.winnipeg.ca"), Split::Test);
/// ```
pub fn split_of_group(group: &str) -> Split {
    let hash = group.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    match (hash >> 32 & 3, hash >> 34 & 7) {
        (3, _) => Split::Test,
        (_, 7) => Split::Dev,
        _ => Split::Train,
    }
}
