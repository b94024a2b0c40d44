//! Two profiles held against each other: what of a table has changed.
//!
//! Everything is told from the two profiles, so that a saved one will do. Numbers are compared by
//! their distribution functions, categories by their counts. A difference counts as drift only where
//! it is large (by the usual thresholds) and beyond what two samples of one source would show.

mod category;
mod chance;
mod number;
mod record;

use marey_core::{FieldName, FieldType, PhysicalType};

use crate::{ColumnProfile, TableProfile};

pub use record::{
    ColumnComparison, Drift, ProfileComparison, Property, PropertyChange, ShareChange, TableFacts,
    ValueChange,
};

/// Difference of the shares of missing values from which on it is drift, and large drift.
const MISSING: [f64; 2] = [0.05, 0.2];
/// Population stability index from which on a change is drift, and large drift: the thresholds of
/// credit scoring (Siddiqi, *Credit Risk Scorecards*, 2006).
const PSI: [f64; 2] = [0.1, 0.25];
/// Largest distance of two distribution functions from which on a change is drift, and large drift.
const KS: [f64; 2] = [0.1, 0.25];
/// Share of the rows in values that were not there before, or are there no more, likewise.
const CATEGORIES: [f64; 2] = [0.01, 0.1];

/// What has changed from one profile of a table to another.
///
/// Columns are matched by name. The profiles should list enough frequent values
/// ([`ProfileOptions::top_values`](crate::ProfileOptions::top_values)): new and lost categories are told only
/// where both lists are complete.
///
/// ```
/// use marey_profile::{Drift, ProfileOptions, compare, profile};
/// use marey_table::read::{ReadOptions, read};
/// let of = |rows: std::ops::Range<u32>| {
///     let csv: String = rows.map(|n| format!("{n},{}\n", n % 7)).collect();
///     let table = read("t.csv", format!("n,k\n{csv}").into(), &ReadOptions::default()).unwrap();
///     profile(&table.value, &ProfileOptions::default())
/// };
/// let comparison = compare(&of(0..1000), &of(500..1500));
/// let drift: Vec<Drift> = comparison.columns.iter().map(|column| column.drift).collect();
/// assert_eq!(drift, [Drift::Large, Drift::None]);
/// ```
pub fn compare(before: &TableProfile, after: &TableProfile) -> ProfileComparison {
    let columns: Vec<ColumnComparison> = after
        .columns
        .iter()
        .filter_map(|column| {
            let earlier = before.column(&column.name)?;
            Some(of_column(earlier, before.rows, column, after.rows))
        })
        .collect();
    let missing_in = |other: &TableProfile, columns: &[ColumnProfile]| -> Vec<FieldName> {
        let missing = columns
            .iter()
            .filter(|column| other.column(&column.name).is_none());
        missing.map(|column| column.name.clone()).collect()
    };
    let shared = |profile: &TableProfile, other: &TableProfile| -> Vec<FieldName> {
        let shared = profile
            .columns
            .iter()
            .filter(|column| other.column(&column.name).is_some());
        shared.map(|column| column.name.clone()).collect()
    };
    ProfileComparison {
        before: facts(before),
        after: facts(after),
        added: missing_in(before, &after.columns),
        removed: missing_in(after, &before.columns),
        reordered: shared(before, after) != shared(after, before),
        drift: columns
            .iter()
            .map(|column| column.drift)
            .max()
            .unwrap_or_default(),
        columns,
    }
}

fn facts(profile: &TableProfile) -> TableFacts {
    TableFacts {
        table: profile.table.clone(),
        rows: profile.rows,
        columns: profile.columns.len() as u64,
    }
}

fn of_column(
    before: &ColumnProfile,
    rows_before: u64,
    after: &ColumnProfile,
    rows_after: u64,
) -> ColumnComparison {
    let changes = changes(before, after);
    let values = [
        rows_before.saturating_sub(before.nulls),
        rows_after.saturating_sub(after.nulls),
    ];
    let mut comparison = ColumnComparison {
        missing: ShareChange {
            before: share(before.nulls, rows_before),
            after: share(after.nulls, rows_after),
        },
        ..ColumnComparison::new(after.name.clone(), [before.distinct, after.distinct])
    };
    let mut drift = missing_drift(&comparison.missing, [rows_before, rows_after]);
    // Values of different types do not compare.
    drift = drift.max(type_drift(before.physical_type, after.physical_type));
    comparison.changes = changes;
    if values.iter().all(|values| *values > 0) {
        if is_time(before) && is_time(after) {
            comparison.range = range(before, after);
        } else if is_measured(before) && is_measured(after) {
            drift = drift.max(number::compare(before, after, values, &mut comparison));
        } else if is_category(before) && is_category(after) {
            drift = drift.max(category::compare(before, after, values, &mut comparison));
        }
    }
    comparison.drift = drift;
    comparison
}

fn changes(before: &ColumnProfile, after: &ColumnProfile) -> Vec<PropertyChange> {
    let text = |value: Option<&str>| value.unwrap_or("none").to_owned();
    let meaning = |column: &ColumnProfile| text(column.semantic_type.map(|meaning| meaning.as_str()));
    [
        (
            Property::PhysicalType,
            before.physical_type.as_str().to_owned(),
            after.physical_type.as_str().to_owned(),
        ),
        (
            Property::FieldType,
            before.field_type.as_str().to_owned(),
            after.field_type.as_str().to_owned(),
        ),
        (Property::SemanticType, meaning(before), meaning(after)),
        (
            Property::Unit,
            text(before.unit.as_deref()),
            text(after.unit.as_deref()),
        ),
        (
            Property::Format,
            text(before.format.as_deref()),
            text(after.format.as_deref()),
        ),
        (
            Property::PersonalData,
            text(before.pii.as_deref()),
            text(after.pii.as_deref()),
        ),
        (
            Property::Unique,
            before.unique.to_string(),
            after.unique.to_string(),
        ),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(property, before, after)| PropertyChange {
        property,
        before,
        after,
    })
    .collect()
}

/// A change of the type is a large one, unless whole numbers became fractions or a column is empty.
fn type_drift(before: PhysicalType, after: PhysicalType) -> Drift {
    let empty = before == PhysicalType::Empty || after == PhysicalType::Empty;
    if before == after || empty || (is_number(before) && is_number(after)) {
        Drift::None
    } else {
        Drift::Large
    }
}

fn missing_drift(missing: &ShareChange, rows: [u64; 2]) -> Drift {
    let difference = (missing.after - missing.before).abs();
    if difference <= chance::share_difference(missing, rows) {
        return Drift::None;
    }
    Drift::of(difference, MISSING)
}

fn is_time(column: &ColumnProfile) -> bool {
    matches!(column.physical_type, PhysicalType::Date | PhysicalType::Timestamp) && column.temporal.is_some()
}

fn is_number(physical: PhysicalType) -> bool {
    matches!(
        physical,
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
    )
}

fn is_measured(column: &ColumnProfile) -> bool {
    is_number(column.physical_type)
        && column.numeric.is_some()
        && (column.field_type == FieldType::Quantitative || column.top.len() as u64 != column.distinct.value)
}

fn is_category(column: &ColumnProfile) -> bool {
    // Names and numbers of rows are new in each table.
    !column.unique && !column.top.is_empty()
}

fn range(before: &ColumnProfile, after: &ColumnProfile) -> Option<[[i64; 2]; 2]> {
    let (before, after) = (before.temporal.as_ref()?, after.temporal.as_ref()?);
    Some([[before.min_ms, before.max_ms], [after.min_ms, after.max_ms]])
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests;
