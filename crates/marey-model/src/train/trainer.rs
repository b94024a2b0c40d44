//! [`Trainer`]: a network while it is trained.

use std::sync::Arc;

use candle_core::{Device, Tensor, Var};
use marey_features::action::VOCABULARY;

use crate::{
    Input, ModelConfig, ModelError,
    input::InputBatch,
    network::{DecoderBatch, Network, Parameters, begin},
    ops::{Dropout, Targets, masked_cross_entropy},
    random::Random,
};

use super::{
    Example, TrainOptions,
    adam::{Moments, Update},
    example::Written,
    plan,
};

/// A network while it is trained.
#[derive(Debug)]
pub struct Trainer {
    pub(super) config: ModelConfig,
    pub(super) options: TrainOptions,
    pub(super) device: Device,
    pub(super) vars: Vec<(String, Var)>,
    pub(super) moments: Vec<Moments>,
    pub(super) step: u64,
    network: Network,
}

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Number of the step, from 1.
    pub step: u64,
    /// Number of the epoch, from 1.
    pub epoch: u64,
    /// Mean loss of a choice, in nats.
    pub loss: f32,
    /// Norm of the gradient before it was clipped.
    pub gradient: f64,
    /// Learning rate.
    pub rate: f64,
    /// Free choices of the step.
    pub choices: usize,
}

/// What a step is made harder by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Noise {
    pub(crate) dropout: Dropout,
    /// Share of the items that do not show how they are spelt.
    pub(crate) words: f64,
    /// Share of the probability that is spread over the legal choices.
    pub(crate) smoothing: f32,
}

impl Noise {
    pub(crate) const NONE: Noise = Noise {
        dropout: Dropout::NONE,
        words: 0.0,
        smoothing: 0.0,
    };
}

impl Trainer {
    /// A network at its beginning.
    ///
    /// # Errors
    ///
    /// When the shape or an option is out of range, or memory is short.
    pub fn new(config: &ModelConfig, options: &TrainOptions) -> Result<Self, ModelError> {
        config.check()?;
        options.check()?;
        let device = Device::Cpu;
        let vars = begin(config, options.seed, &device)?;
        let moments = vars
            .iter()
            .map(|(_, var)| Ok(Moments::of(var.flatten_all()?.to_vec1::<f32>()?)))
            .collect::<Result<_, ModelError>>()?;
        Self::of(config, options, vars, moments, 0)
    }

    pub(super) fn of(
        config: &ModelConfig,
        options: &TrainOptions,
        vars: Vec<(String, Var)>,
        moments: Vec<Moments>,
        step: u64,
    ) -> Result<Self, ModelError> {
        let tensors = vars
            .iter()
            .map(|(name, var)| (name.clone(), var.as_tensor().clone()));
        let network = Network::new(config, &Parameters::fixed(tensors))?;
        Ok(Self {
            config: config.clone(),
            options: options.clone(),
            device: Device::Cpu,
            vars,
            moments,
            step,
            network,
        })
    }

    /// How the network is trained.
    pub fn options(&self) -> &TrainOptions {
        &self.options
    }

    /// The shape of the network.
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// Number of weights.
    pub fn parameters(&self) -> usize {
        self.vars.iter().map(|(_, var)| var.elem_count()).sum()
    }

    /// Number of steps that were made.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Number of steps of all epochs over so many examples.
    pub fn steps(&self, examples: usize) -> u64 {
        plan::steps(examples, self.options.batch) * self.options.epochs
    }

    /// Number of steps of one epoch over so many examples.
    pub fn steps_of_epoch(&self, examples: usize) -> u64 {
        plan::steps(examples, self.options.batch)
    }

    /// Makes steps until all epochs are over, or `goes_on` says no after one.
    ///
    /// # Errors
    ///
    /// When there are no examples, training runs away, or `goes_on` fails.
    pub fn run<E: From<ModelError>>(
        &mut self,
        examples: &[Example],
        mut goes_on: impl FnMut(&mut Self, StepReport) -> Result<bool, E>,
    ) -> Result<(), E> {
        let per_epoch = plan::steps(examples.len(), self.options.batch);
        if per_epoch == 0 {
            return Err(ModelError::NoExamples.into());
        }
        let lengths: Vec<usize> = examples
            .iter()
            .map(|example| example.items() + example.actions())
            .collect();
        while self.step < per_epoch * self.options.epochs {
            let epoch = self.step / per_epoch;
            let steps = plan::epoch(&lengths, self.options.batch, self.options.seed, epoch);
            for step in steps.iter().skip((self.step % per_epoch) as usize) {
                let chosen: Vec<&Example> = step.iter().map(|at| &examples[*at]).collect();
                let total = per_epoch * self.options.epochs;
                let report = self.learn(&chosen, total, epoch + 1)?;
                if !goes_on(self, report)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Makes one step of `steps`.
    fn learn(&mut self, examples: &[&Example], steps: u64, epoch: u64) -> Result<StepReport, ModelError> {
        let mut random = Random::stream(self.options.seed, 0x7374_6570 ^ self.step.rotate_left(20));
        let chosen: Vec<(&Written, f32)> = examples
            .iter()
            .map(|example| {
                let asked = random.uniform() >= self.options.request_dropout;
                let written = example.unasked.as_ref().filter(|_| !asked);
                (written.unwrap_or(&example.asked), example.weight)
            })
            .collect();
        let noise = Noise {
            dropout: Dropout {
                share: self.options.dropout,
                seed: random.bits(),
            },
            words: self.options.word_dropout,
            smoothing: self.options.smoothing,
        };
        let (loss, choices) = self.loss(&chosen, noise)?;
        let value = loss.to_scalar::<f32>()?;
        if !value.is_finite() {
            return Err(ModelError::Diverged {
                step: self.step + 1,
                loss: value,
            });
        }
        let store = loss.backward()?;
        let mut gradients = Vec::with_capacity(self.vars.len());
        for (_, var) in &self.vars {
            gradients.push(match store.get(var) {
                Some(gradient) => gradient.flatten_all()?.to_vec1::<f32>()?,
                None => vec![0.0; var.elem_count()],
            });
        }
        let squares = gradients.iter().map(|gradient| {
            let squares = gradient.iter().map(|g| f64::from(*g) * f64::from(*g));
            squares.sum::<f64>()
        });
        let gradient = squares.sum::<f64>().sqrt();
        if !gradient.is_finite() {
            return Err(ModelError::Diverged {
                step: self.step + 1,
                loss: value,
            });
        }
        let scale = (self.options.clip / gradient.max(1e-12)).min(1.0) as f32;
        let rate = self.options.rate(self.step, steps);
        let update = Update::new(&self.options, self.step, rate, scale);
        for (((_, var), gradient), kept) in self.vars.iter().zip(&gradients).zip(&mut self.moments) {
            let mut weight = var.flatten_all()?.to_vec1::<f32>()?;
            update.apply(&mut weight, gradient, kept, var.dims().len() > 1);
            var.set(&Tensor::from_vec(weight, var.shape(), &self.device)?)?;
        }
        self.step += 1;
        Ok(StepReport {
            step: self.step,
            epoch,
            loss: value,
            gradient,
            rate,
            choices,
        })
    }

    /// Mean loss of a choice over examples, nothing dropped or smoothed; by the weights of the last step.
    ///
    /// # Errors
    ///
    /// When memory is short.
    pub fn evaluate(&self, examples: &[Example]) -> Result<f64, ModelError> {
        let (mut sum, mut all) = (0.0, 0usize);
        for batch in examples.chunks(self.options.batch) {
            let chosen: Vec<(&Written, f32)> = batch.iter().map(|example| (&example.asked, 1.0)).collect();
            let (loss, choices) = self.loss(&chosen, Noise::NONE)?;
            sum += f64::from(loss.to_scalar::<f32>()?) * choices as f64;
            all += choices;
        }
        Ok(sum / all.max(1) as f64)
    }

    /// The weights by name.
    #[cfg(test)]
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &Var)> {
        self.vars.iter().map(|(name, var)| (name.as_str(), var))
    }

    /// Mean loss of a free choice, and how many there were.
    pub(crate) fn loss(
        &self,
        chosen: &[(&Written, f32)],
        noise: Noise,
    ) -> Result<(Tensor, usize), ModelError> {
        let inputs: Vec<&Input> = chosen.iter().map(|(written, _)| &*written.input).collect();
        let choices: Vec<&[usize]> = chosen
            .iter()
            .map(|(written, _)| written.choices.as_slice())
            .collect();
        let dropout = noise.dropout;
        let mut random = Random::stream(dropout.seed, 0x776f_7264);
        let batch =
            InputBatch::with_spellings(&inputs, |_| noise.words <= 0.0 || random.uniform() >= noise.words);
        let steps = DecoderBatch::new(&batch, &inputs, &choices);
        let states = self.network.encode(&batch, dropout, &self.device)?;
        let logits = self
            .network
            .decoder
            .forward(&states, &steps, dropout, &self.device)?;
        let targets = targets(chosen, steps.steps, batch.longest, noise.smoothing);
        let free = targets.weight.iter().filter(|weight| **weight > 0.0).count();
        Ok((masked_cross_entropy(&logits, &Arc::new(targets))?, free))
    }
}

/// What is right and legal at every step; steps that are forced, or padded, do not count.
fn targets(chosen: &[(&Written, f32)], steps: usize, longest: usize, smoothing: f32) -> Targets {
    let width = VOCABULARY.len() + longest;
    let rows = chosen.len() * steps;
    let mut targets = Targets {
        choices: width,
        legal: vec![0; rows * width],
        right: vec![0; rows],
        weight: vec![0.0; rows],
        smoothing,
    };
    for (at, (written, weight)) in chosen.iter().enumerate() {
        for (step, (choice, legal)) in written.choices.iter().zip(&written.legal).enumerate() {
            let row = at * steps + step;
            for at in legal {
                targets.legal[row * width + usize::from(*at)] = 1;
            }
            targets.right[row] = *choice as u32;
            targets.weight[row] = if legal.len() > 1 { *weight } else { 0.0 };
        }
    }
    targets
}
