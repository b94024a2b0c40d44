//! Dependencies on two columns together.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::{
    dependency::Link,
    evidence,
    field::{Field, MISSING, Sheet},
};

/// Most columns that are tried in pairs.
pub(super) const MOST_DECIDING: usize = 16;
/// Most columns that are tried to follow from each pair.
const MOST_FOLLOWING: usize = 64;

/// `to` follows from both of `from` together, places in the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CompositeLink {
    pub(super) from: [usize; 2],
    pub(super) to: usize,
    pub(super) support: u64,
}

/// Links on two of the first columns, of those candidates that follow from neither alone and
/// repeat no earlier column.
pub(super) fn find(sheet: &Sheet<'_>, candidates: &[usize], links: &[Link]) -> Vec<CompositeLink> {
    let linked = |from: usize, to: usize| links.iter().any(|link| link.from == from && link.to == to);
    let own: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|place| {
            let repeats = |earlier: &usize| linked(*earlier, *place) && linked(*place, *earlier);
            !candidates
                .iter()
                .take_while(|earlier| *earlier < place)
                .any(repeats)
        })
        .collect();
    let deciding = own.get(..MOST_DECIDING).unwrap_or(&own);
    let following = own.get(..MOST_FOLLOWING).unwrap_or(&own);
    let pairs: Vec<[usize; 2]> = (0..deciding.len())
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .filter_map(|(a, b)| Some([*deciding.get(a)?, *deciding.get(b)?]))
        .filter(|[a, b]| !linked(*a, *b) && !linked(*b, *a))
        .collect();
    let questions = pairs.len() * following.len();
    pairs
        .par_iter()
        .flat_map_iter(|from| {
            let [a, b] = *from;
            let both = sheet.fields.get(a).zip(sheet.fields.get(b));
            let groups = both.map(|(a, b)| Groups::of(a, b, &sheet.weights));
            following
                .iter()
                .filter(|to| **to != a && **to != b && !linked(a, **to) && !linked(b, **to))
                .filter_map(|to| {
                    let (x, y) = both?;
                    let z = sheet.fields.get(*to)?;
                    let groups = groups.as_ref().filter(|groups| groups.repeat())?;
                    let support = groups.decide(z, &sheet.weights)?;
                    // Each of both may nearly decide alone: then the other one adds nothing.
                    let chance = z
                        .same_or_missing
                        .max(same_within(x, z, &sheet.weights))
                        .max(same_within(y, z, &sheet.weights));
                    let told = evidence::stands_out(evidence::all_agree(support, chance), questions);
                    told.then_some(CompositeLink {
                        from: *from,
                        to: *to,
                        support,
                    })
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Rows grouped by two columns.
struct Groups {
    codes: Vec<u32>,
    len: usize,
    filled: u64,
}

impl Groups {
    fn of(a: &Field<'_>, b: &Field<'_>, weights: &[u64]) -> Self {
        let mut numbering: HashMap<(u32, u32), u32> = HashMap::new();
        let mut filled = 0;
        let codes = a
            .codes
            .iter()
            .zip(&b.codes)
            .zip(weights)
            .map(|((a, b), weight)| {
                if *a == MISSING || *b == MISSING {
                    return MISSING;
                }
                filled += weight;
                let next = numbering.len() as u32;
                *numbering.entry((*a, *b)).or_insert(next)
            })
            .collect();
        Self {
            codes,
            len: numbering.len(),
            filled,
        }
    }

    /// Whether there are at least two rows per group.
    fn repeat(&self) -> bool {
        self.len as u64 * 2 <= self.filled
    }

    /// Rows that could have broken the dependency; none where one does.
    fn decide(&self, to: &Field<'_>, weights: &[u64]) -> Option<u64> {
        let mut first: Vec<Option<u32>> = vec![None; self.len];
        let mut support = 0;
        for ((group, follows), weight) in self.codes.iter().zip(&to.codes).zip(weights) {
            let Some(first) = first.get_mut(*group as usize) else {
                continue;
            };
            match *first {
                None => {
                    *first = Some(*follows);
                    support += weight.saturating_sub(1);
                }
                Some(first) if first == *follows => support += weight,
                Some(_) => return None,
            }
        }
        Some(support)
    }
}

/// Chance that two rows which agree in one column agree in the other.
fn same_within(by: &Field<'_>, of: &Field<'_>, weights: &[u64]) -> f64 {
    let mut pairs: HashMap<(u32, u32), u64> = HashMap::new();
    let mut sizes = vec![0_u64; by.distinct as usize];
    for ((group, value), weight) in by.codes.iter().zip(&of.codes).zip(weights) {
        if let Some(size) = sizes.get_mut(*group as usize) {
            *size += weight;
            *pairs.entry((*group, *value)).or_default() += weight;
        }
    }
    // Whole numbers, so that the order of the map does not matter.
    let meetings = |n: u64| u128::from(n) * u128::from(n.saturating_sub(1));
    let agreeing: u128 = pairs.values().map(|n| meetings(*n)).sum();
    let all: u128 = sizes.iter().map(|n| meetings(*n)).sum();
    agreeing as f64 / all.max(1) as f64
}
