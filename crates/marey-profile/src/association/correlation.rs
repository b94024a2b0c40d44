//! Pearson and Spearman of all pairs of numeric columns.

use rayon::prelude::*;

use super::{
    CoMoments, Found, Measure,
    cross_product::products,
    number::{Numbers, centred, coefficient, pearson, spearman},
};
use crate::row_sample::Rows;

/// Rows that pairs with missing values may look at together; each such pair ranks its own rows.
const ROW_VISITS: usize = 20_000_000;
/// Fewest rows that they look at all the same, if there are as many.
const FEWEST_ROWS: usize = 2048;

/// The correlations of numeric columns, each with its position in the table.
///
/// `all_rows` is what is known of all rows, where these are more than the kept ones: then only
/// Spearman's rho is taken from the kept rows.
pub(super) fn all(columns: &[(usize, &Numbers)], rows: &Rows, all_rows: Option<&CoMoments>) -> Vec<Found> {
    let measures = match all_rows {
        Some(_) => &[Measure::Spearman][..],
        None => &[Measure::Pearson, Measure::Spearman],
    };
    let (full, gaps): (Vec<_>, Vec<_>) = columns.iter().partition(|(_, numbers)| numbers.complete);
    let mut found = among_full(&full, rows, measures);
    if let Some(all_rows) = all_rows {
        found.extend(over_all_rows(columns, all_rows, &rows.counts));
    }
    let pairs = gaps.len() * columns.len().saturating_sub(1);
    let most = (ROW_VISITS / pairs.max(1)).max(FEWEST_ROWS);
    // Rows are in order of hash, so the first ones are as fair a sample as all of them.
    if most < rows.counts.len() {
        let counts = rows.counts.get(..most).unwrap_or(&rows.counts);
        let cut: Vec<(usize, Numbers)> = columns
            .par_iter()
            .map(|(index, numbers)| (*index, numbers.first(most, counts)))
            .collect();
        let cut: Vec<(usize, &Numbers)> = cut.iter().map(|(index, numbers)| (*index, numbers)).collect();
        found.extend(with_gaps(&cut, &gaps, counts, measures, false));
    } else {
        found.extend(with_gaps(columns, &gaps, &rows.counts, measures, rows.complete));
    }
    found
}

/// Pearson's r over all rows; over the kept ones where the sums of all rows have no bounds.
fn over_all_rows(columns: &[(usize, &Numbers)], all_rows: &CoMoments, counts: &[u64]) -> Vec<Found> {
    let pairs = (0..columns.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    pairs
        .filter_map(|(a, b)| {
            let ((a, x), (b, y)) = (columns.get(a)?, columns.get(b)?);
            match all_rows.pearson(*a, *b) {
                Some(known) => Some(correlated(*a, *b, Measure::Pearson, known, counts.len(), true)),
                None => {
                    let kept = pearson(x, y, counts)?;
                    Some(correlated(*a, *b, Measure::Pearson, kept, counts.len(), false))
                }
            }
        })
        .collect()
}

/// Columns without missing values share their rows: all pairs at once.
fn among_full(columns: &[(usize, &Numbers)], rows: &Rows, measures: &[Measure]) -> Vec<Found> {
    let n: u64 = rows.counts.iter().sum();
    let mut found = Vec::new();
    for measure in measures.iter().copied() {
        let centred: Vec<(usize, Vec<f64>)> = columns
            .par_iter()
            .filter_map(|(index, numbers)| {
                let values = match measure {
                    Measure::Pearson => &numbers.values,
                    _ => &numbers.ranks,
                };
                Some((*index, centred(values, &rows.counts)?))
            })
            .collect();
        let values: Vec<&[f64]> = centred.iter().map(|(_, values)| values.as_slice()).collect();
        let sums = products(&values);
        for (high, (b, _)) in centred.iter().enumerate() {
            for (low, (a, _)) in centred.iter().enumerate().take(high) {
                let r = coefficient(sums.get(low, low), sums.get(high, high), sums.get(low, high));
                found
                    .extend(r.map(|r| correlated(*a, *b, measure, (r, n), rows.counts.len(), rows.complete)));
            }
        }
    }
    found
}

/// Pairs of which at least one column has missing values, each over its own rows.
fn with_gaps(
    columns: &[(usize, &Numbers)],
    gaps: &[(usize, &Numbers)],
    counts: &[u64],
    measures: &[Measure],
    exact: bool,
) -> Vec<Found> {
    let mut has_gaps = vec![false; columns.iter().map(|(index, _)| index + 1).max().unwrap_or(0)];
    for (index, _) in gaps {
        if let Some(slot) = has_gaps.get_mut(*index) {
            *slot = true;
        }
    }
    let gap = |index: usize| has_gaps.get(index).copied().unwrap_or(false);
    columns
        .par_iter()
        .enumerate()
        .flat_map_iter(|(place, (b, y))| {
            let before = columns.get(..place).unwrap_or(&[]);
            before
                .iter()
                .filter(move |(a, _)| gap(*a) || gap(*b))
                .flat_map(move |(a, x)| {
                    measures.iter().filter_map(move |measure| {
                        let found = match measure {
                            Measure::Pearson => pearson(x, y, counts),
                            _ => spearman(x, y, counts),
                        };
                        Some(correlated(*a, *b, *measure, found?, counts.len(), exact))
                    })
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A correlation with its standard error, over at most so many different rows.
fn correlated(
    a: usize,
    b: usize,
    measure: Measure,
    found: (f64, u64),
    different: usize,
    exact: bool,
) -> Found {
    let (value, n) = found;
    Found {
        a,
        b,
        measure,
        value,
        n,
        exact,
        standard_error: (!exact).then(|| standard_error(measure, value, n.min(different as u64))),
    }
}

/// Pearson's by the delta method for normal columns; Spearman's after Bonett and Wright, *Sample
/// size requirements for estimating Pearson, Kendall and Spearman correlations* (2000).
fn standard_error(measure: Measure, r: f64, n: u64) -> f64 {
    let n = n as f64;
    let spread = 1.0 - r * r;
    match measure {
        Measure::Spearman => spread * ((1.0 + r * r / 2.0) / (n - 3.0).max(1.0)).sqrt(),
        _ => spread / (n - 1.0).max(1.0).sqrt(),
    }
}
