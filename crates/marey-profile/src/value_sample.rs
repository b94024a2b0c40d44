//! [`ValueSample`]: the different values with the smallest hashes, with exact counts.

use crate::{
    value::{Kind, Value},
    value_table::{Entry, ValueTable},
};

/// Different values kept for telling the column's meaning.
pub(crate) const SAMPLE: usize = 2048;

/// A fair sample of the different values of a column, which depends neither on order nor on how a
/// table was cut into parts.
///
/// A value that belongs to the sample at the end belonged to it from its first occurrence on, for
/// the bound on the hash only falls; hence the counts are exact.
#[derive(Debug, Clone)]
pub(crate) struct ValueSample {
    pub(crate) table: ValueTable,
    pub(crate) bound: u64,
}

impl ValueSample {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            table: ValueTable::new(kind),
            bound: u64::MAX,
        }
    }

    /// An empty sample of values that follow: those that this one has no room for are left out.
    pub(crate) fn following(&self, kind: Kind) -> Self {
        Self {
            bound: self.bound,
            ..Self::new(kind)
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, hash: u64, value: Value<'_>) {
        if hash <= self.bound && self.table.add(hash, value, 1) {
            self.cut(2 * SAMPLE);
        }
    }

    /// Adds values of 64 bits.
    pub(crate) fn extend(&mut self, hashes: &[u64], bits: &[u64]) {
        for (hash, bits) in hashes.iter().zip(bits) {
            self.add(*hash, Value::Bits(*bits));
        }
    }

    pub(crate) fn adopt(&mut self, other: &ValueTable, entry: &Entry) {
        if entry.hash <= self.bound {
            self.table.adopt(other, entry, entry.count);
            self.cut(2 * SAMPLE);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if other.bound < self.bound {
            self.keep(other.bound);
        }
        for entry in other.table.iter() {
            self.adopt(&other.table, entry);
        }
    }

    fn cut(&mut self, above: usize) {
        if self.table.len() <= above {
            return;
        }
        let mut hashes: Vec<u64> = self.table.iter().map(|entry| entry.hash).collect();
        let (_, bound, _) = hashes.select_nth_unstable(SAMPLE - 1);
        self.keep(*bound);
    }

    fn keep(&mut self, bound: u64) {
        self.bound = bound;
        self.table = self
            .table
            .kept(|entry| if entry.hash <= bound { entry.count } else { 0 });
    }

    /// Whether a value of the sample occurs twice.
    pub(crate) fn has_repeated(&self) -> bool {
        self.table.iter().any(|entry| entry.count > 1)
    }

    /// The sample with at most [`SAMPLE`] values.
    pub(crate) fn cut_to_size(mut self) -> Self {
        self.cut(SAMPLE);
        self
    }

    /// The sample as a table of at most [`SAMPLE`] values.
    pub(crate) fn finish(self) -> ValueTable {
        self.cut_to_size().table
    }

    /// A fair sample of a table's different texts; only texts need one.
    pub(crate) fn of(table: &ValueTable, kind: Kind) -> ValueTable {
        let mut sample = ValueTable::new(kind);
        if kind == Kind::Text {
            let mut entries: Vec<Entry> = table.iter().copied().collect();
            if entries.len() > SAMPLE {
                entries.select_nth_unstable_by_key(SAMPLE - 1, |entry| entry.hash);
                entries.truncate(SAMPLE);
            }
            for entry in &entries {
                sample.adopt(table, entry, entry.count);
            }
        }
        sample
    }
}
