//! Which examples make which step.

use crate::random::Random;

/// Steps of examples of similar length, so that little is padded: a shuffle, cut into stretches of
/// many steps, each sorted by length and cut into steps, and the steps shuffled.
const STRETCH: usize = 32;

/// The steps of an epoch: positions of examples by their lengths.
pub(crate) fn epoch(lengths: &[usize], batch: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let mut random = Random::stream(seed, 0x0065_706f_6368 ^ epoch);
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    random.shuffle(&mut order);
    let mut steps: Vec<Vec<usize>> = Vec::new();
    for stretch in order.chunks_mut(batch * STRETCH) {
        stretch.sort_by_key(|at| lengths[*at]);
        steps.extend(stretch.chunks(batch).map(<[usize]>::to_vec));
    }
    random.shuffle(&mut steps);
    steps
}

/// Number of steps of an epoch.
pub(crate) fn steps(examples: usize, batch: usize) -> u64 {
    let whole = examples / (batch * STRETCH) * STRETCH;
    let rest = examples % (batch * STRETCH);
    (whole + rest.div_ceil(batch)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_comes_once_in_an_epoch() {
        let lengths: Vec<usize> = (0..333).map(|at| at * 7 % 50).collect();
        let plan = epoch(&lengths, 4, 1, 0);
        assert_eq!(plan.len() as u64, steps(333, 4));
        let mut all: Vec<usize> = plan.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..333).collect::<Vec<_>>());
        assert_eq!(plan, epoch(&lengths, 4, 1, 0));
        assert_ne!(plan, epoch(&lengths, 4, 1, 1));
    }
}
