//! Associations of pairs of columns: Pearson, Spearman, correlation ratio, Cramér's V.

use marey_core::{FieldType, SemanticType};
use rayon::prelude::*;

use crate::{
    Association, AssociationMeasure, ColumnProfile,
    category_pair::{Categories, correlation_ratio, cramers_v},
    numeric_pair::{Ranked, pearson, spearman},
    row_sample::Rows,
    value::{Kind, Value},
};

/// Columns with more different values are no categories here.
const MOST_CATEGORIES: u64 = 64;

/// Pairs with their associations, and a warning where some were left out.
pub(crate) struct Associations {
    pub(crate) pairs: Vec<Association>,
    pub(crate) warning: Option<String>,
}

/// A column in the form in which it is compared.
enum Side {
    Number(Ranked),
    Category(Categories),
}

/// Measures the pairs of columns in the order of the table, at most `most` of them.
pub(crate) fn measure(columns: &[ColumnProfile], kinds: &[Kind], rows: &Rows, most: usize) -> Associations {
    let roles: Vec<(usize, bool)> = columns.iter().filter_map(role).collect();
    let all = roles.len() * roles.len().saturating_sub(1) / 2;
    // The first m columns of those that qualify, with m (m - 1) / 2 within the bound.
    let taken = (1..=roles.len())
        .take_while(|m| m * (m - 1) / 2 <= most)
        .last()
        .unwrap_or(0);
    let sides: Vec<(usize, Side)> = roles
        .par_iter()
        .take(taken)
        .map(|(index, number)| (*index, side(*index, *number, kinds, rows)))
        .collect();
    let places: Vec<(usize, usize)> = (0..sides.len())
        .flat_map(|a| (a + 1..sides.len()).map(move |b| (a, b)))
        .collect();
    let pairs = places
        .par_iter()
        .flat_map_iter(|(a, b)| match (sides.get(*a), sides.get(*b)) {
            (Some(a), Some(b)) => pair(columns, a, b, rows),
            _ => Vec::new(),
        })
        .collect();
    let warning = (taken < roles.len()).then(|| {
        format!(
            "associations were measured for {} of {all} pairs: those of the first {taken} of {} columns that qualify",
            taken * taken.saturating_sub(1) / 2,
            roles.len()
        )
    });
    Associations { pairs, warning }
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

fn side(index: usize, number: bool, kinds: &[Kind], rows: &Rows) -> Side {
    let codes = rows.column(index);
    if !number {
        return Side::Category(Categories::of(codes));
    }
    // Decimals come as the bits of the number that they stand for.
    let kind = match kinds.get(index) {
        Some(Kind::Decimal(_)) | None => Kind::Float,
        Some(kind) => *kind,
    };
    Side::Number(Ranked::of(
        codes
            .iter()
            .map(|code| {
                if *code == crate::column_state::NO_VALUE {
                    return f64::NAN;
                }
                kind.number(Value::Bits(*code)).unwrap_or(f64::NAN)
            })
            .collect(),
        &rows.counts,
    ))
}

fn pair(columns: &[ColumnProfile], a: &(usize, Side), b: &(usize, Side), rows: &Rows) -> Vec<Association> {
    use AssociationMeasure as M;
    let counts = &rows.counts;
    let (first, second, measured) = match (&a.1, &b.1) {
        (Side::Number(x), Side::Number(y)) => (
            a.0,
            b.0,
            vec![
                (M::Pearson, pearson(x, y, counts)),
                (M::Spearman, spearman(x, y, counts)),
            ],
        ),
        (Side::Category(x), Side::Category(y)) => (a.0, b.0, vec![(M::CramersV, cramers_v(x, y, counts))]),
        (Side::Category(x), Side::Number(y)) => (
            a.0,
            b.0,
            vec![(M::CorrelationRatio, correlation_ratio(x, y, counts))],
        ),
        (Side::Number(x), Side::Category(y)) => (
            b.0,
            a.0,
            vec![(M::CorrelationRatio, correlation_ratio(y, x, counts))],
        ),
    };
    let name = |index: usize| columns.get(index).map(|column| column.name.clone());
    let (Some(first), Some(second)) = (name(first), name(second)) else {
        return Vec::new();
    };
    measured
        .into_iter()
        .filter_map(|(measure, found)| {
            let (value, n) = found?;
            Some(Association {
                a: first.clone(),
                b: second.clone(),
                measure,
                value,
                n,
                exact: rows.complete,
            })
        })
        .collect()
}
