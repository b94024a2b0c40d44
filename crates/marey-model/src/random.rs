//! [`Random`]: our own seeded generator, since candle's cannot be seeded on the CPU.

/// Splitmix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014): one
/// number of state, so that a checkpoint holds it and a stream can be begun anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Random {
    state: u64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Scatters the bits of a number.
pub(crate) fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random {
    /// A stream by its seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream of its own for a purpose, such as an epoch or a layer.
    pub fn stream(seed: u64, purpose: u64) -> Self {
        Self::new(mix(seed ^ mix(purpose)))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let now = self.state;
        self.state = self.state.wrapping_add(STEP);
        mix(now)
    }

    /// Uniform in `[0, 1)`.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform below `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        match n {
            0 => 0,
            n => ((u128::from(self.bits()) * n as u128) >> 64) as usize,
        }
    }

    /// Standard normal (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Puts items in a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_moments_they_should() {
        let mut random = Random::new(7);
        let n = 20_000;
        let draws: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|draw| draw * draw).sum::<f64>() / f64::from(n);
        assert!(
            mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05,
            "{mean} {variance}"
        );
        let below: Vec<usize> = (0..n).map(|_| random.below(3)).collect();
        let counts = [0, 1, 2].map(|k| below.iter().filter(|draw| **draw == k).count());
        assert!(
            counts.iter().all(|count| (6_200..7_200).contains(count)),
            "{counts:?}"
        );
        assert_ne!(Random::stream(1, 2).bits(), Random::stream(1, 3).bits());
    }
}
