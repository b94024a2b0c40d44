//! Groups of rows by the values of key columns, without building a key per row.
//!
//! Every key column becomes one small number per row (a code, dense, in order of first
//! appearance); several columns are combined code by code. Chunks of rows are encoded in parallel
//! with dictionaries of their own, which are then merged in the order of the chunks.

use std::hash::{BuildHasher, Hash};

use arrow::array::{Array, UInt32Array};
use foldhash::quality::FixedState;
use hashbrown::HashTable;
use rayon::prelude::*;

use super::{
    cells::{CHUNK, Cells},
    frame::Column,
};
use crate::TableError;

/// Which group each row is in.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    /// The group of each row; groups are numbered in order of first appearance.
    pub codes: Vec<u32>,
    /// The first row of each group.
    pub first: Vec<u32>,
}

impl Groups {
    /// Groups rows by the values of columns; all rows are one group without columns.
    ///
    /// # Errors
    ///
    /// When a column's pieces cannot be joined, or there are more rows than can be numbered.
    pub fn of(columns: &[&Column], rows: usize) -> Result<Groups, TableError> {
        if u32::try_from(rows).is_err() {
            return Err(TableError::TooMany {
                transform: "groupby",
                what: "rows",
                found: rows,
                limit: u32::MAX as usize,
            });
        }
        let mut groups: Option<Groups> = None;
        for column in columns {
            let codes = column_codes(column)?;
            groups = Some(match groups {
                None => codes,
                Some(groups) => groups.combined(&codes),
            });
        }
        Ok(groups.unwrap_or_else(|| Groups {
            codes: vec![0; rows],
            first: if rows == 0 { Vec::new() } else { vec![0] },
        }))
    }

    /// Number of groups.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// The first rows, for taking the groups' key values.
    pub fn first_rows(&self) -> UInt32Array {
        self.first.clone().into()
    }

    /// Groups of pairs: rows are together when they are in both.
    pub fn combined(&self, other: &Groups) -> Groups {
        let width = other.len() as u64;
        let word = |row: usize| match (self.codes.get(row), other.codes.get(row)) {
            (Some(left), Some(right)) => u64::from(*left) * width + u64::from(*right),
            _ => 0,
        };
        let pairs = self.len() as u64 * width;
        if pairs <= DENSE {
            dense(self.codes.len(), pairs as usize, |row| word(row) as usize)
        } else {
            encode(self.codes.len(), word, |word| *word)
        }
    }

    /// The rows of each group, in order.
    pub fn rows(&self) -> GroupRows {
        let mut ends = vec![0_usize; self.len() + 1];
        for code in &self.codes {
            ends[*code as usize + 1] += 1;
        }
        for group in 1..ends.len() {
            ends[group] += ends[group - 1];
        }
        let mut next = ends.clone();
        let mut rows = vec![0_u32; self.codes.len()];
        for (row, code) in self.codes.iter().enumerate() {
            let slot = &mut next[*code as usize];
            rows[*slot] = row as u32;
            *slot += 1;
        }
        GroupRows { ends, rows }
    }
}

/// The rows of each group, one group after the other.
#[derive(Debug, Clone)]
pub(crate) struct GroupRows {
    ends: Vec<usize>,
    rows: Vec<u32>,
}

impl GroupRows {
    /// Number of groups.
    pub fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// The rows of a group, in order of the table.
    pub fn of(&self, group: usize) -> &[u32] {
        &self.rows[self.ends[group]..self.ends[group + 1]]
    }

    /// The groups in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|group| self.of(group))
    }
}

/// Combinations up to this number are numbered through a table instead of by hashing.
const DENSE: u64 = 1 << 20;

/// Codes of words that are small numbers already.
fn dense(rows: usize, words: usize, word: impl Fn(usize) -> usize) -> Groups {
    let mut known = vec![u32::MAX; words.max(1)];
    let mut first = Vec::new();
    let codes = (0..rows)
        .map(|row| {
            let slot = &mut known[word(row)];
            if *slot == u32::MAX {
                *slot = first.len() as u32;
                first.push(row as u32);
            }
            *slot
        })
        .collect();
    Groups { codes, first }
}

fn column_codes(column: &Column) -> Result<Groups, TableError> {
    let array = column.array()?;
    let rows = array.len();
    let valid = |row: usize| array.is_valid(row);
    // A word of its own for null: none of the fixed-width types below can produce it together
    // with `true`.
    let fixed = |bits: &(dyn Fn(usize) -> u64 + Sync)| {
        encode(
            rows,
            |row| if valid(row) { (true, bits(row)) } else { (false, 0) },
            |word| *word,
        )
    };
    Ok(match Cells::of(array) {
        Cells::Empty => encode(rows, |_| (), |()| ()),
        Cells::Bool(array) => dense(rows, 3, |row| {
            if valid(row) {
                usize::from(array.value(row))
            } else {
                2
            }
        }),
        Cells::Int(array) => fixed(&|row| array.value(row) as u64),
        Cells::Float(array) => fixed(&|row| canonical_bits(array.value(row))),
        Cells::Decimal(array, _) => encode(rows, |row| valid(row).then(|| array.value(row)), |word| *word),
        Cells::Date(array) => fixed(&|row| array.value(row) as u64),
        Cells::Time(array) => fixed(&|row| array.value(row) as u64),
        Cells::Timestamp(array) => fixed(&|row| array.value(row) as u64),
        Cells::Text(array) => encode(rows, |row| valid(row).then(|| array.value(row)), |word| *word),
    })
}

/// Bits that are equal for numbers written equally: one zero, one NaN.
pub(crate) fn canonical_bits(number: f64) -> u64 {
    if number.is_nan() {
        f64::NAN.to_bits()
    } else {
        (number + 0.0).to_bits()
    }
}

/// Codes of arbitrary words.
///
/// `word` reads a row's word; `key` exists so that words may borrow from the column.
fn encode<W, K>(rows: usize, word: impl Fn(usize) -> W + Sync, key: impl Fn(&W) -> K + Sync) -> Groups
where
    K: Hash + Eq,
{
    let chunks = rows.div_ceil(CHUNK).max(1);
    let parts: Vec<Groups> = (0..chunks)
        .into_par_iter()
        .map(|chunk| {
            let start = chunk * CHUNK;
            encode_chunk(start..rows.min(start + CHUNK), &|row| key(&word(row)))
        })
        .collect();
    merged(parts, &|row| key(&word(row)))
}

fn encode_chunk<K: Hash + Eq>(rows: std::ops::Range<usize>, key: &impl Fn(usize) -> K) -> Groups {
    let hasher = FixedState::default();
    let mut known: HashTable<u32> = HashTable::new();
    let mut first: Vec<u32> = Vec::new();
    let mut codes = Vec::with_capacity(rows.len());
    let mut previous: Option<(K, u32)> = None;
    for row in rows {
        let word = key(row);
        // Sorted and constant columns repeat themselves: no need to hash then.
        if let Some((last, code)) = &previous
            && *last == word
        {
            codes.push(*code);
            continue;
        }
        let code = code_of(&mut known, &mut first, &hasher, key, &word, row);
        codes.push(code);
        previous = Some((word, code));
    }
    Groups { codes, first }
}

fn code_of<K: Hash + Eq>(
    known: &mut HashTable<u32>,
    first: &mut Vec<u32>,
    hasher: &FixedState,
    key: &impl Fn(usize) -> K,
    word: &K,
    row: usize,
) -> u32 {
    let hash = hasher.hash_one(word);
    let at = |code: &u32, first: &[u32]| key(first[*code as usize] as usize);
    if let Some(code) = known.find(hash, |code| at(code, first) == *word) {
        return *code;
    }
    let code = first.len() as u32;
    first.push(row as u32);
    known.insert_unique(hash, code, |code| hasher.hash_one(at(code, first)));
    code
}

/// Brings the codes of chunks to one numbering.
fn merged<K: Hash + Eq>(mut parts: Vec<Groups>, key: &impl Fn(usize) -> K) -> Groups {
    if parts.len() == 1 {
        return parts.swap_remove(0);
    }
    let hasher = FixedState::default();
    let mut known: HashTable<u32> = HashTable::new();
    let mut first: Vec<u32> = Vec::new();
    let renumbered: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| {
            part.first
                .iter()
                .map(|&row| {
                    let word = key(row as usize);
                    code_of(&mut known, &mut first, &hasher, key, &word, row as usize)
                })
                .collect()
        })
        .collect();
    let codes: Vec<Vec<u32>> = parts
        .into_par_iter()
        .zip(renumbered)
        .map(|(part, codes)| part.codes.iter().map(|code| codes[*code as usize]).collect())
        .collect();
    Groups {
        codes: codes.concat(),
        first,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Float64Array, StringArray};

    use super::*;

    fn codes(arrays: Vec<ArrayRef>) -> Vec<u32> {
        let rows = arrays[0].len();
        let columns: Vec<Column> = arrays.into_iter().map(|array| Column::new("x", array)).collect();
        let columns: Vec<&Column> = columns.iter().collect();
        Groups::of(&columns, rows).unwrap().codes
    }

    #[test]
    fn groups_are_numbered_by_first_appearance() {
        let texts = Arc::new(StringArray::from(vec![
            Some("b"),
            None,
            Some("a"),
            Some("b"),
            Some(""),
        ]));
        let numbers = Arc::new(Float64Array::from(vec![
            Some(0.0),
            Some(f64::NAN),
            None,
            Some(-0.0),
            Some(-f64::NAN),
        ]));
        assert_eq!(codes(vec![texts.clone()]), [0, 1, 2, 0, 3]);
        assert_eq!(codes(vec![numbers.clone()]), [0, 1, 2, 0, 1]);
        assert_eq!(codes(vec![texts, numbers]), [0, 1, 2, 0, 3]);
    }

    #[test]
    fn chunks_agree_on_one_numbering() {
        let rows = 3 * CHUNK + 17;
        let texts: Vec<String> = (0..rows)
            .map(|row| format!("k{}", (row * 7919) % 100_003))
            .collect();
        let whole = encode_chunk(0..rows, &|row| texts[row].as_str());
        let chunked = encode(rows, |row| texts[row].as_str(), |word| *word);
        assert_eq!(whole.codes, chunked.codes);
        assert_eq!(whole.first, chunked.first);
    }
}
