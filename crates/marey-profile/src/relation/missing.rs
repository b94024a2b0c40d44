//! Which values are missing together.

use std::cmp::Reverse;

use hashbrown::HashMap;
use marey_core::FieldName;

use super::{
    evidence,
    field::{MISSING, Sheet},
};
use crate::{Count, MissingGroup, MissingPattern, MissingTogether, NestedMissing, hash::hash_bits};

/// Most columns with missing values that are compared.
pub(super) const MOST_COLUMNS: usize = 512;
/// Most patterns that are told.
const MOST_PATTERNS: usize = 20;
/// Most nested pairs that are told.
const MOST_NESTED: usize = 100;

/// A column with the rows that lack its value.
struct Gap {
    place: usize,
    rows: Vec<u32>,
}

/// Places of the columns in which some values are missing, but not all.
pub(super) fn candidates(sheet: &Sheet<'_>) -> Vec<usize> {
    (0..)
        .zip(&sheet.fields)
        .filter(|(_, field)| field.distinct > 0 && !field.is_full())
        .map(|(place, _)| place)
        .collect()
}

pub(super) fn find(sheet: &Sheet<'_>, candidates: &[usize]) -> MissingTogether {
    let gaps: Vec<Gap> = candidates
        .iter()
        .take(MOST_COLUMNS)
        .filter_map(|place| {
            let codes = &sheet.fields.get(*place)?.codes;
            let rows = (0_u32..).zip(codes).filter(|(_, code)| **code == MISSING);
            Some(Gap {
                place: *place,
                rows: rows.map(|(row, _)| row).collect(),
            })
        })
        .collect();
    let groups = groups(sheet, &gaps);
    MissingTogether {
        nested: nested(sheet, &gaps, &groups),
        groups: groups
            .iter()
            .filter(|group| group.len() > 1)
            .map(|group| MissingGroup {
                columns: group.iter().filter_map(|gap| name(sheet, gap.place)).collect(),
                exact: sheet.complete,
            })
            .collect(),
        patterns: patterns(sheet, &gaps),
    }
}

fn name(sheet: &Sheet<'_>, place: usize) -> Option<FieldName> {
    sheet.fields.get(place).map(|field| field.profile.name.clone())
}

/// Whether rows that lack one value would hardly all lack another by chance.
fn told(sheet: &Sheet<'_>, inner: &Gap, outer: &Gap, questions: usize) -> bool {
    let share = outer.rows.len() as f64 / sheet.len().max(1) as f64;
    evidence::stands_out(evidence::all_agree(inner.rows.len() as u64, share), questions)
}

/// Columns by equal gaps, in the order of the table; those whose gaps say nothing stay alone.
fn groups<'a>(sheet: &Sheet<'_>, gaps: &'a [Gap]) -> Vec<Vec<&'a Gap>> {
    let mut groups: Vec<Vec<&Gap>> = Vec::new();
    let mut places: HashMap<&[u32], usize> = HashMap::new();
    for gap in gaps {
        let next = groups.len();
        let place = if told(sheet, gap, gap, gaps.len() * gaps.len()) {
            *places.entry(gap.rows.as_slice()).or_insert(next)
        } else {
            next
        };
        match groups.get_mut(place) {
            Some(group) => group.push(gap),
            None => groups.push(vec![gap]),
        }
    }
    groups
}

/// Gaps that lie wholly inside larger ones; of equal gaps the first stands for all.
fn nested(sheet: &Sheet<'_>, gaps: &[Gap], groups: &[Vec<&Gap>]) -> Vec<NestedMissing> {
    let firsts: Vec<&Gap> = groups.iter().filter_map(|group| group.first().copied()).collect();
    let mut found = Vec::new();
    for inner in &firsts {
        for outer in &firsts {
            if found.len() < MOST_NESTED
                && inner.rows.len() < outer.rows.len()
                && is_inside(&inner.rows, &outer.rows)
                && told(sheet, inner, outer, gaps.len() * gaps.len())
                && let (Some(column), Some(inside)) = (name(sheet, inner.place), name(sheet, outer.place))
            {
                found.push(NestedMissing {
                    column,
                    inside,
                    exact: sheet.complete,
                });
            }
        }
    }
    found
}

/// Whether all of some sorted numbers are among others.
fn is_inside(inner: &[u32], outer: &[u32]) -> bool {
    let mut rest = outer.iter();
    inner
        .iter()
        .all(|row| rest.find(|other| *other >= row) == Some(row))
}

fn patterns(sheet: &Sheet<'_>, gaps: &[Gap]) -> Vec<MissingPattern> {
    if gaps.is_empty() {
        return Vec::new();
    }
    let mut marks = vec![0_u64; sheet.len()];
    for gap in gaps {
        for row in &gap.rows {
            if let Some(mark) = marks.get_mut(*row as usize) {
                *mark = hash_bits(*mark ^ hash_bits(gap.place as u64));
            }
        }
    }
    // Each pattern with a row that has it and the number of rows.
    let mut counts: HashMap<u64, (u32, u64)> = HashMap::new();
    for ((row, mark), count) in (0_u32..).zip(&marks).zip(sheet.counts) {
        counts.entry(*mark).or_insert((row, 0)).1 += count;
    }
    let mut found: Vec<(u32, u64)> = counts.into_values().collect();
    found.sort_unstable_by_key(|(row, count)| (Reverse(*count), *row));
    found.truncate(MOST_PATTERNS);
    let kept: u64 = sheet.counts.iter().sum();
    let scale = sheet.rows as f64 / kept.max(1) as f64;
    found
        .into_iter()
        .map(|(row, count)| MissingPattern {
            columns: gaps
                .iter()
                .filter(|gap| gap.rows.binary_search(&row).is_ok())
                .filter_map(|gap| name(sheet, gap.place))
                .collect(),
            rows: Count {
                value: if sheet.complete {
                    count
                } else {
                    (count as f64 * scale).round() as u64
                },
                exact: sheet.complete,
            },
        })
        .collect()
}
