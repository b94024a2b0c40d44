//! [`TextLengths`]: how many texts have which length, mergeable.

/// Lengths counted each; longer texts share a bin per doubling.
const SINGLE: usize = 256;
/// Doublings beyond the single lengths: enough for every 64-bit length.
const DOUBLINGS: usize = 56;

/// Numbers of texts per length in characters.
///
/// Lengths below 256 are counted each, longer ones by the power of two they reach; the longest
/// length is known with its own count, so that texts cut off at a limit show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextLengths {
    /// `counts[n]` texts of `n` characters, then `counts[256 + i]` of 2^(8 + i) to 2^(9 + i) - 1.
    pub(crate) counts: Vec<u64>,
    /// Characters of the longest texts.
    pub(crate) longest: u64,
    /// Number of texts as long as that.
    pub(crate) at_longest: u64,
}

impl Default for TextLengths {
    fn default() -> Self {
        Self {
            counts: vec![0; SINGLE + DOUBLINGS],
            longest: 0,
            at_longest: 0,
        }
    }
}

impl TextLengths {
    #[inline]
    pub(crate) fn add(&mut self, chars: u64, count: u64) {
        let bin = if chars < SINGLE as u64 {
            chars as usize
        } else {
            SINGLE + chars.ilog2() as usize - 8
        };
        if let Some(slot) = self.counts.get_mut(bin) {
            *slot += count;
        }
        self.note_longest(chars, count);
    }

    #[inline]
    fn note_longest(&mut self, chars: u64, count: u64) {
        if chars > self.longest {
            (self.longest, self.at_longest) = (chars, 0);
        }
        if chars == self.longest {
            self.at_longest += count;
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *own += theirs;
        }
        self.note_longest(other.longest, other.at_longest);
    }

    /// Lengths with their counts in order; a shared bin stands at its middle, but never beyond
    /// the longest text.
    pub(crate) fn weighted(&self) -> Vec<(f64, u64)> {
        let length = |bin: usize| match bin.checked_sub(SINGLE) {
            None => bin as f64,
            Some(doubling) => (1.5 * 2_f64.powi(doubling as i32 + 8)).min(self.longest as f64),
        };
        self.counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(bin, count)| (length(bin), *count))
            .collect()
    }

    /// Whether every length was counted by itself.
    pub(crate) fn is_exact(&self) -> bool {
        self.longest < SINGLE as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lengths_are_counted_each_and_long_ones_by_doublings() {
        let mut lengths = TextLengths::default();
        for chars in [0, 3, 3, 255, 256, 300, 511, 512, u64::MAX] {
            lengths.add(chars, 1);
        }
        assert_eq!(
            lengths.weighted()[..5],
            [(0.0, 1), (3.0, 2), (255.0, 1), (384.0, 3), (768.0, 1)]
        );
        assert_eq!((lengths.longest, lengths.at_longest), (u64::MAX, 1));
        assert!(!lengths.is_exact());
    }

    #[test]
    fn the_longest_are_counted_across_merges() {
        let of = |lengths: &[u64]| {
            let mut counted = TextLengths::default();
            lengths.iter().for_each(|chars| counted.add(*chars, 1));
            counted
        };
        let mut left = of(&[5, 7, 7]);
        left.merge(&of(&[7, 2]));
        left.merge(&of(&[]));
        assert_eq!(left, of(&[2, 5, 7, 7, 7]));
        assert_eq!(left.at_longest, 3);
    }
}
