//! [`Numbers`]: what is summed up of numbers as they pass, block by block.

use marey_table::vector::widely;

use crate::{moments::Moments, quantile::QuantileSketch, value::Kind};

/// Values that are gathered before they go into the moments and the quantile sketch.
pub(crate) const BLOCK: usize = 4096;
/// Values that are looked at side by side.
const LANES: usize = 8;
/// From this size on every float is whole.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// Running summary of finite numbers (or of milliseconds).
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    /// Whether these are numbers rather than points in time, whose moments nobody asks for.
    pub(crate) measured: bool,
    pub(crate) count: u64,
    pub(crate) non_finite: u64,
    pub(crate) zeros: u64,
    pub(crate) negatives: u64,
    pub(crate) integers: bool,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) moments: Moments,
    pub(crate) quantiles: QuantileSketch,
    /// Values not yet in the figures above. Blocks end at fixed places of the column's sequence of
    /// values, so batches of any size give the same sums.
    pub(crate) block: Vec<f64>,
}

impl Numbers {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            measured: kind.is_number(),
            count: 0,
            non_finite: 0,
            zeros: 0,
            negatives: 0,
            integers: true,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            moments: Moments::default(),
            quantiles: QuantileSketch::new(),
            block: Vec::new(),
        }
    }

    /// An empty summary of values that follow.
    pub(crate) fn following(&self, kind: Kind) -> Self {
        Self {
            quantiles: self.quantiles.following(),
            ..Self::new(kind)
        }
    }

    /// Takes numbers of which some may not be finite.
    pub(crate) fn extend_floats(&mut self, bits: &[u64]) {
        let numbers = || bits.iter().map(|bits| f64::from_bits(*bits));
        if numbers().fold(true, |finite, number| finite & number.is_finite()) {
            self.extend(bits, f64::from_bits);
            return;
        }
        for number in numbers() {
            if number.is_finite() {
                self.push(number);
            } else {
                self.non_finite += 1;
            }
        }
    }

    /// Takes values that are all finite numbers.
    pub(crate) fn extend(&mut self, bits: &[u64], number: impl Fn(u64) -> f64) {
        let mut left = bits;
        while !left.is_empty() {
            let (taken, rest) = left.split_at(left.len().min(BLOCK - self.block.len().min(BLOCK - 1)));
            self.block.extend(taken.iter().map(|bits| number(*bits)));
            if self.block.len() >= BLOCK {
                self.flush();
            }
            left = rest;
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, number: f64) {
        self.block.push(number);
        if self.block.len() >= BLOCK {
            self.flush();
        }
    }

    /// Brings the gathered block into the figures.
    pub(crate) fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        widely(
            #[inline(always)]
            || self.note(&block),
        );
        if self.measured {
            self.moments.merge(&Moments::of_slice(&block));
        }
        self.quantiles.extend(&block);
        block.clear();
        self.block = block;
    }

    /// Takes numbers with their counts, out of order.
    pub(crate) fn extend_weighted(&mut self, mut numbers: Vec<(f64, u64)>) {
        numbers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        for (number, count) in &numbers {
            self.count += count;
            self.zeros += u64::from(*number == 0.0) * count;
            self.negatives += u64::from(*number < 0.0) * count;
            self.integers &= is_whole(*number);
            self.min = self.min.min(*number);
            self.max = self.max.max(*number);
            self.quantiles.add(*number, *count);
        }
        if self.measured {
            self.moments.merge(&Moments::of(numbers.iter().copied()));
        }
    }

    #[inline(always)]
    fn note(&mut self, block: &[f64]) {
        self.count += block.len() as u64;
        let (chunks, rest) = block.as_chunks::<LANES>();
        let (mut min, mut max) = ([self.min; LANES], [self.max; LANES]);
        for chunk in chunks {
            for lane in 0..LANES {
                let number = chunk[lane];
                min[lane] = if number < min[lane] { number } else { min[lane] };
                max[lane] = if number > max[lane] { number } else { max[lane] };
            }
        }
        let smallest = min.iter().chain(rest);
        let largest = max.iter().chain(rest);
        self.min = smallest.fold(self.min, |min, number| min.min(*number));
        self.max = largest.fold(self.max, |max, number| max.max(*number));
        if self.measured {
            self.zeros += block.iter().filter(|number| **number == 0.0).count() as u64;
            self.negatives += block.iter().filter(|number| **number < 0.0).count() as u64;
            // Most blocks that hold a fraction hold one among their first numbers.
            self.integers = self.integers && block.iter().all(|number| is_whole(*number));
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.flush();
        self.count += other.count;
        self.non_finite += other.non_finite;
        self.zeros += other.zeros;
        self.negatives += other.negatives;
        self.integers &= other.integers;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.moments.merge(&other.moments);
        self.quantiles.merge(&other.quantiles);
        for number in &other.block {
            self.push(*number);
        }
    }
}

/// Whether a finite number has no fraction. Not by `fract`, which calls a function where the
/// processor is not known to round by itself.
#[inline]
fn is_whole(number: f64) -> bool {
    let size = number.abs();
    size >= WHOLE || (size + WHOLE) - WHOLE == size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_told_at_every_size() {
        for (number, whole) in [
            (0.0, true),
            (-3.0, true),
            (0.5, false),
            (1e-300, false),
            (2_251_799_813_685_247.5, false),
            (2_251_799_813_685_249.0, true),
            (4_503_599_627_370_495.0, true),
            (4_503_599_627_370_497.0, true),
            (f64::MAX, true),
        ] {
            assert_eq!(is_whole(number), whole, "{number}");
            assert_eq!(number.fract() == 0.0, whole, "{number}");
        }
    }

    #[test]
    fn pieces_of_any_size_give_the_same_figures() {
        let bits: Vec<u64> = (0..20_000)
            .map(|n| (f64::from(n * 37 % 1001) - 500.5).to_bits())
            .collect();
        let summed = |size: usize| {
            let mut numbers = Numbers::new(Kind::Float);
            bits.chunks(size).for_each(|piece| numbers.extend_floats(piece));
            numbers.flush();
            numbers
        };
        let whole = summed(bits.len());
        assert_eq!((whole.count, whole.zeros, whole.integers), (20_000, 0, false));
        assert_eq!((whole.min, whole.max), (-500.5, 499.5));
        for size in [1, 7, 4096, 5000] {
            let pieces = summed(size);
            assert_eq!(pieces.moments, whole.moments);
            assert_eq!(pieces.quantiles.weighted(), whole.quantiles.weighted());
            assert_eq!((pieces.negatives, pieces.min), (whole.negatives, whole.min));
        }
    }
}
