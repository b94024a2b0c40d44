//! Functions of lists, and members of values.

use std::cmp::Ordering;

use marey_core::expression::Function;

use super::{
    super::value::{Value, number_order},
    text_functions::{self, length, place, position, units},
};

/// Longest list an expression may build.
const MAX_ITEMS: usize = 100_000;

/// A member of a value, null where there is none. Text that is a list or an object in JSON, as
/// flattened columns hold them, is taken for what it holds.
pub(crate) fn member(object: &Value, key: &Value) -> Value {
    match object {
        Value::Object(members) => {
            let name = key.to_text();
            members
                .iter()
                .find(|(known, _)| *known == name)
                .map_or(Value::Null, |(_, value)| value.clone())
        }
        Value::List(items) => match key {
            Value::Text(name) if name == "length" => Value::Number(items.len() as f64),
            _ => index(key)
                .and_then(|index| items.get(index))
                .cloned()
                .unwrap_or(Value::Null),
        },
        Value::Text(text) => match parsed(text) {
            Some(value) => member(&value, key),
            None if *key == Value::Text("length".into()) => Value::Number(length(text) as f64),
            None => index(key)
                .filter(|index| *index < length(text))
                .map_or(Value::Null, |index| Value::Text(units(text, index, index + 1))),
        },
        _ => Value::Null,
    }
}

fn index(key: &Value) -> Option<usize> {
    let number = key.to_number();
    (number >= 0.0 && number.fract() == 0.0).then_some(number as usize)
}

/// The list or object that a text holds in JSON.
pub(crate) fn parsed(text: &str) -> Option<Value> {
    if !text.starts_with(['[', '{']) {
        return None;
    }
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(Value::of_json(&json))
}

/// Functions of lists; those of both lists and texts too.
pub(super) fn function(function: Function, values: &[Value]) -> Option<Value> {
    let first = values.first()?;
    let items = match first {
        Value::List(items) => Some(items.clone()),
        Value::Text(text) => match parsed(text) {
            Some(Value::List(items)) => Some(items),
            _ => None,
        },
        _ => None,
    };
    match (&items, first) {
        (Some(items), _) => of_list(function, items, values),
        (None, Value::Text(text)) => of_text(function, text, values),
        (None, _) => None,
    }
    .or_else(|| of_values(function, values))
}

fn of_list(function: Function, items: &[Value], values: &[Value]) -> Option<Value> {
    let numbers = || items.iter().map(Value::to_number);
    let argument = values.get(1);
    Some(match function {
        Function::Length => Value::Number(items.len() as f64),
        Function::Peek => items.last().cloned().unwrap_or(Value::Null),
        Function::IndexOf => found(
            items
                .iter()
                .position(|item| item.strictly_equals(argument.unwrap_or(&Value::Null))),
        ),
        Function::LastIndexOf => found(
            items
                .iter()
                .rposition(|item| item.strictly_equals(argument.unwrap_or(&Value::Null))),
        ),
        Function::Join => {
            let separator = argument.map_or_else(|| ",".to_owned(), Value::to_text);
            let texts: Vec<String> = items
                .iter()
                .map(|item| {
                    if *item == Value::Null {
                        String::new()
                    } else {
                        item.to_text()
                    }
                })
                .collect();
            text_functions::bounded(texts.join(&separator))
        }
        Function::Reverse => Value::List(items.iter().rev().cloned().collect()),
        Function::Sort => {
            let mut sorted = items.to_vec();
            sorted.sort_by(ascending);
            Value::List(sorted)
        }
        Function::Slice => {
            let from = place(argument, 0, items.len(), true);
            let to = place(values.get(2), items.len(), items.len(), true);
            Value::List(items.get(from..to).unwrap_or_default().to_vec())
        }
        Function::Extent => {
            let valid = || {
                numbers()
                    .zip(items)
                    .filter(|(number, item)| !number.is_nan() && **item != Value::Null)
            };
            let end = |better: fn(f64, f64) -> f64| {
                valid()
                    .map(|(number, _)| number)
                    .reduce(better)
                    .map_or(Value::Null, Value::Number)
            };
            Value::List(vec![end(f64::min), end(f64::max)])
        }
        Function::Span => Value::Number(ends(items).map_or(0.0, |(low, high)| high - low)),
        Function::Lerp => {
            let share = argument.map_or(f64::NAN, Value::to_number);
            Value::Number(ends(items).map_or(f64::NAN, |(low, high)| match share {
                share if share == 0.0 || share.is_nan() => low,
                1.0 => high,
                share => low + share * (high - low),
            }))
        }
        _ => return None,
    })
}

fn ends(items: &[Value]) -> Option<(f64, f64)> {
    Some((items.first()?.to_number(), items.last()?.to_number()))
}

fn found(position: Option<usize>) -> Value {
    Value::Number(position.map_or(-1.0, |position| position as f64))
}

/// Vega's ascending order of values.
fn ascending(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Text(_), Value::Text(_)) => left.relation(right).unwrap_or(Ordering::Equal),
        _ => {
            let number = |value: &Value| (*value != Value::Null).then(|| value.to_number());
            number_order(number(left), number(right))
        }
    }
}

fn of_text(function: Function, text: &str, values: &[Value]) -> Option<Value> {
    let argument = values.get(1);
    Some(match function {
        Function::Length => Value::Number(length(text) as f64),
        Function::IndexOf => found(position(text, &argument?.to_text(), false)),
        Function::LastIndexOf => found(position(text, &argument?.to_text(), true)),
        Function::Slice => {
            let length = length(text);
            let from = place(argument, 0, length, true);
            let to = place(values.get(2), length, length, true);
            Value::Text(units(text, from, to))
        }
        _ => return None,
    })
}

fn of_values(function: Function, values: &[Value]) -> Option<Value> {
    match function {
        Function::InRange => Some(Value::Bool(in_range(values)?)),
        Function::Sequence => Some(sequence(values)),
        _ => None,
    }
}

fn in_range(values: &[Value]) -> Option<bool> {
    let value = values.first()?.to_number();
    let Value::List(range) = values.get(1)? else {
        return Some(false);
    };
    let (low, high) = ends(range)?;
    let (low, high) = if low > high { (high, low) } else { (low, high) };
    let included = |index: usize| values.get(index).is_none_or(Value::is_truthy);
    let above = if included(2) { low <= value } else { low < value };
    let below = if included(3) { value <= high } else { value < high };
    Some(above && below)
}

fn sequence(values: &[Value]) -> Value {
    let numbers: Vec<f64> = values.iter().map(Value::to_number).collect();
    let (start, stop, step) = match numbers.as_slice() {
        [stop] => (0.0, *stop, 1.0),
        [start, stop] => (*start, *stop, 1.0),
        [start, stop, step, ..] => (*start, *stop, *step),
        [] => return Value::Null,
    };
    let count = ((stop - start) / step).ceil().max(0.0);
    if count.is_nan() || count > MAX_ITEMS as f64 {
        return Value::Null;
    }
    Value::List(
        (0..count as usize)
            .map(|index| Value::Number(start + index as f64 * step))
            .collect(),
    )
}
