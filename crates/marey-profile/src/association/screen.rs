//! Which pairs of many look most dependent, told from few rows and few categories.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::category::{Categories, Contingency};

/// Rows that the screen looks at.
pub(super) const ROWS: usize = 512;
/// Categories that it tells apart; the others, which come later in the table, count as one.
const TOLD_APART: u32 = 8;

/// The pairs of columns of which each tells most of the other, in order.
pub(super) fn most_dependent(columns: &[&Categories], counts: &[u64], most: usize) -> Vec<(usize, usize)> {
    let rows = ROWS.min(counts.len());
    let counts = counts.get(..rows).unwrap_or(counts);
    let coarse: Vec<Categories> = columns.iter().map(|column| coarse(column, rows)).collect();
    let mut pairs: Vec<(u64, usize, usize)> = (0..coarse.len())
        .into_par_iter()
        .flat_map_iter(|b| {
            let coarse = &coarse;
            (0..b).map(move |a| {
                let both = coarse.get(a).zip(coarse.get(b));
                let told = both.and_then(|(a, b)| Contingency::of(a, b, counts).mutual_information());
                // No information is negative, so its bits sort as it does.
                (told.unwrap_or(0.0).to_bits(), a, b)
            })
        })
        .collect();
    pairs.par_sort_unstable_by_key(|(told, a, b)| (Reverse(*told), *a, *b));
    pairs.truncate(most);
    let mut chosen: Vec<(usize, usize)> = pairs.into_iter().map(|(_, a, b)| (a, b)).collect();
    chosen.sort_unstable();
    chosen
}

/// The first rows in few categories: bins of numbers joined by two, rare categories in one.
fn coarse(column: &Categories, rows: usize) -> Categories {
    let join = |number: u32| {
        if column.len as u32 > TOLD_APART && column.ordered {
            number * TOLD_APART / column.len as u32
        } else {
            number.min(TOLD_APART - 1)
        }
    };
    Categories::numbered(
        column
            .numbers
            .iter()
            .take(rows)
            .map(|number| number.map(join))
            .collect(),
        column.ordered,
    )
}
