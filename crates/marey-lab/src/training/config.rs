//! [`TrainingConfig`]: the settings of a run.

use std::{collections::BTreeMap, path::PathBuf};

use marey_model::{ModelConfig, train::TrainOptions};
use serde::{Deserialize, Serialize};

use super::TrainingError;

/// The settings of a run, as TOML.
///
/// ```
/// use marey_lab::training::TrainingConfig;
///
/// let config = TrainingConfig::from_toml("model = \"s\"", &["training.epochs=3".into()])?;
/// assert_eq!(config.training.epochs, 3);
/// assert!(TrainingConfig::from_toml("modell = \"s\"", &[]).is_err());
/// # Ok::<(), marey_lab::training::TrainingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainingConfig {
    /// The shape of the network by name: `s`, `m` or `tiny`.
    pub model: String,
    /// Weights to begin with, a file; none for random ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init: Option<PathBuf>,
    /// Splits of the corpora in all of which an example must be in the training part.
    pub splits: Vec<String>,
    /// The split whose dev part is scored.
    pub dev_split: String,
    /// Most requests of the dev part that are scored; spread over it evenly.
    pub dev_limit: usize,
    /// How much an example counts whose label is suspected to be wrong.
    pub suspect_weight: f32,
    /// How much a chart counts on average that an example proposes without a request; the example's
    /// `weights` say how much each of its charts counts beside the others.
    pub unasked_weight: f32,
    /// Most charts of an example without a request that are learnt, the weightiest.
    pub unasked_charts: usize,
    /// Steps between two lines of the log.
    pub log_every: u64,
    /// Steps between two checkpoints.
    pub checkpoint_every: u64,
    /// Steps between two scores of the dev part; 0 for one at the end of each epoch.
    pub score_every: u64,
    /// Steps after which the run stops, to be resumed; 0 for none.
    pub stop_after: u64,
    /// Most examples to learn of a corpus by the name of its folder; spread over it evenly.
    pub limits: BTreeMap<String, usize>,
    /// How the network is trained.
    pub training: TrainOptions,
}

impl Default for TrainingConfig {
    fn default() -> Self {
        Self {
            model: "s".into(),
            init: None,
            splits: vec!["split".into(), "unseen_db".into()],
            dev_split: "split".into(),
            dev_limit: 200,
            suspect_weight: 0.5,
            unasked_weight: 1.0,
            unasked_charts: 8,
            limits: BTreeMap::new(),
            log_every: 10,
            checkpoint_every: 50,
            score_every: 0,
            stop_after: 0,
            training: TrainOptions::default(),
        }
    }
}

impl TrainingConfig {
    /// Reads settings, and changes some by `name=value` or `section.name=value`.
    ///
    /// # Errors
    ///
    /// When the text is no TOML, a setting is unknown, of another kind, or out of range.
    pub fn from_toml(text: &str, set: &[String]) -> Result<Self, TrainingError> {
        let problem = |problem: String| TrainingError::Config { problem };
        let mut table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| problem(error.to_string()))?;
        for setting in set {
            change(&mut table, setting)?;
        }
        let config: Self = table
            .try_into()
            .map_err(|error: toml::de::Error| problem(error.to_string()))?;
        config.training.check()?;
        config.shape()?;
        Ok(config)
    }

    /// The settings as TOML.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The shape of the network.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub fn shape(&self) -> Result<ModelConfig, TrainingError> {
        ModelConfig::named(&self.model).ok_or_else(|| TrainingError::Config {
            problem: format!("`model` is `{}`; `s`, `m` or `tiny` would be right", self.model),
        })
    }
}

fn change(table: &mut toml::Table, setting: &str) -> Result<(), TrainingError> {
    let wrong = || TrainingError::Set {
        found: setting.to_owned(),
    };
    let (path, value) = setting.split_once('=').ok_or_else(wrong)?;
    let mut names: Vec<&str> = path.trim().split('.').collect();
    let last = names.pop().filter(|name| !name.is_empty()).ok_or_else(wrong)?;
    let mut place = table;
    for name in names {
        let section = place
            .entry(name)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()));
        place = section.as_table_mut().ok_or_else(wrong)?;
    }
    place.insert(last.to_owned(), value_of(value.trim()));
    Ok(())
}

/// A value as TOML has it; what is none is text.
fn value_of(text: &str) -> toml::Value {
    let read = format!("value = {text}").parse::<toml::Table>().ok();
    read.and_then(|mut table| table.remove("value"))
        .unwrap_or_else(|| toml::Value::String(text.to_owned()))
}
