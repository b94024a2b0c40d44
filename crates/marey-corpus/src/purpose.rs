//! [`Purpose`]: what data is wanted for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::CorpusError;

/// What data is wanted for. Each purpose has rules of its own; none follows from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To fit the weights of a model, or to choose among models.
    Train,
    /// To measure a model that exists.
    Evaluate,
    /// To hand on, with the project or inside a product, whole or in part or as weights.
    Ship,
    /// To show to people, for example as a chart.
    Display,
    /// To send to a service outside, for example to somebody else's model.
    Egress,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 5] = [
        Purpose::Train,
        Purpose::Evaluate,
        Purpose::Ship,
        Purpose::Display,
        Purpose::Egress,
    ];

    /// The name that policies use.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Train => "train",
            Purpose::Evaluate => "evaluate",
            Purpose::Ship => "ship",
            Purpose::Display => "display",
            Purpose::Egress => "egress",
        }
    }

    pub(crate) fn names() -> String {
        Self::ALL.map(Self::as_str).join(", ")
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Purpose {
    type Err = CorpusError;

    fn from_str(text: &str) -> Result<Self, CorpusError> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
            .ok_or_else(|| CorpusError::UnknownPurpose {
                found: text.to_owned(),
            })
    }
}
