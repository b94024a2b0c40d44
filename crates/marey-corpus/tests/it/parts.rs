//! Splits and folds: no group is cut, whatever the groups.

use std::collections::BTreeMap;

use marey_corpus::{Shares, Split, grouped_folds, split_by_group};
use proptest::prelude::*;

fn groups() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-e]{1,3}", 0..200)
}

fn shares() -> impl Strategy<Value = Shares> {
    (0.0..0.5, 0.0..0.49).prop_map(|(dev, test)| Shares::new(dev, test).unwrap())
}

fn names(groups: &[String]) -> impl Iterator<Item = &str> {
    groups.iter().map(String::as_str)
}

proptest! {
    /// The part is a function of the group: every example of a group has one, and only one.
    #[test]
    fn no_group_crosses_parts(groups in groups(), shares in shares(), seed in any::<u64>()) {
        let parts = split_by_group(names(&groups), shares, seed);
        let distinct: std::collections::BTreeSet<&String> = groups.iter().collect();
        prop_assert_eq!(parts.keys().collect::<std::collections::BTreeSet<_>>(), distinct);
        let mut sizes: BTreeMap<Split, usize> = BTreeMap::new();
        for group in &groups {
            *sizes.entry(parts[group]).or_default() += 1;
        }
        let size = |part| sizes.get(&part).copied().unwrap_or(0) as f64;
        prop_assert!(size(Split::Test) <= shares.test * groups.len() as f64 + 1e-6);
        prop_assert!(size(Split::Dev) <= shares.dev * groups.len() as f64 + 1e-6);
    }

    #[test]
    fn parts_and_folds_do_not_depend_on_order(groups in groups(), shares in shares(), seed in any::<u64>(), folds in 1_usize..8) {
        let mut reversed = groups.clone();
        reversed.reverse();
        prop_assert_eq!(split_by_group(names(&groups), shares, seed), split_by_group(names(&reversed), shares, seed));
        prop_assert_eq!(grouped_folds(names(&groups), folds, seed), grouped_folds(names(&reversed), folds, seed));
    }

    #[test]
    fn folds_hold_whole_groups_and_are_even(groups in groups(), seed in any::<u64>(), folds in 1_usize..8) {
        let fold_of = grouped_folds(names(&groups), folds, seed);
        let (mut filled, mut largest) = (vec![0_usize; folds], BTreeMap::<&str, usize>::new());
        for group in names(&groups) {
            filled[fold_of[group]] += 1;
            *largest.entry(group).or_default() += 1;
        }
        let largest = largest.values().max().copied().unwrap_or(0);
        prop_assert!(filled.iter().max().unwrap() - filled.iter().min().unwrap() <= largest);
    }
}

#[test]
fn shares_leave_something_to_learn_from() {
    for (dev, test, good) in [
        (0.1, 0.2, true),
        (0.0, 0.0, true),
        (0.5, 0.5, false),
        (-0.1, 0.2, false),
        (f64::NAN, 0.2, false),
    ] {
        assert_eq!(Shares::new(dev, test).is_ok(), good, "{dev} {test}");
    }
}

#[test]
fn seeds_give_other_parts() {
    let groups: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    let shares = Shares::new(0.2, 0.2).unwrap();
    let parts = |seed| split_by_group(names(&groups), shares, seed);
    assert_ne!(parts(1), parts(2));
    assert_eq!(parts(1).values().filter(|part| **part == Split::Test).count(), 20);
}
