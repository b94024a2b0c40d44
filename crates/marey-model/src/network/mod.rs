//! The network: an encoder over words, columns and cells, and a decoder that writes actions.
//!
//! Pre-norm transformers (Vaswani et al., 2017; Xiong et al., 2020) whose attention has a learned
//! bias per relation and head. The decoder chooses under one softmax among grammar tokens and
//! pointers (Vinyals, Fortunato and Jaitly, 2015) to columns, to words and to cells; what it pointed
//! to is its next input as the encoder saw it, so nothing of a schema is in any table of weights.

mod decoder;
mod encoder;
mod parameters;
mod step;

use candle_core::{Device, Result, Tensor};
use marey_features::{action::VOCABULARY, vector::VECTOR_WIDTH};

use crate::{
    ModelConfig,
    input::{DENSE, InputBatch, RELATIONS},
    ops::Dropout,
};

pub(crate) use decoder::{DecoderBatch, action_of, choice_of};
pub(crate) use parameters::{Fan, Parameters, Shape, begin};
pub(crate) use step::{Advance, DecoderState};

/// Distances between actions that the decoder tells apart.
pub(crate) const DISTANCES: usize = 32;

/// The network with its weights.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) config: ModelConfig,
    pub(crate) encoder: encoder::Encoder,
    pub(crate) decoder: decoder::Decoder,
}

impl Network {
    /// Puts the network together of weights by name.
    pub(crate) fn new(config: &ModelConfig, weights: &Parameters) -> Result<Self> {
        Ok(Self {
            config: config.clone(),
            encoder: encoder::Encoder::new(config, weights)?,
            decoder: decoder::Decoder::new(config, weights)?,
        })
    }

    /// States of the items of a batch: `[size, longest, width]`.
    pub(crate) fn encode(&self, batch: &InputBatch, dropout: Dropout, device: &Device) -> Result<Tensor> {
        self.encoder.forward(batch, dropout, device)
    }
}

/// Every weight of a network: its name, its shape and how it begins.
pub(crate) fn shapes(config: &ModelConfig) -> Vec<Shape> {
    let ModelConfig {
        width: d,
        encoder_layers,
        decoder_layers,
        heads,
        feed_forward: f,
        embedding: e,
    } = *config;
    let mut all = vec![
        Shape::new("pieces", &[crate::reading::PIECES, e], Fan::Embedding),
        Shape::new("encoder.words", &[d, e], Fan::In),
        Shape::new("encoder.meaning", &[d, VECTOR_WIDTH], Fan::In),
        Shape::new("encoder.dense_in", &[d, DENSE], Fan::In),
        Shape::new("encoder.dense_out", &[d, d], Fan::In),
    ];
    let norm = |all: &mut Vec<Shape>, name: String| {
        all.push(Shape::new(format!("{name}.gain"), &[d], Fan::One));
        all.push(Shape::new(format!("{name}.shift"), &[d], Fan::Zero));
    };
    let attention = |all: &mut Vec<Shape>, name: String, relations: usize, layers: usize| {
        all.push(Shape::new(format!("{name}.queries"), &[d, d], Fan::In));
        all.push(Shape::new(format!("{name}.memory"), &[2 * d, d], Fan::In));
        all.push(Shape::new(format!("{name}.out"), &[d, d], Fan::Residual(layers)));
        all.push(Shape::new(
            format!("{name}.bias"),
            &[relations, heads],
            Fan::Small,
        ));
        norm(all, format!("{name}.norm"));
    };
    let inner = |all: &mut Vec<Shape>, name: String, layers: usize| {
        all.push(Shape::new(format!("{name}.up"), &[f, d], Fan::In));
        all.push(Shape::new(format!("{name}.up_shift"), &[f], Fan::Zero));
        all.push(Shape::new(format!("{name}.down"), &[d, f], Fan::Residual(layers)));
        norm(all, format!("{name}.norm"));
    };
    for layer in 0..encoder_layers {
        attention(
            &mut all,
            format!("encoder.{layer}.self"),
            RELATIONS,
            2 * encoder_layers,
        );
        inner(&mut all, format!("encoder.{layer}.inner"), 2 * encoder_layers);
    }
    norm(&mut all, "encoder.norm".to_owned());
    // One row more: the token before the first.
    all.push(Shape::new(
        "decoder.tokens",
        &[VOCABULARY.len() + 1, d],
        Fan::Embedding,
    ));
    all.push(Shape::new("decoder.pointed", &[d, d], Fan::In));
    for layer in 0..decoder_layers {
        attention(
            &mut all,
            format!("decoder.{layer}.self"),
            DISTANCES,
            3 * decoder_layers,
        );
        attention(
            &mut all,
            format!("decoder.{layer}.cross"),
            crate::input::SOURCES,
            3 * decoder_layers,
        );
        inner(&mut all, format!("decoder.{layer}.inner"), 3 * decoder_layers);
    }
    norm(&mut all, "decoder.norm".to_owned());
    all.push(Shape::new("decoder.grammar", &[VOCABULARY.len(), d], Fan::In));
    all.push(Shape::new(
        "decoder.grammar_shift",
        &[VOCABULARY.len()],
        Fan::Zero,
    ));
    all.push(Shape::new("decoder.to_column", &[d, d], Fan::In));
    all.push(Shape::new("decoder.to_literal", &[d, d], Fan::In));
    all
}
