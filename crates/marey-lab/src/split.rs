//! Which groups of a corpus may be looked at while rules are tuned, and which are kept back.

use std::{fmt, str::FromStr};

/// A part of a corpus that is cut by groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Groups on which rules and weights may be tuned.
    Train,
    /// Groups that are kept back and only counted.
    Test,
}

impl Split {
    /// The part that a group is in, by a hash of its name (FNV-1a, 64 bits): groups whose bits 32
    /// and 33 are both set, about a quarter, are kept back. It depends on nothing else, so no group
    /// ever changes sides.
    ///
    /// ```
    /// use marey_lab::Split;
    /// assert_eq!(Split::of_group("data.cityofchicago.org"), Split::Train);
    /// assert_eq!(Split::of_group("data.winnipeg.ca"), Split::Test);
    /// ```
    pub fn of_group(group: &str) -> Self {
        let hash = group.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if hash >> 32 & 3 == 3 {
            Self::Test
        } else {
            Self::Train
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "test",
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
#[error("`{0}` is no split; expected train or test")]
pub struct UnknownSplit(pub String);

impl FromStr for Split {
    type Err = UnknownSplit;

    fn from_str(text: &str) -> Result<Self, UnknownSplit> {
        match text {
            "train" => Ok(Self::Train),
            "test" => Ok(Self::Test),
            _ => Err(UnknownSplit(text.to_owned())),
        }
    }
}
