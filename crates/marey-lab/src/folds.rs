//! Folds: every item is answered by a system that saw none of its group.

use std::collections::BTreeMap;

use crate::{Item, LabError};

/// The fold of each item. Groups are never cut; the largest are dealt out first, each to the fold that has
/// the fewest items so far, so that it depends on nothing but the groups and their sizes.
///
/// # Errors
///
/// When there are fewer than two folds or fewer groups than folds.
pub(crate) fn folds(items: &[Item], folds: usize, group_by: &str) -> Result<Vec<usize>, LabError> {
    let group = |item: &Item| {
        if group_by == "group" {
            return item.group.clone();
        }
        item.divisions
            .get(group_by)
            .cloned()
            .unwrap_or_else(|| item.group.clone())
    };
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        *sizes.entry(group(item)).or_default() += 1;
    }
    if folds < 2 || sizes.len() < folds {
        return Err(LabError::Folds {
            folds,
            groups: sizes.len(),
        });
    }
    let mut by_size: Vec<(&String, usize)> = sizes.iter().map(|(group, size)| (group, *size)).collect();
    by_size.sort_by_key(|(group, size)| (std::cmp::Reverse(*size), *group));
    let mut filled = vec![0; folds];
    let mut fold_of: BTreeMap<&String, usize> = BTreeMap::new();
    for (group, size) in by_size {
        let emptiest = (0..folds).min_by_key(|fold| filled[*fold]).unwrap_or(0);
        filled[emptiest] += size;
        fold_of.insert(group, emptiest);
    }
    Ok(items
        .iter()
        .map(|item| fold_of.get(&group(item)).copied().unwrap_or(0))
        .collect())
}
