//! Which part each column can play.

use marey_core::{FieldType, PhysicalType, SemanticType};
use marey_profile::{ColumnProfile, TableProfile};
use marey_table::Table;

use crate::MineOptions;

/// The part a column plays in the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Measure,
    Dimension,
    Entity,
    Time,
}

/// The columns that play a part, in order of the table; columns over the bound are warned of.
pub(super) fn roles(
    table: &Table,
    profile: &TableProfile,
    options: &MineOptions,
    warnings: &mut Vec<String>,
) -> Vec<(usize, Role)> {
    let time = time_column(profile);
    let mut roles = Vec::new();
    for column in &profile.columns {
        if column.index >= table.columns() {
            continue;
        }
        let role = if Some(column.index) == time {
            Some(Role::Time)
        } else {
            role(column, profile.rows, options)
        };
        roles.extend(role.map(|role| (column.index, role)));
    }
    for (role, what) in [
        (Role::Measure, "measures"),
        (Role::Dimension, "categories"),
        (Role::Entity, "identifiers"),
    ] {
        bound(&mut roles, role, what, options.max_columns, warnings);
    }
    roles
}

/// Keeps the first columns of a role.
fn bound(roles: &mut Vec<(usize, Role)>, role: Role, what: &str, most: usize, warnings: &mut Vec<String>) {
    let found = roles.iter().filter(|(_, of)| *of == role).count();
    if found <= most {
        return;
    }
    let mut kept = 0;
    roles.retain(|(_, of)| {
        kept += usize::from(*of == role);
        *of != role || kept <= most
    });
    warnings.push(format!(
        "only the first {most} of {found} {what} were searched; raise max_columns to search more"
    ));
}

fn role(column: &ColumnProfile, rows: u64, options: &MineOptions) -> Option<Role> {
    use PhysicalType as P;
    let distinct = column.distinct.value;
    if distinct < 2 {
        return None;
    }
    match column.physical_type {
        P::Int | P::Float | P::Decimal if is_measure(column) => Some(Role::Measure),
        P::Int | P::Float | P::Decimal | P::Boolean | P::Text => category(column, rows, options),
        P::Date | P::Timestamp | P::Time | P::Empty => None,
    }
}

/// Whether a column of numbers measures something rather than naming it.
fn is_measure(column: &ColumnProfile) -> bool {
    use SemanticType as S;
    let is_name = matches!(
        column.semantic_type,
        Some(
            S::Identifier
                | S::PostalCode
                | S::Year
                | S::Month
                | S::Weekday
                | S::Phone
                | S::Boolean
                | S::Category
        )
    );
    !is_name && (column.field_type == FieldType::Quantitative || column.distinct.value > 2)
}

/// A category if it has few values, an entity if many that come back.
fn category(column: &ColumnProfile, rows: u64, options: &MineOptions) -> Option<Role> {
    let distinct = column.distinct.value;
    let present = rows.saturating_sub(column.nulls);
    let comes_back = distinct.saturating_mul(2) <= present;
    if !comes_back {
        return None;
    }
    let is_prose = column.semantic_type == Some(SemanticType::FreeText);
    let is_identifier = column.semantic_type == Some(SemanticType::Identifier);
    if is_prose {
        return None;
    }
    if distinct <= options.max_categories as u64 && !(is_identifier && distinct > 50) {
        return Some(Role::Dimension);
    }
    (distinct <= 200_000).then_some(Role::Entity)
}

/// The date or instant that orders the rows: the one with the fewest gaps, then the finest, then
/// the first; a column of years where there is no other.
fn time_column(profile: &TableProfile) -> Option<usize> {
    let is_date = |column: &&ColumnProfile| {
        matches!(column.physical_type, PhysicalType::Date | PhysicalType::Timestamp)
    };
    let fit = |column: &ColumnProfile| {
        let distinct = column.distinct.value;
        column.nulls * 5 <= profile.rows && distinct >= 3
    };
    let dates = profile
        .columns
        .iter()
        .filter(is_date)
        .filter(|column| fit(column));
    let years = profile.columns.iter().filter(|column| {
        column.semantic_type == Some(SemanticType::Year)
            && column.physical_type == PhysicalType::Int
            && fit(column)
    });
    dates
        .min_by_key(|column| (column.nulls, column.index))
        .or_else(|| years.min_by_key(|column| (column.nulls, column.index)))
        .map(|column| column.index)
}
