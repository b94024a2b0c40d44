//! Cells as the drawing sees them: one value out of a table or a spec.

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
};

use arrow::{
    array::{Array, ArrayRef, AsArray},
    datatypes::{
        DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, Time64MicrosecondType,
        TimestampMicrosecondType,
    },
};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use marey_core::{
    FieldName,
    spec::{JsonMap, Literal},
};
use marey_table::Table;

const DAY_MS: f64 = 86_400_000.0;

/// One value, borrowed from a table or a spec. NaN and infinities count as null.
#[derive(Debug, Clone, Copy)]
pub enum Datum<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// Milliseconds since 1970.
    Time(f64),
    /// Text.
    Text(&'a str),
}

impl<'a> Datum<'a> {
    /// A number, or null where it is not finite. Minus zero becomes zero, so that equal is equal.
    pub fn number(value: f64) -> Self {
        if value.is_finite() {
            Datum::Number(value + 0.0)
        } else {
            Datum::Null
        }
    }

    /// The value as a place on a continuous scale.
    pub fn as_number(self) -> Option<f64> {
        match self {
            Datum::Number(value) | Datum::Time(value) => Some(value),
            Datum::Bool(value) => Some(f64::from(u8::from(value))),
            Datum::Text(text) => text.trim().parse().ok().filter(|value: &f64| value.is_finite()),
            Datum::Null => None,
        }
    }

    /// The value as milliseconds since 1970.
    pub fn as_time(self) -> Option<f64> {
        match self {
            Datum::Time(value) | Datum::Number(value) => Some(value),
            Datum::Text(text) => parse_time(text),
            Datum::Bool(_) | Datum::Null => None,
        }
    }

    /// Whether there is no value.
    pub fn is_null(self) -> bool {
        matches!(self, Datum::Null)
    }

    /// A constant of a spec.
    pub fn of_literal(literal: &'a Literal) -> Self {
        match literal {
            Literal::Null | Literal::Numbers(_) => Datum::Null,
            Literal::Bool(value) => Datum::Bool(*value),
            Literal::Number(value) => Datum::number(*value),
            Literal::Text(text) => Datum::Text(text),
            Literal::DateTime(parts) => date_time_parts(parts).map_or(Datum::Null, Datum::Time),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Datum::Bool(_) => 0,
            Datum::Number(_) => 1,
            Datum::Time(_) => 2,
            Datum::Text(_) => 3,
            // Vega sorts null first; a category without a name reads better at the end.
            Datum::Null => 4,
        }
    }
}

impl PartialEq for Datum<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Datum<'_> {}

impl PartialOrd for Datum<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Datum<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Datum::Bool(a), Datum::Bool(b)) => a.cmp(b),
            (Datum::Number(a), Datum::Number(b)) | (Datum::Time(a), Datum::Time(b)) => a.total_cmp(b),
            (Datum::Text(a), Datum::Text(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl Hash for Datum<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rank().hash(state);
        match self {
            Datum::Null => {}
            Datum::Bool(value) => value.hash(state),
            Datum::Number(value) | Datum::Time(value) => value.to_bits().hash(state),
            Datum::Text(text) => text.hash(state),
        }
    }
}

/// All values of a column in row order; none if the table has no such column.
pub fn read_column<'a>(table: &'a Table, name: &FieldName) -> Option<Vec<Datum<'a>>> {
    let index = table.column_index(name)?;
    let mut values = Vec::with_capacity(table.rows());
    for array in table.column(index) {
        read_array(array, &mut values);
    }
    Some(values)
}

fn read_array<'a>(array: &'a ArrayRef, values: &mut Vec<Datum<'a>>) {
    match array.data_type() {
        DataType::Boolean => values.extend(
            array
                .as_boolean()
                .iter()
                .map(|v| v.map_or(Datum::Null, Datum::Bool)),
        ),
        DataType::Int64 => {
            let numbers = array.as_primitive::<Int64Type>();
            values.extend(
                numbers
                    .iter()
                    .map(|v| v.map_or(Datum::Null, |v| Datum::number(v as f64))),
            );
        }
        DataType::Float64 => {
            let numbers = array.as_primitive::<Float64Type>();
            values.extend(numbers.iter().map(|v| v.map_or(Datum::Null, Datum::number)));
        }
        DataType::Decimal128(_, scale) => {
            let divisor = 10f64.powi(i32::from(*scale));
            let numbers = array.as_primitive::<Decimal128Type>();
            values.extend(
                numbers
                    .iter()
                    .map(|v| v.map_or(Datum::Null, |v| Datum::number(v as f64 / divisor))),
            );
        }
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>();
            values.extend(
                days.iter()
                    .map(|v| v.map_or(Datum::Null, |v| Datum::Time(f64::from(v) * DAY_MS))),
            );
        }
        DataType::Timestamp(..) => {
            let instants = array.as_primitive::<TimestampMicrosecondType>();
            values.extend(
                instants
                    .iter()
                    .map(|v| v.map_or(Datum::Null, |v| Datum::Time((v as f64 / 1000.0).floor()))),
            );
        }
        DataType::Time64(_) => {
            let times = array.as_primitive::<Time64MicrosecondType>();
            values.extend(
                times
                    .iter()
                    .map(|v| v.map_or(Datum::Null, |v| Datum::Time((v as f64 / 1000.0).floor()))),
            );
        }
        DataType::Utf8 => values.extend(
            array
                .as_string::<i32>()
                .iter()
                .map(|v| v.map_or(Datum::Null, Datum::Text)),
        ),
        // The closed set of a table's types leaves only the type of nulls.
        _ => values.extend(std::iter::repeat_n(Datum::Null, array.len())),
    }
}

/// Milliseconds since 1970 of a date or date-time as ISO 8601 writes it, a year alone included.
pub fn parse_time(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.timestamp_millis() as f64);
    }
    for pattern in [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
    ] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, pattern) {
            return Some(time.and_utc().timestamp_millis() as f64);
        }
    }
    for pattern in ["%Y-%m-%d", "%Y/%m/%d", "%b %d %Y", "%m/%d/%Y"] {
        if let Ok(day) = NaiveDate::parse_from_str(text, pattern) {
            return Some(midnight(day));
        }
    }
    match text.len() {
        4 => midnight_of(text.parse().ok()?, 1, 1),
        7 => {
            let (year, month) = text.split_once('-')?;
            midnight_of(year.parse().ok()?, month.parse().ok()?, 1)
        }
        _ => None,
    }
}

fn midnight(day: NaiveDate) -> f64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis() as f64
}

fn midnight_of(year: i32, month: u32, day: u32) -> Option<f64> {
    NaiveDate::from_ymd_opt(year, month, day).map(midnight)
}

/// Milliseconds since 1970 of Vega-Lite's date object, `{"year": 2010, "month": "jan", …}`.
///
/// As there, a missing year is 2012; quarters, weekdays and weeks other than a quarter are ignored.
fn date_time_parts(parts: &JsonMap) -> Option<f64> {
    let number = |name: &str| parts.get(name).and_then(serde_json::Value::as_f64);
    let year = number("year").unwrap_or(2012.0);
    let month = match parts.get("month") {
        Some(serde_json::Value::String(name)) => month_number(name)?,
        Some(value) => value.as_f64()?,
        None => number("quarter").map_or(1.0, |quarter| (quarter - 1.0) * 3.0 + 1.0),
    };
    let day = number("date").unwrap_or(1.0);
    if !(-200_000.0..=200_000.0).contains(&year) || !(1.0..=12.0).contains(&month) {
        return None;
    }
    let start = midnight_of(year as i32, month as u32, 1)?;
    let clock = number("hours").unwrap_or(0.0) * 3_600_000.0
        + number("minutes").unwrap_or(0.0) * 60_000.0
        + number("seconds").unwrap_or(0.0) * 1000.0
        + number("milliseconds").unwrap_or(0.0);
    let at = start + (day - 1.0) * DAY_MS + clock;
    at.is_finite().then_some(at)
}

fn month_number(name: &str) -> Option<f64> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let short = name.get(..3)?.to_ascii_lowercase();
    MONTHS
        .iter()
        .position(|month| *month == short)
        .map(|at| at as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_iso_writes_them() {
        for (text, ms) in [
            ("1970-01-02", Some(DAY_MS)),
            ("1970-01-01T01:00", Some(3_600_000.0)),
            ("1970-01-01T00:00:00Z", Some(0.0)),
            ("1970-01-01T01:00:00+01:00", Some(0.0)),
            ("1971", Some(365.0 * DAY_MS)),
            ("1970-02", Some(31.0 * DAY_MS)),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(parse_time(text), ms, "{text}");
        }
    }

    #[test]
    fn date_objects_name_months_by_word_or_number() {
        let parts = |text: &str| match serde_json::from_str(text) {
            Ok(serde_json::Value::Object(map)) => date_time_parts(&map),
            _ => None,
        };
        assert_eq!(
            parts(r#"{"year": 1970, "month": "feb", "date": 2}"#),
            Some(32.0 * DAY_MS)
        );
        assert_eq!(
            parts(r#"{"year": 1970, "month": 2, "hours": 1}"#),
            Some(31.0 * DAY_MS + 3_600_000.0)
        );
        assert_eq!(parts(r#"{"year": 1970, "quarter": 2}"#), Some(90.0 * DAY_MS));
        assert_eq!(parts(r#"{"year": 1e300}"#), None);
    }

    #[test]
    fn order_puts_null_last_and_numbers_by_size() {
        let mut values = [
            Datum::Null,
            Datum::Number(10.0),
            Datum::Text("b"),
            Datum::Number(9.0),
            Datum::Text("a"),
        ];
        values.sort();
        assert_eq!(
            values,
            [
                Datum::Number(9.0),
                Datum::Number(10.0),
                Datum::Text("a"),
                Datum::Text("b"),
                Datum::Null
            ]
        );
        assert_eq!(Datum::number(f64::NAN), Datum::Null);
        assert_eq!(Datum::number(-0.0), Datum::Number(0.0));
    }
}
