//! [`CellEnds`]: where plain cells end, found for many bytes at once.

use crate::vector::{BLOCK, places};

/// Bytes that are looked at at a time.
const STRETCH: usize = 64 * BLOCK;
/// Places that are written at a time, as many as most blocks have.
const MOST: usize = 8;

/// Delimiters and line ends of the bytes that were looked at last.
///
/// Cells have any length, so that a search that begins anew for each ends when nobody can guess. The places
/// of a stretch are found and written down nearly without a branch, and each search takes the next one.
pub(super) struct CellEnds {
    delimiter: u8,
    /// Where the stretch begins, and where it ends.
    start: usize,
    end: usize,
    /// What was asked for last.
    asked: usize,
    /// Places in the stretch, and the first of them that may not have been passed yet.
    ends: Vec<usize>,
    next: usize,
    marks: Vec<u64>,
}

impl CellEnds {
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            start: 0,
            end: 0,
            asked: 0,
            ends: Vec::new(),
            next: 0,
            marks: Vec::new(),
        }
    }

    /// Position of the first delimiter or line end from a place on, or the length of the text.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8], from: usize) -> usize {
        if from < self.asked {
            self.go_back(text, from);
        }
        self.asked = from;
        while let Some(end) = self.ends.get(self.next) {
            if *end >= from {
                return *end;
            }
            self.next += 1;
        }
        self.search(text, from)
    }

    #[cold]
    fn go_back(&mut self, text: &[u8], from: usize) {
        self.next = 0;
        if from < self.start {
            self.look_at(text, from);
        }
    }

    /// The same behind all places of the stretch.
    fn search(&mut self, text: &[u8], from: usize) -> usize {
        let mut at = from.max(self.end);
        while at < text.len() {
            self.look_at(text, at);
            if let Some(end) = self.ends.first() {
                return *end;
            }
            at = self.end;
        }
        text.len()
    }

    fn look_at(&mut self, text: &[u8], at: usize) {
        (self.start, self.end) = (at, text.len().min(at + STRETCH));
        let stretch = text.get(at..self.end).unwrap_or_default();
        places(stretch, [self.delimiter, b'\n', b'\r'], &mut self.marks);
        self.ends.clear();
        self.next = 0;
        for (block, marks) in (at..).step_by(BLOCK).zip(&self.marks) {
            let mut left = *marks;
            while left != 0 {
                // Most blocks have no more than so many, and no block asks how many.
                let found = left.count_ones().min(MOST as u32);
                let written: [usize; MOST] = std::array::from_fn(|_| {
                    let place = left.trailing_zeros() as usize;
                    left &= left.wrapping_sub(1);
                    block + place
                });
                self.ends.extend_from_slice(&written);
                self.ends.truncate(self.ends.len() - (MOST - found as usize));
            }
        }
    }
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
