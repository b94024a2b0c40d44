//! A run: every item asked and scored, several at once, where it was stopped before from there.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Instant,
};

use rayon::prelude::*;
use serde_json::Value;

use crate::{
    Asks, Candidate, Failure, Item, ItemRecord, LabError, System, Task, judge,
    record::{RecordWriter, RunMark, resumed},
};

/// How a run is made.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Folder of the results.
    pub out: PathBuf,
    /// Items asked at once; 0 is as many as there are processors.
    pub jobs: usize,
    /// What tells the run from others; records of an earlier try with the same one are taken over.
    pub identity: Value,
}

/// What a run has found.
#[derive(Debug)]
pub struct Run {
    /// A record for each item, in their order.
    pub records: Vec<ItemRecord>,
    /// Number of records that an earlier try had left.
    pub resumed: usize,
    /// Time of the laboratory itself per item, beside answers and scores, in milliseconds.
    pub harness_ms: f64,
}

/// Name of the records of a run that is not finished.
const UNFINISHED: &str = "items.jsonl.part";

/// Asks every item and scores the answers. `system_of` holds, for each item, the position of the system that
/// is asked (folds have one each); the first where it holds none.
///
/// # Errors
///
/// When the folder of the results cannot be written.
///
/// # Panics
///
/// When there is no system at a position.
pub fn run(
    task: &Task,
    items: &[Item],
    systems: &[&dyn System],
    system_of: &[usize],
    options: &RunOptions,
) -> Result<Run, LabError> {
    fs::create_dir_all(&options.out).map_err(|source| LabError::Write {
        path: options.out.clone(),
        source,
    })?;
    let path = options.out.join(UNFINISHED);
    let mark = RunMark {
        run: options.identity.clone(),
    };
    let known = resumed(&path, &mark);
    let writer = Mutex::new(RecordWriter::begin(&path, &mark, &known)?);
    let resumed = known.len();
    let known: BTreeMap<String, ItemRecord> = known
        .into_iter()
        .map(|record| (record.id.clone(), record))
        .collect();
    let ask = |(place, item): (usize, &Item)| -> Result<(ItemRecord, f64), LabError> {
        if let Some(record) = known.get(&item.id) {
            return Ok((record.clone(), 0.0));
        }
        let begun = Instant::now();
        let system = systems[system_of.get(place).copied().unwrap_or(0)];
        let record = record(task, item, system);
        let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.line(&record).map_err(|source| LabError::Write {
            path: path.clone(),
            source,
        })?;
        drop(writer);
        let own = milliseconds(begun) - record.ms - record.scoring_ms;
        Ok((record, own.max(0.0)))
    };
    let all = || {
        items
            .par_iter()
            .enumerate()
            .map(ask)
            .collect::<Result<Vec<_>, _>>()
    };
    let asked = match rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build() {
        Ok(pool) => pool.install(all)?,
        Err(_) => all()?,
    };
    let asked_now = asked.len() - resumed.min(asked.len());
    let own: f64 = asked.iter().map(|(_, own)| own).sum();
    Ok(Run {
        records: asked.into_iter().map(|(record, _)| record).collect(),
        resumed,
        harness_ms: own / asked_now.max(1) as f64,
    })
}

/// Takes the unfinished records of a run away once its results are written.
pub(crate) fn finish(out: &Path) {
    // Where this fails, the next run takes them over and finds all done.
    let _ = fs::remove_file(out.join(UNFINISHED));
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn record(task: &Task, item: &Item, system: &dyn System) -> ItemRecord {
    match (&item.pair, task.asks) {
        (Some(_), Asks::Pair) => choice(task, item, system),
        _ => proposal(task, item, system),
    }
}

fn proposal(task: &Task, item: &Item, system: &dyn System) -> ItemRecord {
    let begun = Instant::now();
    let answer = system.answer(&item.question(task));
    let ms = milliseconds(begun);
    let answer = answer.and_then(|candidates| {
        let nothing = || Failure::Malformed("no chart".into());
        if candidates.is_empty() {
            Err(nothing())
        } else {
            Ok(candidates)
        }
    });
    let begun = Instant::now();
    let (mut candidates, failure) = parted(answer);
    candidates.truncate(task.k);
    let scores = judge::judge(item, task, &candidates);
    ItemRecord {
        gold: item.golds.iter().map(|gold| gold.spec.to_json()).collect(),
        candidates,
        scores,
        failure,
        ms,
        scoring_ms: milliseconds(begun),
        ..blank(item)
    }
}

fn choice(task: &Task, item: &Item, system: &dyn System) -> ItemRecord {
    let Some(pair) = &item.pair else {
        return blank(item);
    };
    // The better chart must not always be the first: where it stands is decided by the name of the item.
    let better_first = fnv(&item.id) & 1 == 0;
    let charts = if better_first {
        [pair.better.clone(), pair.worse.clone()]
    } else {
        [pair.worse.clone(), pair.better.clone()]
    };
    let begun = Instant::now();
    let answer = system.judge(&item.question(task), &charts);
    let ms = milliseconds(begun);
    let gold = vec![pair.better.to_json(), pair.worse.to_json()];
    let scored = |spec: &Value, score: f64| Candidate {
        spec: spec.clone(),
        score: Some(score),
    };
    let (candidates, scores, failure) = match answer.as_deref() {
        Ok([first, second]) => {
            let (better, worse) = if better_first {
                (*first, *second)
            } else {
                (*second, *first)
            };
            let candidates = vec![scored(&gold[0], better), scored(&gold[1], worse)];
            (candidates, judge::judge_pair(better, worse), None)
        }
        Ok(scores) => {
            let why = Failure::Malformed(format!("{} scores for two charts", scores.len()));
            (Vec::new(), judge::judge_no_pair(), Some(why.to_string()))
        }
        Err(failure) => (Vec::new(), judge::judge_no_pair(), Some(failure.to_string())),
    };
    ItemRecord {
        gold,
        candidates,
        scores,
        failure,
        ms,
        ..blank(item)
    }
}

fn parted(answer: Result<Vec<Candidate>, Failure>) -> (Vec<Candidate>, Option<String>) {
    match answer {
        Ok(candidates) => (candidates, None),
        Err(failure) => (Vec::new(), Some(failure.to_string())),
    }
}

fn blank(item: &Item) -> ItemRecord {
    ItemRecord {
        id: item.id.clone(),
        group: item.group.clone(),
        divisions: item.divisions.clone(),
        gold: Vec::new(),
        candidates: Vec::new(),
        scores: BTreeMap::new(),
        failure: None,
        ms: 0.0,
        scoring_ms: 0.0,
    }
}

/// [`fnv_bytes`] of a text.
pub(crate) fn fnv(text: &str) -> u64 {
    fnv_bytes(text.as_bytes())
}

/// FNV-1a, 64 bits.
pub(crate) fn fnv_bytes(bytes: &[u8]) -> u64 {
    let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    // Its low bits are well mixed only after a fold.
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, hash);
    hash ^ (hash >> 32)
}
