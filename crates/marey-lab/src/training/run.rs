//! A run: steps, log, checkpoints and scores.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use marey_model::{
    DecodeOptions, Model, ModelError, Reading,
    train::{StepReport, Trainer},
};
use serde_json::{Value, json};

use crate::run::fnv_bytes;

use super::{
    DevItem, Gathered, TrainingConfig, TrainingError,
    curves::{self, Point},
    gather,
};

/// How many of the dev part's requests were answered right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DevScore {
    /// Number of requests.
    pub n: usize,
    /// Those whose first chart is, in canonical form, an acceptable one.
    pub exact: usize,
    /// Those with an acceptable one among the first five.
    pub within_five: usize,
    /// Those of which an acceptable chart can be written at all.
    pub writable: usize,
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingReport {
    /// Steps that were made, with those before the run was resumed.
    pub steps: u64,
    /// Whether all epochs are over.
    pub finished: bool,
    /// Number of weights.
    pub parameters: usize,
    /// Requests that were learnt from.
    pub examples: usize,
    /// The last score of the dev part.
    pub dev: Option<DevScore>,
}

/// Trains a network on corpora into a folder, or goes on with what was begun there.
///
/// # Errors
///
/// When a corpus cannot be read, the folder holds another run or cannot be written, or training
/// runs away.
pub fn train(
    config: &TrainingConfig,
    corpora: &[PathBuf],
    out: &Path,
    resume: bool,
    mut tell: impl FnMut(&str),
) -> Result<TrainingReport, TrainingError> {
    let files = Files::new(out);
    files.check(resume)?;
    tell("reading the corpora");
    // Before the folder is made: what cannot be read leaves none behind.
    let gathered = gather(corpora, config)?;
    let notes = notes(corpora, config)?;
    let mut trainer = files.trainer(config, resume)?;
    let mut log = Log::open(&files.log, resume)?;
    log.line(&summary(&gathered, &trainer))?;
    let mut points = Vec::new();
    let mut last = None;
    let begun = Instant::now();
    let per_epoch = trainer.steps_of_epoch(gathered.train.len()).max(1);
    let score_every = if config.score_every == 0 {
        per_epoch
    } else {
        config.score_every
    };
    let begun_at = trainer.step();
    trainer.run(
        &gathered.train,
        |trainer, report| -> Result<bool, TrainingError> {
            if report.step.is_multiple_of(config.log_every.max(1)) {
                log.line(&step_line(&report, begun.elapsed().as_secs_f64()))?;
                points.push(point(&report, "training loss", f64::from(report.loss)));
                tell(&format!(
                    "step {} of epoch {}, loss {:.3}",
                    report.step, report.epoch, report.loss
                ));
            }
            let stops = config.stop_after > 0 && report.step - begun_at >= config.stop_after;
            if report.step.is_multiple_of(score_every) {
                let score = files.keep(trainer, &gathered.dev, &notes)?;
                let line = json!({ "step": report.step, "epoch": report.epoch, "dev": score_json(&score) });
                log.line(&line)?;
                points.push(point(&report, "exact charts, dev", share(score.exact, score.n)));
                last = Some((report.step, score));
                files.draw(&points)?;
            }
            if stops || report.step.is_multiple_of(config.checkpoint_every.max(1)) {
                trainer.save(&files.checkpoint)?;
            }
            Ok(!stops)
        },
    )?;
    let total = trainer.steps(gathered.train.len());
    // The last steps are kept, too, where no score fell on the very last.
    let dev = match last {
        Some((step, score)) if step == trainer.step() => score,
        _ => files.keep(&trainer, &gathered.dev, &notes)?,
    };
    trainer.save(&files.checkpoint)?;
    files.draw(&points)?;
    Ok(TrainingReport {
        steps: trainer.step(),
        finished: trainer.step() >= total,
        parameters: trainer.parameters(),
        examples: gathered.train.len(),
        dev: Some(dev),
    })
}

/// Asks a model every request and counts the charts that are, in canonical form, acceptable.
///
/// # Errors
///
/// When memory is short.
pub fn score(model: &Model, items: &[DevItem], options: &DecodeOptions) -> Result<DevScore, ModelError> {
    let mut score = DevScore {
        n: items.len(),
        exact: 0,
        within_five: 0,
        writable: items.iter().filter(|item| item.writable).count(),
    };
    for batch in items.chunks(8) {
        let readings: Vec<&Reading> = batch.iter().map(|item| &item.reading).collect();
        for (item, written) in batch.iter().zip(model.write(&readings, options)?) {
            let is_right =
                |spec: &marey_core::ChartSpec| item.golds.contains(&spec.canonical_for(&item.options));
            let charts = written.unwrap_or_default();
            let place = charts.iter().take(5).position(|written| is_right(&written.spec));
            score.exact += usize::from(place == Some(0));
            score.within_five += usize::from(place.is_some());
        }
    }
    Ok(score)
}

/// What weights say of their making: names of the corpora whose training part they were fitted to, as
/// evaluations compare them, with those of the weights that they began with, and the digest of these.
fn notes(corpora: &[PathBuf], config: &TrainingConfig) -> Result<Vec<(String, String)>, TrainingError> {
    let name = |folder: &PathBuf| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}:train")
    };
    let mut names: BTreeSet<String> = corpora.iter().map(name).collect();
    let mut notes = Vec::new();
    if let Some(init) = &config.init {
        let bytes = read(init)?;
        let before = Model::from_bytes(&bytes)?;
        let told = before.notes().get("training_data");
        let told = told.and_then(|told| serde_json::from_str::<Vec<String>>(told).ok());
        names.extend(told.unwrap_or_default());
        notes.push(("began_with".to_owned(), format!("{:016x}", fnv_bytes(&bytes))));
    }
    notes.push(("training_data".to_owned(), json!(names).to_string()));
    Ok(notes)
}

/// A trainer before its first step.
fn begun(config: &TrainingConfig) -> Result<Trainer, TrainingError> {
    let shape = config.shape()?;
    let Some(init) = &config.init else {
        return Ok(Trainer::new(&shape, &config.training)?);
    };
    let (trainer, _) = Trainer::with_weights(&read(init)?, &config.training)?;
    if *trainer.config() == shape {
        return Ok(trainer);
    }
    Err(TrainingError::Config {
        problem: format!(
            "`model` is `{}`, and the weights to begin with have another shape",
            config.model
        ),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, TrainingError> {
    fs::read(path).map_err(|source| TrainingError::File {
        action: "read",
        path: path.to_owned(),
        source,
    })
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

fn point(report: &StepReport, curve: &'static str, value: f64) -> Point {
    Point {
        step: report.step as f64,
        curve,
        value,
    }
}

fn summary(gathered: &Gathered, trainer: &Trainer) -> Value {
    json!({
        "parameters": trainer.parameters(),
        "requests": gathered.requests,
        "examples": gathered.train.len(),
        "charts": gathered.charts.0,
        "writable_charts": gathered.charts.1,
        "left_out": gathered.left_out,
        "dev": gathered.dev.len(),
        "dev_writable": gathered.dev.iter().filter(|item| item.writable).count(),
        "steps": trainer.steps(gathered.train.len()),
    })
}

fn step_line(report: &StepReport, seconds: f64) -> Value {
    json!({
        "step": report.step,
        "epoch": report.epoch,
        "loss": report.loss,
        "gradient": report.gradient,
        "rate": report.rate,
        "choices": report.choices,
        "seconds": (seconds * 10.0).round() / 10.0,
    })
}

fn score_json(score: &DevScore) -> Value {
    json!({
        "n": score.n,
        "canonical_em": share(score.exact, score.n),
        "hit@5": share(score.within_five, score.n),
        "writable": share(score.writable, score.n),
    })
}

/// The files of a run.
struct Files {
    folder: PathBuf,
    config: PathBuf,
    log: PathBuf,
    checkpoint: PathBuf,
    weights: PathBuf,
    curves: PathBuf,
}

impl Files {
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            config: folder.join("config.toml"),
            log: folder.join("log.jsonl"),
            checkpoint: folder.join("checkpoint.safetensors"),
            weights: folder.join("weights.safetensors"),
            curves: folder.join("curves.svg"),
        }
    }

    /// Whether the folder is free for a new run, or holds one to go on with.
    fn check(&self, resume: bool) -> Result<(), TrainingError> {
        let folder = self.folder.clone();
        match resume {
            true if !self.checkpoint.is_file() => Err(TrainingError::NoCheckpoint { folder }),
            false if self.config.exists() => Err(TrainingError::Occupied { folder }),
            _ => Ok(()),
        }
    }

    /// A trainer at its beginning in a new folder, or where the last one stopped.
    fn trainer(&self, config: &TrainingConfig, resume: bool) -> Result<Trainer, TrainingError> {
        if resume {
            let trainer = Trainer::resume(&self.checkpoint)?;
            if *trainer.options() != config.training {
                return Err(TrainingError::OtherSettings {
                    was: format!("{:?}", trainer.options()),
                    now: format!("{:?}", config.training),
                });
            }
            return Ok(trainer);
        }
        let trainer = begun(config)?;
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| TrainingError::File {
                action: "write",
                path,
                source,
            }
        };
        fs::create_dir_all(&self.folder).map_err(failed(&self.folder))?;
        fs::write(&self.config, config.to_toml()).map_err(failed(&self.config))?;
        Ok(trainer)
    }

    /// Writes the weights to use, and scores them.
    fn keep(
        &self,
        trainer: &Trainer,
        dev: &[DevItem],
        notes: &[(String, String)],
    ) -> Result<DevScore, TrainingError> {
        let mut notes = notes.to_vec();
        notes.push(("step".to_owned(), trainer.step().to_string()));
        trainer.save_weights(&self.weights, &notes)?;
        let model = Model::from_bytes(&trainer.weights(&notes)?)?;
        Ok(score(&model, dev, &DecodeOptions::default())?)
    }

    fn draw(&self, points: &[Point]) -> Result<(), TrainingError> {
        let Some(svg) = curves::svg(points) else {
            return Ok(());
        };
        fs::write(&self.curves, svg).map_err(|source| TrainingError::File {
            action: "write",
            path: self.curves.clone(),
            source,
        })
    }
}

/// The log: one JSON object per line, whole after every line.
struct Log {
    file: File,
    path: PathBuf,
}

impl Log {
    fn open(path: &Path, resume: bool) -> Result<Self, TrainingError> {
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .append(resume)
            .truncate(!resume)
            .open(path);
        Ok(Self {
            file: file.map_err(|source| TrainingError::File {
                action: "open",
                path: path.to_owned(),
                source,
            })?,
            path: path.to_owned(),
        })
    }

    fn line(&mut self, value: &Value) -> Result<(), TrainingError> {
        writeln!(self.file, "{value}")
            .and_then(|()| self.file.flush())
            .map_err(|source| TrainingError::File {
                action: "write",
                path: self.path.clone(),
                source,
            })
    }
}
