//! Dependencies between two columns: the value of one follows from that of the other.

use hashbrown::HashMap;
use marey_core::FieldType;
use rayon::prelude::*;

use super::{
    evidence,
    field::{Field, MISSING, Sheet},
};
use crate::{Dependency, value::Kind};

/// Most columns that are looked at.
pub(super) const MOST_COLUMNS: usize = 512;
/// Largest share of rows that may break an approximate dependency.
const MOST_BROKEN: f64 = 0.05;
/// Stands for a deciding value that was not seen yet.
const UNSEEN: u32 = MISSING - 1;
/// Rows between two looks at whether going on is worth it.
const STRIDE: usize = 256;

/// `to` follows from `from`, both places in the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Rows that could have broken it.
    pub(super) support: u64,
    /// Rows that do.
    pub(super) broken: u64,
}

impl Link {
    pub(super) fn dependency(&self, sheet: &Sheet<'_>) -> Option<Dependency> {
        let (from, to) = (sheet.fields.get(self.from)?, sheet.fields.get(self.to)?);
        Some(Dependency {
            from: from.profile.name.clone(),
            to: to.profile.name.clone(),
            error: self.broken as f64 / from.filled.max(1) as f64,
            support: self.support,
            exact: sheet.complete,
        })
    }
}

/// Places of the columns that can decide or follow: with fewer than two rows per value a dependency
/// says next to nothing.
pub(super) fn candidates(sheet: &Sheet<'_>) -> Vec<usize> {
    (0..)
        .zip(&sheet.fields)
        .filter(|(_, field)| field.distinct >= 2 && u64::from(field.distinct) * 2 <= field.filled)
        .map(|(place, _)| place)
        .collect()
}

/// Whether a column can decide others: a number that was measured does not, even where it repeats.
fn decides(field: &Field<'_>) -> bool {
    let fractional = matches!(field.kind, Kind::Float | Kind::Decimal(_));
    !(fractional && field.profile.field_type == FieldType::Quantitative)
}

/// All links among the candidates, whole ones and those that few rows break, in order of place. A
/// missing value decides nothing, but may follow.
pub(super) fn find(sheet: &Sheet<'_>, candidates: &[usize]) -> Vec<Link> {
    let candidates = candidates.get(..MOST_COLUMNS).unwrap_or(candidates);
    let questions = candidates.len() * candidates.len().saturating_sub(1);
    let deciding: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|place| sheet.fields.get(*place).is_some_and(decides))
        .collect();
    deciding
        .par_iter()
        .flat_map_iter(|from| {
            let mut scan = Scan::default();
            candidates
                .iter()
                .filter(move |to| *to != from)
                .filter_map(|to| {
                    let (a, b) = (sheet.fields.get(*from)?, sheet.fields.get(*to)?);
                    let (support, broken) = scan.follows(a, b, &sheet.weights)?;
                    if broken > 0 && a.profile.field_type == FieldType::Quantitative {
                        return None;
                    }
                    let told =
                        evidence::stands_out(evidence::all_agree(support, b.same_or_missing), questions);
                    told.then_some(Link {
                        from: *from,
                        to: *to,
                        support,
                        broken,
                    })
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What was seen of the deciding values; kept between columns so that it is not built anew.
#[derive(Default)]
struct Scan {
    first: Vec<u32>,
    seen: Vec<u32>,
}

impl Scan {
    /// Rows that could break the dependency and rows that do, or none where too many do.
    fn follows(&mut self, from: &Field<'_>, to: &Field<'_>, weights: &[u64]) -> Option<(u64, u64)> {
        self.first.resize(from.distinct as usize, UNSEEN);
        let found = self.differing(from, to, weights);
        for code in self.seen.drain(..) {
            if let Some(first) = self.first.get_mut(code as usize) {
                *first = UNSEEN;
            }
        }
        let (support, differing) = found?;
        let broken = if differing == 0 {
            0
        } else {
            broken(from, to, weights)
        };
        let allowed = 0.1_f64.min(0.2 * (1.0 - to.mode_share)) * support as f64;
        let most = allowed.min(MOST_BROKEN * from.filled as f64);
        (broken as f64 <= most).then_some((support, broken))
    }

    /// Rows with a deciding value that was seen before, and how many of them differ from its first
    /// row; none as soon as they differ much as rows without any dependency would.
    fn differing(&mut self, from: &Field<'_>, to: &Field<'_>, weights: &[u64]) -> Option<(u64, u64)> {
        let (mut support, mut differing) = (0, 0);
        let rows = from.codes.chunks(STRIDE).zip(to.codes.chunks(STRIDE));
        for ((from, to_codes), weights) in rows.zip(weights.chunks(STRIDE)) {
            for ((decides, follows), weight) in from.iter().zip(to_codes).zip(weights) {
                let Some(first) = self.first.get_mut(*decides as usize) else {
                    continue;
                };
                if *first == UNSEEN {
                    *first = *follows;
                    self.seen.push(*decides);
                    support += weight.saturating_sub(1);
                } else {
                    support += weight;
                    differing += if first == follows { 0 } else { *weight };
                }
            }
            let by_chance = support as f64 * (1.0 - to.same_or_missing);
            if by_chance > 20.0 && differing as f64 > 0.6 * by_chance {
                return None;
            }
        }
        Some((support, differing))
    }
}

/// Rows that do not have the most frequent value that goes with their deciding value.
fn broken(from: &Field<'_>, to: &Field<'_>, weights: &[u64]) -> u64 {
    let mut pairs: HashMap<(u32, u32), u64> = HashMap::new();
    for ((decides, follows), weight) in from.codes.iter().zip(&to.codes).zip(weights) {
        if *decides != MISSING {
            *pairs.entry((*decides, *follows)).or_default() += weight;
        }
    }
    let mut most = vec![0_u64; from.distinct as usize];
    for ((decides, _), count) in &pairs {
        if let Some(most) = most.get_mut(*decides as usize) {
            *most = (*most).max(*count);
        }
    }
    from.filled.saturating_sub(most.iter().sum())
}
