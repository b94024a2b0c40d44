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
    /// The part that a group is in, by a hash of its name ([`marey_corpus::split_of_group`]), whose
    /// part to tune on counts as [`Train`](Self::Train) here.
    ///
    /// ```
    /// use marey_lab::Split;
    /// assert_eq!(Split::of_group("data.cityofchicago.org"), Split::Train);
    /// assert_eq!(Split::of_group("data.winnipeg.ca"), Split::Test);
    /// ```
    pub fn of_group(group: &str) -> Self {
        match marey_corpus::split_of_group(group) {
            marey_corpus::Split::Test => Self::Test,
            marey_corpus::Split::Train | marey_corpus::Split::Dev => Self::Train,
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
