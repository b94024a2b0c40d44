//! What was planted: `truth.jsonl` and `schema.jsonl`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::LabError;

/// A planted fact.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct PlantedFact {
    table: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) grade: u8,
    pub(super) columns: BTreeSet<String>,
    /// Categories, dates or values that it is about, the most important first.
    #[serde(default)]
    pub(super) focus: Option<Vec<Value>>,
    #[serde(default)]
    pub(super) direction: Option<String>,
    /// Date of a change.
    #[serde(default)]
    pub(super) at: Option<Value>,
    #[serde(default)]
    pub(super) period_days: Option<f64>,
    #[serde(default)]
    pub(super) subspace: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    pub(super) row: Option<Value>,
    #[serde(default)]
    pub(super) row_value: Option<Value>,
    /// `week` where its dates are those of weeks.
    #[serde(default)]
    pub(super) bucket: Option<String>,
}

/// Kinds of claims that tell a planted fact as well as its own kind does.
const EQUIVALENT: [(&str, &[&str]); 10] = [
    ("outstanding_first", &["group_difference", "dominance"]),
    ("outstanding_last", &["group_difference"]),
    ("group_difference", &["outstanding_first", "outstanding_last"]),
    ("dominance", &["outstanding_first", "group_difference"]),
    ("change_point", &["trend"]),
    ("trend", &["change_point"]),
    ("subspace_trend", &["trend"]),
    ("clusters", &["multimodal"]),
    ("comovement", &["correlation"]),
    ("composition_shift", &["association"]),
];

impl PlantedFact {
    /// Whether a claim of a kind tells it.
    pub(super) fn is_told_by(&self, kind: &str) -> bool {
        let others = EQUIVALENT.iter().find(|(own, _)| *own == self.kind);
        kind == self.kind || others.is_some_and(|(_, kinds)| kinds.contains(&kind))
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Schema {
    table: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    id: Option<String>,
    /// Sets of columns that depend on each other.
    groups: Vec<BTreeSet<String>>,
    /// Columns of which something holds by themselves.
    #[serde(default)]
    marginal: Vec<Marginal>,
    /// Whether nothing was planted.
    null: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct Marginal {
    column: String,
}

/// A table, and what is true of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlantedTable {
    pub(super) name: String,
    pub(super) date: Option<String>,
    /// The column that only numbers rows.
    pub(super) id: Option<String>,
    pub(super) groups: Vec<BTreeSet<String>>,
    pub(super) marginal: BTreeSet<String>,
    pub(super) noise: bool,
    pub(super) facts: Vec<PlantedFact>,
}

impl PlantedTable {
    /// What the table is: the second part of the name of a table of noise, `mixed` with several facts, else `single`.
    pub(super) fn kind(&self) -> String {
        let part = || self.name.split('_').nth(1).unwrap_or("plain").to_owned();
        match (self.noise, self.facts.len()) {
            (true, _) => format!("noise {}", part()),
            (false, 0 | 1) => "single".to_owned(),
            (false, _) => "mixed".to_owned(),
        }
    }
}

/// The tables of a corpus, in order of name.
pub(super) fn read(corpus: &Path) -> Result<Vec<PlantedTable>, LabError> {
    let mut facts: BTreeMap<String, Vec<PlantedFact>> = BTreeMap::new();
    for fact in lines::<PlantedFact>(&corpus.join("truth.jsonl"))? {
        facts.entry(fact.table.clone()).or_default().push(fact);
    }
    let mut tables: Vec<PlantedTable> = lines::<Schema>(&corpus.join("schema.jsonl"))?
        .into_iter()
        .map(|schema| PlantedTable {
            facts: facts.remove(&schema.table).unwrap_or_default(),
            name: schema.table,
            date: schema.date,
            id: schema.id,
            groups: schema.groups,
            marginal: schema.marginal.into_iter().map(|fact| fact.column).collect(),
            noise: schema.null,
        })
        .collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tables)
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, LabError> {
    let text = fs::read_to_string(path).map_err(|source| LabError::Read {
        path: path.to_owned(),
        source,
    })?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| LabError::Planted {
                path: path.to_owned(),
                line: number + 1,
                why: error.to_string(),
            })
        })
        .collect()
}
