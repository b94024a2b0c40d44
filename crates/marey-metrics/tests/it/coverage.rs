//! Simulated worlds in which the truth is known: a 95 % interval has to hold it in 93 to 97 % of them.

use marey_metrics::statistics::{Bootstrap, Generator, Interval, PairedGroup, Tally, compare_paired};

/// Number of simulated evaluations; the standard error of a coverage of 95 % is 0.5 points.
const WORLDS: u64 = 2000;

/// A group with its own chance of success around `mean`, and between `least` and `most` items.
fn group(generator: &mut Generator, mean: f64, spread: f64, sizes: (usize, usize)) -> Vec<f64> {
    // The spread is symmetric, so that the mean over groups stays the truth.
    let chance = mean + spread * (2.0 * generator.unit() - 1.0);
    let size = sizes.0 + generator.below(sizes.1 - sizes.0 + 1);
    (0..size)
        .map(|_| f64::from(u8::from(generator.unit() < chance)))
        .collect()
}

/// The share of worlds whose interval holds the truth.
fn coverage(seed: u64, interval: impl Fn(&mut Generator) -> Option<Interval>, truth: f64) -> f64 {
    let held = (0..WORLDS).filter(|&world| {
        let mut generator = Generator::for_place(seed, world);
        interval(&mut generator).is_some_and(|interval| interval.low <= truth && truth <= interval.high)
    });
    held.count() as f64 / WORLDS as f64
}

pub(crate) fn worlds(groups: usize, sizes: (usize, usize), bootstrap: &Bootstrap) -> f64 {
    coverage(
        7,
        |generator| {
            let tallies: Vec<Tally> = (0..groups)
                .map(|_| group(generator, 0.4, 0.3, sizes).into_iter().collect())
                .collect();
            bootstrap.mean(&tallies)
        },
        0.4,
    )
}

/// The wrong way: every item is drawn for itself.
pub(crate) fn worlds_of_items(groups: usize, sizes: (usize, usize), bootstrap: &Bootstrap) -> f64 {
    coverage(
        7,
        |generator| {
            let items = (0..groups)
                .flat_map(|_| group(generator, 0.4, 0.3, sizes))
                .collect::<Vec<_>>();
            let tallies: Vec<Tally> = items
                .into_iter()
                .map(|item| [item].into_iter().collect())
                .collect();
            bootstrap.mean(&tallies)
        },
        0.4,
    )
}

pub(crate) fn quick() -> Bootstrap {
    Bootstrap {
        draws: 500,
        ..Bootstrap::default()
    }
}

fn is_held(share: f64, what: &str) {
    assert!((0.93..=0.97).contains(&share), "{what}: {share}");
}

#[test]
fn intervals_of_means_hold_the_truth() {
    is_held(worlds(12, (4, 12), &quick()), "12 groups");
    is_held(worlds(40, (1, 30), &quick()), "40 groups of very different size");
}

#[test]
fn intervals_of_macro_means_hold_the_truth() {
    let share = coverage(
        11,
        |generator| {
            let tallies: Vec<Tally> = (0..25)
                .map(|_| group(generator, 0.5, 0.4, (2, 20)).into_iter().collect())
                .collect();
            quick().macro_mean(&tallies)
        },
        0.5,
    );
    is_held(share, "25 groups");
}

#[test]
fn intervals_of_differences_hold_the_truth() {
    let share = coverage(
        13,
        |generator| {
            let groups: Vec<PairedGroup> = (0..20)
                .map(|_| {
                    let lift = 0.1 + 0.2 * (2.0 * generator.unit() - 1.0);
                    let scores = (0..8).map(|_| {
                        let luck = generator.unit();
                        let right = |chance: f64| f64::from(u8::from(luck < chance));
                        (right(0.4 + lift), right(0.4))
                    });
                    PairedGroup {
                        scores: scores.collect(),
                    }
                })
                .collect();
            compare_paired(&groups, &quick()).and_then(|comparison| comparison.interval)
        },
        0.1,
    );
    is_held(share, "20 pairs of groups");
}

#[test]
fn p_values_of_no_difference_are_as_rare_as_they_say() {
    let rejected = (0..WORLDS).filter(|&world| {
        let mut generator = Generator::for_place(17, world);
        let groups: Vec<PairedGroup> = (0..10)
            .map(|_| PairedGroup {
                scores: vec![(generator.unit(), generator.unit()); 3],
            })
            .collect();
        let fast = Bootstrap {
            draws: 2,
            ..Bootstrap::default()
        };
        compare_paired(&groups, &fast).is_some_and(|comparison| comparison.p <= 0.05)
    });
    let share = rejected.count() as f64 / WORLDS as f64;
    assert!((0.035..=0.065).contains(&share), "{share}");
}
