//! [`Leaderboard`]: several systems on the same items, with how sure their order is.

mod chart;
mod html;
mod markdown;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use marey_metrics::statistics::{
    Bootstrap, Comparison, PairedGroup, RankInterval, Tally, compare_paired, holm, rank_intervals,
};
use serde::Serialize;

use crate::{LabError, Results, record::read_records};

/// One system on a board.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its results.
    pub results: Results,
    /// Its rank with its interval.
    pub rank: RankInterval,
    /// Its difference to the first of the board on the same items; none for the first.
    pub behind_first: Option<Comparison>,
    /// The p-value of that difference, corrected for the number of comparisons.
    pub p_corrected: Option<f64>,
    /// Whether no other system is both better and faster.
    pub is_on_front: bool,
}

/// Systems on the same task, corpus and part, best first.
#[derive(Debug, Clone, Serialize)]
pub struct Leaderboard {
    /// The task.
    pub task: String,
    /// The corpus.
    pub corpus: String,
    /// Its part.
    pub split: String,
    /// The figure that decides.
    pub headline: String,
    /// The systems.
    pub entries: Vec<Entry>,
}

/// Results with the score of each item.
struct Scored {
    results: Results,
    /// Group and score by item.
    items: BTreeMap<String, (String, f64)>,
}

impl Leaderboard {
    /// The boards of results in folders: one for each task, corpus and part.
    ///
    /// # Errors
    ///
    /// When a folder does not hold what [`Results::write`] wrote for a task with a headline.
    pub fn of(folders: &[PathBuf]) -> Result<Vec<Self>, LabError> {
        let mut boards: BTreeMap<(String, String, String, String), Vec<Scored>> = BTreeMap::new();
        for folder in folders {
            let results = Results::read(folder)?;
            let headline = results.headline.clone().ok_or_else(|| LabError::Results {
                path: folder.clone(),
                why: "no headline is named".into(),
            })?;
            let items = scores(folder, &headline)?;
            let key = (
                results.task.clone(),
                results.corpus.clone(),
                results.split.clone(),
                headline,
            );
            boards.entry(key).or_default().push(Scored { results, items });
        }
        Ok(boards
            .into_iter()
            .map(|(key, scored)| board(key, scored))
            .collect())
    }

    /// Writes `leaderboard.json`, `leaderboard.md` and `leaderboard.html` of several boards into a folder.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be written.
    pub fn write(boards: &[Self], folder: &Path) -> Result<(), LabError> {
        let failed = |path: PathBuf| move |source| LabError::Write { path, source };
        fs::create_dir_all(folder).map_err(failed(folder.to_owned()))?;
        let path = folder.join("leaderboard.json");
        let json = serde_json::to_vec_pretty(boards).map_err(|error| failed(path.clone())(error.into()))?;
        fs::write(&path, json).map_err(failed(path))?;
        let texts = [
            ("leaderboard.md", markdown::boards(boards)),
            ("leaderboard.html", html::page(boards)),
        ];
        for (name, text) in texts {
            let path = folder.join(name);
            fs::write(&path, text).map_err(failed(path))?;
        }
        Ok(())
    }
}

fn scores(folder: &Path, headline: &str) -> Result<BTreeMap<String, (String, f64)>, LabError> {
    let mut items = BTreeMap::new();
    for record in read_records(folder)? {
        // What a system was never scored by counts as wrong.
        let score = record.scores.get(headline).copied().unwrap_or(0.0);
        items.insert(record.id, (record.group, score));
    }
    Ok(items)
}

fn board(
    (task, corpus, split, headline): (String, String, String, String),
    mut scored: Vec<Scored>,
) -> Leaderboard {
    let value = |scored: &Scored| {
        scored
            .results
            .metrics
            .get(&headline)
            .map_or(0.0, |metric| metric.value)
    };
    scored.sort_by(|a, b| {
        value(b)
            .total_cmp(&value(a))
            .then(a.results.system.name.cmp(&b.results.system.name))
    });
    let bootstrap = Bootstrap::default();
    let ranks = ranks(&scored, &bootstrap);
    let comparisons: Vec<Option<Comparison>> = scored
        .iter()
        .enumerate()
        .map(|(place, own)| {
            if place == 0 {
                None
            } else {
                compare(&scored[0], own, &bootstrap)
            }
        })
        .collect();
    let p_values: Vec<f64> = comparisons
        .iter()
        .flatten()
        .map(|comparison| comparison.p)
        .collect();
    let mut corrected = holm(&p_values).into_iter();
    let fronts: Vec<bool> = scored
        .iter()
        .map(|own| is_on_front(own, &scored, &headline))
        .collect();
    let entries = scored
        .into_iter()
        .zip(ranks)
        .zip(comparisons.into_iter().zip(fronts))
        .map(|((scored, rank), (behind_first, is_on_front))| Entry {
            results: scored.results,
            rank,
            p_corrected: behind_first.as_ref().and_then(|_| corrected.next()),
            behind_first,
            is_on_front,
        })
        .collect();
    Leaderboard {
        task,
        corpus,
        split,
        headline,
        entries,
    }
}

/// Ranks over the items that all systems were asked.
fn ranks(scored: &[Scored], bootstrap: &Bootstrap) -> Vec<RankInterval> {
    let first = scored.first().map(|first| &first.items).into_iter().flatten();
    let shared: Vec<&String> = first
        .map(|(id, _)| id)
        .filter(|id| scored.iter().all(|own| own.items.contains_key(*id)))
        .collect();
    let tallies = |own: &Scored| -> Vec<Tally> {
        let mut groups: BTreeMap<&str, Tally> = BTreeMap::new();
        for (group, score) in shared.iter().filter_map(|id| own.items.get(*id)) {
            let tally = groups.entry(group).or_default();
            (tally.sum, tally.n) = (tally.sum + score, tally.n + 1.0);
        }
        groups.into_values().collect()
    };
    let systems: Vec<Vec<Tally>> = scored.iter().map(tallies).collect();
    let unknown = |place| RankInterval {
        rank: place + 1,
        low: 1,
        high: scored.len(),
    };
    rank_intervals(&systems, bootstrap).unwrap_or_else(|| (0..scored.len()).map(unknown).collect())
}

fn compare(first: &Scored, own: &Scored, bootstrap: &Bootstrap) -> Option<Comparison> {
    let mut groups: BTreeMap<&str, PairedGroup> = BTreeMap::new();
    for (id, (group, best)) in &first.items {
        if let Some((_, score)) = own.items.get(id) {
            groups.entry(group).or_default().scores.push((*score, *best));
        }
    }
    compare_paired(&groups.into_values().collect::<Vec<_>>(), bootstrap)
}

fn is_on_front(own: &Scored, all: &[Scored], headline: &str) -> bool {
    let of = |scored: &Scored| {
        let value = scored
            .results
            .metrics
            .get(headline)
            .map_or(0.0, |metric| metric.value);
        (value, scored.results.cost.ms_p50)
    };
    let (value, ms) = of(own);
    !all.iter()
        .map(of)
        .any(|(other, time)| (other > value && time <= ms) || (other >= value && time < ms))
}
