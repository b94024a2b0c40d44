//! Associations of pairs of columns.
//!
//! All numeric columns are correlated with each other, as one product of matrices. The measures
//! that need a table of counts per pair (correlation ratio, Cramér's V, Theil's U, mutual
//! information) are taken of a bounded number of pairs, the most promising ones by a screen.

mod category;
mod co_moments;
mod correlation;
mod cross_product;
mod number;
mod screen;

use marey_core::{FieldType, SemanticType};
use rayon::prelude::*;

use crate::{
    Association, AssociationMeasure as Measure, ColumnProfile, LeftOut, ProfileOptions, Search,
    column_state::NO_VALUE,
    row_sample::Rows,
    value::{Kind, Value},
};
use category::{Categories, Contingency, correlation_ratio};
pub(crate) use co_moments::{BLOCK as PENDING, CoMoments, Joint};
pub(crate) use cross_product::Triangle;
#[cfg(feature = "bench")]
pub(crate) use cross_product::products;
use number::Numbers;

/// Columns with more different values are no categories here.
const MOST_CATEGORIES: u64 = 128;
/// Bins of a number in which mutual information is measured.
const BINS: u32 = 16;

/// Pairs with their associations, and warnings where some were left out.
pub(crate) struct Associations {
    pub(crate) pairs: Vec<Association>,
    pub(crate) warnings: Vec<String>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// What was left out because it would have cost too much.
#[derive(Default)]
struct Limits {
    warnings: Vec<String>,
    left_out: Vec<LeftOut>,
}

impl Limits {
    fn note(&mut self, search: Search, all: usize, done: usize, warning: String) {
        self.warnings.push(warning);
        self.left_out.push(LeftOut {
            search,
            all: all as u64,
            done: done as u64,
        });
    }
}

/// A column in the forms in which it is compared.
struct Side {
    index: usize,
    /// None for categories.
    numbers: Option<Numbers>,
    categories: Categories,
}

/// An association between the columns at two positions of the table.
struct Found {
    a: usize,
    b: usize,
    measure: Measure,
    value: f64,
    n: u64,
    exact: bool,
    standard_error: Option<f64>,
}

/// Measures the pairs of columns; found pairs are in the order of the table.
pub(crate) fn measure(
    columns: &[ColumnProfile],
    kinds: &[Kind],
    rows: &Rows,
    all_rows: &CoMoments,
    options: &ProfileOptions,
) -> Associations {
    let roles: Vec<(usize, bool)> = columns.iter().filter_map(role).collect();
    let sides: Vec<Side> = roles
        .par_iter()
        .map(|(index, number)| Side::of(*index, *number, kinds, rows))
        .collect();
    let mut limits = Limits::default();
    let all_rows = (!rows.complete).then_some(all_rows);
    let mut found = correlations(&sides, rows, all_rows, options, &mut limits);
    found.extend(counted(&sides, rows, options, &mut limits));
    found.par_sort_by_key(|found| (found.a.min(found.b), found.a.max(found.b), found.measure, found.a));
    let name = |index: usize| columns.get(index).map(|column| column.name.clone());
    let pairs = found
        .into_iter()
        .filter_map(|found| {
            Some(Association {
                a: name(found.a)?,
                b: name(found.b)?,
                measure: found.measure,
                value: found.value,
                n: found.n,
                exact: found.exact,
                standard_error: found.standard_error,
            })
        })
        .collect();
    Associations {
        pairs,
        warnings: limits.warnings,
        left_out: limits.left_out,
    }
}

/// Position of a column that qualifies, and whether it is compared as a number.
fn role(column: &ColumnProfile) -> Option<(usize, bool)> {
    if column.distinct.value < 2 {
        return None;
    }
    let number = column.numeric.is_some()
        && (column.field_type == FieldType::Quantitative || column.semantic_type == Some(SemanticType::Year));
    let category = matches!(column.field_type, FieldType::Nominal | FieldType::Ordinal)
        && column.distinct.value <= MOST_CATEGORIES
        && !column.unique;
    (number || category).then_some((column.index, number))
}

impl Side {
    fn of(index: usize, number: bool, kinds: &[Kind], rows: &Rows) -> Self {
        let codes = rows.column(index);
        if !number {
            return Self {
                index,
                numbers: None,
                categories: Categories::of(codes),
            };
        }
        let numbers = Numbers::of(numbers(kinds.get(index).copied(), codes), &rows.counts);
        Self {
            index,
            categories: Categories::binned(&numbers, &rows.counts, BINS),
            numbers: Some(numbers),
        }
    }
}

/// The numbers that codes stand for; NaN where there is none.
fn numbers(kind: Option<Kind>, codes: &[u64]) -> Vec<f64> {
    // Decimals come as the bits of the number that they stand for.
    let kind = match kind {
        Some(Kind::Decimal(_)) | None => Kind::Float,
        Some(kind) => kind,
    };
    let number = |code: &u64| match *code {
        NO_VALUE => f64::NAN,
        code => kind.number(Value::Bits(code)).unwrap_or(f64::NAN),
    };
    codes.iter().map(number).collect()
}

/// Pearson and Spearman of all numeric columns, as far as their number is within bounds.
fn correlations(
    sides: &[Side],
    rows: &Rows,
    all_rows: Option<&CoMoments>,
    options: &ProfileOptions,
    limits: &mut Limits,
) -> Vec<Found> {
    let all: Vec<(usize, &Numbers)> = sides
        .iter()
        .filter_map(|side| Some((side.index, side.numbers.as_ref()?)))
        .collect();
    let taken = all.len().min(options.max_correlated);
    if taken < all.len() {
        let warning = format!(
            "correlations were measured among the first {taken} of {} numeric columns",
            all.len()
        );
        limits.note(Search::Correlations, all.len(), taken, warning);
    }
    correlation::all(all.get(..taken).unwrap_or(&all), rows, all_rows)
}

/// The measures that count how often categories or bins meet.
fn counted(sides: &[Side], rows: &Rows, options: &ProfileOptions, limits: &mut Limits) -> Vec<Found> {
    let all = sides.len() * sides.len().saturating_sub(1) / 2;
    let places = if all <= options.max_pairs {
        (0..sides.len())
            .flat_map(|a| (a + 1..sides.len()).map(move |b| (a, b)))
            .collect()
    } else {
        let warning = format!(
            "mutual information and associations with categories were measured for {} of {all} pairs: \
             those that look most dependent in {} rows",
            options.max_pairs,
            screen::ROWS.min(rows.counts.len())
        );
        limits.note(Search::Associations, all, options.max_pairs, warning);
        let categories: Vec<&Categories> = sides.iter().map(|side| &side.categories).collect();
        screen::most_dependent(&categories, &rows.counts, options.max_pairs)
    };
    places
        .par_iter()
        .flat_map_iter(|(a, b)| match (sides.get(*a), sides.get(*b)) {
            (Some(a), Some(b)) => pair(a, b, rows),
            _ => Vec::new(),
        })
        .collect()
}

fn pair(a: &Side, b: &Side, rows: &Rows) -> Vec<Found> {
    let counts = &rows.counts;
    let table = Contingency::of(&a.categories, &b.categories, counts);
    let n = table.rows();
    let mut found = Vec::new();
    let mut add = |a: &Side, b: &Side, measure, measured: Option<(f64, u64)>| {
        found.extend(measured.map(|(value, n)| Found {
            a: a.index,
            b: b.index,
            measure,
            value,
            n,
            exact: rows.complete,
            standard_error: None,
        }));
    };
    match (&a.numbers, &b.numbers) {
        (None, Some(numbers)) => {
            let eta = correlation_ratio(&a.categories, numbers, counts);
            add(a, b, Measure::CorrelationRatio, eta);
        }
        (Some(numbers), None) => {
            let eta = correlation_ratio(&b.categories, numbers, counts);
            add(b, a, Measure::CorrelationRatio, eta);
        }
        (None, None) => {
            add(a, b, Measure::CramersV, table.cramers_v().map(|v| (v, n)));
            let u = table.theils_u();
            add(a, b, Measure::TheilsU, u.map(|u| (u.0, n)));
            add(b, a, Measure::TheilsU, u.map(|u| (u.1, n)));
        }
        (Some(_), Some(_)) => {}
    }
    let information = table.mutual_information();
    add(a, b, Measure::MutualInformation, information.map(|i| (i, n)));
    found
}
