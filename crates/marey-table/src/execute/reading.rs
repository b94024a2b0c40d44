//! Fields read as a type: what Vega does with the cells of a file before anything else.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, BooleanArray, Float64Array, StringArray, TimestampMicrosecondArray},
    compute::cast,
    datatypes::{DataType, TimeUnit},
};
use chrono::format::{Item, Parsed, StrftimeItems};
use marey_core::FieldName;
use rayon::prelude::*;

use super::{
    RunContext,
    cells::{CHUNK, Cells},
    date_text, evaluate,
    frame::{Column, Frame, arrow_error},
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
    /// A member or item of a nested value, as a column of its own.
    Member,
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
        return with_member(frame, field, context);
    };
    let column = &frame.columns()[position];
    let array = column.array()?;
    let read = match reading {
        Reading::Number => as_numbers(array),
        Reading::Boolean => as_booleans(array),
        Reading::Text => as_text(array),
        Reading::Date => as_times(array)?,
        Reading::DateFormat { format, .. } => as_formatted_times(array, format),
        Reading::Member => None,
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
fn instants(rows: usize, time: impl Fn(usize) -> Option<f64> + Sync + Send) -> ArrayRef {
    let micros = |row| {
        let time = time(row).filter(|time| time.abs() <= 8.64e15)?;
        Some((time * 1000.0).round() as i64)
    };
    Arc::new(TimestampMicrosecondArray::from(per_row(rows, micros)))
}

/// Times written in a form of D3's, which chrono knows under the same letters; parts that the form
/// leaves out are those of the first instant of 1900.
fn as_formatted_times(array: &ArrayRef, format: &str) -> Option<ArrayRef> {
    let cells = Cells::of(array);
    if cells.is_temporal() {
        return None;
    }
    let format = format.replace("%L", "%3f").replace("%f", "%6f");
    let items: Vec<Item<'_>> = StrftimeItems::new(&format).collect();
    Some(instants(array.len(), |row| match cells.value(row) {
        Value::Null => None,
        value => formatted_time(&value.to_text(), &items),
    }))
}

fn formatted_time(text: &str, items: &[Item<'_>]) -> Option<f64> {
    let mut parsed = Parsed::new();
    chrono::format::parse(&mut parsed, text, items.iter()).ok()?;
    if parsed.timestamp().is_none() && parsed.year().is_none() && parsed.year_mod_100().is_none() {
        parsed.set_year(1900).ok()?;
    }
    if parsed.ordinal().is_none() && parsed.month().is_none() {
        parsed.set_month(1).ok()?;
    }
    if parsed.ordinal().is_none() && parsed.day().is_none() {
        parsed.set_day(1).ok()?;
    }
    let date = parsed.to_naive_date().ok()?;
    if parsed.hour_div_12().is_none() && parsed.hour_mod_12().is_none() {
        parsed.set_hour(0).ok()?;
    }
    if parsed.minute().is_none() {
        parsed.set_minute(0).ok()?;
    }
    let time = parsed.to_naive_time().ok()?;
    Some(date.and_time(time).and_utc().timestamp_millis() as f64)
}

/// Adds a member or item of a nested value, where a column holds one as JSON text.
fn with_member(
    mut frame: Frame,
    field: &FieldName,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let name = field.as_str();
    let outer = name.match_indices('.').rev().find_map(|(at, _)| {
        let position = frame.position(name.get(..at)?)?;
        Some((position, name.get(at + 1..)?.split('.').collect::<Vec<_>>()))
    });
    let Some((position, path)) = outer else {
        return Ok(frame);
    };
    let array = frame.columns()[position].array()?;
    let cells = Cells::of(array);
    let values = (0..array.len())
        .map(|row| {
            let whole = cells.text(row).and_then(evaluate::parsed).unwrap_or(Value::Null);
            path.iter().fold(whole, member)
        })
        .collect();
    let column = evaluate::value_column(values, field, context)?;
    frame.put(Column::new(field.clone(), column));
    Ok(frame)
}

fn member(value: Value, step: &&str) -> Value {
    match value {
        Value::List(mut items) => match step.parse::<usize>() {
            Ok(at) if at < items.len() => items.swap_remove(at),
            _ => Value::Null,
        },
        Value::Object(members) => members
            .into_iter()
            .find(|(name, _)| name == step)
            .map_or(Value::Null, |(_, value)| value),
        _ => Value::Null,
    }
}

fn per_row<T: Send>(rows: usize, value: impl Fn(usize) -> Option<T> + Sync + Send) -> Vec<Option<T>> {
    (0..rows).into_par_iter().with_min_len(CHUNK).map(value).collect()
}
