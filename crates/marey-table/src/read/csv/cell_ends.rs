//! [`CellEnds`]: where plain cells end, found for 64 bytes at once.

/// Bytes of a block.
const BLOCK: usize = 64;

/// Delimiters and line ends of the block of text that was looked at last.
///
/// Cells have any length, so that a search that begins anew for each ends when nobody can guess. The marks
/// of a block are found without a branch, and each search takes the next one.
pub(super) struct CellEnds {
    delimiter: u8,
    /// Where the block begins.
    block: usize,
    /// The marks of the block, the first byte's lowest; none before the first search.
    marks: Option<u64>,
}

impl CellEnds {
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            block: 0,
            marks: None,
        }
    }

    /// Position of the first delimiter or line end from a place on, or the length of the text.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8], from: usize) -> usize {
        let mut at = from;
        loop {
            if let (Some(marks), Some(place @ 0..BLOCK)) = (self.marks, at.checked_sub(self.block)) {
                let left = marks >> place;
                if left != 0 {
                    return at + left.trailing_zeros() as usize;
                }
                at = self.block + BLOCK;
            }
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else {
                return text.len();
            };
            self.block = at;
            self.marks = Some(marks(rest, self.delimiter));
        }
    }
}

/// Marks of the first 64 bytes, or of as many as there are.
fn marks(text: &[u8], delimiter: u8) -> u64 {
    match text.first_chunk::<BLOCK>() {
        Some(block) => marks_of_block(block, delimiter),
        None => text.iter().enumerate().fold(0, |marks, (at, byte)| {
            let marked = *byte == delimiter || *byte == b'\n' || *byte == b'\r';
            marks | u64::from(marked) << at
        }),
    }
}

fn marks_of_block(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // The highest bit of each byte that is zero (Warren, *Hacker's Delight*, section 6-1).
    let zeros = |word: u64| !(((word & LOW) + LOW) | word | LOW);
    let (words, _) = block.as_chunks::<8>();
    let mut marks = 0;
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ (ONES * u64::from(delimiter)))
            | zeros(word ^ (ONES * u64::from(b'\n')))
            | zeros(word ^ (ONES * u64::from(b'\r')));
        // Brings one bit of each byte together in the highest byte, in order.
        let gathered = (found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks |= gathered << (8 * at);
    }
    marks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ends_are_those_of_a_look_at_each_byte(
            text in prop::collection::vec(prop::sample::select(vec![b'a', b',', b'\n', b'\r', b'-', 0xc3, 0x0b, 0x8c, 0]), 0..300),
            jumps in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        ) {
            let mut ends = CellEnds::new(b',');
            let mut check = |from: usize| {
                let plain = text[from..].iter().position(|byte| matches!(byte, b',' | b'\n' | b'\r'));
                assert_eq!(ends.next(&text, from), plain.map_or(text.len(), |at| from + at));
            };
            (0..=text.len()).for_each(&mut check);
            for jump in jumps {
                check(jump.index(text.len() + 1));
            }
        }
    }
}
