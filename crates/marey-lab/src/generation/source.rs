//! Tables that are asked about, with what their corpora know of them.

use std::collections::{BTreeMap, BTreeSet};

use marey_core::ChartSpec;
use marey_corpus::{
    Split,
    folder::{Corpus, Example, FolderError, TablePath},
    manifest::FileObject,
};

/// A table of a source.
#[derive(Debug)]
pub(super) struct Source {
    /// Place of its corpus among the sources.
    pub(super) corpus: usize,
    pub(super) path: TablePath,
    /// Its path in the new corpus.
    pub(super) name: TablePath,
    pub(super) group: String,
    pub(super) split: Split,
    pub(super) licences: Vec<String>,
    /// Charts of it in the training part of every split.
    pub(super) charts: Vec<ChartSpec>,
}

/// The tables that charts of a corpus draw, each once, in the order of its examples.
///
/// A table that a join made for one query is no table that people would ask about.
pub(super) fn tables_of(corpus: &Corpus, at: usize, several: bool) -> Result<Vec<Source>, FolderError> {
    let mut sources: Vec<Source> = Vec::new();
    let mut places: BTreeMap<TablePath, usize> = BTreeMap::new();
    let mut parts = Parts::default();
    for example in corpus.examples()? {
        let example = example?;
        parts.see(&example);
        let Some(path) = example.tables.first().filter(|_| example.tables.len() == 1) else {
            continue;
        };
        if !places.contains_key(path) {
            places.insert(path.clone(), sources.len());
            sources.push(Source {
                corpus: at,
                path: path.clone(),
                name: named(path, at, several)?,
                group: example.group.clone(),
                split: example.split,
                licences: licences_of(corpus, path),
                charts: Vec::new(),
            });
        }
        if is_learnt_from(&example)
            && let Some(place) = places.get(path)
        {
            sources[*place].charts.extend(example.charts);
        }
    }
    for source in &mut sources {
        source.split = parts.of(&source.group);
    }
    Ok(sources)
}

fn named(path: &TablePath, at: usize, several: bool) -> Result<TablePath, FolderError> {
    let inner = path.as_str().strip_prefix("tables/").unwrap_or(path.as_str());
    TablePath::new(match several {
        true => format!("tables/{at}/{inner}"),
        false => format!("tables/{inner}"),
    })
}

fn is_learnt_from(example: &Example) -> bool {
    let others = example.other_splits.values();
    others.chain([&example.split]).all(|part| *part == Split::Train)
}

/// The parts that groups are in, by split.
#[derive(Default)]
struct Parts {
    of_group: BTreeMap<String, BTreeMap<String, BTreeSet<Split>>>,
}

impl Parts {
    fn see(&mut self, example: &Example) {
        let own = self.of_group.entry(example.group.clone()).or_default();
        own.entry("split".to_owned()).or_default().insert(example.split);
        for (name, part) in &example.other_splits {
            own.entry(name.clone()).or_default().insert(*part);
        }
    }

    /// The part of a group: that of a split which does not cut it, the farthest from training where there
    /// are several; else kept for training, whose tables anybody may know.
    fn of(&self, group: &str) -> Split {
        let splits = self.of_group.get(group).into_iter().flat_map(BTreeMap::values);
        let whole = splits.filter(|parts| parts.len() == 1).flatten();
        whole.copied().max().unwrap_or(Split::Train)
    }
}

/// The licences of a file as its manifest claims them.
fn licences_of(corpus: &Corpus, path: &TablePath) -> Vec<String> {
    let named = |file: &&FileObject| file.content_url == path.as_str();
    let Some(file) = corpus.manifest().files.iter().find(named) else {
        return Vec::new();
    };
    let claim = file.rights.as_ref().and_then(|rights| rights.licence.as_ref());
    match claim {
        Some(claim) => vec![claim.expression.to_string()],
        None if !file.licences.is_empty() => file.licences.clone(),
        None => corpus.manifest().licences.clone(),
    }
}
