//! Fields read as a type: what Vega does with the cells of a file before anything else.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, BooleanArray, Float64Array, StringArray, TimestampMicrosecondArray},
    compute::cast,
    datatypes::{DataType, TimeUnit},
};
use marey_core::{
    FieldName,
    spec::{Expression, Transform},
};
use rayon::prelude::*;

use super::{
    RunContext,
    cells::{CHUNK, Cells},
    date_text,
    frame::{Column, Frame, arrow_error},
    run,
    value::{Value, number_of_text},
};
use crate::TableError;

/// What a field is read as.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading {
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Text.
    Text,
    /// A time, in any of the forms JavaScript reads.
    Date,
    /// A time in a given form.
    DateFormat {
        /// The form, as D3 writes it.
        format: String,
        /// Whether the time is in UTC.
        utc: bool,
    },
}

impl Reading {
    /// The reading a spec asks for: `number`, `date`, `date:'%d.%m.%Y'` …; none for a word that
    /// Vega-Lite does not know either.
    pub fn of(wish: &str) -> Option<Self> {
        let format = |format: &str, utc| {
            let bare = format
                .strip_prefix('\'')
                .and_then(|rest| rest.strip_suffix('\''))
                .or_else(|| format.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')));
            Reading::DateFormat {
                format: bare.unwrap_or(format).to_owned(),
                utc,
            }
        };
        Some(match wish {
            "number" => Reading::Number,
            "boolean" => Reading::Boolean,
            "string" => Reading::Text,
            "date" => Reading::Date,
            _ => match (wish.strip_prefix("date:"), wish.strip_prefix("utc:")) {
                (Some(text), _) => format(text, false),
                (_, Some(text)) => format(text, true),
                _ => return None,
            },
        })
    }
}

/// Reads a field as a type. Columns that are of the type already stay as they are; a field that
/// the rows do not have is left alone, as Vega leaves it undefined.
///
/// # Errors
///
/// When a given form of time cannot be understood.
pub(crate) fn read(
    mut frame: Frame,
    field: &FieldName,
    reading: &Reading,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let Some(position) = frame.position(field.as_str()) else {
        return Ok(frame);
    };
    let column = &frame.columns()[position];
    let array = column.array()?;
    let read = match reading {
        Reading::Number => as_numbers(array),
        Reading::Boolean => as_booleans(array),
        Reading::Text => as_text(array),
        Reading::Date => as_times(array)?,
        Reading::DateFormat { format, utc } => {
            return match Cells::of(array).is_temporal() {
                true => Ok(frame),
                false => as_formatted_times(frame, field, format, *utc, context),
            };
        }
    };
    if let Some(read) = read {
        let name = column.name().clone();
        frame.put(Column::new(name, read));
    }
    Ok(frame)
}

fn as_numbers(array: &ArrayRef) -> Option<ArrayRef> {
    let cells = Cells::of(array);
    match cells {
        Cells::Text(_) => Some(Arc::new(Float64Array::from(per_row(array.len(), |row| {
            cells
                .text(row)
                .filter(|text| !text.is_empty())
                .map(number_of_text)
        })))),
        Cells::Bool(_) => Some(Arc::new(Float64Array::from(per_row(array.len(), |row| {
            cells.number(row)
        })))),
        _ => None,
    }
}

fn as_booleans(array: &ArrayRef) -> Option<ArrayRef> {
    let cells = Cells::of(array);
    let truth = |row| match cells.value(row) {
        Value::Null => None,
        Value::Text(text) => match text.as_str() {
            "" => None,
            "false" | "0" => Some(false),
            _ => Some(true),
        },
        value => Some(value.is_truthy()),
    };
    match cells {
        Cells::Bool(_) | Cells::Empty => None,
        _ => Some(Arc::new(BooleanArray::from(per_row(array.len(), truth)))),
    }
}

fn as_text(array: &ArrayRef) -> Option<ArrayRef> {
    let cells = Cells::of(array);
    let text = |row| match cells.value(row) {
        Value::Null => None,
        value => Some(value.to_text()),
    };
    match cells {
        Cells::Text(_) | Cells::Empty => None,
        _ => Some(Arc::new(StringArray::from(per_row(array.len(), text)))),
    }
}

/// Times of a column. Days become midnights; text is read as JavaScript reads it; whole numbers
/// that are all years (1000 to 2999) are years, as they would be in a file of text, and other
/// numbers milliseconds since 1970.
fn as_times(array: &ArrayRef) -> Result<Option<ArrayRef>, TableError> {
    let cells = Cells::of(array);
    let is_year = |row: usize| {
        cells
            .number(row)
            .is_none_or(|year| (1000.0..3000.0).contains(&year))
    };
    let time = |row: usize| -> Option<f64> {
        match cells {
            Cells::Text(_) => cells
                .text(row)
                .filter(|text| !text.is_empty())
                .map(date_text::parse),
            _ => cells.number(row),
        }
    };
    Ok(match cells {
        Cells::Timestamp(_) | Cells::Time(_) | Cells::Empty => None,
        Cells::Date(_) => {
            let midnight = DataType::Timestamp(TimeUnit::Microsecond, None);
            Some(cast(array, &midnight).map_err(arrow_error("could not read days as times"))?)
        }
        Cells::Int(_) if (0..array.len()).all(is_year) => Some(instants(array.len(), |row| {
            let year = cells.number(row)?;
            Some(date_text::parse(&format!("{year}")))
        })),
        _ => Some(instants(array.len(), time)),
    })
}

/// Instants from milliseconds; none where a time is NaN or beyond JavaScript's range.
fn instants(rows: usize, time: impl Fn(usize) -> Option<f64> + Sync) -> ArrayRef {
    let micros = |row| {
        let time = time(row).filter(|time| time.abs() <= 8.64e15)?;
        Some((time * 1000.0).round() as i64)
    };
    Arc::new(TimestampMicrosecondArray::from(per_row(rows, micros)))
}

fn as_formatted_times(
    frame: Frame,
    field: &FieldName,
    format: &str,
    utc: bool,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let function = if utc { "utcParse" } else { "timeParse" };
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let parse = Transform::Calculate {
        calculate: Expression(format!(
            "{function}(toString(datum[{}]), {})",
            quoted(field.as_str()),
            quoted(format)
        )),
        output: field.clone(),
    };
    run::step(&parse, &frame, context)
}

fn per_row<T: Send>(rows: usize, value: impl Fn(usize) -> Option<T> + Sync) -> Vec<Option<T>> {
    (0..rows)
        .into_par_iter()
        .with_min_len(CHUNK)
        .map(|row| value(row))
        .collect()
}
