//! What two corpora have in common, by contents and never by name.
//!
//! A table is known by the digest of its bytes, and by two bottom-k sketches (Cohen and Kaplan, *Summarizing
//! Data using Bottom-k Sketches*, PODC 2007): of its rows, each as the set of its cells, so that names and the order
//! of columns and rows do not matter; and of its telling values, which survive columns that come and go.

use std::collections::{BTreeMap, BTreeSet};

use arrow::{array::Array, util::display::array_value_to_string};
use marey_table::Table;
use serde::Serialize;

use crate::{
    Digest,
    folder::{Corpus, FolderError, TablePath},
    hash::hash64,
};

/// Hashes that a sketch holds.
const SKETCH: usize = 256;

/// Telling values that two tables have to have before they are compared by them.
const FEWEST_VALUES: usize = 20;

/// Share of common rows or values from which tables are near duplicates.
const NEAR: f64 = 0.5;

/// A table by its contents.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSketch {
    digest: Digest,
    rows: BTreeSet<u64>,
    values: BTreeSet<u64>,
}

/// How two tables are alike.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same bytes.
    SameBytes,
    /// The same rows under other names or in another order, as far as the sketch tells.
    SameRows,
    /// This share of all rows of both is in both (estimated).
    CommonRows(f64),
    /// This share of the telling values of the smaller one is in the other (estimated).
    CommonValues(f64),
}

impl TableSketch {
    /// The sketch of a table and the bytes that it was read from.
    pub fn of(bytes: &[u8], table: &Table) -> Self {
        let columns: Vec<Vec<Option<String>>> =
            (0..table.columns()).map(|index| cells(table, index)).collect();
        let mut rows = BTreeSet::new();
        for row in 0..table.rows() {
            let mut cells: Vec<&str> = columns
                .iter()
                .filter_map(|column| column.get(row)?.as_deref())
                .collect();
            cells.sort_unstable();
            keep(&mut rows, hash64(cells.join("\u{1f}").as_bytes(), 1));
        }
        let mut values = BTreeSet::new();
        for cell in columns.iter().flatten().flatten().filter(|cell| is_telling(cell)) {
            keep(&mut values, hash64(cell.as_bytes(), 2));
        }
        Self {
            digest: Digest::of(bytes),
            rows,
            values,
        }
    }

    /// How two tables are alike; none where they are not.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.digest == other.digest {
            return Some(Likeness::SameBytes);
        }
        let rows = jaccard(&self.rows, &other.rows);
        if rows >= 1.0 {
            return Some(Likeness::SameRows);
        }
        if rows >= NEAR {
            return Some(Likeness::CommonRows(rows));
        }
        let values = containment(&self.values, &other.values)?;
        (values >= NEAR).then_some(Likeness::CommonValues(values))
    }
}

/// A value that says something of where it is from: long enough, and not a round number.
fn is_telling(cell: &str) -> bool {
    cell.len() >= 5 && !(cell.ends_with("000") && cell.parse::<f64>().is_ok())
}

/// Keeps the smallest hashes.
fn keep(sketch: &mut BTreeSet<u64>, hash: u64) {
    sketch.insert(hash);
    if sketch.len() > SKETCH {
        sketch.pop_last();
    }
}

/// The estimated share of what is in both among what is in either.
fn jaccard(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let union: BTreeSet<u64> = a.union(b).copied().take(SKETCH).collect();
    if union.is_empty() {
        return 0.0;
    }
    let both = union
        .iter()
        .filter(|hash| a.contains(hash) && b.contains(hash))
        .count();
    both as f64 / union.len() as f64
}

/// The estimated share of the smaller set that is in the larger one; none where one is too small.
fn containment(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> Option<f64> {
    if a.len().min(b.len()) < FEWEST_VALUES {
        return None;
    }
    // Below the largest hash that both sketches reach, both know everything.
    let reach = |set: &BTreeSet<u64>| {
        if set.len() < SKETCH {
            u64::MAX
        } else {
            set.last().copied().unwrap_or(u64::MAX)
        }
    };
    let limit = reach(a).min(reach(b));
    let (a, b): (BTreeSet<u64>, BTreeSet<u64>) = (
        a.range(..=limit).copied().collect(),
        b.range(..=limit).copied().collect(),
    );
    let smaller = a.len().min(b.len());
    (smaller > 0).then(|| a.intersection(&b).count() as f64 / smaller as f64)
}

/// The cells of a column as texts that compare: numbers by value, dates as ISO 8601.
fn cells(table: &Table, index: usize) -> Vec<Option<String>> {
    let mut cells = Vec::with_capacity(table.rows());
    for array in table.column(index) {
        cells.extend((0..array.len()).map(|row| {
            let text = || array_value_to_string(array, row).unwrap_or_default();
            array.is_valid(row).then(|| match text() {
                text if array.data_type().is_numeric() => {
                    text.parse::<f64>().map_or(text, |number| number.to_string())
                }
                text => text.trim().to_lowercase(),
            })
        }));
    }
    cells
}

/// What two corpora have in common.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Contamination {
    /// Tables of the first, of the second.
    pub tables: [usize; 2],
    /// Requests of the first, of the second.
    pub requests: [usize; 2],
    /// Pairs of tables that are alike.
    pub alike: Vec<AlikeTables>,
    /// Requests of the first that the second has too, punctuation and case apart.
    pub same_requests: usize,
    /// Requests of the first that the second has too, with a table that is alike: learnt by heart.
    pub same_requests_on_alike_tables: usize,
    /// Examples of the first whose table is alike to one of the second.
    pub examples_on_alike_tables: usize,
}

/// A table of the first corpus and one of the second that are alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlikeTables {
    /// The one.
    pub first: String,
    /// The other.
    pub second: String,
    /// How.
    pub likeness: Likeness,
}

/// A corpus as far as it is compared.
struct Compared {
    sketches: Vec<(TablePath, TableSketch)>,
    /// Requests, folded, each with the tables of its example.
    requests: BTreeMap<String, BTreeSet<TablePath>>,
    examples: Vec<Vec<TablePath>>,
}

impl Compared {
    fn of(corpus: &Corpus) -> Result<Self, FolderError> {
        let mut tables = BTreeSet::new();
        let mut requests: BTreeMap<String, BTreeSet<TablePath>> = BTreeMap::new();
        let mut examples = Vec::new();
        for example in corpus.examples()? {
            let example = example?;
            tables.extend(example.tables.iter().cloned());
            for request in &example.requests {
                requests
                    .entry(folded(request))
                    .or_default()
                    .extend(example.tables.iter().cloned());
            }
            examples.push(example.tables);
        }
        let sketches = tables.into_iter().map(|path| {
            let bytes = corpus.bytes(&path)?;
            let sketch = TableSketch::of(&bytes, &corpus.table(&path)?.value);
            Ok((path, sketch))
        });
        Ok(Self {
            sketches: sketches.collect::<Result<_, FolderError>>()?,
            requests,
            examples,
        })
    }
}

/// Compares two corpora, table by table and request by request.
///
/// # Errors
///
/// When one of them cannot be read.
pub fn contamination(first: &Corpus, second: &Corpus) -> Result<Contamination, FolderError> {
    let (first, second) = (Compared::of(first)?, Compared::of(second)?);
    let mut found = Contamination {
        tables: [first.sketches.len(), second.sketches.len()],
        requests: [first.requests.len(), second.requests.len()],
        ..Contamination::default()
    };
    let mut alike: BTreeMap<&TablePath, BTreeSet<&TablePath>> = BTreeMap::new();
    for (path, sketch) in &first.sketches {
        for (other_path, other) in &second.sketches {
            if let Some(likeness) = sketch.likeness(other) {
                alike.entry(path).or_default().insert(other_path);
                found.alike.push(AlikeTables {
                    first: path.to_string(),
                    second: other_path.to_string(),
                    likeness,
                });
            }
        }
    }
    for (request, tables) in &first.requests {
        let Some(others) = second.requests.get(request) else {
            continue;
        };
        found.same_requests += 1;
        let by_heart = tables
            .iter()
            .filter_map(|table| alike.get(table))
            .any(|alike| others.iter().any(|other| alike.contains(other)));
        found.same_requests_on_alike_tables += usize::from(by_heart);
    }
    let on_alike = first
        .examples
        .iter()
        .filter(|tables| tables.iter().any(|table| alike.contains_key(table)));
    found.examples_on_alike_tables = on_alike.count();
    Ok(found)
}

/// A request without case, punctuation and repeated white space.
fn folded(request: &str) -> String {
    let words = request.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}
