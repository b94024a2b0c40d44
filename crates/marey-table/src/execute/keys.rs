//! Groups of rows by the values of key columns, without building a key per row.
//!
//! Every key column becomes one small number per row (a code, dense, in order of first
//! appearance); several columns are combined code by code. Chunks of rows are encoded in parallel
//! with dictionaries of their own, which are then merged in the order of the chunks.

use std::{
    hash::{BuildHasher, Hash},
    ops::Range,
};

use arrow::array::{Array, UInt32Array};
use foldhash::quality::FixedState;
use hashbrown::{HashTable, hash_table::Entry};
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
            encode(self.codes.len(), word)
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
    let nulls = array.nulls();
    let valid = |row: usize| nulls.is_none_or(|nulls| nulls.is_valid(row));
    Ok(match Cells::of(array) {
        Cells::Empty => dense(rows, 1, |_| 0),
        Cells::Bool(array) => dense(rows, 3, |row| {
            if valid(row) {
                usize::from(array.value(row))
            } else {
                2
            }
        }),
        Cells::Int(array) => integer_codes(rows, valid, |row| array.value(row)),
        Cells::Float(array) => encode(rows, |row| valid(row).then(|| canonical_bits(array.value(row)))),
        Cells::Decimal(array, _) => encode(rows, |row| valid(row).then(|| array.value(row))),
        Cells::Date(array) => integer_codes(rows, valid, |row| i64::from(array.value(row))),
        Cells::Time(array) => integer_codes(rows, valid, |row| array.value(row)),
        Cells::Timestamp(array) => integer_codes(rows, valid, |row| array.value(row)),
        Cells::Text(array) => encode(rows, |row| valid(row).then(|| array.value(row))),
    })
}

/// Codes of whole numbers: through a table where they lie close together, else by hashing.
fn integer_codes(
    rows: usize,
    valid: impl Fn(usize) -> bool + Sync,
    value: impl Fn(usize) -> i64 + Sync,
) -> Groups {
    let (low, high) = (0..rows)
        .filter(|row| valid(*row))
        .map(&value)
        .fold((i64::MAX, i64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    let width = i128::from(high) - i128::from(low) + 2;
    // A table may have some words per row, as numbering through it is far cheaper than hashing.
    if width > 1 && width <= (4 * rows as i128).max(DENSE as i128) {
        // Place 0 is that of null.
        return dense(rows, width as usize, |row| {
            if valid(row) {
                value(row).wrapping_sub(low) as usize + 1
            } else {
                0
            }
        });
    }
    encode(rows, |row| valid(row).then(|| value(row)))
}

/// Bits that are equal for numbers written equally: one zero, one NaN.
fn canonical_bits(number: f64) -> u64 {
    if number.is_nan() {
        f64::NAN.to_bits()
    } else {
        (number + 0.0).to_bits()
    }
}

/// The words of some rows: their codes, and each different word with the row it came first in.
struct Dictionary<K> {
    codes: Vec<u32>,
    words: Vec<(K, u32)>,
}

/// Numbers words as they appear.
struct Numbering<K> {
    hasher: FixedState,
    known: HashTable<(u64, K, u32)>,
    words: Vec<(K, u32)>,
}

impl<K: Hash + Eq + Copy> Numbering<K> {
    fn new() -> Self {
        Self {
            hasher: FixedState::default(),
            known: HashTable::new(),
            words: Vec::new(),
        }
    }

    /// The code of a word; a new one where it has not been seen.
    fn code(&mut self, word: K, row: u32) -> u32 {
        let hash = self.hasher.hash_one(word);
        let entry = self.known.entry(
            hash,
            |(other_hash, other, _)| *other_hash == hash && *other == word,
            |(hash, ..)| *hash,
        );
        match entry {
            Entry::Occupied(found) => found.get().2,
            Entry::Vacant(slot) => {
                let code = self.words.len() as u32;
                slot.insert((hash, word, code));
                self.words.push((word, row));
                code
            }
        }
    }
}

/// Codes of arbitrary words, chunk by chunk in parallel.
fn encode<K: Hash + Eq + Copy + Send + Sync>(rows: usize, word: impl Fn(usize) -> K + Sync) -> Groups {
    let parts: Vec<Dictionary<K>> = (0..rows.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let start = chunk * CHUNK;
            encode_chunk(start..rows.min(start + CHUNK), &word)
        })
        .collect();
    merged(parts)
}

fn encode_chunk<K: Hash + Eq + Copy>(rows: Range<usize>, word: &impl Fn(usize) -> K) -> Dictionary<K> {
    let mut numbering = Numbering::new();
    let mut codes = Vec::with_capacity(rows.len());
    let mut previous: Option<(K, u32)> = None;
    for row in rows {
        let word = word(row);
        // Sorted and constant columns repeat themselves: no need to hash then.
        let code = match previous {
            Some((last, code)) if last == word => code,
            _ => numbering.code(word, row as u32),
        };
        codes.push(code);
        previous = Some((word, code));
    }
    Dictionary {
        codes,
        words: numbering.words,
    }
}

/// Brings the codes of chunks to one numbering.
fn merged<K: Hash + Eq + Copy + Send + Sync>(mut parts: Vec<Dictionary<K>>) -> Groups {
    let first = |words: &[(K, u32)]| words.iter().map(|(_, row)| *row).collect();
    if parts.len() <= 1 {
        return parts.pop().map_or_else(
            || Groups {
                codes: Vec::new(),
                first: Vec::new(),
            },
            |part| Groups {
                first: first(&part.words),
                codes: part.codes,
            },
        );
    }
    let mut numbering = Numbering::new();
    let renumbered: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| {
            let words = part.words.iter();
            words.map(|(word, row)| numbering.code(*word, *row)).collect()
        })
        .collect();
    let codes: Vec<Vec<u32>> = parts
        .into_par_iter()
        .zip(renumbered)
        .map(|(part, codes)| part.codes.iter().map(|code| codes[*code as usize]).collect())
        .collect();
    Groups {
        codes: codes.concat(),
        first: first(&numbering.words),
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
    fn numbers_far_apart_and_close_together_are_told_apart() {
        for numbers in [[5, 7, 5, 6], [i64::MIN, i64::MAX, i64::MIN, 0]] {
            let column: ArrayRef = Arc::new(arrow::array::Int64Array::from(numbers.to_vec()));
            assert_eq!(codes(vec![column]), [0, 1, 0, 2], "{numbers:?}");
        }
    }

    #[test]
    fn chunks_agree_on_one_numbering() {
        let rows = 3 * CHUNK + 17;
        let texts: Vec<String> = (0..rows)
            .map(|row| format!("k{}", (row * 7919) % 100_003))
            .collect();
        let word = |row: usize| texts[row].as_str();
        let whole = merged(vec![encode_chunk(0..rows, &word)]);
        let chunked = encode(rows, word);
        assert_eq!(whole.codes, chunked.codes);
        assert_eq!(whole.first, chunked.first);
    }
}
