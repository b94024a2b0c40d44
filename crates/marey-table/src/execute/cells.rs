//! [`Cells`] and [`Numbers`]: typed looks at a column.

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array,
        StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
    },
    buffer::{NullBuffer, ScalarBuffer},
    datatypes::{
        DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, Time64MicrosecondType,
        TimestampMicrosecondType,
    },
};
use rayon::prelude::*;
use std::sync::Arc;

use super::{
    calendar,
    value::{Value, number_of_text},
};

/// Rows per piece of parallel work. Fixed, so that results never depend on the number of threads.
pub(crate) const CHUNK: usize = 1 << 16;

/// A column by its type.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cells<'a> {
    /// Nothing but nulls.
    Empty,
    /// True and false.
    Bool(&'a BooleanArray),
    /// Whole numbers.
    Int(&'a Int64Array),
    /// Numbers.
    Float(&'a Float64Array),
    /// Exact numbers with the power of ten they are divided by.
    Decimal(&'a Decimal128Array, f64),
    /// Days.
    Date(&'a Date32Array),
    /// Times of day.
    Time(&'a Time64MicrosecondArray),
    /// Instants.
    Timestamp(&'a TimestampMicrosecondArray),
    /// Text.
    Text(&'a StringArray),
}

impl<'a> Cells<'a> {
    /// A column of one of the types of [`Table`](crate::Table).
    pub fn of(array: &'a ArrayRef) -> Self {
        match array.data_type() {
            DataType::Boolean => Cells::Bool(array.as_boolean()),
            DataType::Int64 => Cells::Int(array.as_primitive::<Int64Type>()),
            DataType::Float64 => Cells::Float(array.as_primitive::<Float64Type>()),
            DataType::Decimal128(_, scale) => Cells::Decimal(
                array.as_primitive::<Decimal128Type>(),
                10_f64.powi(i32::from(*scale)),
            ),
            DataType::Date32 => Cells::Date(array.as_primitive::<Date32Type>()),
            DataType::Time64(_) => Cells::Time(array.as_primitive::<Time64MicrosecondType>()),
            DataType::Timestamp(..) => Cells::Timestamp(array.as_primitive::<TimestampMicrosecondType>()),
            DataType::Utf8 => Cells::Text(array.as_string::<i32>()),
            _ => Cells::Empty,
        }
    }

    /// Whether values are points in time.
    pub fn is_temporal(&self) -> bool {
        matches!(self, Cells::Date(_) | Cells::Time(_) | Cells::Timestamp(_))
    }

    /// Whether a cell is null.
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            Cells::Text(array) => array.is_null(row),
            _ => self.number(row).is_none(),
        }
    }

    /// The text at a row, in a column of text.
    pub fn text(&self, row: usize) -> Option<&'a str> {
        match self {
            Cells::Text(array) if array.is_valid(row) => Some(array.value(row)),
            _ => None,
        }
    }

    /// The cell as a number: milliseconds for times, 0 and 1 for booleans, NaN for text that is
    /// none; nothing for nulls and empty text.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            Cells::Empty => None,
            Cells::Bool(array) => array.is_valid(row).then(|| f64::from(u8::from(array.value(row)))),
            Cells::Int(array) => array.is_valid(row).then(|| array.value(row) as f64),
            Cells::Float(array) => array.is_valid(row).then(|| array.value(row)),
            Cells::Decimal(array, scale) => array.is_valid(row).then(|| array.value(row) as f64 / scale),
            Cells::Date(array) => array
                .is_valid(row)
                .then(|| f64::from(array.value(row)) * calendar::DAY),
            Cells::Time(array) => array.is_valid(row).then(|| array.value(row) as f64 / 1000.0),
            Cells::Timestamp(array) => array.is_valid(row).then(|| array.value(row) as f64 / 1000.0),
            Cells::Text(array) => (array.is_valid(row) && !array.value(row).is_empty())
                .then(|| number_of_text(array.value(row))),
        }
    }

    /// The cell as a value of Vega's.
    pub fn value(&self, row: usize) -> Value {
        match self {
            Cells::Bool(array) if array.is_valid(row) => Value::Bool(array.value(row)),
            Cells::Text(array) if array.is_valid(row) => Value::Text(array.value(row).to_owned()),
            Cells::Bool(_) | Cells::Text(_) => Value::Null,
            other => match other.number(row) {
                None => Value::Null,
                Some(time) if other.is_temporal() => Value::Date(time),
                Some(number) => Value::Number(number),
            },
        }
    }
}

/// A column as numbers.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    /// The numbers; anything where there is none.
    pub values: ScalarBuffer<f64>,
    /// Where there is a number (perhaps NaN).
    pub valid: Option<NullBuffer>,
}

impl Numbers {
    /// The numbers of a column, as [`Cells::number`] reads them.
    pub fn of(array: &ArrayRef) -> Self {
        let cells = Cells::of(array);
        match cells {
            Cells::Float(floats) => Self {
                values: floats.values().clone(),
                valid: floats.nulls().cloned(),
            },
            Cells::Text(_) | Cells::Empty => Self::read(array.len(), |row| cells.number(row)),
            Cells::Int(ints) => Self::cast(array, |row| ints.values().get(row).map_or(0.0, |v| *v as f64)),
            Cells::Date(days) => Self::cast(array, |row| {
                days.values()
                    .get(row)
                    .map_or(0.0, |v| f64::from(*v) * calendar::DAY)
            }),
            Cells::Timestamp(times) => Self::cast(array, |row| {
                times.values().get(row).map_or(0.0, |v| *v as f64 / 1000.0)
            }),
            _ => Self::cast(array, |row| cells.number(row).unwrap_or(0.0)),
        }
    }

    fn cast(array: &ArrayRef, number: impl Fn(usize) -> f64 + Sync) -> Self {
        let values: Vec<f64> = (0..array.len())
            .into_par_iter()
            .with_min_len(CHUNK)
            .map(&number)
            .collect();
        Self {
            values: values.into(),
            valid: array.nulls().cloned(),
        }
    }

    /// Numbers read row by row.
    pub fn read(rows: usize, number: impl Fn(usize) -> Option<f64> + Sync) -> Self {
        let read: Vec<Option<f64>> = (0..rows)
            .into_par_iter()
            .with_min_len(CHUNK)
            .map(&number)
            .collect();
        let array = Float64Array::from(read);
        let (_, values, valid) = array.into_parts();
        Self { values, valid }
    }

    /// The number at a row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<f64> {
        match &self.valid {
            Some(valid) if !valid.is_valid(row) => None,
            _ => self.values.get(row).copied(),
        }
    }

    /// The smallest and largest number, none where there is no finite one.
    pub fn extent(&self) -> Option<(f64, f64)> {
        let (low, high) = (0..self.values.len())
            .into_par_iter()
            .with_min_len(CHUNK)
            .filter_map(|row| self.get(row))
            .fold(
                || (f64::INFINITY, f64::NEG_INFINITY),
                |(low, high), number| (low.min(number), high.max(number)),
            )
            .reduce(
                || (f64::INFINITY, f64::NEG_INFINITY),
                |left, right| (left.0.min(right.0), left.1.max(right.1)),
            );
        (low.is_finite() && high.is_finite()).then_some((low, high))
    }
}

/// A column of times in milliseconds, of the type of `like` where that is a time and local
/// otherwise; null where a time is NaN.
pub(crate) fn times(milliseconds: impl Iterator<Item = Option<f64>>, like: &DataType) -> ArrayRef {
    let zone = match like {
        DataType::Timestamp(_, Some(zone)) => Some(zone.clone()),
        _ => None,
    };
    let array: TimestampMicrosecondArray = milliseconds
        .map(|time| {
            // JavaScript's times stay within 8.64e15 ms, so microseconds fit in 64 bits.
            time.filter(|time| time.abs() <= 8.64e15)
                .map(|time| (time * 1000.0).round() as i64)
        })
        .collect();
    match zone {
        Some(zone) => Arc::new(array.with_timezone(zone)),
        None => Arc::new(array),
    }
}
