//! Splits and folds by group: what belongs together is never cut.

use std::collections::BTreeMap;

use crate::{Split, hash::hash64};

/// Shares of the examples that are for tuning and that are kept back; the rest is learnt from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// For tuning.
    pub dev: f64,
    /// Kept back.
    pub test: f64,
}

/// Shares that are none.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("dev {dev} and test {test} are no shares: expected two numbers from 0 that add up to less than 1")]
pub struct NoShares {
    /// For tuning.
    pub dev: f64,
    /// Kept back.
    pub test: f64,
}

impl Shares {
    /// Checks the shares.
    ///
    /// # Errors
    ///
    /// When one is negative or no number, or nothing is left to learn from.
    pub fn new(dev: f64, test: f64) -> Result<Self, NoShares> {
        if dev >= 0.0 && test >= 0.0 && dev + test < 1.0 {
            Ok(Self { dev, test })
        } else {
            Err(NoShares { dev, test })
        }
    }
}

/// Cuts examples, given by their groups, into parts: the part of each group.
///
/// Groups are taken in an order that depends on their names and the seed alone, first into the test
/// part, then into the dev part, each as long as the group fits into the share. So no part is larger than its share,
/// and the order of the examples does not matter.
///
/// ```
/// use marey_corpus::{Shares, Split, split_by_group};
///
/// let groups = ["a", "a", "b", "c", "d", "e", "e", "f", "g", "h"];
/// let parts = split_by_group(groups, Shares::new(0.2, 0.2)?, 7);
/// let test: usize = groups.iter().filter(|group| parts[**group] == Split::Test).count();
/// assert_eq!(test, 2);
/// # Ok::<(), marey_corpus::NoShares>(())
/// ```
pub fn split_by_group<'g>(
    groups: impl IntoIterator<Item = &'g str>,
    shares: Shares,
    seed: u64,
) -> BTreeMap<String, Split> {
    let sizes = sizes(groups);
    let total: usize = sizes.values().sum();
    let mut order: Vec<(&str, usize)> = sizes.iter().map(|(group, size)| (*group, *size)).collect();
    order.sort_by_key(|(group, _)| (hash64(group.as_bytes(), seed), *group));
    let room = |share: f64| (share * total as f64 + 1e-9) as usize;
    let (mut test, mut dev) = (room(shares.test), room(shares.dev));
    let mut parts = BTreeMap::new();
    for (group, size) in order {
        let part = if size <= test {
            test -= size;
            Split::Test
        } else if size <= dev {
            dev -= size;
            Split::Dev
        } else {
            Split::Train
        };
        parts.insert(group.to_owned(), part);
    }
    parts
}

/// Cuts examples, given by their groups, into `folds` parts of about the same size: the fold of each
/// group, from 0.
///
/// Large groups are dealt first, each to the fold that has least, so the largest fold has at most one
/// group more than the smallest. With fewer groups than folds some folds are empty.
pub fn grouped_folds<'g>(
    groups: impl IntoIterator<Item = &'g str>,
    folds: usize,
    seed: u64,
) -> BTreeMap<String, usize> {
    let sizes = sizes(groups);
    let mut order: Vec<(&str, usize)> = sizes.iter().map(|(group, size)| (*group, *size)).collect();
    order.sort_by_key(|(group, size)| (std::cmp::Reverse(*size), hash64(group.as_bytes(), seed), *group));
    let mut filled = vec![0_usize; folds.max(1)];
    let mut fold_of = BTreeMap::new();
    for (group, size) in order {
        let least = filled.iter().enumerate().min_by_key(|(_, size)| **size);
        let fold = least.map_or(0, |(fold, _)| fold);
        if let Some(filled) = filled.get_mut(fold) {
            *filled += size;
        }
        fold_of.insert(group.to_owned(), fold);
    }
    fold_of
}

fn sizes<'g>(groups: impl IntoIterator<Item = &'g str>) -> BTreeMap<&'g str, usize> {
    let mut sizes = BTreeMap::new();
    for group in groups {
        *sizes.entry(group).or_insert(0) += 1;
    }
    sizes
}
