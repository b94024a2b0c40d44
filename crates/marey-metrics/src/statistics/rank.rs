//! How sure one may be of a place on a leaderboard.

use serde::Serialize;

use super::{Bootstrap, Generator, Tally};

/// The ranks that a system takes when groups are drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RankInterval {
    /// Rank on the items as they are; 1 is best, equals share the better rank.
    pub rank: usize,
    /// Best rank of the middle 95 % (or `level`) of the draws.
    pub low: usize,
    /// Worst rank of it.
    pub high: usize,
}

/// The rank of each system with its interval. `systems` holds, for each system, the tallies of the
/// same groups in the same order; a higher mean is better. None where systems have different numbers
/// of groups.
///
/// Marginal intervals by the percentile bootstrap over groups (Goldstein and Spiegelhalter, *League
/// Tables and Their Limitations*, J. R. Stat. Soc. A 159, 1996). With fewer than two groups every
/// rank is possible.
pub fn rank_intervals(systems: &[Vec<Tally>], bootstrap: &Bootstrap) -> Option<Vec<RankInterval>> {
    let groups = systems.first().map_or(0, Vec::len);
    if systems.iter().any(|tallies| tallies.len() != groups) {
        return None;
    }
    let all: Vec<usize> = (0..groups).collect();
    let observed = ranks(systems, &all);
    if groups < 2 {
        let widest = |rank| RankInterval {
            rank,
            low: 1,
            high: systems.len(),
        };
        return Some(observed.into_iter().map(widest).collect());
    }
    let mut drawn: Vec<Vec<usize>> = vec![Vec::with_capacity(bootstrap.draws); systems.len()];
    for draw in 0..bootstrap.draws {
        let mut generator = Generator::for_place(bootstrap.seed, draw as u64);
        let picked: Vec<usize> = (0..groups).map(|_| generator.below(groups)).collect();
        for (system, rank) in ranks(systems, &picked).into_iter().enumerate() {
            drawn[system].push(rank);
        }
    }
    let tail = (1.0 - bootstrap.level.clamp(0.0, 1.0)) / 2.0;
    let interval = |(rank, mut ranks): (usize, Vec<usize>)| {
        ranks.sort_unstable();
        let last = ranks.len().saturating_sub(1);
        // Ranks are whole: the ends are those that at least the stated share lies within.
        let at = |place: usize| ranks.get(place).copied().unwrap_or(rank);
        RankInterval {
            rank,
            low: at((tail * last as f64).floor() as usize),
            high: at(((1.0 - tail) * last as f64).ceil() as usize),
        }
    };
    Some(observed.into_iter().zip(drawn).map(interval).collect())
}

fn ranks(systems: &[Vec<Tally>], picked: &[usize]) -> Vec<usize> {
    let mean = |tallies: &Vec<Tally>| {
        let (sum, n) = picked.iter().fold((0.0, 0.0), |(sum, n), &group| {
            (sum + tallies[group].sum, n + tallies[group].n)
        });
        if n > 0.0 { sum / n } else { f64::NEG_INFINITY }
    };
    let means: Vec<f64> = systems.iter().map(mean).collect();
    means
        .iter()
        .map(|own| 1 + means.iter().filter(|other| *other > own).count())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(scores: &[f64]) -> Vec<Tally> {
        scores
            .iter()
            .map(|&score| [score].into_iter().collect())
            .collect()
    }

    #[test]
    fn a_clear_winner_is_first_in_every_draw() {
        let systems = [system(&[0.1; 9]), system(&[0.9; 9]), system(&[0.5; 9])];
        let ranks = rank_intervals(&systems, &Bootstrap::default()).unwrap();
        let of = |ranks: &RankInterval| (ranks.rank, ranks.low, ranks.high);
        assert_eq!(
            ranks.iter().map(of).collect::<Vec<_>>(),
            [(3, 3, 3), (1, 1, 1), (2, 2, 2)]
        );
    }

    #[test]
    fn close_systems_may_change_places() {
        let up: Vec<f64> = (0..8).map(|i| f64::from(i % 2)).collect();
        let mut down: Vec<f64> = (0..8).map(|i| f64::from((i + 1) % 2)).collect();
        down[0] = 0.9;
        let ranks = rank_intervals(&[system(&up), system(&down)], &Bootstrap::default()).unwrap();
        assert_eq!((ranks[0].rank, ranks[0].low, ranks[0].high), (1, 1, 2));
        assert_eq!((ranks[1].rank, ranks[1].low, ranks[1].high), (2, 1, 2));
    }

    #[test]
    fn equals_share_the_better_rank_and_other_groups_are_refused() {
        let ranks = rank_intervals(&[system(&[0.5]), system(&[0.5])], &Bootstrap::default()).unwrap();
        assert_eq!((ranks[0].rank, ranks[1].rank, ranks[1].high), (1, 1, 2));
        assert!(rank_intervals(&[system(&[0.5]), system(&[])], &Bootstrap::default()).is_none());
    }
}
