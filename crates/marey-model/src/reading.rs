//! [`TableReading`]: what a model reads of a table once, and of a request each time.

use std::sync::Arc;

use marey_core::{PhysicalType, spec::Literal};
use marey_features::{
    TRIGRAM_BUCKETS, WordForms,
    action::{CellValue, Scope, ScopeColumn},
    column::{ColumnFeatures, column_features},
    mention::{MentionIndex, Mentions},
    profile::TableProfile,
    relation::{Relation, RelationMatrix},
    request::{Request, WordFlags, vocabulary},
    vector::{WordVector, word_vectors},
};
use marey_table::Table;

use crate::input::{DENSE, Input, Item, ItemKind, KINDS, PLACES_FROM};

/// Most columns that a network looks at; the most promising are taken.
pub const MAX_COLUMNS: usize = 64;

/// Flags of a word.
pub(crate) const FLAGS: usize = WordFlags::COUNT;
/// Features of a column.
pub(crate) const COLUMN: usize = ColumnFeatures::width();
/// Features of a table.
pub(crate) const TABLE: usize = ColumnFeatures::table_width();
/// What is told of where an item stands in the request: of a word its place from the front and from the
/// end; of a column the places of its first, strongest and last mention, its strength and their number; of
/// a cell its place.
pub(crate) const PLACES: usize = 8;
/// Mentions of a column that are weaker than this share of its strongest do not count.
const WEAK: f32 = 0.6;
/// Relations between items.
pub(crate) const RELATIONS: usize = Relation::COUNT;
/// Rows for word pieces of the vocabulary that come behind those of trigrams.
const TOKENS: usize = 8_192;
/// Rows of the table of pieces of words.
pub(crate) const PIECES: usize = TRIGRAM_BUCKETS + TOKENS;

/// What a model reads of a table once: its columns as numbers, and where names and cells are found.
#[derive(Debug, Clone)]
pub struct TableReading {
    columns: Vec<ScopeColumn>,
    features: ColumnFeatures,
    names: Vec<Vec<u32>>,
    vectors: Vec<WordVector>,
    index: MentionIndex,
}

/// A request about a table, read: what the network is given, and what its actions point to.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the network is given.
    pub input: Arc<Input>,
    /// What actions point to; its columns are those of the table at `columns`.
    pub scope: Scope,
    /// Positions in the table of the columns in scope.
    pub columns: Vec<usize>,
    /// The request; none where charts are wished without one.
    pub request: Option<Request>,
    /// What its words may mean.
    pub mentions: Mentions,
}

impl TableReading {
    /// Reads a table with its profile.
    pub fn new(table: &Table, profile: &TableProfile) -> Self {
        let index = MentionIndex::new(table, profile);
        let names = (0..profile.columns.len())
            .map(|at| index.name_words(at).iter().flat_map(pieces).collect())
            .collect();
        let vectors = (0..profile.columns.len())
            .map(|at| word_vectors().of_words(index.name_words(at)))
            .collect();
        Self {
            columns: profile.columns.iter().map(ScopeColumn::of).collect(),
            features: column_features(profile),
            names,
            vectors,
            index,
        }
    }

    /// Number of columns of the table.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Reads a request about the table; none where charts are wished without one.
    pub fn read(&self, request: Option<&str>) -> Reading {
        self.read_with(request, &[])
    }

    /// Reads a request, and looks at some columns of the table whatever else there is.
    pub fn read_with(&self, request: Option<&str>, must: &[usize]) -> Reading {
        let request = request
            .map(Request::parse)
            .filter(|request| !request.words.is_empty());
        let mentions = request
            .as_ref()
            .map(|request| self.index.find(request))
            .unwrap_or_default();
        let columns = self.chosen(&mentions, must);
        let mut mentions = mentions;
        mentions.values.retain(|value| columns.contains(&value.column));
        let scope = self.scope(request.as_ref(), &mentions, &columns);
        let input = self.input(request.as_ref(), &mentions, &columns);
        Reading {
            input: Arc::new(input),
            scope,
            columns,
            request,
            mentions,
        }
    }

    fn chosen(&self, mentions: &Mentions, must: &[usize]) -> Vec<usize> {
        let mut columns = mentions.promising_columns(self.columns.len(), MAX_COLUMNS);
        for column in must {
            if *column < self.columns.len() && !columns.contains(column) {
                if columns.len() >= MAX_COLUMNS {
                    columns.pop();
                }
                columns.push(*column);
            }
        }
        columns.sort_unstable();
        columns
    }

    fn scope(&self, request: Option<&Request>, mentions: &Mentions, columns: &[usize]) -> Scope {
        let place = |column: usize| columns.iter().position(|own| *own == column);
        let values = mentions.values.iter().filter_map(|mention| {
            Some(CellValue {
                column: place(mention.column)?,
                literal: Literal::Text(mention.value.clone()),
            })
        });
        let (text, words) = match request {
            Some(request) => (
                request.text.as_str(),
                request.words.iter().map(|word| word.span.clone()).collect(),
            ),
            None => ("", Vec::new()),
        };
        let own = columns.iter().map(|at| self.columns[*at].clone()).collect();
        Scope::new(own, text, words, values.collect())
    }

    fn input(&self, request: Option<&Request>, mentions: &Mentions, columns: &[usize]) -> Input {
        let mut items = Vec::new();
        for word in request.iter().flat_map(|request| &request.words) {
            let told = word.flags.vector();
            items.push(item(ItemKind::Word, std::slice::from_ref(&word.forms), &told));
        }
        let words = items.len();
        for (at, item) in items.iter_mut().enumerate() {
            item.dense[PLACES_FROM] = place(at);
            item.dense[PLACES_FROM + 1] = place(words - 1 - at);
        }
        if words == 0 {
            items.push(item(ItemKind::NoRequest, &[], &[]));
        }
        for at in columns {
            let mut dense = self.features.column(*at).unwrap_or_default().to_vec();
            dense.extend(&self.features.table);
            items.push(Item {
                kind: ItemKind::Column,
                pieces: self.names[*at].clone(),
                dense: told(ItemKind::Column, &dense, FLAGS),
                vector: self.vectors[*at],
            });
            if let (Some(places), Some(item)) = (places(mentions, *at), items.last_mut()) {
                item.dense[PLACES_FROM + 2..][..places.len()].copy_from_slice(&places);
            }
        }
        for value in &mentions.values {
            let words = marey_features::name_words(&value.value);
            let physical = self.columns[value.column].physical;
            debug_assert_ne!(physical, PhysicalType::Empty);
            let mut cell = item(ItemKind::Cell, &words, &[]);
            cell.dense[PLACES_FROM + 7] = place(value.words.start);
            items.push(cell);
        }
        Input {
            relations: self.relations(words, mentions, columns),
            items,
            words,
            columns: columns.len(),
            cells: mentions.values.len(),
        }
    }

    /// Without a request one item stands in front, related to all alike.
    fn relations(&self, words: usize, mentions: &Mentions, columns: &[usize]) -> Vec<u8> {
        let matrix = RelationMatrix::new(words, mentions, self.index.relations(), columns);
        if words > 0 {
            return matrix.relations;
        }
        let n = matrix.len() + 1;
        let mut relations = vec![RELATIONS as u8; n * n];
        for (row, from) in matrix.relations.chunks_exact(matrix.len().max(1)).enumerate() {
            relations[(row + 1) * n + 1..][..from.len()].copy_from_slice(from);
        }
        relations
    }
}

/// A place in the request as a number.
fn place(at: usize) -> f32 {
    at as f32 / 16.0
}

/// Where a request mentions a column, and how strongly; none where it does not.
fn places(mentions: &Mentions, column: usize) -> Option<[f32; 5]> {
    let own = || mentions.columns.iter().filter(|mention| mention.column == column);
    // Strongest first.
    let best = own().next()?;
    let strong = || own().filter(|mention| mention.score >= WEAK * best.score);
    let starts = || strong().map(|mention| mention.words.start);
    Some([
        place(starts().min()?),
        place(best.words.start),
        place(starts().max()?),
        best.score,
        strong().count().min(4) as f32 / 4.0,
    ])
}

/// An item of words, with their flags.
fn item(kind: ItemKind, words: &[WordForms], flags: &[f32]) -> Item {
    Item {
        kind,
        pieces: words.iter().flat_map(pieces).collect(),
        dense: told(kind, flags, 0),
        vector: word_vectors().of_words(words),
    }
}

/// What is told of an item beside its words: its kind, and numbers from a place on.
fn told(kind: ItemKind, numbers: &[f32], from: usize) -> Vec<f32> {
    let mut dense = vec![0f32; DENSE];
    dense[kind as usize] = 1.0;
    dense[KINDS + from..][..numbers.len()].copy_from_slice(numbers);
    dense
}

/// Rows of the table of pieces: a word's trigrams and its tokens.
fn pieces(word: &WordForms) -> impl Iterator<Item = u32> + '_ {
    debug_assert!(vocabulary().len() <= TOKENS);
    let trigrams = word.trigrams.iter().map(|trigram| u32::from(*trigram));
    let tokens = word
        .tokens
        .iter()
        .map(|token| TRIGRAM_BUCKETS as u32 + token % TOKENS as u32);
    trigrams.chain(tokens)
}
