//! [`Postings`]: from hashes to numbers, in one sorted array with a table of buckets.

use rayon::prelude::*;

/// Low bits of an entry that hold its number; the rest are the upper bits of its hash.
const NUMBER_BITS: u32 = 24;
/// Most numbers: what a caller indexes must stay below.
pub(super) const MAX_NUMBER: usize = (1 << NUMBER_BITS) - 1;

/// From hashes to numbers. A look-up costs one step to the hash's bucket and a walk through it;
/// 40 bits of a hash are kept, so that whoever looks up checks what was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    /// Entries, sorted: upper bits of a hash, then a number.
    entries: Vec<u64>,
    /// Where the entries of each bucket begin, and their end.
    buckets: Vec<u32>,
    /// How far a hash is shifted to be that of its bucket.
    shift: u32,
}

impl Postings {
    pub(super) fn new(pairs: Vec<(u64, u32)>) -> Self {
        let mut entries: Vec<u64> = pairs
            .into_iter()
            .map(|(hash, number)| hash >> NUMBER_BITS << NUMBER_BITS | u64::from(number))
            .collect();
        if entries.len() > 1 << 14 {
            entries.par_sort_unstable();
        } else {
            entries.sort_unstable();
        }
        entries.dedup();
        // About two entries a bucket.
        let bits = usize::BITS - (entries.len() / 2).leading_zeros();
        let shift = 64 - bits.clamp(1, 24);
        let mut buckets = vec![0_u32; (1 << (64 - shift)) + 1];
        for entry in &entries {
            buckets[(entry >> shift) as usize + 1] += 1;
        }
        let mut sum = 0;
        for bucket in &mut buckets {
            sum += *bucket;
            *bucket = sum;
        }
        Self {
            entries,
            buckets,
            shift,
        }
    }

    /// The numbers that were put under a hash (or one that agrees in 40 bits), smallest first.
    pub(super) fn get(&self, hash: u64) -> impl Iterator<Item = u32> {
        let bucket = (hash >> self.shift.min(63)) as usize;
        let bounds = self.buckets.get(bucket..bucket + 2).unwrap_or(&[0, 0]);
        self.entries[bounds[0] as usize..bounds[1] as usize]
            .iter()
            .filter(move |entry| **entry >> NUMBER_BITS == hash >> NUMBER_BITS)
            .map(|entry| (entry & MAX_NUMBER as u64) as u32)
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.entries.len() * 8 + self.buckets.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!(Postings::default().get(7).count(), 0);
        assert_eq!(Postings::new(Vec::new()).get(u64::MAX).count(), 0);
    }

    proptest! {
        #[test]
        fn all_is_found_again(pairs in prop::collection::vec((any::<u64>(), 0_u32..1000), 0..200)) {
            let postings = Postings::new(pairs.clone());
            for (hash, number) in pairs {
                prop_assert!(postings.get(hash).any(|found| found == number));
                prop_assert!(postings.get(hash ^ 1 << 63).all(|found| found < 1000));
            }
        }
    }
}
