//! [`evaluate`]: a task, a corpus, a system, and a folder with the results.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use marey_corpus::{
    Split,
    folder::{Corpus, EXAMPLES},
};
use marey_metrics::{Flips, statistics::Bootstrap};
use serde_json::json;

use crate::{
    Card, Disturbance, Endpoint, EndpointOptions, Item, ItemRecord, Items, LabError, Learner, Linear,
    Majority, Metric, Nearest, Pairwise, Part, Plugin, PluginOptions, Results, Rules, RunOptions, System,
    Task, Trained, contamination,
    folds::folds,
    read_items,
    record::read_records,
    run::{finish, fnv, run},
    summary::{Context, summarise},
};

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    /// What is right most often.
    Majority,
    /// The design rules.
    Rules,
    /// What was right for the most similar request.
    Nearest,
    /// The delexicalised linear model.
    Linear,
    /// The model of choices between two charts.
    Pairwise,
    /// A program that speaks the protocol.
    Command(String),
    /// A language model behind an address.
    Endpoint(String),
    /// The chart model with the weights of a file, or of a folder that `marey train` made.
    Weights(PathBuf),
    /// The chart model with the weights that come with the crate.
    Pretrained,
}

/// A text that names no system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no system; expected majority, rules, nearest, linear, pairwise, pretrained, the folder of a training run, FILE.safetensors, cmd:COMMAND or http://ADDRESS"
)]
pub struct UnknownModel(pub String);

impl std::str::FromStr for Model {
    type Err = UnknownModel;

    fn from_str(text: &str) -> Result<Self, UnknownModel> {
        match text {
            "majority" => Ok(Model::Majority),
            "rules" => Ok(Model::Rules),
            "nearest" => Ok(Model::Nearest),
            "linear" => Ok(Model::Linear),
            "pretrained" => Ok(Model::Pretrained),
            "pairwise" => Ok(Model::Pairwise),
            _ if text.starts_with("http://") => Ok(Model::Endpoint(text.to_owned())),
            _ if text.ends_with(".safetensors") || Path::new(text).is_dir() => {
                Ok(Model::Weights(PathBuf::from(text)))
            }
            _ => match text
                .strip_prefix("cmd:")
                .filter(|command| !command.trim().is_empty())
            {
                Some(command) => Ok(Model::Command(command.to_owned())),
                None => Err(UnknownModel(text.chars().take(80).collect())),
            },
        }
    }
}

impl std::fmt::Display for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Model::Majority => f.write_str("majority"),
            Model::Rules => f.write_str("rules"),
            Model::Nearest => f.write_str("nearest"),
            Model::Linear => f.write_str("linear"),
            Model::Pretrained => f.write_str("pretrained"),
            Model::Pairwise => f.write_str("pairwise"),
            Model::Command(command) => write!(f, "cmd:{command}"),
            Model::Endpoint(address) => f.write_str(address),
            Model::Weights(path) => write!(f, "{}", path.display()),
        }
    }
}

/// What is evaluated, and how.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// What is asked.
    pub task: Task,
    /// Folder of the corpus.
    pub corpus: PathBuf,
    /// The part that is asked.
    pub part: Part,
    /// Cut the part into so many folds by the groups of a tag or `group`; each is answered by a system
    /// that learnt from the others.
    pub folds: Option<(usize, String)>,
    /// Who answers.
    pub model: Model,
    /// Folder of the results.
    pub out: PathBuf,
    /// Items asked at once; 0 is as many as there are processors.
    pub jobs: usize,
    /// At most so many items, evenly chosen; all where absent.
    pub limit: Option<usize>,
    /// How the items are disturbed before they are asked.
    pub disturbance: Option<Disturbance>,
    /// Folder of the results of the same evaluation without the disturbance, to compare with.
    pub against: Option<PathBuf>,
    /// Whether requests and tables may leave this machine.
    pub allows_egress: bool,
    /// Sent to an endpoint as a bearer token.
    pub key: Option<String>,
}

/// Evaluates, writes `results.json` and `items.jsonl` into the folder, and returns the figures.
///
/// A run that was stopped goes on where it was, when the same is asked again.
///
/// # Errors
///
/// When the corpus cannot be read or holds nothing for the task, a system cannot be started or has nothing
/// to learn from, folds cannot be cut, or the results cannot be written. A system that fails to answer is no
/// error: its items count as wrong.
pub fn evaluate(evaluation: &Evaluation) -> Result<Results, LabError> {
    let corpus = Corpus::open(&evaluation.corpus)?;
    let mut items = read_items(&corpus, &evaluation.task, &evaluation.part)?;
    if let Some(limit) = evaluation.limit {
        thin(&mut items.items, limit);
    }
    std::fs::create_dir_all(&evaluation.out).map_err(|source| LabError::Write {
        path: evaluation.out.clone(),
        source,
    })?;
    let (systems, fold_of) = systems(evaluation, &corpus, &items)?;
    let asked: Vec<&dyn System> = systems.iter().map(AsRef::as_ref).collect();
    let card = systems[0].card();
    let options = RunOptions {
        out: evaluation.out.clone(),
        jobs: evaluation.jobs,
        identity: identity(evaluation, &card)?,
    };
    if let Some(disturbance) = evaluation.disturbance {
        let folder = evaluation.out.join("disturbed-tables");
        disturbance.apply(&mut items.items, evaluation.task.fold_case, &folder)?;
    }
    let run = run(&evaluation.task, &items.items, &asked, &fold_of, &options)?;
    let name = corpus_name(&evaluation.corpus);
    let is_ours = matches!(
        evaluation.model,
        Model::Majority | Model::Rules | Model::Nearest | Model::Linear
    );
    let mut warnings = contamination::warnings(&card, &name, &evaluation.part, is_ours);
    let given_up = run.records.iter().filter_map(|record| record.failure.as_ref());
    let given_up = given_up
        .filter(|failure| failure.starts_with("not asked"))
        .count();
    if given_up > 0 {
        warnings.push(format!(
            "the system failed so often that {given_up} items were not asked; they count as wrong"
        ));
    }
    let mut results = summarise(
        Context {
            task: &evaluation.task,
            corpus: name,
            split: split_name(evaluation),
            card,
            peak_memory_mb: systems
                .iter()
                .filter_map(|system| system.peak_memory_mb())
                .reduce(f64::max),
            left_out: items.left_out,
            warnings,
        },
        &run,
    );
    if let Some(folder) = &evaluation.against {
        results.metrics.extend(flips(folder, &run.records)?);
    }
    results.write(&run.records, &evaluation.out)?;
    finish(&evaluation.out);
    Ok(results)
}

fn corpus_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn split_name(evaluation: &Evaluation) -> String {
    let part = match &evaluation.folds {
        Some((folds, by)) => format!("{}, {folds} folds by {by}", evaluation.part.name()),
        None => evaluation.part.name(),
    };
    match evaluation.disturbance {
        Some(disturbance) => format!("{part}, {}", disturbance.as_str()),
        None => part,
    }
}

/// What became of the answers of an undisturbed run: the share whose canonical match changed, the drop of
/// accuracy, and the share of the right ones that broke.
fn flips(folder: &Path, records: &[ItemRecord]) -> Result<BTreeMap<String, Metric>, LabError> {
    let before = read_records(folder)?;
    let right = |record: &ItemRecord| record.scores.get("canonical_em") == Some(&1.0);
    let before: BTreeMap<&str, bool> = before
        .iter()
        .map(|record| (record.id.as_str(), right(record)))
        .collect();
    let mut groups: BTreeMap<&str, Vec<(bool, bool)>> = BTreeMap::new();
    for record in records {
        if let Some(was) = before.get(record.id.as_str()) {
            groups
                .entry(&record.group)
                .or_default()
                .push((*was, right(record)));
        }
    }
    let groups: Vec<Vec<(bool, bool)>> = groups.into_values().collect();
    type Figure = fn(&Flips) -> Option<f64>;
    let figures: [(&str, Figure); 3] = [
        ("flip_rate", |flips| Some(flips.flip_rate())),
        ("accuracy_drop", |flips| Some(flips.drop())),
        ("broken_of_right", Flips::broken_of_right),
    ];
    let metric = |(name, figure): (&str, Figure)| {
        let of = |drawn: &[usize]| {
            let pairs: Vec<_> = drawn
                .iter()
                .flat_map(|&group| groups[group].iter().copied())
                .collect();
            Flips::of(&pairs).as_ref().and_then(figure)
        };
        let all: Vec<usize> = (0..groups.len()).collect();
        Some((
            name.to_owned(),
            Metric::new(of(&all)?, Bootstrap::default().figure(groups.len(), of)),
        ))
    };
    Ok(figures.into_iter().filter_map(metric).collect())
}

/// Keeps so many items, evenly chosen.
pub(crate) fn thin<T>(items: &mut Vec<T>, limit: usize) {
    let n = items.len();
    if limit >= n {
        return;
    }
    let mut place = 0;
    items.retain(|_| {
        let keep = (place * limit) / n != ((place + 1) * limit) / n;
        place += 1;
        keep
    });
}

/// What tells a run from others.
fn identity(evaluation: &Evaluation, card: &Card) -> Result<serde_json::Value, LabError> {
    let path = evaluation.corpus.join(EXAMPLES);
    let text = std::fs::read(&path).map_err(|source| LabError::Read { path, source })?;
    Ok(json!({
        "task": evaluation.task,
        "corpus": format!("{:016x}", fnv(&String::from_utf8_lossy(&text))),
        "split": split_name(evaluation),
        "model": evaluation.model.to_string(),
        "model_version": card.version,
        "limit": evaluation.limit,
        "version": env!("CARGO_PKG_VERSION"),
    }))
}

type Systems = (Vec<Box<dyn System>>, Vec<usize>);

/// The systems, one for each fold, and the fold of each item.
fn systems(evaluation: &Evaluation, corpus: &Corpus, items: &Items) -> Result<Systems, LabError> {
    let learner: &dyn Learner = match &evaluation.model {
        Model::Majority => &Majority,
        Model::Nearest => &Nearest,
        Model::Linear => &Linear::default(),
        Model::Pairwise => &Pairwise,
        fixed => return Ok((vec![fixed_system(evaluation, fixed)?], Vec::new())),
    };
    if let Some((k, by)) = &evaluation.folds {
        let fold_of = folds(&items.items, *k, by)?;
        let fit = |fold: usize| {
            let others = items.items.iter().zip(&fold_of).filter(|(_, own)| **own != fold);
            learner.fit(&others.map(|(item, _)| item).collect::<Vec<_>>())
        };
        let systems = (0..*k).map(fit).collect::<Result<Vec<_>, _>>()?;
        return Ok((systems, fold_of));
    }
    if matches!(evaluation.part.split, None | Some(Split::Train)) {
        let why = "they are to come from another part than is asked; give a split or folds".to_owned();
        let model = match &evaluation.model {
            Model::Majority => "majority",
            Model::Nearest => "nearest",
            Model::Pairwise => "pairwise",
            _ => "linear",
        };
        return Err(LabError::NothingToLearn { model, why });
    }
    let part = Part {
        split: Some(Split::Train),
        split_by: evaluation.part.split_by.clone(),
    };
    let training = read_items(corpus, &evaluation.task, &part)?;
    let training: Vec<&Item> = training.items.iter().collect();
    Ok((vec![learner.fit(&training)?], Vec::new()))
}

fn fixed_system(evaluation: &Evaluation, model: &Model) -> Result<Box<dyn System>, LabError> {
    let deadline = evaluation.task.deadline();
    Ok(match model {
        Model::Command(command) => {
            let options = PluginOptions {
                deadline,
                ..PluginOptions::default()
            };
            Box::new(Plugin::start(command, options)?)
        }
        Model::Endpoint(address) => {
            let options = EndpointOptions {
                deadline,
                allows_egress: evaluation.allows_egress,
                key: evaluation.key.clone(),
                ..EndpointOptions::default()
            };
            Box::new(Endpoint::new(
                address,
                &evaluation.out.join("requests.jsonl"),
                options,
            )?)
        }
        Model::Weights(path) => Box::new(Trained::open(path)?),
        Model::Pretrained => Box::new(Trained::of("pretrained".as_ref(), marey_model::PRETRAINED)?),
        _ => Box::new(Rules),
    })
}
