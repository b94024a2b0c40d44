//! Drawn rows: small tables of cells that are equal within stated tolerances.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::{Deserialize, Serialize};

/// Numbers are equal within this share of the larger: VisEval's tolerance (Chen et al., *VisEval*,
/// IEEE TVCG 2025, `checks/data_check.py`).
pub const RELATIVE: f64 = 5e-4;

/// One value behind a mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number; instants are milliseconds since 1970.
    Number(f64),
    /// Text.
    Text(String),
}

impl Cell {
    /// Text trimmed and in lower case; all else as it is.
    fn folded(&self) -> Cell {
        match self {
            Cell::Text(text) => Cell::Text(text.trim().to_lowercase()),
            // Text that is true or false is written in many ways; a number is not.
            other => other.clone(),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            Cell::Null => 0,
            Cell::Bool(_) => 1,
            Cell::Number(_) => 2,
            Cell::Text(_) => 3,
        }
    }

    /// An order of all cells, NaN last among the numbers.
    pub(crate) fn order(&self, other: &Cell) -> Ordering {
        match (self, other) {
            (Cell::Bool(a), Cell::Bool(b)) => a.cmp(b),
            (Cell::Number(a), Cell::Number(b)) => a.total_cmp(b),
            (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
            _ => self.kind().cmp(&other.kind()),
        }
    }

    /// Equal within a tolerance; NaN equals NaN.
    fn near(&self, other: &Cell, relative: f64) -> bool {
        match (self, other) {
            (Cell::Number(a), Cell::Number(b)) => near(*a, *b, relative),
            _ => self == other,
        }
    }
}

/// Whether two numbers differ by at most a share of the larger; NaN equals NaN.
pub fn near(a: f64, b: f64, relative: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= relative * a.abs().max(b.abs())
}

/// Largest group of rows alike in all but numbers in which a partner is looked for row by row.
const MAX_MATCHED: usize = 2000;

/// Whether two lists hold the same rows in any order: text trimmed and in lower case, numbers within
/// `relative` of each other ([`RELATIVE`]).
///
/// Each row needs a partner of its own. Partners are found by sorting, and where rounding upsets the
/// order among at most 2,000 rows alike in all but numbers, by looking for the nearest row that is left.
///
/// ```
/// use marey_metrics::rows::{Cell, RELATIVE, same_rows};
///
/// let row = |city: &str, price| vec![Cell::Text(city.into()), Cell::Number(price)];
/// let own = [row("Rome", 4.5), row("Oslo", 3.0)];
/// assert!(same_rows(&own, &[row(" oslo", 3.001), row("ROME", 4.5)], RELATIVE));
/// assert!(!same_rows(&own, &[row("Oslo", 3.1), row("Rome", 4.5)], RELATIVE));
/// assert!(!same_rows(&own, &own[..1], RELATIVE));
/// ```
pub fn same_rows(a: &[Vec<Cell>], b: &[Vec<Cell>], relative: f64) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (a, b) = (by_words(a), by_words(b));
    a.len() == b.len()
        && a.iter().zip(&b).all(|((words, own), (other_words, others))| {
            words == other_words && same_numbers(own, others, relative)
        })
}

/// Rows by everything but their numbers; in each, the numbers of the rows.
fn by_words(rows: &[Vec<Cell>]) -> BTreeMap<Vec<String>, Vec<Vec<Cell>>> {
    let mut groups: BTreeMap<Vec<String>, Vec<Vec<Cell>>> = BTreeMap::new();
    for row in rows {
        let row: Vec<Cell> = row.iter().map(Cell::folded).collect();
        let word = |cell: &Cell| match cell {
            Cell::Number(_) => "#".to_owned(),
            other => format!("{other:?}"),
        };
        let words = row.iter().map(word).collect();
        let numbers = row
            .into_iter()
            .filter(|cell| matches!(cell, Cell::Number(_)))
            .collect();
        groups.entry(words).or_default().push(numbers);
    }
    for group in groups.values_mut() {
        group.sort_by(|a, b| row_order(a, b));
    }
    groups
}

fn row_order(a: &[Cell], b: &[Cell]) -> Ordering {
    let cells = a.iter().zip(b).map(|(a, b)| a.order(b));
    cells.fold(Ordering::Equal, Ordering::then)
}

fn same_numbers(a: &[Vec<Cell>], b: &[Vec<Cell>], relative: f64) -> bool {
    let near = |a: &[Cell], b: &[Cell]| a.iter().zip(b).all(|(a, b)| a.near(b, relative));
    if a.len() != b.len() {
        return false;
    }
    if a.iter().zip(b).all(|(a, b)| near(a, b)) {
        return true;
    }
    if a.len() > MAX_MATCHED {
        return false;
    }
    let mut left: Vec<&Vec<Cell>> = b.iter().collect();
    a.iter()
        .all(|row| match left.iter().position(|other| near(row, other)) {
            Some(place) => {
                left.remove(place);
                true
            }
            None => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(rows: &[&[f64]]) -> Vec<Vec<Cell>> {
        rows.iter()
            .map(|row| row.iter().copied().map(Cell::Number).collect())
            .collect()
    }

    #[test]
    fn rounding_that_upsets_the_order_does_not_matter() {
        let own = numbers(&[&[1.0, 9.0], &[1.0002, 2.0]]);
        let others = numbers(&[&[1.0003, 9.0], &[1.0001, 2.0]]);
        assert!(same_rows(&own, &others, RELATIVE));
        assert!(!same_rows(&own, &numbers(&[&[1.0, 9.0], &[1.0, 9.0]]), RELATIVE));
    }

    #[test]
    fn repeated_rows_count() {
        let twice = numbers(&[&[1.0], &[1.0], &[2.0]]);
        assert!(!same_rows(&twice, &numbers(&[&[1.0], &[2.0], &[2.0]]), RELATIVE));
        assert!(same_rows(&twice, &numbers(&[&[2.0], &[1.0], &[1.0]]), RELATIVE));
    }

    #[test]
    fn nothing_is_no_number_and_nan_is_itself() {
        let of = |cell: Cell| vec![vec![cell]];
        assert!(!same_rows(&of(Cell::Null), &of(Cell::Number(0.0)), RELATIVE));
        assert!(!same_rows(
            &of(Cell::Text("1".into())),
            &of(Cell::Number(1.0)),
            RELATIVE
        ));
        assert!(same_rows(
            &of(Cell::Number(f64::NAN)),
            &of(Cell::Number(f64::NAN)),
            RELATIVE
        ));
        assert!(same_rows(&[], &[], RELATIVE));
    }
}
