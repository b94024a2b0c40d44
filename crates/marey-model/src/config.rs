//! [`ModelConfig`]: the shape of a network, and the two shapes that are trained.

use serde::{Deserialize, Serialize};

use crate::ModelError;

/// The shape of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// Width of the states, a multiple of `heads`.
    pub width: usize,
    /// Layers of the encoder.
    pub encoder_layers: usize,
    /// Layers of the decoder.
    pub decoder_layers: usize,
    /// Heads of attention.
    pub heads: usize,
    /// Width inside the feed-forward layers.
    pub feed_forward: usize,
    /// Width of the embeddings of pieces of words.
    pub embedding: usize,
}

impl ModelConfig {
    /// The small network: 192 wide, four layers by two.
    pub fn small() -> Self {
        Self {
            width: 192,
            encoder_layers: 4,
            decoder_layers: 2,
            heads: 6,
            feed_forward: 768,
            embedding: 64,
        }
    }

    /// The larger network: 256 wide, five layers by three.
    pub fn medium() -> Self {
        Self {
            width: 256,
            encoder_layers: 5,
            decoder_layers: 3,
            heads: 8,
            feed_forward: 1024,
            embedding: 96,
        }
    }

    /// A network for tests.
    pub fn tiny() -> Self {
        Self {
            width: 16,
            encoder_layers: 2,
            decoder_layers: 2,
            heads: 2,
            feed_forward: 32,
            embedding: 8,
        }
    }

    /// A shape by its name: `s`, `m` or `tiny`.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().as_str() {
            "s" | "small" => Some(Self::small()),
            "m" | "medium" => Some(Self::medium()),
            "tiny" => Some(Self::tiny()),
            _ => None,
        }
    }

    /// Checks that there is such a network, of a size that fits into memory.
    ///
    /// # Errors
    ///
    /// When a width is zero or huge, or not a multiple of the number of heads.
    pub fn check(&self) -> Result<(), ModelError> {
        let within = |what, found: usize, most: usize, expected| match (1..=most).contains(&found) {
            true => Ok(()),
            false => Err(ModelError::Config {
                what,
                found: found.to_string(),
                expected,
            }),
        };
        within("the width", self.width, 4096, "1 to 4096")?;
        within("the number of encoder layers", self.encoder_layers, 48, "1 to 48")?;
        within("the number of decoder layers", self.decoder_layers, 48, "1 to 48")?;
        within("the number of heads", self.heads, 64, "1 to 64")?;
        within(
            "the width of feed-forward layers",
            self.feed_forward,
            16384,
            "1 to 16384",
        )?;
        within("the width of embeddings", self.embedding, 4096, "1 to 4096")?;
        if self.width.is_multiple_of(self.heads) {
            return Ok(());
        }
        Err(ModelError::Config {
            what: "the width",
            found: format!("{} for {} heads", self.width, self.heads),
            expected: "a multiple of the number of heads",
        })
    }
}
