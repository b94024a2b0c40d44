//! [`Value`]: one cell as Vega's JavaScript sees it, with its coercions and comparisons.

use std::cmp::Ordering;

use super::{calendar, date_text};

/// One cell, or the result of an expression.
///
/// Arrow's null stands for both of JavaScript's `null` and `undefined`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// An instant, in milliseconds since 1970; NaN for an invalid one.
    Date(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Named values, in order.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// JavaScript's `Number(value)`.
    pub fn to_number(&self) -> f64 {
        match self {
            Value::Null => 0.0,
            Value::Bool(flag) => f64::from(u8::from(*flag)),
            Value::Number(number) | Value::Date(number) => *number,
            Value::Text(text) => number_of_text(text),
            Value::List(items) => match items.as_slice() {
                [] => 0.0,
                [item @ (Value::Number(_) | Value::Text(_) | Value::Null)] => item.to_number(),
                _ => f64::NAN,
            },
            Value::Object(_) => f64::NAN,
        }
    }

    /// JavaScript's `String(value)`; dates as JavaScript writes them, in UTC.
    pub fn to_text(&self) -> String {
        match self {
            Value::Null => "null".into(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number_text(*number),
            Value::Date(time) => date_text::javascript(*time),
            Value::Text(text) => text.clone(),
            Value::List(items) => items
                .iter()
                .map(|item| match item {
                    Value::Null => String::new(),
                    other => other.to_text(),
                })
                .collect::<Vec<_>>()
                .join(","),
            Value::Object(_) => "[object Object]".into(),
        }
    }

    /// JavaScript's truthiness.
    pub fn is_truthy(&self) -> bool {
        match self {
            Value::Null => false,
            Value::Bool(flag) => *flag,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::Date(_) | Value::List(_) | Value::Object(_) => true,
        }
    }

    /// JavaScript's `===`; two dates are the same object only by their own evaluation, so they
    /// compare by time here.
    pub fn strictly_equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Date(left), Value::Date(right)) => left == right,
            (Value::List(_) | Value::Object(_), _) => false,
            _ => self == other,
        }
    }

    /// JavaScript's `==`.
    pub fn loosely_equals(&self, other: &Value) -> bool {
        use Value::{Bool, Date, List, Null, Number, Object, Text};
        match (self, other) {
            (Null, Null) => true,
            (Null, _) | (_, Null) => false,
            (Number(_), Number(_)) | (Bool(_), Bool(_)) | (Text(_), Text(_)) | (Date(_), Date(_)) => {
                self.strictly_equals(other)
            }
            // An object meets text as text; a date becomes text here, as in JavaScript.
            (Text(text), Date(_) | List(_) | Object(_)) => *text == other.to_text(),
            (Date(_) | List(_) | Object(_), Text(text)) => *text == self.to_text(),
            (Date(_), _) => number_of_text(&self.to_text()) == other.to_number(),
            (_, Date(_)) => number_of_text(&other.to_text()) == self.to_number(),
            _ => self.to_number() == other.to_number(),
        }
    }

    /// JavaScript's relational comparison: none when either side is no number.
    pub fn relation(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(left), Value::Text(right)) => Some(text_order(left, right)),
            _ => self.to_number().partial_cmp(&other.to_number()),
        }
    }

    /// The value as text in JSON, for columns of lists and objects.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => (*flag).into(),
            Value::Number(number) => json_number(*number),
            Value::Date(time) => calendar::iso(*time).map_or(serde_json::Value::Null, Into::into),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Value::to_json).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// A value written in JSON.
    pub fn of_json(json: &serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(*flag),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(items) => Value::List(items.iter().map(Value::of_json).collect()),
            serde_json::Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), Value::of_json(value)))
                    .collect(),
            ),
        }
    }
}

fn json_number(number: f64) -> serde_json::Value {
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        // In range by the test above.
        (number as i64).into()
    } else {
        serde_json::Number::from_f64(number).map_or(serde_json::Value::Null, Into::into)
    }
}

/// JavaScript's `Number(text)`.
pub(crate) fn number_of_text(text: &str) -> f64 {
    let text = text.trim();
    match text {
        "" => return 0.0,
        "Infinity" | "+Infinity" => return f64::INFINITY,
        "-Infinity" => return f64::NEG_INFINITY,
        _ => {}
    }
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(digits, 16).map_or(f64::NAN, |number| number as f64);
    }
    // Rust also reads `inf` and `nan`, which JavaScript does not.
    let numeric = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if numeric {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

/// JavaScript's `String(number)`.
pub(crate) fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        // `1e21` is written `1e+21` in JavaScript.
        let text = format!("{number:e}");
        return match text.split_once('e') {
            Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
            _ => text,
        };
    }
    if number == 0.0 {
        "0".into()
    } else {
        number.to_string()
    }
}

/// The order of texts in JavaScript: by UTF-16 code units.
pub(crate) fn text_order(left: &str, right: &str) -> Ordering {
    // The orders differ only where characters beyond the basic plane meet those from U+E000.
    if left.is_ascii() || right.is_ascii() {
        left.cmp(right)
    } else {
        left.encode_utf16().cmp(right.encode_utf16())
    }
}

/// Vega's ascending order of numbers: nothing first, then NaN, then numbers.
pub(crate) fn number_order(left: Option<f64>, right: Option<f64>) -> Ordering {
    match (left, right) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(left), Some(right)) => left
            .partial_cmp(&right)
            .unwrap_or_else(|| right.is_nan().cmp(&left.is_nan())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (number, text) in [
            (0.1, "0.1"),
            (-0.0, "0"),
            (1e21, "1e+21"),
            (1.5e-7, "1.5e-7"),
            (123456789012345680000.0, "123456789012345680000"),
            (1e-6, "0.000001"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn texts_are_read_as_javascript_reads_them() {
        for (text, number) in [
            ("", 0.0),
            (" 12 ", 12.0),
            ("0x1F", 31.0),
            ("1e3", 1000.0),
            (".5", 0.5),
        ] {
            assert_eq!(number_of_text(text), number);
        }
        for text in ["inf", "nan", "1,000", "12px", "--1"] {
            assert!(number_of_text(text).is_nan(), "{text}");
        }
    }

    #[test]
    fn nothing_sorts_before_nan_before_numbers() {
        let mut values = [Some(2.0), Some(f64::NAN), None, Some(-1.0)];
        values.sort_by(|a, b| number_order(*a, *b));
        assert_eq!(values[0], None);
        assert!(values[1].is_some_and(f64::is_nan));
        assert_eq!(values[2..], [Some(-1.0), Some(2.0)]);
    }
}
