//! [`RowSample`]: the different rows with the smallest hashes, each with its number of occurrences.
//!
//! While a table has no more different rows than are kept, the sample is the table. Beyond that it
//! is a fair sample of the different rows, with exact multiplicities; and since it depends on the
//! contents of rows only, any order of rows and any cutting into parts give the same sample.

use hashbrown::{HashTable, hash_table::Entry as Slot};

use crate::{column_state::NO_VALUE, hash::hash_bits};

/// Rows as codes of their cells (see `column_update::codes`).
#[derive(Debug, Clone)]
pub(crate) struct RowSample {
    kept: usize,
    bound: u64,
    index: HashTable<Place>,
    hashes: Vec<u64>,
    counts: Vec<u64>,
    /// `cells[column][place]`.
    cells: Vec<Vec<u64>>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    hash: u64,
    at: usize,
}

impl RowSample {
    pub(crate) fn new(columns: usize, kept: usize) -> Self {
        Self {
            kept,
            bound: u64::MAX,
            index: HashTable::new(),
            hashes: Vec::new(),
            counts: Vec::new(),
            cells: vec![Vec::new(); columns],
        }
    }

    /// An empty sample of rows that follow: those that this one has no room for are left out.
    pub(crate) fn following(&self) -> Self {
        Self {
            bound: self.bound,
            ..Self::new(self.columns(), self.kept)
        }
    }

    /// Takes in rows given by the sums of their cells' hashes; `codes` appends the codes of a
    /// column's cells in some rows.
    pub(crate) fn update(&mut self, sums: &[u64], codes: impl Fn(usize, &[usize], &mut Vec<u64>)) {
        let mut new = Vec::new();
        for (row, sum) in sums.iter().enumerate() {
            let hash = hash_bits(*sum);
            if hash <= self.bound && self.count(hash, 1) {
                new.push(row);
                if self.is_crowded() {
                    self.fill(&new, &codes);
                    new.clear();
                    self.cut();
                }
            }
        }
        self.fill(&new, &codes);
    }

    /// Brings along the cells of rows that were just counted for the first time.
    fn fill(&mut self, rows: &[usize], codes: &impl Fn(usize, &[usize], &mut Vec<u64>)) {
        for (column, cells) in self.cells.iter_mut().enumerate() {
            codes(column, rows, cells);
        }
    }

    fn is_crowded(&self) -> bool {
        self.hashes.len() > self.kept.saturating_mul(2)
    }

    /// Counts a row, and says whether it is new; the cells of a new one are to follow.
    fn count(&mut self, hash: u64, count: u64) -> bool {
        let next = self.hashes.len();
        match self
            .index
            .entry(hash, |place| place.hash == hash, |place| place.hash)
        {
            Slot::Occupied(slot) => {
                if let Some(own) = self.counts.get_mut(slot.get().at) {
                    *own += count;
                }
                return false;
            }
            Slot::Vacant(slot) => slot.insert(Place { hash, at: next }),
        };
        self.hashes.push(hash);
        self.counts.push(count);
        true
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.bound = self.bound.min(other.bound);
        for (row, (hash, count)) in other.hashes.iter().zip(&other.counts).enumerate() {
            if *hash <= self.bound && self.count(*hash, *count) {
                for (own, theirs) in self.cells.iter_mut().zip(&other.cells) {
                    own.push(theirs.get(row).copied().unwrap_or(NO_VALUE));
                }
                if self.is_crowded() {
                    self.cut();
                }
            }
        }
        // Rows above the other's bound were counted here only.
        if self.hashes.iter().any(|hash| *hash > self.bound) {
            self.cut_to(self.bound);
        }
    }

    fn cut(&mut self) {
        let mut hashes = self.hashes.clone();
        if hashes.len() <= self.kept {
            return;
        }
        let (_, bound, _) = hashes.select_nth_unstable(self.kept - 1);
        self.cut_to(*bound);
    }

    fn cut_to(&mut self, bound: u64) {
        self.bound = bound;
        let keep: Vec<bool> = self.hashes.iter().map(|hash| *hash <= bound).collect();
        retain(&mut self.hashes, &keep);
        retain(&mut self.counts, &keep);
        for column in &mut self.cells {
            retain(column, &keep);
        }
        self.index_rows();
    }

    /// The bound on hashes, and the rows in order of hash, at most as many as are kept.
    pub(crate) fn cut_to_size(mut self) -> (u64, KeptRows) {
        self.cut();
        let mut order: Vec<usize> = (0..self.hashes.len()).collect();
        order.sort_unstable_by_key(|at| self.hashes.get(*at).copied());
        let pick = |values: &Vec<u64>| order.iter().filter_map(|at| values.get(*at).copied()).collect();
        let rows = KeptRows {
            hashes: pick(&self.hashes),
            counts: pick(&self.counts),
            cells: self.cells.iter().map(pick).collect(),
        };
        (self.bound, rows)
    }

    /// The finished sample, rows in order of hash.
    pub(crate) fn finish(self) -> Rows {
        let (bound, rows) = self.cut_to_size();
        let different = if bound == u64::MAX {
            rows.hashes.len() as u64
        } else {
            // With k smallest of hashes spread evenly over 2^64, the k-th lies at k / n of the range.
            let share = bound as f64 / u64::MAX as f64;
            ((rows.hashes.len().saturating_sub(1)) as f64 / share).round() as u64
        };
        Rows {
            complete: bound == u64::MAX,
            different,
            counts: rows.counts,
            cells: rows.cells,
        }
    }

    /// Number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.cells.len()
    }

    /// Most rows that are kept in the end.
    pub(crate) fn kept(&self) -> usize {
        self.kept
    }

    /// Takes rows over that were kept before.
    pub(crate) fn restore(&mut self, bound: u64, hashes: Vec<u64>, counts: Vec<u64>, cells: Vec<Vec<u64>>) {
        self.bound = bound;
        self.hashes = hashes;
        self.counts = counts;
        self.cells = cells;
        self.index_rows();
    }

    fn index_rows(&mut self) {
        self.index.clear();
        for (at, hash) in self.hashes.iter().enumerate() {
            self.index
                .insert_unique(*hash, Place { hash: *hash, at }, |place| place.hash);
        }
    }
}

/// Different rows with their hashes and numbers of occurrences.
pub(crate) struct KeptRows {
    pub(crate) hashes: Vec<u64>,
    pub(crate) counts: Vec<u64>,
    /// `cells[column][row]`.
    pub(crate) cells: Vec<Vec<u64>>,
}

fn retain(values: &mut Vec<u64>, keep: &[bool]) {
    let mut keep = keep.iter();
    values.retain(|_| keep.next().copied().unwrap_or(false));
}

/// Different rows of a table with their numbers of occurrences.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows {
    /// Whether these are all the different rows.
    pub(crate) complete: bool,
    /// Number of different rows of the table: exact if complete, else an estimate.
    pub(crate) different: u64,
    pub(crate) counts: Vec<u64>,
    /// `cells[column][row]`.
    pub(crate) cells: Vec<Vec<u64>>,
}

impl Rows {
    pub(crate) fn column(&self, index: usize) -> &[u64] {
        self.cells.get(index).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rows: impl Iterator<Item = u64>, kept: usize) -> RowSample {
        let mut sample = RowSample::new(2, kept);
        let rows: Vec<u64> = rows.collect();
        take(&mut sample, &rows);
        sample
    }

    fn take(sample: &mut RowSample, rows: &[u64]) {
        sample.update(rows, |column, places, codes| {
            let code = |place: &usize| {
                if column == 0 {
                    rows[*place]
                } else {
                    rows[*place] % 7
                }
            };
            codes.extend(places.iter().map(code));
        });
    }

    #[test]
    fn small_tables_are_kept_whole_with_multiplicities() {
        let rows = sample((0..100).chain(0..50), 1000).finish();
        assert!(rows.complete);
        assert_eq!(rows.different, 100);
        assert_eq!(rows.counts.iter().sum::<u64>(), 150);
    }

    #[test]
    fn order_and_parts_do_not_matter() {
        let whole = sample((0..5000).chain(0..500), 256).finish();
        assert!(!whole.complete);
        assert_eq!(whole.counts.len(), 256);
        assert_eq!(sample((0..500).chain((0..5000).rev()), 256).finish(), whole);
        let mut merged = sample(0..1700, 256);
        merged.merge(&sample((1700..5000).chain(300..500), 256));
        merged.merge(&sample(0..300, 256));
        assert_eq!(merged.finish(), whole);
        let mut first = sample(0..1700, 256);
        let mut rest = first.following();
        let rows: Vec<u64> = (1700..5000).chain(0..500).collect();
        take(&mut rest, &rows);
        assert!(rest.hashes.len() < 1000, "{}", rest.hashes.len());
        first.merge(&rest);
        assert_eq!(first.finish(), whole);
        assert!(whole.different.abs_diff(5000) < 1250, "{}", whole.different);
    }
}
