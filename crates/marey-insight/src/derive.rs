//! Columns computed from others before mining: the days between dates, rates of yes and no, ratios of
//! measures that belong together.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use marey_core::{FieldName, FieldType, PhysicalType};
use marey_profile::{ColumnProfile, TableProfile};
use marey_table::Table;

use crate::{
    DerivedColumn, Formula, InsightError,
    column::{DAY_MS, instants, numbers},
};

/// Most columns that are derived.
const MOST: usize = 12;
/// Least share of rows that have both dates.
const LEAST_SHARE: f64 = 0.2;

/// The columns worth deriving, with their values: for each pair of dates of which the one hardly ever
/// comes before the other, the days between them; the rate of each column of yes and no; and the ratio of
/// measures that belong together by name and by size. Parts of dates are asked for as seasons.
pub(crate) fn derived(table: &Table, profile: &TableProfile) -> Vec<(DerivedColumn, Vec<f64>)> {
    let mut columns = days_between(table, profile);
    columns.extend(rates(table, profile));
    columns.extend(ratios(table, profile));
    columns.retain(|(column, _)| table.column_index(&column.name).is_none());
    columns.truncate(MOST);
    columns
}

/// One for yes, zero for no: the mean is a rate.
fn rates(table: &Table, profile: &TableProfile) -> Vec<(DerivedColumn, Vec<f64>)> {
    let truths = profile.columns.iter().filter(|column| {
        column.physical_type == PhysicalType::Boolean
            && column.index < table.columns()
            && column.distinct.value == 2
    });
    truths
        .filter_map(|column| {
            let formula = Formula::Rate(column.name.clone());
            let name = FieldName::new(format!("rate of {}", column.name));
            let values = values(table, &formula).ok()?;
            Some((DerivedColumn { name, formula }, values))
        })
        .collect()
}

/// Words that make a column the aim or the bound of another one of the same name.
const AIMS: &[&str] = &[
    "target", "goal", "plan", "planned", "budget", "quota", "capacity", "limit", "max", "maximum", "total",
];

/// Parts of a whole ("calls answered" of "calls") and achievements of an aim ("revenue" of "revenue target").
fn ratios(table: &Table, profile: &TableProfile) -> Vec<(DerivedColumn, Vec<f64>)> {
    let measures: Vec<(&ColumnProfile, Vec<String>)> = profile
        .columns
        .iter()
        .filter(|column| column.index < table.columns() && is_amount(column))
        .map(|column| (column, words_of(column.name.as_str())))
        .collect();
    let mut found = Vec::new();
    for (part, part_words) in &measures {
        for (whole, whole_words) in &measures {
            let aim = whole_words
                .split_last()
                .filter(|(last, _)| AIMS.contains(&last.as_str()));
            let is_aim = aim.is_some_and(|(_, rest)| rest == part_words.as_slice());
            let is_part = part_words.len() > whole_words.len()
                && whole_words.iter().all(|word| part_words.contains(word))
                && !part_words
                    .last()
                    .is_some_and(|last| AIMS.contains(&last.as_str()));
            if !(is_aim || is_part) {
                continue;
            }
            let formula = Formula::Ratio(part.name.clone(), whole.name.clone());
            let Ok(ratio) = values(table, &formula) else {
                continue;
            };
            let known = ratio.iter().filter(|ratio| ratio.is_finite()).count() as f64;
            let most = if is_part { 1.0 } else { 20.0 };
            let inside = ratio.iter().filter(|ratio| (0.0..=most).contains(*ratio)).count() as f64;
            if known >= LEAST_SHARE * ratio.len() as f64 && known >= 8.0 && inside >= 0.98 * known {
                let name = FieldName::new(format!("{} per {}", part.name, whole.name));
                found.push((DerivedColumn { name, formula }, ratio));
            }
        }
    }
    found
}

/// Whether a column counts or measures something of which there can be parts.
fn is_amount(column: &ColumnProfile) -> bool {
    let is_number = matches!(
        column.physical_type,
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
    );
    is_number && column.field_type == FieldType::Quantitative && column.distinct.value > 2
}

/// The words of a name, in lower case.
fn words_of(name: &str) -> Vec<String> {
    let label = marey_core::label::label(&FieldName::new(name)).to_lowercase();
    let words = label.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
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
    for DerivedColumn { name, formula } in derived {
        let present = values(table, formula)?
            .into_iter()
            .map(|value| value.is_finite().then_some(value));
        columns.push((name.clone(), Arc::new(Float64Array::from_iter(present))));
    }
    Ok(Table::from_columns(table.name(), columns)?)
}

/// The values of a formula on a table; NaN where an input is missing.
pub(crate) fn values(table: &Table, formula: &Formula) -> Result<Vec<f64>, InsightError> {
    let index = |column: &FieldName| {
        table
            .column_index(column)
            .ok_or_else(|| InsightError::NoSuchColumn {
                column: column.clone(),
            })
    };
    Ok(match formula {
        Formula::DaysBetween(from, to) => {
            let (from, to) = (instants(table, index(from)?), instants(table, index(to)?));
            from.iter().zip(&to).map(|(from, to)| days(*from, *to)).collect()
        }
        Formula::Ratio(part, whole) => {
            let (part, whole) = (numbers(table, index(part)?), numbers(table, index(whole)?));
            // Nothing of nothing is no ratio.
            let ratio = |(part, whole): (&f64, &f64)| if *whole > 0.0 { part / whole } else { f64::NAN };
            part.iter().zip(&whole).map(ratio).collect()
        }
        Formula::Rate(truth) => numbers(table, index(truth)?),
    })
}
