//! [`Values`]: the values of a column as VizML sees them: texts, numbers, or times.

use std::borrow::Cow;

use arrow::{
    array::{Array, AsArray},
    datatypes::{
        ArrowPrimitiveType, Date32Type, Decimal128Type, Float64Type, Int64Type, Time64MicrosecondType,
        TimestampMicrosecondType,
    },
};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use marey_core::PhysicalType;
use marey_table::Table;

/// Stands for a row without a value among codes.
pub(super) const NO_CODE: u32 = u32::MAX;

/// VizML's type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataType {
    /// Texts, and truth values.
    String,
    /// Whole numbers.
    Integer,
    /// Other numbers.
    Decimal,
    /// Points in time.
    Time,
}

impl DataType {
    pub(super) fn of(stored: PhysicalType) -> Self {
        match stored {
            PhysicalType::Int => Self::Integer,
            PhysicalType::Float | PhysicalType::Decimal => Self::Decimal,
            PhysicalType::Date | PhysicalType::Time | PhysicalType::Timestamp => Self::Time,
            PhysicalType::Boolean | PhysicalType::Text | PhysicalType::Empty => Self::String,
        }
    }

    /// Whether values are numbers (VizML's general type `q`).
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }
}

/// A column in the forms in which its features are computed.
#[derive(Debug, Clone)]
pub struct Values<'a> {
    /// Name of the column.
    pub(super) name: &'a str,
    pub(super) data_type: DataType,
    /// Number of rows.
    pub(super) rows: usize,
    /// Rows without a value; NaN is none.
    pub(super) missing: usize,
    pub(super) content: Content<'a>,
}

/// The values themselves.
#[derive(Debug, Clone)]
pub(super) enum Content<'a> {
    /// Different texts in order, with the number of rows of each, and for each row the position of
    /// its text, [`NO_CODE`] where it has none.
    Texts {
        texts: Vec<Cow<'a, str>>,
        counts: Vec<usize>,
        codes: Vec<u32>,
    },
    /// Numbers by row, NaN where there is none, and all finite ones from small to large. Times are
    /// microseconds since 1970.
    Numbers { by_row: Vec<f64>, sorted: Vec<f64> },
}

impl<'a> Values<'a> {
    /// The values of a column of a table.
    pub(super) fn of_table(table: &'a Table, column: usize, name: &'a str) -> Self {
        let stored = table.physical_type(column);
        let data_type = DataType::of(stored);
        match stored {
            PhysicalType::Text | PhysicalType::Boolean | PhysicalType::Empty => {
                Self::of_texts(name, texts(table, column))
            }
            _ => Self::of_numbers(name, data_type, numbers(table, column)),
        }
    }

    /// The values of a column of texts.
    pub fn of_texts(name: &'a str, by_row: Vec<Option<Cow<'a, str>>>) -> Self {
        let rows = by_row.len();
        let mut numbers: HashMap<Cow<str>, u32, FixedState> = HashMap::with_hasher(FixedState::default());
        let mut codes = Vec::with_capacity(rows);
        let mut counts = Vec::new();
        for text in by_row {
            let code = text.map_or(NO_CODE, |text| {
                let next = numbers.len() as u32;
                *numbers.entry(text).or_insert(next)
            });
            if code != NO_CODE {
                if code as usize == counts.len() {
                    counts.push(0);
                }
                counts[code as usize] += 1;
            }
            codes.push(code);
        }
        let mut texts: Vec<(Cow<str>, u32)> = numbers.into_iter().collect();
        texts.sort_unstable();
        let mut rank = vec![0; texts.len()];
        for (at, (_, code)) in texts.iter().enumerate() {
            rank[*code as usize] = at as u32;
        }
        let counts = texts.iter().map(|(_, code)| counts[*code as usize]).collect();
        for code in codes.iter_mut().filter(|code| **code != NO_CODE) {
            *code = rank[*code as usize];
        }
        Self {
            name,
            data_type: DataType::String,
            rows,
            missing: codes.iter().filter(|code| **code == NO_CODE).count(),
            content: Content::Texts {
                texts: texts.into_iter().map(|(text, _)| text).collect(),
                counts,
                codes,
            },
        }
    }

    /// The values of a column of numbers or times (microseconds since 1970); NaN is none.
    pub fn of_numbers(name: &'a str, data_type: DataType, by_row: Vec<f64>) -> Self {
        let mut sorted: Vec<f64> = by_row
            .iter()
            .copied()
            .filter(|number| number.is_finite())
            .collect();
        if !sorted.is_sorted() {
            sorted.sort_unstable_by(f64::total_cmp);
        }
        Self {
            name,
            data_type,
            rows: by_row.len(),
            missing: by_row.iter().filter(|number| number.is_nan()).count(),
            content: Content::Numbers { by_row, sorted },
        }
    }

    /// All finite numbers from small to large; none of texts.
    pub(super) fn sorted(&self) -> &[f64] {
        match &self.content {
            Content::Numbers { sorted, .. } => sorted,
            Content::Texts { .. } => &[],
        }
    }
}

/// Numbers by row, NaN where there is none.
fn numbers(table: &Table, column: usize) -> Vec<f64> {
    let mut numbers = Vec::with_capacity(table.rows());
    for array in table.column(column) {
        match table.physical_type(column) {
            PhysicalType::Int => add::<Int64Type>(array, &mut numbers, |value| value as f64),
            PhysicalType::Float => add::<Float64Type>(array, &mut numbers, |value| value),
            PhysicalType::Decimal => {
                let scale = match array.data_type() {
                    arrow::datatypes::DataType::Decimal128(_, scale) => 10_f64.powi(i32::from(*scale)),
                    _ => 1.0,
                };
                add::<Decimal128Type>(array, &mut numbers, |value| value as f64 / scale);
            }
            PhysicalType::Date => {
                add::<Date32Type>(array, &mut numbers, |days| f64::from(days) * 86_400_000_000.0);
            }
            PhysicalType::Time => add::<Time64MicrosecondType>(array, &mut numbers, |value| value as f64),
            _ => add::<TimestampMicrosecondType>(array, &mut numbers, |value| value as f64),
        }
    }
    numbers
}

fn add<T: ArrowPrimitiveType>(array: &dyn Array, numbers: &mut Vec<f64>, number: impl Fn(T::Native) -> f64) {
    match array.as_primitive_opt::<T>() {
        Some(values) => numbers.extend(values.iter().map(|value| value.map_or(f64::NAN, &number))),
        None => numbers.extend(std::iter::repeat_n(f64::NAN, array.len())),
    }
}

/// Texts by row; truth values as the words `true` and `false`.
fn texts(table: &Table, column: usize) -> Vec<Option<Cow<'_, str>>> {
    let mut texts = Vec::with_capacity(table.rows());
    for array in table.column(column) {
        if let Some(values) = array.as_string_opt::<i32>() {
            texts.extend(values.iter().map(|text| text.map(Cow::Borrowed)));
        } else if let Some(values) = array.as_boolean_opt() {
            texts.extend(
                values
                    .iter()
                    .map(|truth| truth.map(|truth| Cow::Borrowed(if truth { "true" } else { "false" }))),
            );
        } else {
            texts.extend(std::iter::repeat_n(None, array.len()));
        }
    }
    texts
}
