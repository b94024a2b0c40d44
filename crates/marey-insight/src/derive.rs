//! Columns computed from others before mining: the days between dates.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use marey_core::{FieldName, PhysicalType};
use marey_profile::{ColumnProfile, TableProfile};
use marey_table::Table;

use crate::{
    DerivedColumn, Formula, InsightError,
    column::{DAY_MS, instants},
};

/// Most columns that are derived.
const MOST: usize = 12;
/// Least share of rows that have both dates.
const LEAST_SHARE: f64 = 0.2;

/// The columns worth deriving, with their values: for each pair of dates of which the one hardly ever
/// comes before the other, the days between them.
pub(crate) fn derived(table: &Table, profile: &TableProfile) -> Vec<(DerivedColumn, Vec<f64>)> {
    let mut columns = days_between(table, profile);
    columns.truncate(MOST);
    columns
}

fn days_between(table: &Table, profile: &TableProfile) -> Vec<(DerivedColumn, Vec<f64>)> {
    let is_date = |column: &&ColumnProfile| {
        matches!(column.physical_type, PhysicalType::Date | PhysicalType::Timestamp)
    };
    let dates: Vec<(&FieldName, Vec<i64>)> = profile
        .columns
        .iter()
        .filter(is_date)
        .filter(|column| column.index < table.columns())
        .take(4)
        .map(|column| (&column.name, instants(table, column.index)))
        .collect();
    let mut columns = Vec::new();
    for (at, first) in dates.iter().enumerate() {
        for second in &dates[at + 1..] {
            let days: Vec<f64> = first.1.iter().zip(&second.1).map(|(a, b)| days(*a, *b)).collect();
            let known = days.iter().filter(|days| days.is_finite()).count() as f64;
            let late = days.iter().filter(|days| **days >= 0.0).count() as f64;
            if known < LEAST_SHARE * days.len() as f64 || known < 8.0 {
                continue;
            }
            // An order that holds in nearly all rows is what makes the difference a duration.
            let (from, to, sign) = match late / known {
                share if share >= 0.95 => (first.0, second.0, 1.0),
                share if share <= 0.05 => (second.0, first.0, -1.0),
                _ => continue,
            };
            let formula = Formula::DaysBetween(from.clone(), to.clone());
            let name = FieldName::new(format!("days from {} to {}", from.as_str(), to.as_str()));
            columns.push((
                DerivedColumn { name, formula },
                days.into_iter().map(|days| days * sign).collect(),
            ));
        }
    }
    columns
}

fn days(from: i64, to: i64) -> f64 {
    if from == i64::MAX || to == i64::MAX {
        return f64::NAN;
    }
    (to as f64 - from as f64) / DAY_MS as f64
}

/// The table with derived columns appended, so that queries on them can be answered from it.
///
/// # Errors
///
/// When a formula names a column that the table lacks, or a derived name is taken already.
pub fn with_derived(table: &Table, derived: &[DerivedColumn]) -> Result<Table, InsightError> {
    let mut columns: Vec<(FieldName, ArrayRef)> = Vec::new();
    for index in 0..table.columns() {
        let pieces: Vec<&dyn arrow::array::Array> = table.column(index).map(AsRef::as_ref).collect();
        if let Ok(whole) = arrow::compute::concat(&pieces) {
            columns.push((table.column_name(index), whole));
        }
    }
    let index = |column: &FieldName| {
        table
            .column_index(column)
            .ok_or_else(|| InsightError::NoSuchColumn {
                column: column.clone(),
            })
    };
    for DerivedColumn { name, formula } in derived {
        let values: Vec<f64> = match formula {
            Formula::DaysBetween(from, to) => {
                let (from, to) = (instants(table, index(from)?), instants(table, index(to)?));
                from.iter().zip(&to).map(|(from, to)| days(*from, *to)).collect()
            }
        };
        let present = values.into_iter().map(|value| value.is_finite().then_some(value));
        columns.push((name.clone(), Arc::new(Float64Array::from_iter(present))));
    }
    Ok(Table::from_columns(table.name(), columns)?)
}
