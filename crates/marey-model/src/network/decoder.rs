//! The decoder: actions so far, and what it makes of the encoder's states.

use std::sync::Arc;

use candle_core::{Device, Result, Tensor};
use marey_features::action::{Action, VOCABULARY};

use crate::{
    ModelConfig,
    input::{Input, InputBatch, ItemKind},
    ops::{Attention, Dropout, Pairing, linear},
};

use super::{
    DISTANCES, Parameters,
    encoder::{Attend, Inner, Norm},
};

/// A choice: a grammar token by its place in the vocabulary, or an item by its place behind them.
pub(crate) fn choice_of(action: Action, input: &Input) -> Option<usize> {
    let item = match action {
        Action::Token(token) => return token.index(),
        Action::Word(at) => (at < input.words).then_some(at),
        Action::Column(at) => (at < input.columns).then(|| input.first_column() + at),
        Action::Value(at) => (at < input.cells).then(|| input.first_cell() + at),
    };
    item.map(|item| VOCABULARY.len() + item)
}

/// The action that a choice is.
pub(crate) fn action_of(choice: usize, input: &Input) -> Option<Action> {
    let Some(item) = choice.checked_sub(VOCABULARY.len()) else {
        return Some(Action::Token(VOCABULARY[choice]));
    };
    if item >= input.first_cell() {
        return (item < input.len()).then(|| Action::Value(item - input.first_cell()));
    }
    if item >= input.first_column() {
        return Some(Action::Column(item - input.first_column()));
    }
    (item < input.words).then_some(Action::Word(item))
}

/// The bucket of a distance between actions.
pub(crate) fn distance(query: usize, key: usize) -> u8 {
    query.saturating_sub(key).min(DISTANCES - 1) as u8
}

/// Actions of a batch, padded to the longest.
#[derive(Debug, Clone)]
pub(crate) struct DecoderBatch {
    /// Number of steps of the longest.
    pub(crate) steps: usize,
    /// What comes in at each step, as rows of tokens and then of all padded items: `[size, steps]`.
    rows: Vec<u32>,
    own: Arc<Pairing>,
    cross: Arc<Pairing>,
    /// For each padded item 1 where it is a column: `[size, 1, longest]`.
    columns: Vec<f32>,
}

impl DecoderBatch {
    /// The steps that lead to the given actions: each sees those before it.
    pub(crate) fn new(batch: &InputBatch, inputs: &[&Input], choices: &[&[usize]]) -> Self {
        let steps = choices.iter().map(|choices| choices.len()).max().unwrap_or(0);
        let vocabulary = VOCABULARY.len();
        let longest = batch.longest;
        let mut rows = vec![vocabulary as u32; inputs.len() * steps];
        for (at, choices) in choices.iter().enumerate() {
            for (step, choice) in choices.iter().enumerate().take(steps.saturating_sub(1)) {
                rows[at * steps + step + 1] = match choice.checked_sub(vocabulary) {
                    None => *choice as u32,
                    Some(item) => (vocabulary + 1 + at * longest + item) as u32,
                };
            }
        }
        let each = (0..steps).flat_map(|query| (0..steps).map(move |key| distance(query, key)));
        let distances: Vec<u8> = each.collect();
        let own = Pairing {
            relations: distances.repeat(inputs.len()),
            keys: vec![steps; inputs.len()],
            causal: true,
        };
        let sources = batch.kinds.chunks_exact(longest.max(1));
        let cross = Pairing {
            relations: sources.flat_map(|kinds| kinds.repeat(steps)).collect(),
            keys: batch.pairing.keys.clone(),
            causal: false,
        };
        let is_column = |kind: &u8| f32::from(u8::from(*kind == ItemKind::Column as u8));
        Self {
            steps,
            rows,
            own: Arc::new(own),
            cross: Arc::new(cross),
            columns: batch.kinds.iter().map(is_column).collect(),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct DecoderLayer {
    pub(crate) own: Attend,
    pub(crate) cross: Attend,
    pub(crate) inner: Inner,
}

#[derive(Debug, Clone)]
pub(crate) struct Decoder {
    pub(crate) tokens: Tensor,
    pub(crate) pointed: Tensor,
    pub(crate) layers: Vec<DecoderLayer>,
    pub(crate) norm: Norm,
    pub(crate) grammar: Tensor,
    pub(crate) grammar_shift: Tensor,
    pub(crate) to_column: Tensor,
    pub(crate) to_literal: Tensor,
    pub(crate) heads: usize,
    pub(crate) width: usize,
}

impl Decoder {
    pub(crate) fn new(config: &ModelConfig, weights: &Parameters) -> Result<Self> {
        let layer = |at: usize| {
            Ok(DecoderLayer {
                own: Attend::new(&format!("decoder.{at}.self"), weights)?,
                cross: Attend::new(&format!("decoder.{at}.cross"), weights)?,
                inner: Inner::new(&format!("decoder.{at}.inner"), weights)?,
            })
        };
        Ok(Self {
            tokens: weights.get("decoder.tokens")?,
            pointed: weights.matrix("decoder.pointed")?,
            layers: (0..config.decoder_layers).map(layer).collect::<Result<_>>()?,
            norm: Norm::new("decoder.norm", weights)?,
            grammar: weights.matrix("decoder.grammar")?,
            grammar_shift: weights.get("decoder.grammar_shift")?,
            to_column: weights.matrix("decoder.to_column")?,
            to_literal: weights.matrix("decoder.to_literal")?,
            heads: config.heads,
            width: config.width,
        })
    }

    /// Logits of every choice at every step: `[size * steps, tokens + longest]`.
    pub(crate) fn forward(
        &self,
        states: &Tensor,
        batch: &DecoderBatch,
        dropout: Dropout,
        device: &Device,
    ) -> Result<Tensor> {
        let (size, longest, width) = states.dims3()?;
        let steps = batch.steps;
        let pointed = linear(states, &self.pointed, None)?.reshape((size * longest, width))?;
        let rows = Tensor::from_slice(&batch.rows, batch.rows.len(), device)?;
        let mut x = Tensor::cat(&[&self.tokens, &pointed], 0)?
            .index_select(&rows, 0)?
            .reshape((size, steps, width))?;
        let attention = |pairing: &Arc<Pairing>| Attention {
            heads: self.heads,
            pairing: pairing.clone(),
        };
        let (own, cross) = (attention(&batch.own), attention(&batch.cross));
        for (at, layer) in self.layers.iter().enumerate() {
            let place = 1_000 + 3 * at as u64;
            x = layer.own.forward(&x, None, &own, dropout.at(place))?;
            x = layer
                .cross
                .forward(&x, Some(states), &cross, dropout.at(place + 1))?;
            x = layer.inner.forward(&x, dropout.at(place + 2))?;
        }
        let x = self.norm.forward(&x)?;
        let grammar = linear(&x, &self.grammar, Some(&self.grammar_shift))?;
        let items = states.transpose(1, 2)?.contiguous()?;
        let scale = 1.0 / (width as f64).sqrt();
        let point = |matrix: &Tensor| linear(&x, matrix, None)?.matmul(&items)? * scale;
        let columns = Tensor::from_slice(&batch.columns, (size, 1, longest), device)?;
        let others = (columns.ones_like()? - &columns)?;
        let pointers = (point(&self.to_column)?.broadcast_mul(&columns)?
            + point(&self.to_literal)?.broadcast_mul(&others)?)?;
        Tensor::cat(&[grammar, pointers], 2)?.reshape((size * steps, ()))
    }
}
