//! Weights by name, and how they begin.

use std::collections::BTreeMap;

use candle_core::{Device, Result, Tensor, Var, bail};

use crate::{ModelConfig, random::Random};

/// How the numbers of a weight begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fan {
    /// Normal with the variance 1 / inputs (LeCun et al., 1998).
    In,
    /// As [`Fan::In`], smaller by the root of the number of sums it is added to (Radford et al., 2019).
    Residual(usize),
    /// Normal with the deviation 0.02 times the root of the width, as embeddings are.
    Embedding,
    /// Normal with the deviation 0.02.
    Small,
    /// Ones.
    One,
    /// Zeros.
    Zero,
}

/// A weight: its name, its shape and how it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    pub(crate) name: String,
    pub(crate) dims: Vec<usize>,
    fan: Fan,
}

impl Shape {
    pub(crate) fn new(name: impl Into<String>, dims: &[usize], fan: Fan) -> Self {
        Self {
            name: name.into(),
            dims: dims.to_vec(),
            fan,
        }
    }

    /// The first numbers, by a stream of the weight's own.
    fn begin(&self, seed: u64) -> Vec<f32> {
        let n: usize = self.dims.iter().product();
        let inputs = self.dims.last().copied().unwrap_or(1) as f64;
        let deviation = match self.fan {
            Fan::One => return vec![1.0; n],
            Fan::Zero => return vec![0.0; n],
            Fan::In => inputs.powf(-0.5),
            Fan::Residual(sums) => (inputs * sums as f64).powf(-0.5),
            Fan::Embedding => 1.0 / inputs.sqrt().sqrt(),
            Fan::Small => 0.02,
        };
        let purpose = self.name.bytes().fold(0u64, |hash, byte| {
            hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(byte))
        });
        let mut random = Random::stream(seed, purpose);
        (0..n).map(|_| (random.normal() * deviation) as f32).collect()
    }
}

/// Weights by name, in the order of names: candle's own map has none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters {
    by_name: BTreeMap<String, Tensor>,
}

impl Parameters {
    /// Fixed weights.
    pub(crate) fn fixed(tensors: impl IntoIterator<Item = (String, Tensor)>) -> Self {
        Self {
            by_name: tensors.into_iter().collect(),
        }
    }

    /// A weight by its name.
    pub(crate) fn get(&self, name: &str) -> Result<Tensor> {
        match self.by_name.get(name) {
            Some(tensor) => Ok(tensor.clone()),
            None => bail!("there is no weight {name}"),
        }
    }

    /// A matrix `[out, in]` turned for multiplication from the right.
    pub(crate) fn matrix(&self, name: &str) -> Result<Tensor> {
        self.get(name)?.t()
    }
}

/// Weights that training changes, in the order of their names.
pub(crate) fn begin(config: &ModelConfig, seed: u64, device: &Device) -> Result<Vec<(String, Var)>> {
    let mut vars = Vec::new();
    for shape in super::shapes(config) {
        let tensor = Tensor::from_vec(shape.begin(seed), shape.dims.as_slice(), device)?;
        vars.push((shape.name, Var::from_tensor(&tensor)?));
    }
    vars.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(vars)
}
