//! The difference of two systems that answered the same items.

use serde::Serialize;

use super::{Bootstrap, Generator, Interval, Tally};

/// The items of one group with both systems' scores.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PairedGroup {
    /// First and second system's score, item by item.
    pub scores: Vec<(f64, f64)>,
}

/// The difference between two systems.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Comparison {
    /// Mean score of the first less that of the second.
    pub difference: f64,
    /// Its interval, from drawn groups; absent with fewer than two groups.
    pub interval: Option<Interval>,
    /// Two-sided p-value of no difference, from exchanging the systems group by group.
    pub p: f64,
    /// Number of items.
    pub n: usize,
    /// Number of groups.
    pub groups: usize,
}

/// Most groups for which every exchange is tried; beyond, exchanges are drawn.
const MAX_EXACT: usize = 16;

/// Compares two systems on the same items; none without items.
///
/// Under the hypothesis that the systems are alike, exchanging them in any group changes nothing:
/// the p-value is the share of exchanges with a difference at least as large (Fisher's sign-flip
/// test with groups as units). All exchanges are tried for up to 16 groups, else `draws` random
/// ones, the observed one counted in (Phipson and Smyth, 2010).
///
/// ```
/// use marey_metrics::statistics::{Bootstrap, PairedGroup, compare_paired};
///
/// let groups = vec![PairedGroup { scores: vec![(1.0, 0.0)] }; 4];
/// let comparison = compare_paired(&groups, &Bootstrap::default()).unwrap();
/// assert_eq!(comparison.difference, 1.0);
/// // Only the two exchanges of all or none of the four are as large: 2 of 16.
/// assert_eq!(comparison.p, 0.125);
/// ```
pub fn compare_paired(groups: &[PairedGroup], bootstrap: &Bootstrap) -> Option<Comparison> {
    let tallies: Vec<Tally> = groups
        .iter()
        .filter(|group| !group.scores.is_empty())
        .map(|group| {
            group
                .scores
                .iter()
                .map(|(first, second)| first - second)
                .collect()
        })
        .collect();
    let n: f64 = tallies.iter().map(|tally| tally.n).sum();
    if n == 0.0 {
        return None;
    }
    let sums: Vec<f64> = tallies.iter().map(|tally| tally.sum).collect();
    Some(Comparison {
        difference: sums.iter().sum::<f64>() / n,
        interval: bootstrap.mean(&tallies),
        p: if sums.len() <= MAX_EXACT {
            exact(&sums)
        } else {
            drawn(&sums, bootstrap)
        },
        n: n as usize,
        groups: sums.len(),
    })
}

/// Sums that differ by rounding alone count as equal.
fn reaches(sum: f64, observed: f64) -> bool {
    sum.abs() >= observed - 1e-12 * observed.max(1.0)
}

fn exact(sums: &[f64]) -> f64 {
    let observed = sums.iter().sum::<f64>().abs();
    let all = 1_u32 << sums.len();
    let flipped = |signs: u32| -> f64 {
        let sum = |(place, sum): (usize, &f64)| if signs >> place & 1 == 1 { -sum } else { *sum };
        sums.iter().enumerate().map(sum).sum()
    };
    let reached = (0..all)
        .filter(|&signs| reaches(flipped(signs), observed))
        .count();
    reached as f64 / f64::from(all)
}

fn drawn(sums: &[f64], bootstrap: &Bootstrap) -> f64 {
    let observed = sums.iter().sum::<f64>().abs();
    let mut generator = Generator::for_place(bootstrap.seed, u64::MAX);
    let reached = (0..bootstrap.draws)
        .filter(|_| {
            let mut signs = 0;
            let mut sum = 0.0;
            for (place, group) in sums.iter().enumerate() {
                if place % 64 == 0 {
                    signs = generator.next_u64();
                }
                sum += if signs >> (place % 64) & 1 == 1 {
                    -group
                } else {
                    *group
                };
            }
            reaches(sum, observed)
        })
        .count();
    (reached as f64 + 1.0) / (bootstrap.draws as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(scores: &[(f64, f64)]) -> Vec<PairedGroup> {
        scores
            .iter()
            .map(|&pair| PairedGroup { scores: vec![pair] })
            .collect()
    }

    #[test]
    fn alike_systems_differ_by_chance_alone() {
        let alike = compare_paired(&groups(&[(0.5, 0.5); 3]), &Bootstrap::default()).unwrap();
        assert_eq!((alike.difference, alike.p), (0.0, 1.0));
        assert_eq!(compare_paired(&[], &Bootstrap::default()), None);
        assert_eq!(
            compare_paired(&[PairedGroup::default()], &Bootstrap::default()),
            None
        );
    }

    #[test]
    fn exchanging_the_systems_changes_the_sign_alone() {
        let forth = groups(&[(0.9, 0.1), (0.8, 0.7), (0.2, 0.3)]);
        let back: Vec<PairedGroup> = forth
            .iter()
            .map(|group| PairedGroup {
                scores: group.scores.iter().map(|&(a, b)| (b, a)).collect(),
            })
            .collect();
        let forth = compare_paired(&forth, &Bootstrap::default()).unwrap();
        let back = compare_paired(&back, &Bootstrap::default()).unwrap();
        assert_eq!(forth.p, back.p);
        assert!((forth.difference + back.difference).abs() < 1e-12);
        // Sums 0.8, 0.1, -0.1: of eight sign patterns the total 0.8 is reached by all with |0.8| or more.
        assert_eq!(forth.p, 0.75);
    }

    #[test]
    fn many_groups_are_sampled() {
        let clear = compare_paired(&groups(&[(1.0, 0.0); 40]), &Bootstrap::default()).unwrap();
        assert!(clear.p < 0.002, "{}", clear.p);
        let noise: Vec<(f64, f64)> = (0..40)
            .map(|i| (f64::from(i % 2), f64::from((i + 1) % 2)))
            .collect();
        assert!(compare_paired(&groups(&noise), &Bootstrap::default()).unwrap().p > 0.5);
    }
}
