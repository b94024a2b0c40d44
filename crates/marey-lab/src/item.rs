//! [`Item`]: one question with what is right, from the examples of a corpus.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use marey_core::{ChartSpec, spec::CanonicalOptions};
use marey_corpus::{
    Split,
    folder::{Corpus, Example, TablePath},
};
use marey_metrics::{Executed, ExecutionOptions};

use crate::{AskedTable, Asks, LabError, Question, Task};

/// A right chart, with what comparing it needs once for all answers.
#[derive(Debug)]
pub struct Gold {
    /// The chart.
    pub spec: ChartSpec,
    executed: OnceLock<Option<Executed>>,
}

impl Gold {
    /// A right chart.
    pub fn new(spec: ChartSpec) -> Self {
        Self {
            spec,
            executed: OnceLock::new(),
        }
    }

    /// What it draws; none where it cannot be run.
    pub fn executed(&self, table: &AskedTable, options: &ExecutionOptions) -> Option<&Executed> {
        self.executed
            .get_or_init(|| Executed::of(&self.spec, &table.table, options).ok())
            .as_ref()
    }
}

/// Two charts of one table, of which people did better with the first.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The better one.
    pub better: ChartSpec,
    /// The other.
    pub worse: ChartSpec,
}

/// What the reader of charts is after, as far as a corpus tells: tags `task:…` and `focus:…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// The task, in the words of the corpus (`summary`, `value`).
    pub task: String,
    /// The columns that it is about.
    pub focus: Vec<String>,
}

impl Purpose {
    /// What the tags of an example tell.
    fn of(example: &Example) -> Option<Self> {
        let focus = example.tags.iter().filter_map(|tag| tag.strip_prefix("focus:"));
        Some(Self {
            task: example.tag_value("task")?.to_owned(),
            focus: focus.map(str::to_owned).collect(),
        })
    }
}

/// One question with what is right.
#[derive(Debug, Clone)]
pub struct Item {
    /// Name, unique in the task.
    pub id: String,
    /// What belongs together: a database, a repository, a condition.
    pub group: String,
    /// The table asked about.
    pub table: Arc<AskedTable>,
    /// What is known of the table when charts are compared.
    pub canonical: Arc<CanonicalOptions>,
    /// What a person asked for.
    pub request: Option<String>,
    /// Every right chart.
    pub golds: Vec<Arc<Gold>>,
    /// The charts to choose between.
    pub pair: Option<Pair>,
    /// What the reader of the charts is after, where that is known.
    pub purpose: Option<Purpose>,
    /// Values of the tags by which figures are given apart.
    pub divisions: BTreeMap<String, String>,
}

impl Item {
    /// The question about the item.
    pub fn question<'a>(&'a self, task: &'a Task) -> Question<'a> {
        Question {
            id: &self.id,
            task: &task.name,
            table: &self.table,
            request: self.request.as_deref(),
            purpose: self.purpose.as_ref(),
            k: task.k,
        }
    }
}

/// The items of a task, and what was left out of it.
#[derive(Debug, Default)]
pub struct Items {
    /// The items, in the order of the corpus.
    pub items: Vec<Item>,
    /// Number of examples that were left out, by reason.
    pub left_out: BTreeMap<String, usize>,
}

/// Which part of a corpus is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The part; the whole where absent.
    pub split: Option<Split>,
    /// The split that it is a part of: `split`, or one of the corpus's own (`unseen_db`).
    pub split_by: String,
}

impl Default for Part {
    fn default() -> Self {
        Self {
            split: None,
            split_by: "split".into(),
        }
    }
}

impl Part {
    /// Its name in results.
    pub fn name(&self) -> String {
        let split = self.split.map_or("all", Split::as_str);
        if self.split_by == "split" {
            split.to_owned()
        } else {
            format!("{split} by {}", self.split_by)
        }
    }
}

/// Reads the items of a task from a part of a corpus.
///
/// # Errors
///
/// When the corpus or one of its tables cannot be read, or nothing is left.
pub fn read_items(corpus: &Corpus, task: &Task, part: &Part) -> Result<Items, LabError> {
    let mut reader = Reader {
        corpus,
        task,
        tables: BTreeMap::new(),
        items: Items::default(),
    };
    for example in corpus.examples().map_err(LabError::from)? {
        reader.example(&example?, part)?;
    }
    if task.asks == Asks::Table {
        merge_tables(&mut reader.items.items);
    }
    if reader.items.items.is_empty() {
        return Err(LabError::NothingToScore { split: part.name() });
    }
    Ok(reader.items)
}

struct Reader<'a> {
    corpus: &'a Corpus,
    task: &'a Task,
    tables: BTreeMap<TablePath, (Arc<AskedTable>, Arc<CanonicalOptions>)>,
    items: Items,
}

impl Reader<'_> {
    fn example(&mut self, example: &Example, part: &Part) -> Result<(), LabError> {
        if part.split.is_some() && example.part(&part.split_by) != part.split {
            return Ok(());
        }
        if is_kept_back(example, part) {
            self.leave_out("kept back for the test".into());
            return Ok(());
        }
        if let Some(tag) = self.task.exclude.iter().find(|tag| example.has_tag(tag)) {
            self.leave_out(format!("tagged {tag}"));
            return Ok(());
        }
        if let Some(why) = self.unfit(example) {
            self.leave_out(why.to_owned());
            return Ok(());
        }
        let Some(path) = example.tables.first() else {
            return Ok(());
        };
        let (table, canonical) = self.table(path)?;
        let golds: Vec<Arc<Gold>> = example
            .charts
            .iter()
            .map(|chart| Arc::new(Gold::new(chart.clone())))
            .collect();
        let item = |id: String, request: Option<String>| Item {
            id,
            group: example.group.clone(),
            table: table.clone(),
            canonical: canonical.clone(),
            request,
            golds: golds.clone(),
            pair: example.preference.as_ref().map(|preference| Pair {
                better: preference.better.clone(),
                worse: preference.worse.clone(),
            }),
            purpose: Purpose::of(example),
            divisions: self.divisions(example),
        };
        if self.task.asks == Asks::Request {
            let asked = example.requests.iter().enumerate();
            let items = asked.map(|(n, request)| item(format!("{}#{n}", example.id), Some(request.clone())));
            self.items.items.extend(items.collect::<Vec<_>>());
        } else {
            let item = item(example.id.clone(), None);
            self.items.items.push(item);
        }
        Ok(())
    }

    /// Why an example holds nothing for the task.
    fn unfit(&self, example: &Example) -> Option<&'static str> {
        match self.task.asks {
            _ if example.tables.is_empty() => Some("no table"),
            Asks::Request if example.requests.is_empty() => Some("no request"),
            Asks::Pair if example.preference.is_none() => Some("no pair of charts"),
            Asks::Request | Asks::Table if example.charts.is_empty() => Some("no chart"),
            Asks::Request if example.tables.len() > 1 => Some("several tables"),
            _ => None,
        }
    }

    fn leave_out(&mut self, why: String) {
        *self.items.left_out.entry(why).or_default() += 1;
    }

    fn table(&mut self, path: &TablePath) -> Result<(Arc<AskedTable>, Arc<CanonicalOptions>), LabError> {
        if let Some(known) = self.tables.get(path) {
            return Ok(known.clone());
        }
        let table = self.corpus.table(path)?.value;
        let asked = AskedTable::new(self.corpus.folder().join(path.as_str()), table);
        let canonical = Arc::new(asked.canonical_options(self.task.fold_case));
        let known = (Arc::new(asked), canonical);
        self.tables.insert(path.clone(), known.clone());
        Ok(known)
    }

    fn divisions(&self, example: &Example) -> BTreeMap<String, String> {
        let mark = || Some(example.charts.first()?.view.mark()?.to_string());
        let value = |name: &String| match name.as_str() {
            "group" => Some(example.group.clone()),
            "chart" => example.tag_value("chart").map(str::to_owned).or_else(mark),
            tag => example.tag_value(tag).map(str::to_owned),
        };
        let named = self
            .task
            .divisions
            .iter()
            .filter_map(|name| Some((name.clone(), value(name)?)));
        named.collect()
    }
}

/// Whether the main split keeps an example for its test although another split would have it learnt from or
/// tuned on.
fn is_kept_back(example: &Example, part: &Part) -> bool {
    example.split == Split::Test && part.split.is_some_and(|split| split != Split::Test)
}

/// Examples of one table in one group become one item with all their charts.
fn merge_tables(items: &mut Vec<Item>) {
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut merged: Vec<Item> = Vec::new();
    for item in items.drain(..) {
        let key = (item.group.clone(), item.table.path.display().to_string());
        match places.get(&key) {
            Some(&place) => merged[place].golds.extend(item.golds),
            None => {
                places.insert(key, merged.len());
                merged.push(item);
            }
        }
    }
    for item in &mut merged {
        let mut seen = BTreeSet::new();
        let canonical = item.canonical.clone();
        item.golds.retain(|gold| {
            seen.insert(
                marey_metrics::canonical(&gold.spec, &canonical)
                    .to_json()
                    .to_string(),
            )
        });
        if item.golds.len() > 1 {
            item.divisions.remove("chart");
        }
    }
    *items = merged;
}
