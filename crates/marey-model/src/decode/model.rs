//! [`Model`]: weights ready to write charts.

use std::{collections::BTreeMap, path::Path};

use candle_core::Device;
use marey_core::{ChartSpec, Mark};
use marey_features::{
    action::{Action, ActionError, Design, GrammarOptions, TierChart, lower},
    profile::TableProfile,
};
use marey_table::Table;

use crate::{
    ModelConfig, ModelError, Reading,
    network::{Advance, Network, Parameters},
    weights,
};

use super::{
    Calibration, Judgement,
    beam::{Beam, Finished, begin},
    diverse, judge,
};

/// How charts are written.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeOptions {
    /// Hypotheses that are kept at each step; at least as many as charts are wished.
    pub beam: usize,
    /// Which rules of design hold.
    pub design: Design,
    /// Only charts of this mark.
    pub mark: Option<Mark>,
    /// Positions in the table of columns that every chart must show.
    pub columns: Vec<usize>,
    /// How much it counts that charts of an answer differ, 0 to 1; see [`diverse`].
    pub diversity: f64,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            beam: 5,
            design: Design::Free,
            mark: None,
            columns: Vec::new(),
            diversity: 0.0,
        }
    }
}

/// A request about a table, with the table that answers are drawn on.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The request, read.
    pub reading: &'a Reading,
    /// The table that was read.
    pub table: &'a Table,
    /// Its profile.
    pub profile: &'a TableProfile,
}

/// A chart that a model wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The chart.
    pub chart: TierChart,
    /// The chart as a spec.
    pub spec: ChartSpec,
    /// The actions that say it.
    pub actions: Vec<Action>,
    /// Its probability by the network, of the ways of writing that were found; 0 to 1.
    pub probability: f64,
    /// Logarithm of the probability.
    pub log: f64,
}

/// Weights ready to write charts.
#[derive(Debug, Clone)]
pub struct Model {
    network: Network,
    device: Device,
    notes: BTreeMap<String, String>,
    parameters: usize,
    calibration: Calibration,
}

impl Model {
    /// A model of the bytes of a file of weights.
    ///
    /// # Errors
    ///
    /// When the bytes are no weights, are damaged, or are of another model or version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut contents = weights::read(bytes)?;
        let own = weights::take(&contents.config, &mut contents.tensors, "")?;
        Self::of(&contents.config, own, contents.metadata)
    }

    /// A model of a file of weights.
    ///
    /// # Errors
    ///
    /// As [`Model::from_bytes`]; also when the file cannot be read.
    pub fn from_file(path: &Path) -> Result<Self, ModelError> {
        Self::from_bytes(&weights::read_file(path)?)
    }

    fn of(
        config: &ModelConfig,
        own: Vec<weights::Named>,
        notes: BTreeMap<String, String>,
    ) -> Result<Self, ModelError> {
        let device = Device::Cpu;
        let count = own.iter().map(|(_, _, numbers)| numbers.len()).sum();
        let parameters = Parameters::fixed(weights::tensors(own, &device)?);
        Ok(Self {
            network: Network::new(config, &parameters)?,
            device,
            calibration: weights::calibration(&notes)?,
            notes,
            parameters: count,
        })
    }

    /// The weights that come with the crate.
    ///
    /// ```
    /// use marey_model::Model;
    ///
    /// let model = Model::pretrained()?;
    /// assert!(model.notes().contains_key("licence"));
    /// # Ok::<(), marey_model::ModelError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the bytes in the program were damaged.
    #[cfg(feature = "pretrained")]
    pub fn pretrained() -> Result<Self, ModelError> {
        Self::from_bytes(crate::PRETRAINED)
    }

    /// What the file says of the weights beside their shape: `training_data`, `licence` and `step` where
    /// they come from `marey train`, and `lineage_root` where `marey pack` was told the corpora.
    pub fn notes(&self) -> &BTreeMap<String, String> {
        &self.notes
    }

    /// Number of weights.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// How scores become probabilities.
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// The shape of the network.
    pub fn config(&self) -> &ModelConfig {
        &self.network.config
    }

    /// Charts for requests about tables, the most probable first; the requests go through the network
    /// together, and what is written for one does not depend on the others.
    ///
    /// # Errors
    ///
    /// When memory is short. For each request alone when its table has nothing to chart, or no chart
    /// can meet what is asked of every chart.
    pub fn write(
        &self,
        readings: &[&Reading],
        options: &DecodeOptions,
    ) -> Result<Vec<Result<Vec<Written>, ActionError>>, ModelError> {
        let grammars: Vec<GrammarOptions> =
            readings.iter().map(|reading| grammar(reading, options)).collect();
        let inputs: Vec<_> = readings.iter().map(|reading| &*reading.input).collect();
        let memories = match inputs.is_empty() {
            true => Vec::new(),
            false => self.network.memories(&inputs, &self.device)?,
        };
        let mut beams: Vec<Result<Beam<'_>, ActionError>> = readings
            .iter()
            .zip(&grammars)
            .map(|(reading, grammar)| {
                let prefix = begin(reading, grammar)?;
                Ok(Beam::new(
                    prefix,
                    self.network.start(),
                    &reading.input,
                    options.beam,
                ))
            })
            .collect();
        loop {
            let mut all = Vec::new();
            for (beam, memory) in beams.iter_mut().zip(&memories) {
                let Ok(beam) = beam else { continue };
                all.extend(beam.waiting.iter_mut().map(|hypothesis| Advance {
                    memory,
                    state: &mut hypothesis.state,
                    choices: &hypothesis.pending,
                }));
            }
            if all.is_empty() {
                break;
            }
            let logits = self.network.advance(&mut all, &self.device)?;
            let mut from = 0;
            for beam in beams.iter_mut().flatten() {
                let to = from + beam.waiting.len();
                beam.go_on(&logits[from..to]);
                from = to;
            }
        }
        Ok(beams
            .into_iter()
            .zip(readings)
            .map(|(beam, reading)| written(beam?.into_finished(), reading))
            .collect())
    }

    /// [`Model::write`], with every chart drawn on its table: those that show nothing are dropped, the others
    /// get calibrated probabilities, and where charts are to differ they are put in an order in which they do.
    ///
    /// # Errors
    ///
    /// As [`Model::write`].
    pub fn answer(
        &self,
        asked: &[Asked<'_>],
        options: &DecodeOptions,
    ) -> Result<Vec<Result<Judgement, ActionError>>, ModelError> {
        let readings: Vec<&Reading> = asked.iter().map(|asked| asked.reading).collect();
        let written = self.write(&readings, options)?;
        let judged = written.into_iter().zip(asked).map(|(written, asked)| {
            let mut judgement = judge(written?, asked.table, asked.profile, &self.calibration);
            judgement.charts = diverse(judgement.charts, options.beam, options.diversity);
            Ok(judgement)
        });
        Ok(judged.collect())
    }
}

/// What holds for every chart of a request, with columns as they are in scope.
fn grammar(reading: &Reading, options: &DecodeOptions) -> GrammarOptions {
    let place = |column: &usize| reading.columns.iter().position(|own| own == column);
    let mut columns: Vec<usize> = options
        .columns
        .iter()
        .map(|column| place(column).unwrap_or(usize::MAX))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    GrammarOptions {
        design: options.design,
        mark: options.mark,
        columns,
    }
}

/// The finished charts as specs; those that draw the same are one, with their probabilities together.
fn written(finished: Vec<Finished>, reading: &Reading) -> Result<Vec<Written>, ActionError> {
    let mut all: Vec<(ChartSpec, Written)> = Vec::new();
    for Finished { chart, actions, log } in finished {
        let spec = lower(&chart, &reading.scope)?;
        let canonical = spec.canonical();
        match all.iter_mut().find(|(known, _)| *known == canonical) {
            Some((_, known)) => known.log = sum_of_logs(known.log, log),
            None => all.push((
                canonical,
                Written {
                    chart,
                    spec,
                    actions,
                    probability: 0.0,
                    log,
                },
            )),
        }
    }
    all.sort_by(|(_, a), (_, b)| b.log.total_cmp(&a.log));
    let known = |(_, mut written): (ChartSpec, Written)| {
        written.probability = written.log.exp();
        written
    };
    Ok(all.into_iter().map(known).collect())
}

/// The logarithm of a sum, by those of its parts.
fn sum_of_logs(a: f64, b: f64) -> f64 {
    let (more, less) = (a.max(b), a.min(b));
    more + (less - more).exp().ln_1p()
}
