//! The encoder: words, columns and cells as one sequence.

use candle_core::{Device, Result, Tensor};
use marey_features::vector::VECTOR_WIDTH;

use crate::{
    ModelConfig,
    input::{DENSE, InputBatch},
    ops::{Attention, Dropout, add_dropped, embed_bags, gelu, layer_norm, linear},
};

use super::Parameters;

/// Normalisation with its weights.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    gain: Tensor,
    shift: Tensor,
}

impl Norm {
    pub(crate) fn new(name: &str, weights: &Parameters) -> Result<Self> {
        Ok(Self {
            gain: weights.get(&format!("{name}.gain"))?,
            shift: weights.get(&format!("{name}.shift"))?,
        })
    }

    pub(crate) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        layer_norm(x, &self.gain, &self.shift)
    }
}

/// Attention with its projections.
#[derive(Debug, Clone)]
pub(crate) struct Attend {
    pub(crate) norm: Norm,
    pub(crate) queries: Tensor,
    pub(crate) memory: Tensor,
    pub(crate) out: Tensor,
    pub(crate) bias: Tensor,
}

impl Attend {
    pub(crate) fn new(name: &str, weights: &Parameters) -> Result<Self> {
        Ok(Self {
            norm: Norm::new(&format!("{name}.norm"), weights)?,
            queries: weights.matrix(&format!("{name}.queries"))?,
            memory: weights.matrix(&format!("{name}.memory"))?,
            out: weights.matrix(&format!("{name}.out"))?,
            bias: weights.get(&format!("{name}.bias"))?,
        })
    }

    /// `x` `[batch, n, width]` looks at itself, or at a memory `[batch, m, width]`.
    pub(crate) fn forward(
        &self,
        x: &Tensor,
        memory: Option<&Tensor>,
        attention: &Attention,
        dropout: Dropout,
    ) -> Result<Tensor> {
        let normal = self.norm.forward(x)?;
        let queries = linear(&normal, &self.queries, None)?;
        let memory = linear(memory.unwrap_or(&normal), &self.memory, None)?;
        let seen = attention.apply(&queries, &memory, &self.bias)?;
        add_dropped(x, &linear(&seen, &self.out, None)?, dropout)
    }
}

/// The feed-forward part of a layer.
#[derive(Debug, Clone)]
pub(crate) struct Inner {
    norm: Norm,
    up: Tensor,
    up_shift: Tensor,
    down: Tensor,
}

impl Inner {
    pub(crate) fn new(name: &str, weights: &Parameters) -> Result<Self> {
        Ok(Self {
            norm: Norm::new(&format!("{name}.norm"), weights)?,
            up: weights.matrix(&format!("{name}.up"))?,
            up_shift: weights.get(&format!("{name}.up_shift"))?,
            down: weights.matrix(&format!("{name}.down"))?,
        })
    }

    pub(crate) fn forward(&self, x: &Tensor, dropout: Dropout) -> Result<Tensor> {
        let up = linear(&self.norm.forward(x)?, &self.up, Some(&self.up_shift))?;
        add_dropped(x, &linear(&gelu(&up)?, &self.down, None)?, dropout)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Encoder {
    pieces: Tensor,
    words: Tensor,
    meaning: Tensor,
    dense_in: Tensor,
    dense_out: Tensor,
    layers: Vec<(Attend, Inner)>,
    norm: Norm,
    heads: usize,
    width: usize,
}

impl Encoder {
    pub(crate) fn new(config: &ModelConfig, weights: &Parameters) -> Result<Self> {
        let layer = |at: usize| {
            Ok((
                Attend::new(&format!("encoder.{at}.self"), weights)?,
                Inner::new(&format!("encoder.{at}.inner"), weights)?,
            ))
        };
        Ok(Self {
            pieces: weights.get("pieces")?,
            words: weights.matrix("encoder.words")?,
            meaning: weights.matrix("encoder.meaning")?,
            dense_in: weights.matrix("encoder.dense_in")?,
            dense_out: weights.matrix("encoder.dense_out")?,
            layers: (0..config.encoder_layers).map(layer).collect::<Result<_>>()?,
            norm: Norm::new("encoder.norm", weights)?,
            heads: config.heads,
            width: config.width,
        })
    }

    pub(crate) fn forward(&self, batch: &InputBatch, dropout: Dropout, device: &Device) -> Result<Tensor> {
        let words = linear(&embed_bags(&self.pieces, &batch.bags)?, &self.words, None)?;
        let dense = Tensor::from_slice(&batch.dense, (batch.total, DENSE), device)?;
        let dense = gelu(&linear(&dense, &self.dense_in, None)?)?;
        let dense = linear(&dense, &self.dense_out, None)?;
        let meaning = Tensor::from_slice(&batch.vectors, (batch.total, VECTOR_WIDTH), device)?;
        let items = ((words + dense)? + linear(&meaning, &self.meaning, None)?)?; // [total, width]
        let padding = Tensor::zeros((1, self.width), items.dtype(), device)?;
        let places = Tensor::from_slice(&batch.places, batch.places.len(), device)?;
        let mut x = Tensor::cat(&[items, padding], 0)?
            .index_select(&places, 0)?
            .reshape((batch.size, batch.longest, self.width))?;
        let attention = Attention {
            heads: self.heads,
            pairing: batch.pairing.clone(),
        };
        for (at, (attend, inner)) in self.layers.iter().enumerate() {
            x = attend.forward(&x, None, &attention, dropout.at(2 * at as u64))?;
            x = inner.forward(&x, dropout.at(2 * at as u64 + 1))?;
        }
        self.norm.forward(&x)
    }
}
