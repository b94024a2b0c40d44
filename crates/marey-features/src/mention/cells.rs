//! [`Cells`]: cells of text columns, found by their words.

use arrow::array::{Array, AsArray};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use marey_core::PhysicalType;
use marey_table::Table;
use rayon::prelude::*;

use crate::request::{Request, WordFlags};

use super::{
    ValueMatch, ValueMention,
    postings::MAX_NUMBER,
    run::Run,
    text_index::{PartSlips, Spelling, TextIndex},
};

/// Longest cell that is indexed, in bytes.
const LONGEST: usize = 256;
/// Most letters of a cell that is indexed.
const MOST_LETTERS: usize = 64;
/// Most cells that one word or beginning may point to; what more cells have names none of them.
const MOST_SHARED: usize = 8;
/// Fewest letters of a beginning.
const SHORTEST_PREFIX: usize = 4;
/// Most words of a run that is taken for a misspelt cell.
const MOST_SLIPPED_WORDS: usize = 4;

#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    cells: Vec<Cell>,
    index: TextIndex,
    is_complete: bool,
}

#[derive(Debug, Clone)]
struct Cell {
    column: u32,
    rows: u64,
    text: Box<str>,
}

impl Cells {
    pub(super) fn new(table: &Table, max_cells: usize) -> Self {
        let text_columns: Vec<usize> = (0..table.columns())
            .filter(|column| table.physical_type(*column) == PhysicalType::Text)
            .collect();
        let share = max_cells.min(MAX_NUMBER) / text_columns.len().max(1);
        let gathered: Vec<(Vec<(Spelling, Cell)>, bool)> = text_columns
            .par_iter()
            .map(|column| gather(table, *column, share))
            .collect();
        let is_complete = gathered.iter().all(|(_, is_complete)| *is_complete);
        let (spellings, cells): (Vec<_>, Vec<_>) = gathered.into_iter().flat_map(|(cells, _)| cells).unzip();
        Self {
            cells,
            index: TextIndex::new(spellings, PartSlips::Passed),
            is_complete,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    pub(super) fn bytes(&self) -> usize {
        let texts: usize = self.cells.iter().map(|cell| cell.text.len() + 32).sum();
        texts + self.index.bytes()
    }

    /// Adds the cells that a run of words may name.
    pub(super) fn find(&self, run: &Run, request: &Request, found: &mut Vec<ValueMention>) {
        let letters = run.joined.chars().count();
        if self.cells.is_empty() || run.joined.is_empty() || (letters < 2 && !run.is_marked) {
            return;
        }
        if !run.is_telling && run.is_single() && !run.is_marked {
            return;
        }
        let before = found.len();
        let mut add = |texts: &mut dyn Iterator<Item = u32>, kind: ValueMatch| {
            found.extend(texts.filter_map(|at| self.mention(at, run, kind)));
        };
        add(&mut self.index.exact(run.hash, &run.joined), ValueMatch::Exact);
        if !run.is_telling || is_cue(run, request) {
            return;
        }
        add(&mut self.index.stem(run.stem_hash, &run.stems), ValueMatch::Stem);
        let is_known = found.len() > before;
        if is_known {
            return;
        }
        let mut add = |texts: &mut dyn Iterator<Item = u32>, kind: ValueMatch| {
            found.extend(texts.filter_map(|at| self.mention(at, run, kind)));
        };
        if run.words.len() <= MOST_SLIPPED_WORDS {
            add(&mut self.index.slip(&run.joined).into_iter(), ValueMatch::Slip);
        }
        if letters >= SHORTEST_PREFIX && run.words.len() <= 2 {
            let beginning = self.index.beginning(&run.joined, MOST_SHARED);
            add(&mut beginning.iter().copied(), ValueMatch::Prefix);
        }
        if run.is_single() {
            let sharing: Vec<u32> = self.index.part(&run.joined).take(MOST_SHARED + 1).collect();
            if sharing.len() <= MOST_SHARED {
                add(&mut sharing.into_iter(), ValueMatch::Part);
            }
        }
    }

    fn mention(&self, at: u32, run: &Run, kind: ValueMatch) -> Option<ValueMention> {
        let cell = self.cells.get(at as usize)?;
        let longer = 0.02 * (run.words.len() - 1).min(5) as f32;
        let quoted = if run.is_quoted { 0.1 } else { 0.0 };
        Some(ValueMention {
            column: cell.column as usize,
            value: cell.text.to_string(),
            rows: cell.rows,
            words: run.words.clone(),
            kind,
            score: weight(kind) + longer + quoted,
        })
    }
}

/// Words of the grammar of charts name no cells unless they are the whole cell.
fn is_cue(run: &Run, request: &Request) -> bool {
    run.is_single()
        && !run.is_marked
        && request.words[run.words.start].flags.intersects(
            WordFlags::CHART | WordFlags::SORT | WordFlags::AGGREGATE | WordFlags::GROUP | WordFlags::NUMBER,
        )
}

fn weight(kind: ValueMatch) -> f32 {
    match kind {
        ValueMatch::Exact => 0.8,
        ValueMatch::Stem => 0.7,
        ValueMatch::Slip => 0.6,
        ValueMatch::Prefix => 0.45,
        ValueMatch::Part => 0.4,
    }
}

/// The different cells of a column that can be indexed, one for all that are spelt alike, in order
/// of their spelling; and whether all are there.
fn gather(table: &Table, column: usize, most: usize) -> (Vec<(Spelling, Cell)>, bool) {
    let mut rows: HashMap<&str, u64, FixedState> = HashMap::with_hasher(FixedState::default());
    for array in table.column(column) {
        let Some(texts) = array.as_string_opt::<i32>() else {
            continue;
        };
        for row in (0..texts.len()).filter(|row| !texts.is_null(*row)) {
            let text = texts.value(row);
            if text.len() <= LONGEST {
                *rows.entry(text).or_default() += 1;
            }
        }
    }
    let mut cells: Vec<(Spelling, Cell)> = rows
        .into_iter()
        .filter(|(text, _)| text.chars().count() <= MOST_LETTERS)
        .filter_map(|(text, rows)| {
            let cell = Cell {
                column: column as u32,
                rows,
                text: text.into(),
            };
            Spelling::of(text).map(|spelling| (spelling, cell))
        })
        .collect();
    cells.sort_unstable_by(|(a, x), (b, y)| (a, y.rows, &x.text).cmp(&(b, x.rows, &y.text)));
    cells.dedup_by(|(later, cell), (kept, most_frequent)| {
        let is_same = later.joined == kept.joined;
        if is_same {
            most_frequent.rows += cell.rows;
        }
        is_same
    });
    let is_complete = cells.len() <= most;
    if !is_complete {
        cells.sort_by(|(a, x), (b, y)| (y.rows, a).cmp(&(x.rows, b)));
        cells.truncate(most);
        cells.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    (cells, is_complete)
}

/// The strongest mentions, strongest first; what lies within the words of a longer whole cell is
/// left out.
pub(super) fn strongest(mut mentions: Vec<ValueMention>, most: usize) -> Vec<ValueMention> {
    let whole: Vec<std::ops::Range<usize>> = mentions
        .iter()
        .filter(|mention| mention.kind <= ValueMatch::Stem && mention.words.len() > 1)
        .map(|mention| mention.words.clone())
        .collect();
    mentions.retain(|mention| {
        !whole.iter().any(|longer| {
            longer.len() > mention.words.len()
                && longer.start <= mention.words.start
                && mention.words.end <= longer.end
        })
    });
    let strength = |a: &ValueMention, b: &ValueMention| {
        b.score.total_cmp(&a.score).then_with(|| {
            (a.words.start, a.column, a.kind, &a.value).cmp(&(b.words.start, b.column, b.kind, &b.value))
        })
    };
    mentions.sort_by(strength);
    let mut kept: Vec<ValueMention> = Vec::new();
    for mention in mentions {
        if kept.len() == most {
            break;
        }
        let is_known = |other: &ValueMention| other.column == mention.column && other.value == mention.value;
        if !kept.iter().any(is_known) {
            kept.push(mention);
        }
    }
    kept
}
