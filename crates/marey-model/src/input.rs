//! [`Input`]: a request about a table as numbers, and batches of them.

use std::sync::Arc;

use marey_features::vector::{VECTOR_WIDTH, WordVector};

use crate::ops::{Bags, Pairing};

/// Width of what is told of every item beside its words: its kind, a word's flags, a column's and
/// the table's features, and where in the request it stands.
pub(crate) const DENSE: usize = PLACES_FROM + crate::reading::PLACES;
/// Where in what is told of an item begins where it stands in the request.
pub(crate) const PLACES_FROM: usize =
    KINDS + crate::reading::FLAGS + crate::reading::COLUMN + crate::reading::TABLE;
/// Kinds of items: words, no request, columns, cells.
pub(crate) const KINDS: usize = 4;
/// Relations between items, with one more for a request that is none.
pub(crate) const RELATIONS: usize = crate::reading::RELATIONS + 1;
/// Kinds of what the decoder looks at.
pub(crate) const SOURCES: usize = KINDS;

/// What an item of the sequence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Word,
    NoRequest,
    Column,
    Cell,
}

/// A word, column or cell of the sequence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    /// Rows of the table of pieces of words.
    pub(crate) pieces: Vec<u32>,
    /// What else is told: `[DENSE]`.
    pub(crate) dense: Vec<f32>,
    /// What its words mean.
    pub(crate) vector: WordVector,
}

/// A request about a table as numbers: words (or one item that says that there are none), columns
/// and cells as one sequence, and how each is related to each.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    pub(crate) items: Vec<Item>,
    /// Relations, `[items, items]`.
    pub(crate) relations: Vec<u8>,
    /// Number of words, of columns and of cells in scope.
    pub(crate) words: usize,
    pub(crate) columns: usize,
    pub(crate) cells: usize,
}

impl Input {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item, which no input of a table is.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Where the columns begin.
    pub(crate) fn first_column(&self) -> usize {
        self.items.len() - self.columns - self.cells
    }

    /// Where the cells begin.
    pub(crate) fn first_cell(&self) -> usize {
        self.items.len() - self.cells
    }
}

/// Several inputs as one, padded to the longest; what is padded is never looked at.
#[derive(Debug, Clone)]
pub(crate) struct InputBatch {
    /// Number of inputs.
    pub(crate) size: usize,
    /// Items of the longest.
    pub(crate) longest: usize,
    /// Pieces of the words of all items, one input after the other.
    pub(crate) bags: Arc<Bags>,
    /// What else is told of all items: `[total, DENSE]`.
    pub(crate) dense: Vec<f32>,
    /// What the words of all items mean: `[total, VECTOR_WIDTH]`.
    pub(crate) vectors: Vec<f32>,
    /// Number of items of all inputs.
    pub(crate) total: usize,
    /// For each place of the padded sequences the item that stands there; one beyond the last
    /// stands for padding.
    pub(crate) places: Vec<u32>,
    /// Who sees whom.
    pub(crate) pairing: Arc<Pairing>,
    /// Kinds of the items, padded with words.
    pub(crate) kinds: Vec<u8>,
}

impl InputBatch {
    pub(crate) fn new(inputs: &[&Input]) -> Self {
        Self::with_spellings(inputs, |_| true)
    }

    /// A batch in which only those items show their pieces of which `shows` says so, asked for every
    /// item in order; the others are known by their features, vectors and relations alone.
    pub(crate) fn with_spellings(inputs: &[&Input], mut shows: impl FnMut(&Item) -> bool) -> Self {
        let longest = inputs.iter().map(|input| input.len()).max().unwrap_or(0);
        let total: usize = inputs.iter().map(|input| input.len()).sum();
        let mut bags = Bags::default();
        let mut dense = Vec::with_capacity(total * DENSE);
        let mut vectors = Vec::with_capacity(total * VECTOR_WIDTH);
        let mut places = vec![total as u32; inputs.len() * longest];
        let mut kinds = vec![0; inputs.len() * longest];
        let mut relations = vec![0; inputs.len() * longest * longest];
        let mut before = 0;
        for (at, input) in inputs.iter().enumerate() {
            for (place, item) in input.items.iter().enumerate() {
                let pieces: &[u32] = if shows(item) { &item.pieces } else { &[] };
                bags.push(pieces.iter().copied());
                dense.extend(&item.dense);
                vectors.extend(&item.vector);
                places[at * longest + place] = (before + place) as u32;
                kinds[at * longest + place] = item.kind as u8;
            }
            before += input.len();
            for (row, from) in input.relations.chunks_exact(input.len().max(1)).enumerate() {
                relations[(at * longest + row) * longest..][..from.len()].copy_from_slice(from);
            }
        }
        let pairing = Pairing {
            relations,
            keys: inputs.iter().map(|input| input.len()).collect(),
            causal: false,
        };
        Self {
            size: inputs.len(),
            longest,
            bags: Arc::new(bags),
            dense,
            vectors,
            total,
            places,
            pairing: Arc::new(pairing),
            kinds,
        }
    }
}
