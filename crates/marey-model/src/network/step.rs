//! Decoding step by step: what was computed of earlier actions is kept.
//!
//! Hypotheses of one or several requests go through the network together, each with as many new
//! actions as it has: those that the grammar forced are fed along with the next free one.

use std::sync::Arc;

use candle_core::{Device, Result, Tensor};
use marey_features::action::VOCABULARY;

use crate::{
    input::{Input, InputBatch},
    ops::{Dropout, attend_cached},
};

use super::{DISTANCES, Network, decoder::distance, encoder::Attend};

/// What the decoder needs of an encoded input.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    /// States of the items, `[items, width]`.
    states: Tensor,
    /// What a pointer to an item puts in, `[items, width]`.
    pointed: Tensor,
    /// Keys and values of each layer, `[items, 2 width]`.
    layers: Vec<Vec<f32>>,
    kinds: Vec<u8>,
    first_column: usize,
    first_cell: usize,
}

/// What is kept of the actions of one hypothesis: keys and values of each layer.
#[derive(Debug, Clone)]
pub(crate) struct DecoderState {
    layers: Vec<Arc<Vec<f32>>>,
    steps: usize,
}

/// One hypothesis with its new actions, as rows: tokens, the start, or items.
pub(crate) struct Advance<'a> {
    pub(crate) memory: &'a Memory,
    pub(crate) state: &'a mut DecoderState,
    /// New choices; none stands for the start.
    pub(crate) choices: &'a [Option<usize>],
}

impl Network {
    /// Encodes inputs and keeps what decoding needs of each.
    pub(crate) fn memories(&self, inputs: &[&Input], device: &Device) -> Result<Vec<Memory>> {
        let batch = InputBatch::new(inputs);
        let states = self.encode(&batch, Dropout::NONE, device)?;
        let memory = |(at, input): (usize, &&Input)| {
            let states = states.get(at)?.narrow(0, 0, input.len())?.contiguous()?;
            let layers = self.decoder.layers.iter().map(|layer| {
                states
                    .matmul(&layer.cross.memory)?
                    .flatten_all()?
                    .to_vec1::<f32>()
            });
            Ok(Memory {
                pointed: states.matmul(&self.decoder.pointed)?,
                layers: layers.collect::<Result<_>>()?,
                states: states.clone(),
                kinds: input.items.iter().map(|item| item.kind as u8).collect(),
                first_column: input.first_column(),
                first_cell: input.first_cell(),
            })
        };
        inputs.iter().enumerate().map(memory).collect()
    }

    /// A hypothesis without actions.
    pub(crate) fn start(&self) -> DecoderState {
        DecoderState {
            layers: self.decoder.layers.iter().map(|_| Arc::default()).collect(),
            steps: 0,
        }
    }

    /// Feeds the new actions of each hypothesis, and gives the logits of every choice after the last
    /// of them: tokens, then the items of its input.
    pub(crate) fn advance(&self, all: &mut [Advance<'_>], device: &Device) -> Result<Vec<Vec<f32>>> {
        let decoder = &self.decoder;
        let width = decoder.width;
        let mut x = Vec::new();
        for one in all.iter() {
            for choice in one.choices {
                x.push(
                    match choice.map(|choice| (choice, choice.checked_sub(VOCABULARY.len()))) {
                        None => decoder.tokens.narrow(0, VOCABULARY.len(), 1)?,
                        Some((token, None)) => decoder.tokens.narrow(0, token, 1)?,
                        Some((_, Some(item))) => one.memory.pointed.narrow(0, item, 1)?,
                    },
                );
            }
        }
        let mut x = Tensor::cat(&x, 0)?; // [new actions of all, width]
        for (at, layer) in decoder.layers.iter().enumerate() {
            x = self.own(&x, &layer.own, at, all, device)?;
            x = self.cross(&x, &layer.cross, at, all, device)?;
            x = layer.inner.forward(&x, Dropout::NONE)?;
        }
        for one in all.iter_mut() {
            one.state.steps += one.choices.len();
        }
        let mut last = Vec::with_capacity(all.len());
        let mut end = 0;
        for one in all.iter() {
            end += one.choices.len();
            last.push(end as u32 - 1);
        }
        let last = Tensor::from_vec(last, all.len(), device)?;
        let x = decoder.norm.forward(&x.index_select(&last, 0)?)?;
        let grammar = x
            .matmul(&decoder.grammar)?
            .broadcast_add(&decoder.grammar_shift)?
            .to_vec2::<f32>()?;
        let (columns, literals) = (x.matmul(&decoder.to_column)?, x.matmul(&decoder.to_literal)?);
        let scale = 1.0 / (width as f64).sqrt();
        let mut logits = grammar;
        for (at, one) in all.iter().enumerate() {
            let items = one.memory.states.t()?;
            let point = |of: &Tensor| {
                (of.narrow(0, at, 1)?.matmul(&items)? * scale)?
                    .flatten_all()?
                    .to_vec1::<f32>()
            };
            let (columns, literals) = (point(&columns)?, point(&literals)?);
            let is_column = |item: usize| (one.memory.first_column..one.memory.first_cell).contains(&item);
            logits[at].extend(
                columns
                    .iter()
                    .zip(&literals)
                    .enumerate()
                    .map(|(item, (column, literal))| if is_column(item) { *column } else { *literal }),
            );
        }
        Ok(logits)
    }

    fn own(
        &self,
        x: &Tensor,
        attend: &Attend,
        at: usize,
        all: &mut [Advance<'_>],
        device: &Device,
    ) -> Result<Tensor> {
        let (width, heads) = (self.decoder.width, self.decoder.heads);
        let normal = attend.norm.forward(x)?;
        let queries = normal.matmul(&attend.queries)?.flatten_all()?.to_vec1::<f32>()?;
        let memory = normal.matmul(&attend.memory)?.flatten_all()?.to_vec1::<f32>()?;
        let bias = attend.bias.to_vec2::<f32>()?;
        debug_assert_eq!(bias.len(), DISTANCES);
        let mut seen = vec![0f32; queries.len()];
        let mut row = 0;
        for one in all.iter_mut() {
            let kept = Arc::make_mut(&mut one.state.layers[at]);
            for new in 0..one.choices.len() {
                kept.extend_from_slice(&memory[row * 2 * width..][..2 * width]);
                let step = one.state.steps + new;
                let bias = |key: usize, head: usize| bias[usize::from(distance(step, key))][head];
                let out = &mut seen[row * width..][..width];
                attend_cached(&queries[row * width..][..width], kept, bias, heads, out);
                row += 1;
            }
        }
        x + Tensor::from_vec(seen, x.shape(), device)?.matmul(&attend.out)?
    }

    fn cross(
        &self,
        x: &Tensor,
        attend: &Attend,
        at: usize,
        all: &[Advance<'_>],
        device: &Device,
    ) -> Result<Tensor> {
        let (width, heads) = (self.decoder.width, self.decoder.heads);
        let normal = attend.norm.forward(x)?;
        let queries = normal.matmul(&attend.queries)?.flatten_all()?.to_vec1::<f32>()?;
        let bias = attend.bias.to_vec2::<f32>()?;
        let mut seen = vec![0f32; queries.len()];
        let mut row = 0;
        for one in all {
            let bias = |key: usize, head: usize| bias[usize::from(one.memory.kinds[key])][head];
            for _ in one.choices {
                let out = &mut seen[row * width..][..width];
                attend_cached(
                    &queries[row * width..][..width],
                    &one.memory.layers[at],
                    bias,
                    heads,
                    out,
                );
                row += 1;
            }
        }
        x + Tensor::from_vec(seen, x.shape(), device)?.matmul(&attend.out)?
    }
}
