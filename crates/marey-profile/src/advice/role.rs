//! What part a column can play in a chart, told by what it means first and how it is stored second.

use marey_core::{FieldType, PhysicalType, SemanticFamily, SemanticType};

use super::{
    ChartRole,
    name::{by_name, is_code},
};
use crate::{ColumnProfile, Monotonicity, NumericSummary};

/// Most different numbers that are taken for groups.
const MOST_GROUPS: u64 = 30;

/// A column's part, and why it is left out of charts if it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) role: ChartRole,
    /// End of a sentence that begins with the column's name.
    pub(super) left_out: Option<&'static str>,
}

impl Part {
    pub(super) fn of(role: ChartRole) -> Self {
        Self { role, left_out: None }
    }

    pub(super) fn left_out(role: ChartRole, reason: &'static str) -> Self {
        Self {
            role,
            left_out: Some(reason),
        }
    }
}

pub(super) fn of(column: &ColumnProfile, rows: u64) -> Part {
    if let Some(reason) = emptiness(column, rows) {
        return Part::left_out(ChartRole::Nothing, reason);
    }
    by_meaning(column, rows).unwrap_or_else(|| by_storage(column, rows))
}

fn emptiness(column: &ColumnProfile, rows: u64) -> Option<&'static str> {
    if column.physical_type == PhysicalType::Empty || column.nulls >= rows || column.distinct.value == 0 {
        Some("has no values")
    } else if column.distinct.value == 1 && rows > 1 {
        Some("has the same value in every row")
    } else {
        None
    }
}

/// The part that follows from what values stand for.
fn by_meaning(column: &ColumnProfile, rows: u64) -> Option<Part> {
    let numeric = column.numeric.is_some();
    Some(match column.semantic_type? {
        SemanticType::Email => Part::left_out(ChartRole::Identifier, "holds e-mail addresses"),
        SemanticType::Phone => Part::left_out(ChartRole::Identifier, "holds telephone numbers"),
        SemanticType::Url => Part::left_out(ChartRole::Identifier, "holds web addresses"),
        SemanticType::FreeText => Part::left_out(ChartRole::Text, "holds free text"),
        SemanticType::IpAddress | SemanticType::MacAddress => {
            Part::left_out(ChartRole::Identifier, "holds network addresses")
        }
        SemanticType::Uuid
        | SemanticType::Hash
        | SemanticType::Iban
        | SemanticType::CardNumber
        | SemanticType::NationalId => Part::left_out(ChartRole::Identifier, "only names rows"),
        SemanticType::CoordinatePair | SemanticType::Geometry if !numeric => {
            Part::left_out(ChartRole::Text, "holds points on the globe as text")
        }
        SemanticType::Identifier | SemanticType::Isbn | SemanticType::ProductCode => identifier(column, rows),
        SemanticType::Year if numeric && column.temporal.is_some() => Part::of(ChartRole::Year),
        SemanticType::Latitude if numeric => Part::of(ChartRole::Latitude),
        SemanticType::Longitude if numeric => Part::of(ChartRole::Longitude),
        SemanticType::PostalCode => text_role(column, rows),
        SemanticType::Boolean => Part::of(ChartRole::Category),
        semantic if is_ordered_class(semantic) && column.distinct.value <= 40 => {
            Part::of(ChartRole::Category)
        }
        SemanticType::Rating if !numeric => Part::of(ChartRole::Category),
        semantic if names_groups(semantic) => text_role(column, rows),
        _ => return None,
    })
}

/// Whether values are classes with an order: parts of time, bands, scales.
fn is_ordered_class(semantic: SemanticType) -> bool {
    use SemanticType as S;
    matches!(
        semantic,
        S::FiscalYear
            | S::YearRange
            | S::Quarter
            | S::Month
            | S::Week
            | S::Weekday
            | S::DayOfMonth
            | S::OrderedCategory
            | S::AgeRange
    )
}

/// Whether values, texts or numbers, name groups of rows or single rows.
fn names_groups(semantic: SemanticType) -> bool {
    use SemanticType as S;
    match semantic.family() {
        SemanticFamily::Place => !matches!(
            semantic,
            S::Latitude | S::Longitude | S::Easting | S::Northing | S::CoordinatePair | S::Geometry
        ),
        SemanticFamily::Person => semantic != S::Age,
        SemanticFamily::Category => semantic != S::Rating,
        _ => false,
    }
}

/// The part that follows from how values are stored.
fn by_storage(column: &ColumnProfile, rows: u64) -> Part {
    match column.physical_type {
        PhysicalType::Date | PhysicalType::Timestamp if column.temporal.is_some() => {
            Part::of(ChartRole::Time)
        }
        PhysicalType::Date | PhysicalType::Timestamp => {
            Part::left_out(ChartRole::Nothing, "holds dates that could not be summarised")
        }
        PhysicalType::Time if column.distinct.value <= 48 => Part::of(ChartRole::Category),
        PhysicalType::Time => Part::left_out(
            ChartRole::Nothing,
            "holds times of day, which have no axis of their own yet",
        ),
        PhysicalType::Boolean => Part::of(ChartRole::Category),
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => number(column, rows),
        PhysicalType::Text | PhysicalType::Empty => text_role(column, rows),
    }
}

fn identifier(column: &ColumnProfile, rows: u64) -> Part {
    if is_readable_name(column) && !holds_coordinates(column) {
        return Part::of(ChartRole::Label);
    }
    let repeats = column.distinct.value.saturating_mul(4) <= rows;
    match repeats && column.distinct.value <= MOST_GROUPS && column.physical_type == PhysicalType::Text {
        true => Part::of(ChartRole::Category),
        false => Part::left_out(ChartRole::Identifier, "only names rows"),
    }
}

/// Whether an identifier reads as a name of one line and several words.
fn is_readable_name(column: &ColumnProfile) -> bool {
    let short = column
        .text
        .as_ref()
        .is_some_and(|text| text.mean_words >= 1.3 && text.mean_chars <= 40.0);
    short && column.pii.is_none() && column.top.first().is_none_or(|top| !top.value.contains('\n'))
}

/// Whether texts are points on the globe, `(41.9, -87.6)` or `POINT (-87.6 41.9)`.
fn holds_coordinates(column: &ColumnProfile) -> bool {
    column.top.first().is_some_and(|top| {
        let value = top.value.trim();
        let geometry = [
            "POINT",
            "POLYGON",
            "MULTIPOLYGON",
            "LINESTRING",
            "MULTILINESTRING",
        ];
        let inside = value
            .rsplit_once('(')
            .map_or("", |(_, rest)| rest.trim_end_matches(')'));
        let numbers = inside.split([',', ' ']).filter(|part| !part.is_empty());
        let pair = numbers.clone().count() == 2 && numbers.clone().all(|part| part.parse::<f64>().is_ok());
        geometry.iter().any(|word| value.starts_with(word)) || (value.ends_with(')') && pair)
    })
}

fn number(column: &ColumnProfile, rows: u64) -> Part {
    let Some(numeric) = &column.numeric else {
        return Part::left_out(ChartRole::Nothing, "holds numbers that could not be summarised");
    };
    let flags = column.distinct.value == 2 && numeric.integers && numeric.min == 0.0 && numeric.max == 1.0;
    let discrete = matches!(column.field_type, FieldType::Nominal | FieldType::Ordinal);
    if numbers_the_rows(column, numeric, rows) {
        Part::left_out(ChartRole::Identifier, "only numbers the rows")
    } else if let Some(role) = by_name(column, numeric) {
        role
    } else if is_code(column) && column.distinct.value > MOST_GROUPS {
        Part::left_out(ChartRole::Identifier, "holds numbers used as names")
    } else if is_code(column) || flags || (discrete && column.distinct.value <= MOST_GROUPS) {
        Part::of(ChartRole::Category)
    } else if discrete && column.semantic_type != Some(SemanticType::Year) {
        Part::left_out(ChartRole::Identifier, "holds numbers used as names")
    } else {
        Part::of(ChartRole::Measure)
    }
}

/// Whether a column counts 0, 1, 2 … or 1, 2, 3 … down the table.
fn numbers_the_rows(column: &ColumnProfile, numeric: &NumericSummary, rows: u64) -> bool {
    column.unique
        && numeric.integers
        && column.monotonicity == Monotonicity::StrictlyIncreasing
        && (numeric.min == 0.0 || numeric.min == 1.0)
        && numeric.max - numeric.min == rows.saturating_sub(1) as f64
        && rows > 2
}

fn text_role(column: &ColumnProfile, rows: u64) -> Part {
    let filled = rows.saturating_sub(column.nulls).max(1);
    let distinct = column.distinct.value;
    let wordy = column
        .text
        .as_ref()
        .is_some_and(|text| text.mean_chars > 60.0 || text.mean_words > 10.0);
    if column.pii.is_some() && distinct * 2 > filled {
        Part::left_out(ChartRole::Identifier, "looks like personal data")
    } else if holds_coordinates(column) {
        Part::left_out(ChartRole::Text, "holds points on the globe as text")
    } else if wordy {
        Part::left_out(ChartRole::Text, "holds free text")
    } else if distinct * 20 >= filled * 19 && distinct > 2 {
        Part::of(ChartRole::Label)
    } else {
        Part::of(ChartRole::Category)
    }
}
