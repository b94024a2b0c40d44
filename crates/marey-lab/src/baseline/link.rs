//! What a request points at: columns, cells and literals, in the order in which it names them.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use marey_core::{FieldName, PhysicalType};
use marey_features::{
    mention::{LiteralValue, MentionIndex, Mentions},
    request::Request,
};

use crate::AskedTable;

/// What kind of values a column holds, as far as charts are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Number,
    Time,
    Word,
}

impl Kind {
    fn of(physical: PhysicalType) -> Self {
        match physical {
            PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => Kind::Number,
            PhysicalType::Date | PhysicalType::Time | PhysicalType::Timestamp => Kind::Time,
            PhysicalType::Boolean | PhysicalType::Text | PhysicalType::Empty => Kind::Word,
        }
    }

    /// One letter for it.
    pub(super) fn letter(self) -> char {
        match self {
            Kind::Number => 'n',
            Kind::Time => 't',
            Kind::Word => 'w',
        }
    }
}

/// A table's names and cells, ready to be found in requests.
pub(super) struct TableLinks {
    pub(super) names: Vec<FieldName>,
    pub(super) kinds: Vec<Kind>,
    index: MentionIndex,
}

impl TableLinks {
    fn of(table: &AskedTable) -> Self {
        let columns = 0..table.table.columns();
        Self {
            names: table.columns(),
            kinds: columns
                .map(|index| Kind::of(table.table.physical_type(index)))
                .collect(),
            index: MentionIndex::new(&table.table, table.profile()),
        }
    }
}

/// The links of all tables that were asked about.
#[derive(Default)]
pub(super) struct Linker {
    tables: Mutex<BTreeMap<PathBuf, Arc<TableLinks>>>,
}

impl Linker {
    /// The links of a table; made when it is first asked about.
    pub(super) fn table(&self, table: &AskedTable) -> Arc<TableLinks> {
        let known = |tables: &BTreeMap<PathBuf, Arc<TableLinks>>| tables.get(&table.path).cloned();
        if let Some(links) = known(&self.tables.lock().unwrap_or_else(PoisonError::into_inner)) {
            return links;
        }
        let links = Arc::new(TableLinks::of(table));
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        tables.entry(table.path.clone()).or_insert(links).clone()
    }
}

/// A request with what it points at.
pub(super) struct Linked {
    pub(super) table: Arc<TableLinks>,
    /// Its words, those that point at something as `m0n` (a column that is a number), `v1` (a cell) or
    /// `l0` (a literal).
    pub(super) words: Vec<String>,
    /// Columns that are named, in order.
    pub(super) columns: Vec<usize>,
    /// Cells that are named, each with its column.
    pub(super) values: Vec<(usize, String)>,
    /// Numbers, dates and quotations.
    pub(super) literals: Vec<LiteralValue>,
}

impl Linked {
    /// Links a request to a table; where there is none, its words are the kinds of the columns.
    pub(super) fn new(request: Option<&str>, table: Arc<TableLinks>) -> Self {
        match request {
            Some(text) => Self::of_request(&Request::parse(text), table),
            None => Self::of_table(table),
        }
    }

    /// Without a request.
    pub(super) fn of_table(table: Arc<TableLinks>) -> Self {
        let count = |kind: Kind| table.kinds.iter().filter(|own| **own == kind).count().min(5);
        let mut words: Vec<String> = table
            .kinds
            .iter()
            .take(8)
            .map(|kind| kind.letter().to_string())
            .collect();
        let counts =
            [Kind::Number, Kind::Time, Kind::Word].map(|kind| format!("{}{}", count(kind), kind.letter()));
        words.push(counts.join(""));
        words.extend(counts);
        Self {
            table,
            words,
            columns: Vec::new(),
            values: Vec::new(),
            literals: Vec::new(),
        }
    }

    fn of_request(request: &Request, table: Arc<TableLinks>) -> Self {
        let found = table.index.find(request);
        let chosen = Chosen::of(&found, request.words.len());
        let mut columns: Vec<usize> = Vec::new();
        let mut values: Vec<(usize, String)> = Vec::new();
        let mut words = Vec::new();
        let mut at = 0;
        let literal_at = |at: usize| {
            found
                .literals
                .iter()
                .position(|literal| literal.words.start == at)
        };
        while at < request.words.len() {
            match chosen.taken[at] {
                Taken::Column(mention) => {
                    let mention = &found.columns[mention];
                    let place = position_or_push(&mut columns, mention.column);
                    words.push(format!("m{place}{}", table.kinds[mention.column].letter()));
                    at = mention.words.end;
                }
                Taken::Value(mention) => {
                    let mention = &found.values[mention];
                    let place = position_or_push(&mut values, (mention.column, mention.value.clone()));
                    words.push(format!("v{place}"));
                    at = mention.words.end;
                }
                Taken::Not => match literal_at(at) {
                    Some(place) => {
                        words.push(format!("l{place}"));
                        at = found.literals[place].words.end;
                    }
                    None => {
                        words.push(request.words[at].surface.to_lowercase());
                        at += 1;
                    }
                },
            }
        }
        let literals = found.literals.into_iter().map(|literal| literal.value).collect();
        Self {
            table,
            words,
            columns,
            values,
            literals,
        }
    }
}

fn position_or_push<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    match list.iter().position(|own| *own == item) {
        Some(place) => place,
        None => {
            list.push(item);
            list.len() - 1
        }
    }
}

/// What a word is taken by.
#[derive(Clone, Copy)]
enum Taken {
    Not,
    Column(usize),
    Value(usize),
}

/// Mentions that do not overlap, the strongest first.
struct Chosen {
    taken: Vec<Taken>,
}

impl Chosen {
    fn of(found: &Mentions, words: usize) -> Self {
        let columns = found
            .columns
            .iter()
            .enumerate()
            .map(|(place, mention)| (mention.score, mention.words.clone(), Taken::Column(place)));
        let values = found
            .values
            .iter()
            .enumerate()
            .map(|(place, mention)| (mention.score, mention.words.clone(), Taken::Value(place)));
        let mut all: Vec<_> = columns.chain(values).collect();
        // Stable: columns stay before values, and each in the order in which they were found.
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.len().cmp(&a.1.len())));
        let mut taken = vec![Taken::Not; words];
        for (_, range, mention) in all {
            let Some(span) = taken.get_mut(range) else {
                continue;
            };
            if span.iter().all(|word| matches!(word, Taken::Not)) {
                span.fill(mention);
            }
        }
        Self { taken }
    }
}
