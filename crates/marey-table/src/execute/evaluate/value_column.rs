//! Values to a column of one type.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, BooleanArray, Float64Array, NullArray, StringBuilder},
    datatypes::DataType,
};
use marey_core::FieldName;

use super::super::{RunContext, cells, value::Value};
use crate::{TableError, TableWarning};

/// Which kinds of values there are.
#[derive(Default)]
struct Kinds {
    bools: usize,
    numbers: usize,
    dates: usize,
    texts: usize,
    nested: usize,
}

/// A column that holds values: booleans, numbers, times or text where all are alike, numbers for
/// booleans among numbers, else text (with a warning); lists and objects are written in JSON.
///
/// # Errors
///
/// When the texts together outgrow a column (2 GiB).
pub(crate) fn value_column(
    values: Vec<Value>,
    name: &FieldName,
    context: &mut RunContext<'_>,
) -> Result<ArrayRef, TableError> {
    let kinds = Kinds::of(&values);
    let plain = kinds.bools + kinds.numbers + kinds.dates;
    if plain + kinds.texts + kinds.nested == 0 {
        return Ok(Arc::new(NullArray::new(values.len())));
    }
    if kinds.texts + kinds.nested > 0 {
        if plain > 0 {
            context.warnings.push(mixed(name, plain));
        }
        return texts(&values);
    }
    if plain == kinds.bools {
        let flags = values.iter().map(|value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        });
        return Ok(Arc::new(flags.collect::<BooleanArray>()));
    }
    let numbers = values.iter().map(|value| match value {
        Value::Null => None,
        other => Some(other.to_number()),
    });
    if plain == kinds.dates {
        return Ok(cells::times(numbers, &DataType::Null));
    }
    Ok(Arc::new(numbers.collect::<Float64Array>()))
}

impl Kinds {
    fn of(values: &[Value]) -> Self {
        let mut kinds = Kinds::default();
        for value in values {
            match value {
                Value::Null => {}
                Value::Bool(_) => kinds.bools += 1,
                Value::Number(_) => kinds.numbers += 1,
                Value::Date(_) => kinds.dates += 1,
                Value::Text(_) => kinds.texts += 1,
                Value::List(_) | Value::Object(_) => kinds.nested += 1,
            }
        }
        kinds
    }
}

fn mixed(name: &FieldName, count: usize) -> TableWarning {
    TableWarning {
        code: "mixed_column",
        column: Some(name.clone()),
        row: None,
        count: count as u64,
        message: format!("the computed field `{name}` mixes text with {count} other values: all became text"),
    }
}

fn texts(values: &[Value]) -> Result<ArrayRef, TableError> {
    let mut builder = StringBuilder::new();
    let mut bytes = 0_usize;
    for value in values {
        let text = match value {
            Value::Null => None,
            Value::List(_) | Value::Object(_) => Some(value.to_json().to_string()),
            other => Some(other.to_text()),
        };
        bytes += text.as_ref().map_or(0, String::len);
        if bytes > i32::MAX as usize {
            return Err(TableError::TooMany {
                transform: "calculate",
                what: "bytes of text",
                found: bytes,
                limit: i32::MAX as usize,
            });
        }
        builder.append_option(text);
    }
    Ok(Arc::new(builder.finish()))
}
