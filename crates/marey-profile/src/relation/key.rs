//! Keys: the smallest sets of columns whose values name a row.

use hashbrown::HashSet;
use marey_core::{FieldType, PhysicalType, SemanticType};
use rayon::prelude::*;

use super::{
    evidence,
    field::{Field, Sheet},
};
use crate::TimeGranularity;

/// Most columns that are tried together.
pub(super) const MOST_COLUMNS: usize = 16;
/// Most columns of a key.
const MOST_TOGETHER: usize = 3;
/// Most keys that are told.
const MOST_KEYS: usize = 16;

/// Places of the columns of each key. Single columns are proven by their profile; sets of columns
/// only where the sheet is complete.
pub(super) struct Keys {
    pub(super) single: Vec<usize>,
    pub(super) composite: Vec<Vec<usize>>,
}

pub(super) fn find(sheet: &Sheet<'_>, candidates: &[usize]) -> Keys {
    Keys {
        single: (0..)
            .zip(&sheet.fields)
            .filter(|_| sheet.rows > 1)
            .filter(|(_, field)| field.profile.unique && names(field) && !unique_by_chance(field, sheet.rows))
            .map(|(place, _)| place)
            .collect(),
        composite: composite(sheet, candidates),
    }
}

/// Whether a column can be part of a name: numbers that were measured and texts that were written
/// freely may well differ in every row without naming it.
fn names(field: &Field<'_>) -> bool {
    let column = field.profile;
    let measured = column.field_type == FieldType::Quantitative
        || (column.physical_type == PhysicalType::Float
            && column.semantic_type != Some(SemanticType::Identifier));
    !measured && column.semantic_type != Some(SemanticType::FreeText)
}

/// Whether so many points in time, spread evenly, may well all differ: then they name nothing, as
/// instants of events do not.
fn unique_by_chance(field: &Field<'_>, rows: u64) -> bool {
    let Some(time) = field.profile.temporal.as_ref().filter(|_| field.is_time()) else {
        return false;
    };
    let step = match time.granularity {
        TimeGranularity::Subsecond => 1.0,
        TimeGranularity::Second => 1e3,
        TimeGranularity::Minute => 6e4,
        TimeGranularity::Hour => 3.6e6,
        TimeGranularity::Day => 8.64e7,
        TimeGranularity::Week => 7.0 * 8.64e7,
        TimeGranularity::Month => 30.0 * 8.64e7,
        TimeGranularity::Quarter => 91.0 * 8.64e7,
        TimeGranularity::Year => 365.0 * 8.64e7,
    };
    let points = (time.max_ms as f64 - time.min_ms as f64) / step + 1.0;
    // Points at even steps are an axis, however few.
    let is_axis = points <= rows as f64 * 1.5;
    !is_axis && !evidence::stands_out(evidence::none_meet(rows, 1.0 / points.max(1.0)), 1)
}

/// Places of the columns that can be part of a composite key, those with most values first.
pub(super) fn candidates(sheet: &Sheet<'_>) -> Vec<usize> {
    // A row that occurs twice has no name.
    if sheet.repeats {
        return Vec::new();
    }
    let mut places: Vec<(u32, usize)> = (0..)
        .zip(&sheet.fields)
        .filter(|(_, field)| {
            let column = field.profile;
            names(field) && column.nulls == 0 && !column.unique && field.distinct >= 2
        })
        .map(|(place, field)| (field.distinct, place))
        .collect();
    places.sort_unstable_by_key(|(distinct, place)| (std::cmp::Reverse(*distinct), *place));
    places.into_iter().map(|(_, place)| place).collect()
}

fn composite(sheet: &Sheet<'_>, candidates: &[usize]) -> Vec<Vec<usize>> {
    let candidates = candidates.get(..MOST_COLUMNS).unwrap_or(candidates);
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut questions = 0;
    for together in 2..=MOST_TOGETHER {
        let sets: Vec<Vec<usize>> = subsets(candidates, together)
            .into_iter()
            .filter(|set| {
                !found
                    .iter()
                    .any(|key| key.iter().all(|place| set.contains(place)))
            })
            .collect();
        questions += sets.len();
        let mut own: Vec<Vec<usize>> = sets
            .into_par_iter()
            .filter(|set| is_key(sheet, set, questions))
            .collect();
        own.sort_unstable();
        found.extend(own);
    }
    found.truncate(MOST_KEYS);
    found
}

/// All sets of so many places, each in order.
fn subsets(places: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    (0..places.len())
        .flat_map(|at| {
            let (head, rest) = places.split_at(at + 1);
            let own = head.last().copied();
            subsets(rest, size - 1).into_iter().map(move |mut set| {
                set.extend(own);
                set.sort_unstable();
                set
            })
        })
        .collect()
}

/// Whether no two rows agree in all columns, though many would if the columns were independent.
fn is_key(sheet: &Sheet<'_>, set: &[usize], questions: usize) -> bool {
    let fields: Vec<&Field<'_>> = set.iter().filter_map(|place| sheet.fields.get(*place)).collect();
    let room: f64 = fields
        .iter()
        .map(|field| field.profile.distinct.value as f64)
        .product();
    let chance: f64 = fields.iter().map(|field| field.same).product();
    if room < sheet.rows as f64 || !evidence::stands_out(evidence::none_meet(sheet.rows, chance), questions) {
        return false;
    }
    let mut seen: HashSet<[u32; MOST_TOGETHER]> = HashSet::new();
    (0..sheet.len()).all(|row| {
        let mut key = [0; MOST_TOGETHER];
        for (slot, field) in key.iter_mut().zip(&fields) {
            *slot = field.codes.get(row).copied().unwrap_or_default();
        }
        seen.insert(key)
    })
}
