//! [`FrequentValues`]: the values that occur most often, in bounded memory.
//!
//! The summary of Misra and Gries (*Finding repeated elements*, 1982), cut into buckets by hash: a
//! value concerns one bucket of four counters, that is one cache line, and no step ever looks at all
//! counters. Merging follows Agarwal et al. (*Mergeable summaries*, 2013), bucket by bucket.

use marey_table::vector::widely;

use crate::{
    hash::bits_of_hash,
    value::{Kind, Value},
    value_table::ValueTable,
};

/// Buckets.
pub(crate) const BUCKETS: usize = 1024;
/// Counters per bucket.
pub(crate) const WAYS: usize = 4;
/// Occurrences from which a value that its hash does not tell is kept with its counter.
const WRITTEN_FROM: u64 = 4;

/// Counters of frequent values.
///
/// A count is never too high, and too low by at most what its bucket lost: n / 5 of the n values of
/// that bucket, so about 1 / 5,120 of all values when no value is frequent, and less where some are.
/// Each value with more occurrences than that is there.
#[derive(Debug, Clone)]
pub(crate) struct FrequentValues {
    kind: Kind,
    pub(crate) buckets: Vec<Bucket>,
    /// Texts and wide numbers of counters.
    pub(crate) written: ValueTable,
}

/// Counters of the values whose hashes end alike; a counter at 0 is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bucket {
    pub(crate) hashes: [u64; WAYS],
    pub(crate) counts: [u64; WAYS],
    pub(crate) lost: u64,
}

impl Bucket {
    /// Counts a value and returns its count, which is 0 when it found no counter.
    ///
    /// It goes to its own counter, else to the first free one, else to none. Where values hardly
    /// repeat, which of these it is nobody can guess, so no branch depends on it: choices are masks, all ones or
    /// all zeros, of four counters side by side.
    #[inline(always)]
    fn add(&mut self, hash: u64) -> u64 {
        let mask = |holds: bool| u64::from(holds).wrapping_neg();
        let any = |masks: [u64; WAYS]| (masks[0] | masks[1]) | (masks[2] | masks[3]);
        let free = self.counts.map(|count| mask(count == 0));
        let mut own = self.hashes.map(|other| mask(other == hash));
        own.iter_mut().zip(free).for_each(|(own, free)| *own &= !free);
        let known = any(own);
        let (mut chosen, mut before) = ([0; WAYS], known);
        for way in 0..WAYS {
            chosen[way] = own[way] | (free[way] & !before);
            before |= free[way];
        }
        let lost = !any(chosen);
        let mut counted = [0; WAYS];
        for way in 0..WAYS {
            self.hashes[way] = (self.hashes[way] & !chosen[way]) | (hash & chosen[way]);
            // A mask of all ones is -1.
            self.counts[way] = self.counts[way].wrapping_sub(chosen[way]).wrapping_add(lost);
            counted[way] = self.counts[way] & chosen[way];
        }
        self.lost = self.lost.wrapping_sub(lost);
        any(counted)
    }

    /// Joins counters of values that differ from those here: the four largest stay, less what the
    /// fifth counts.
    fn join(&mut self, others: impl Iterator<Item = (u64, u64)>) {
        let own = self.hashes.into_iter().zip(self.counts);
        let mut all: Vec<(u64, u64)> = own.filter(|(_, count)| *count > 0).collect();
        for (hash, count) in others.filter(|(_, count)| *count > 0) {
            match all.iter_mut().find(|(own, _)| *own == hash) {
                Some((_, own)) => *own += count,
                None => all.push((hash, count)),
            }
        }
        all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let taken = all.get(WAYS).map_or(0, |(_, count)| *count);
        self.lost += taken;
        let mut left = all
            .into_iter()
            .map(|(hash, count)| (hash, count - taken.min(count)));
        for (own, own_count) in self.hashes.iter_mut().zip(&mut self.counts) {
            (*own, *own_count) = left.next().filter(|(_, count)| *count > 0).unwrap_or_default();
        }
    }
}

impl FrequentValues {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            buckets: vec![Bucket::default(); BUCKETS],
            written: ValueTable::new(kind),
        }
    }

    /// Counts values of 64 bits by their hashes.
    pub(crate) fn extend(&mut self, hashes: &[u64]) {
        widely(
            #[inline(always)]
            || {
                for hash in hashes {
                    if let Some(bucket) = self.buckets.get_mut(*hash as usize % BUCKETS) {
                        bucket.add(*hash);
                    }
                }
            },
        );
    }

    /// Counts a value.
    #[inline]
    pub(crate) fn add(&mut self, hash: u64, value: Value<'_>) {
        let Some(bucket) = self.buckets.get_mut(hash as usize % BUCKETS) else {
            return;
        };
        let count = bucket.add(hash);
        // As long as nothing was lost, every value is told.
        if count == WRITTEN_FROM || count == 1 && bucket.lost == 0 {
            self.write(hash, value);
        }
    }

    fn write(&mut self, hash: u64, value: Value<'_>) {
        if matches!(value, Value::Bits(_)) {
            return;
        }
        if self.written.find(hash).is_none() {
            self.written.add(hash, value, 1);
        }
        if self.written.len() > 2 * BUCKETS * WAYS {
            self.tidy();
        }
    }

    /// Forgets what was written of values that have lost their counters.
    fn tidy(&mut self) {
        self.written = self.written_of_counted();
    }

    /// What was written of values that still have counters.
    pub(crate) fn written_of_counted(&self) -> ValueTable {
        self.written.kept(|entry| u64::from(self.counts(entry.hash)))
    }

    /// Whether a value has a counter.
    pub(crate) fn counts(&self, hash: u64) -> bool {
        count(&self.buckets, hash) > 0
    }

    /// Takes over what was counted exactly.
    pub(crate) fn absorb(&mut self, counted: &ValueTable) {
        let mut parts: Vec<Vec<(u64, u64)>> = vec![Vec::new(); BUCKETS];
        for entry in counted.iter() {
            if let Some(part) = parts.get_mut(entry.hash as usize % BUCKETS) {
                part.push((entry.hash, entry.count));
            }
        }
        for (bucket, part) in self.buckets.iter_mut().zip(parts) {
            bucket.join(part.into_iter());
        }
        self.adopt_written(counted);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, theirs) in self.buckets.iter_mut().zip(&other.buckets) {
            own.join(theirs.hashes.into_iter().zip(theirs.counts));
            own.lost += theirs.lost;
        }
        self.adopt_written(&other.written);
    }

    fn adopt_written(&mut self, other: &ValueTable) {
        if !matches!(self.kind, Kind::Text | Kind::Decimal(_)) {
            return;
        }
        for entry in other.by_hash() {
            if count(&self.buckets, entry.hash) > 0 && self.written.find(entry.hash).is_none() {
                self.written.adopt(other, &entry, 1);
            }
        }
        self.tidy();
    }

    /// Most by which a count may be too low.
    pub(crate) fn shortfall(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.lost).max().unwrap_or(0)
    }

    /// The values that have counters, with their counts; texts and wide numbers only where they
    /// occurred often enough to be written down.
    pub(crate) fn table(&self) -> ValueTable {
        let mut table = ValueTable::new(self.kind);
        for bucket in &self.buckets {
            for (hash, count) in bucket.hashes.iter().zip(&bucket.counts) {
                if *count == 0 {
                    continue;
                }
                if !matches!(self.kind, Kind::Text | Kind::Decimal(_)) {
                    table.add(*hash, Value::Bits(bits_of_hash(*hash)), *count);
                } else if let Some(entry) = self.written.find(*hash) {
                    table.adopt(&self.written, &entry, *count);
                }
            }
        }
        table
    }

    /// Whether some value is known to occur twice.
    pub(crate) fn has_repeated(&self) -> bool {
        self.buckets
            .iter()
            .any(|bucket| bucket.counts.iter().any(|count| *count > 1))
    }
}

fn count(buckets: &[Bucket], hash: u64) -> u64 {
    buckets
        .get(hash as usize % BUCKETS)
        .and_then(|bucket| {
            let counters = bucket.hashes.iter().zip(&bucket.counts);
            counters
                .filter(|(own, count)| **own == hash && **count > 0)
                .map(|(_, count)| *count)
                .next()
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hash::{hash_bits, hash_text},
        value_table::Entry,
    };

    /// Values 0 to 9, each in 2 % of the places, among values that hardly repeat.
    fn stream(len: u64, seed: u64) -> Vec<u64> {
        (0..len)
            .map(|at| {
                let mixed = hash_bits(at ^ seed << 40);
                if mixed % 100 < 20 {
                    mixed / 100 % 10
                } else {
                    mixed >> 20
                }
            })
            .collect()
    }

    fn check(frequent: &FrequentValues, values: &[u64]) {
        let mut truth = hashbrown::HashMap::new();
        for value in values {
            *truth.entry(*value).or_insert(0_u64) += 1;
        }
        let shortfall = frequent.shortfall();
        assert!(
            shortfall <= values.len() as u64 / 4000 + 8,
            "{shortfall} of {}",
            values.len()
        );
        let table = frequent.table();
        for (value, occurs) in truth {
            let found = table.find(hash_bits(value)).map_or(0, |entry| entry.count);
            assert!(
                found <= occurs && found + shortfall >= occurs,
                "{value}: {found} of {occurs}"
            );
        }
    }

    #[test]
    fn counts_stay_within_what_was_lost() {
        for len in [1000, 100_000, 1_000_000] {
            let values = stream(len, 1);
            let hashes: Vec<u64> = values.iter().map(|value| hash_bits(*value)).collect();
            let mut frequent = FrequentValues::new(Kind::Int);
            frequent.extend(&hashes);
            check(&frequent, &values);
        }
    }

    #[test]
    fn merged_counts_stay_within_what_was_lost() {
        let mut whole = FrequentValues::new(Kind::Int);
        let mut all = Vec::new();
        for seed in 0..8 {
            let values = stream(50_000, seed);
            let mut part = FrequentValues::new(Kind::Int);
            part.extend(&values.iter().map(|value| hash_bits(*value)).collect::<Vec<_>>());
            whole.merge(&part);
            all.extend(values);
        }
        check(&whole, &all);
    }

    #[test]
    fn frequent_texts_are_written_and_rare_ones_are_not() {
        let mut frequent = FrequentValues::new(Kind::Text);
        for row in 0..100_000_u64 {
            let text = if row % 50 == 0 {
                "often".to_owned()
            } else {
                format!("once {row}")
            };
            frequent.add(hash_text(&text), Value::Text(&text));
        }
        let table = frequent.table();
        let entries: Vec<Entry> = table.iter().copied().collect();
        assert_eq!(entries.len(), 1);
        assert_eq!(table.write(&entries[0]), "often");
        assert!(entries[0].count + frequent.shortfall() >= 2000);
    }
}
