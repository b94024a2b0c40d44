//! Dependencies: columns whose value follows from another column's, checked on all rows.

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::{ColumnProfile, Dependency, column_state::NO_VALUE, row_sample::Rows};

/// Columns with more different values than this decide nothing worth telling.
const MOST_VALUES: u64 = 1000;
/// Columns that are looked at, so that wide tables cost bounded time.
const MOST_COLUMNS: usize = 64;

/// All `from -> to` among columns of few values; none when not all different rows were kept, for
/// then nothing is proven. A missing value decides nothing, but may follow.
pub(crate) fn find(columns: &[ColumnProfile], row_count: u64, rows: &Rows) -> Vec<Dependency> {
    if !rows.complete {
        return Vec::new();
    }
    let candidates: Vec<&ColumnProfile> = columns
        .iter()
        .filter(|column| {
            let distinct = column.distinct.value;
            // With fewer than two rows per value a dependency says next to nothing.
            (2..=MOST_VALUES).contains(&distinct) && distinct * 2 <= row_count - column.nulls
        })
        .take(MOST_COLUMNS)
        .collect();
    candidates
        .par_iter()
        .flat_map_iter(|from| {
            candidates
                .iter()
                .filter(move |to| to.index != from.index)
                .filter(|to| follows(rows.column(from.index), rows.column(to.index)))
                .map(|to| Dependency {
                    from: from.name.clone(),
                    to: to.name.clone(),
                })
        })
        .collect()
}

fn follows(from: &[u64], to: &[u64]) -> bool {
    let mut decided: HashMap<u64, u64> = HashMap::new();
    from.iter()
        .zip(to)
        .filter(|(from, _)| **from != NO_VALUE)
        .all(|(from, to)| *decided.entry(*from).or_insert(*to) == *to)
}
