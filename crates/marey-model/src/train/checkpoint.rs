//! Checkpoints: everything that training goes on from, in one file.

use std::{collections::BTreeMap, path::Path};

use candle_core::{Device, Tensor, Var};

use crate::{
    ModelError,
    weights::{self, Named},
};

use super::{TrainOptions, Trainer, adam::Moments};

const WEIGHT: &str = "weight.";
const FIRST: &str = "first.";
const SECOND: &str = "second.";
const MEAN: &str = "mean.";

impl Trainer {
    /// Writes everything that training goes on from. The file is replaced in one piece.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), ModelError> {
        let mut tensors: Vec<Named> = Vec::new();
        for ((name, var), kept) in self.vars.iter().zip(&self.moments) {
            let dims = var.dims().to_vec();
            let numbers = var.flatten_all()?.to_vec1::<f32>()?;
            tensors.push((format!("{WEIGHT}{name}"), dims.clone(), numbers));
            tensors.push((format!("{FIRST}{name}"), dims.clone(), kept.first.clone()));
            tensors.push((format!("{SECOND}{name}"), dims.clone(), kept.second.clone()));
            tensors.push((format!("{MEAN}{name}"), dims, kept.mean.clone()));
        }
        let options = serde_json::to_string(&self.options).unwrap_or_default();
        let notes = [
            ("step".to_owned(), self.step.to_string()),
            ("options".to_owned(), options),
        ];
        weights::write_file(path, &weights::write(&self.config, &tensors, &notes)?)
    }

    /// Goes on from a checkpoint, with its own options.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is no checkpoint, is damaged, or is of another model.
    pub fn resume(path: &Path) -> Result<Self, ModelError> {
        let mut contents = weights::read(&weights::read_file(path)?)?;
        let missing = |what: &str| ModelError::NotWeights {
            reason: format!("the checkpoint does not say {what}"),
        };
        let note = |key: &str| contents.metadata.get(key).map(String::as_str);
        let step = note("step")
            .and_then(|step| step.parse().ok())
            .ok_or_else(|| missing("its step"))?;
        let options: TrainOptions = note("options")
            .and_then(|options| serde_json::from_str(options).ok())
            .ok_or_else(|| missing("its options"))?;
        options.check()?;
        let config = contents.config.clone();
        let mut take = |prefix| weights::take(&config, &mut contents.tensors, prefix);
        let (own, first, second, mean) = (take(WEIGHT)?, take(FIRST)?, take(SECOND)?, take(MEAN)?);
        let mut vars = Vec::new();
        for (name, dims, numbers) in own {
            let tensor = Tensor::from_vec(numbers, dims, &Device::Cpu)?;
            vars.push((name, Var::from_tensor(&tensor)?));
        }
        let moments = first.into_iter().zip(second).zip(mean);
        let moments = moments.map(|((first, second), mean)| Moments {
            first: first.2,
            second: second.2,
            mean: mean.2,
        });
        Self::of(&config, &options, vars, moments.collect(), step)
    }

    /// A network that begins with the weights of a file, for other examples or options; also what the
    /// file says of them.
    ///
    /// # Errors
    ///
    /// When the bytes are no weights, are damaged, or are of another model or version.
    pub fn with_weights(
        bytes: &[u8],
        options: &TrainOptions,
    ) -> Result<(Self, BTreeMap<String, String>), ModelError> {
        options.check()?;
        let mut contents = weights::read(bytes)?;
        let own = weights::take(&contents.config, &mut contents.tensors, "")?;
        let (mut vars, mut moments) = (Vec::new(), Vec::new());
        for (name, dims, numbers) in own {
            moments.push(Moments::of(numbers.clone()));
            let tensor = Tensor::from_vec(numbers, dims, &Device::Cpu)?;
            vars.push((name, Var::from_tensor(&tensor)?));
        }
        let trainer = Self::of(&contents.config, options, vars, moments, 0)?;
        Ok((trainer, contents.metadata))
    }

    /// The weights to use: the running mean of those of the last steps, as a file.
    ///
    /// # Errors
    ///
    /// When memory is short.
    pub fn weights(&self, notes: &[(String, String)]) -> Result<Vec<u8>, ModelError> {
        let tensors: Vec<Named> = self
            .vars
            .iter()
            .zip(&self.moments)
            .map(|((name, var), kept)| (name.clone(), var.dims().to_vec(), kept.mean.clone()))
            .collect();
        weights::write(&self.config, &tensors, notes)
    }

    /// Writes the weights to use. The file is replaced in one piece.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save_weights(&self, path: &Path, notes: &[(String, String)]) -> Result<(), ModelError> {
        weights::write_file(path, &self.weights(notes)?)
    }
}
