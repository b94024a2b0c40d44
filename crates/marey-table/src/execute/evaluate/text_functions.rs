//! Functions of text. Positions and lengths count UTF-16 units, as in JavaScript.

use marey_core::expression::Function;
use regex::{Captures, Regex};

use super::super::value::Value;

/// Longest text an expression may build, in bytes: repeated doubling must not fill the memory.
const MAX_TEXT: usize = 1 << 20;

/// A text, or null where it has outgrown the limit.
pub(super) fn bounded(text: String) -> Value {
    if text.len() > MAX_TEXT {
        Value::Null
    } else {
        Value::Text(text)
    }
}

/// Functions of text.
pub(super) fn function(function: Function, values: &[Value]) -> Option<Value> {
    let first = values.first()?;
    let argument = |index: usize| values.get(index).filter(|value| **value != Value::Null);
    let text = || first.to_text();
    Some(match function {
        Function::Lower => bounded(text().to_lowercase()),
        Function::Upper => bounded(text().to_uppercase()),
        Function::Trim => Value::Text(text().trim().to_owned()),
        Function::ParseFloat => Value::Number(leading_float(text().trim_start())),
        Function::ParseInt => Value::Number(leading_integer(&text(), argument(1).map(Value::to_number))),
        Function::Substring => substring(&text(), argument(1), argument(2)),
        Function::Split => split(&text(), &values.get(1)?.to_text()),
        Function::Pad => pad(values),
        Function::Truncate => truncate(values),
        Function::Replace => {
            let (pattern, replacement) = (values.get(1)?.to_text(), values.get(2)?.to_text());
            bounded(text().replacen(&pattern, &replacement, 1))
        }
        _ => return None,
    })
}

/// Replaces the first match, or all.
pub(super) fn replace_regex(text: &str, regex: &Regex, replacement: &str, all: bool) -> Value {
    let limit = if all { 0 } else { 1 };
    let replaced = regex.replacen(text, limit, |captures: &Captures<'_>| {
        expanded(replacement, captures)
    });
    bounded(replaced.into_owned())
}

/// JavaScript's replacement patterns: `$1`, `$&`, `$$`.
fn expanded(replacement: &str, captures: &Captures<'_>) -> String {
    let mut text = String::new();
    let mut rest = replacement;
    while let Some((before, after)) = rest.split_once('$') {
        text.push_str(before);
        let mut following = after.chars();
        let group = match following.next() {
            Some('&') => Some(0),
            Some(digit @ '1'..='9') => digit.to_digit(10).map(|digit| digit as usize),
            _ => None,
        };
        match group {
            Some(group) => {
                text.push_str(captures.get(group).map_or("", |found| found.as_str()));
                rest = following.as_str();
            }
            None => {
                text.push('$');
                rest = after.strip_prefix('$').unwrap_or(after);
            }
        }
    }
    text + rest
}

/// Number of UTF-16 units.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// Units from a position up to another; the ends lie within the text.
pub(super) fn units(text: &str, from: usize, to: usize) -> String {
    if from >= to {
        return String::new();
    }
    if text.is_ascii() {
        return text.get(from..to.min(text.len())).unwrap_or_default().to_owned();
    }
    let units: Vec<u16> = text.encode_utf16().skip(from).take(to - from).collect();
    String::from_utf16_lossy(&units)
}

/// Position of a part in UTF-16 units.
pub(super) fn position(text: &str, part: &str, last: bool) -> Option<usize> {
    let byte = if last { text.rfind(part) } else { text.find(part) }?;
    text.get(..byte).map(length)
}

/// A position brought into a length; negative ones count from the end where they may.
pub(super) fn place(value: Option<&Value>, default: usize, length: usize, from_end: bool) -> usize {
    let Some(value) = value else {
        return default;
    };
    let number = value.to_number().trunc();
    let number = if number < 0.0 && from_end {
        number + length as f64
    } else {
        number
    };
    // A float cast saturates, and NaN becomes 0, as in JavaScript.
    (number as usize).min(length)
}

fn substring(text: &str, from: Option<&Value>, to: Option<&Value>) -> Value {
    let length = length(text);
    let from = place(from, 0, length, false);
    let to = place(to, length, length, false);
    Value::Text(units(text, from.min(to), from.max(to)))
}

fn split(text: &str, separator: &str) -> Value {
    let parts: Vec<Value> = if separator.is_empty() {
        text.chars()
            .map(|character| Value::Text(character.into()))
            .collect()
    } else {
        text.split(separator)
            .map(|part| Value::Text(part.to_owned()))
            .collect()
    };
    Value::List(parts)
}

fn pad(values: &[Value]) -> Value {
    let text = values.first().map(Value::to_text).unwrap_or_default();
    let wanted = place(values.get(1), 0, MAX_TEXT, false);
    let fill = match values.get(2) {
        Some(Value::Text(fill)) if !fill.is_empty() => fill.clone(),
        _ => " ".to_owned(),
    };
    let missing = wanted.saturating_sub(length(&text));
    if missing.saturating_mul(fill.len()) > MAX_TEXT {
        return Value::Null;
    }
    let align = values.get(3).map(Value::to_text).unwrap_or_default();
    let (before, after) = match align.as_str() {
        "left" => (missing, 0),
        "center" => (missing / 2, missing - missing / 2),
        _ => (0, missing),
    };
    bounded(fill.repeat(before) + &text + &fill.repeat(after))
}

fn truncate(values: &[Value]) -> Value {
    let text = values.first().map(Value::to_text).unwrap_or_default();
    let wanted = place(values.get(1), 0, MAX_TEXT, false);
    let ellipsis = match values.get(3) {
        None | Some(Value::Null) => "…".to_owned(),
        Some(ellipsis) => ellipsis.to_text(),
    };
    let (found, kept) = (length(&text), wanted.saturating_sub(length(&ellipsis)));
    if found <= wanted {
        return Value::Text(text);
    }
    let align = values.get(2).map(Value::to_text).unwrap_or_default();
    Value::Text(match align.as_str() {
        "left" => ellipsis + &units(&text, found - kept, found),
        "center" => {
            let (head, tail) = (kept.div_ceil(2), kept / 2);
            units(&text, 0, head) + &ellipsis + &units(&text, found - tail, found)
        }
        _ => units(&text, 0, kept) + &ellipsis,
    })
}

/// JavaScript's `parseFloat`: the longest beginning that is a number.
fn leading_float(text: &str) -> f64 {
    for infinite in ["Infinity", "+Infinity"] {
        if text.starts_with(infinite) {
            return f64::INFINITY;
        }
    }
    if text.starts_with("-Infinity") {
        return f64::NEG_INFINITY;
    }
    let mut end = 0;
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    if matches!(bytes.first(), Some(b'+' | b'-')) {
        end = 1;
    }
    let whole = digits(end);
    end += whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return f64::NAN;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let power = digits(end + 1 + sign);
        if power > 0 {
            end += 1 + sign + power;
        }
    }
    text.get(..end)
        .and_then(|number| number.parse().ok())
        .unwrap_or(f64::NAN)
}

/// JavaScript's `parseInt`.
fn leading_integer(text: &str, radix: Option<f64>) -> f64 {
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let radix = radix
        .filter(|radix| (2.0..=36.0).contains(radix))
        .map_or(0, |radix| radix as u32);
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (radix, digits) = match (radix, hexadecimal) {
        (0 | 16, Some(digits)) => (16, digits),
        (0, None) => (10, text),
        (radix, _) => (radix, text),
    };
    let mut number = None;
    for digit in digits.chars().map_while(|character| character.to_digit(radix)) {
        number = Some(number.unwrap_or(0.0) * f64::from(radix) + f64::from(digit));
    }
    number.map_or(f64::NAN, |number: f64| sign * number)
}
