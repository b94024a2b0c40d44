//! The chart model as a system.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use marey_features::action::Design;
use marey_model::{Asked, DecodeOptions, Model, TableReading};

use crate::{Candidate, Card, Failure, LabError, Question, System, run::fnv_bytes};

/// What a run folder calls its weights.
const WEIGHTS: &str = "weights.safetensors";

/// The charts that trained weights write for a request, or for a table alone, as they are shown to people: those
/// that show nothing are left out, and the scores are calibrated probabilities.
#[derive(Debug)]
pub struct Trained {
    model: Model,
    card: Card,
    /// What was read of each table; every question about it needs the same.
    readings: Mutex<HashMap<PathBuf, Arc<TableReading>>>,
}

impl Trained {
    /// The weights of a file, or of the folder of a training run.
    ///
    /// # Errors
    ///
    /// When there is no file, or its weights are damaged or of another model.
    pub fn open(path: &Path) -> Result<Self, LabError> {
        let file = match path.is_dir() {
            true => path.join(WEIGHTS),
            false => path.to_owned(),
        };
        let bytes = fs::read(&file).map_err(|source| LabError::Read {
            path: file.clone(),
            source,
        })?;
        Self::of(&file, &bytes)
    }

    /// The weights of the bytes of a file.
    ///
    /// # Errors
    ///
    /// When they are damaged or of another model.
    pub fn of(file: &Path, bytes: &[u8]) -> Result<Self, LabError> {
        let model = Model::from_bytes(bytes).map_err(|source| LabError::Weights {
            path: file.to_owned(),
            source: Box::new(source),
        })?;
        let note = |key: &str| model.notes().get(key).map(String::as_str);
        let training_data = note("training_data").and_then(|told| serde_json::from_str(told).ok());
        let card = Card {
            name: "marey".into(),
            version: format!("{:016x}", fnv_bytes(bytes)),
            licence: note("licence").map(str::to_owned),
            parameters: Some(model.parameters() as u64),
            file_bytes: Some(bytes.len() as u64),
            training_data: training_data.unwrap_or_default(),
            probabilities: true,
        };
        Ok(Self {
            model,
            card,
            readings: Mutex::default(),
        })
    }

    fn reading(&self, question: &Question<'_>) -> Arc<TableReading> {
        let known = || self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reading) = known().get(question.path()) {
            return Arc::clone(reading);
        }
        let reading = TableReading::new(&question.table.table, question.table.profile());
        let reading = Arc::new(reading);
        known().insert(question.path().to_owned(), Arc::clone(&reading));
        reading
    }
}

impl System for Trained {
    fn card(&self) -> Card {
        self.card.clone()
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        // A proposal keeps the design rules, a request outranks them.
        let design = match question.request {
            Some(_) => Design::Free,
            None => Design::Ruled,
        };
        let options = DecodeOptions {
            beam: DecodeOptions::default().beam.max(question.k),
            design,
            ..DecodeOptions::default()
        };
        let reading = self.reading(question).read(question.request);
        let asked = Asked {
            reading: &reading,
            table: &question.table.table,
            profile: question.table.profile(),
        };
        let mut answers = self
            .model
            .answer(&[asked], &options)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let judgement = answers
            .remove(0)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        Ok(judgement
            .charts
            .iter()
            .take(question.k)
            .map(|chart| Candidate::new(&chart.written.spec, chart.probability))
            .collect())
    }
}
