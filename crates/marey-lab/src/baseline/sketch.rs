//! Sketches: charts with pointers in place of columns and literals.
//!
//! A pointer says where a column stands in the request, not what it is called: `m1n` is the second
//! column that is named, a number; `w0w` the column of the first cell that is named; `u0t` the first
//! column with times that is not named. `l0` is the first literal of the request, `v0` its first cell.

use marey_core::{ChartSpec, FieldName};
use marey_features::mention::LiteralValue;
use serde_json::{Map, Value};

use super::link::{Kind, Linked};

/// Brackets of a pointer; no name of a column has them.
const OPEN: char = '\u{27e6}';
const CLOSE: char = '\u{27e7}';

/// Members whose texts are words of charts, never names of columns.
const WORDS: [&str; 8] = [
    "type",
    "aggregate",
    "op",
    "timeUnit",
    "mark",
    "order",
    "stack",
    "orient",
];

/// Members of a test whose values are literals.
const LITERALS: [&str; 7] = ["equal", "lt", "lte", "gt", "gte", "range", "oneOf"];

/// The sketch of a chart in canonical form, as a text that is the same for the same sketch.
pub(super) fn sketch_of(canonical: &ChartSpec, linked: &Linked) -> String {
    let pointers = Pointers::of(linked);
    let mut json = canonical.to_json();
    if let Value::Object(members) = &mut json {
        members.shift_remove("$schema");
    }
    pointers.lift("", &json).to_string()
}

/// The chart of a sketch where the pointers point now; none where one points at nothing or at a column
/// of another kind.
pub(super) fn chart_of(sketch: &str, linked: &Linked) -> Option<ChartSpec> {
    let json: Value = serde_json::from_str(sketch).ok()?;
    let filled = Pointers::of(linked).fill(&json)?;
    Some(ChartSpec::from_json(&filled).ok()?.value)
}

/// The pointers of a request: each column with what points at it.
struct Pointers<'a> {
    linked: &'a Linked,
    columns: Vec<(String, usize)>,
}

impl<'a> Pointers<'a> {
    fn of(linked: &'a Linked) -> Self {
        let mut columns: Vec<(String, usize)> = Vec::new();
        let kinds = &linked.table.kinds;
        let pointed =
            |columns: &[(String, usize)], column: usize| columns.iter().any(|(_, own)| *own == column);
        for (place, &column) in linked.columns.iter().enumerate() {
            columns.push((format!("m{place}{}", kinds[column].letter()), column));
        }
        for (place, (column, _)) in linked.values.iter().enumerate() {
            if !pointed(&columns, *column) {
                columns.push((format!("w{place}{}", kinds[*column].letter()), *column));
            }
        }
        for kind in [Kind::Number, Kind::Time, Kind::Word] {
            let rest = (0..kinds.len()).filter(|&column| kinds[column] == kind && !pointed(&columns, column));
            let rest: Vec<usize> = rest.collect();
            let named = rest.into_iter().enumerate();
            columns.extend(named.map(|(place, column)| (format!("u{place}{}", kind.letter()), column)));
        }
        Self { linked, columns }
    }

    fn name(&self, column: usize) -> &FieldName {
        &self.linked.table.names[column]
    }

    /// The JSON with pointers in place of names and literals.
    fn lift(&self, member: &str, json: &Value) -> Value {
        match json {
            Value::Object(members) => {
                let lifted = members
                    .iter()
                    .map(|(name, value)| (name.clone(), self.lift(name, value)));
                Value::Object(lifted.collect::<Map<_, _>>())
            }
            Value::Array(items) => items.iter().map(|item| self.lift(member, item)).collect(),
            scalar if LITERALS.contains(&member) => self.lift_literal(scalar),
            Value::String(text) if !WORDS.contains(&member) => Value::String(self.lift_text(text)),
            other => other.clone(),
        }
    }

    fn lift_literal(&self, literal: &Value) -> Value {
        let pointer = |letter: char, place: usize| Value::String(format!("{OPEN}{letter}{place}{CLOSE}"));
        let is_number = |value: &LiteralValue| matches!((value, literal.as_f64()), (LiteralValue::Number(a), Some(b)) if *a == b);
        let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
        if let Some(place) = self.linked.literals.iter().position(is_number) {
            return pointer('l', place);
        }
        let Some(text) = literal.as_str() else {
            return literal.clone();
        };
        if let Some(place) = self.linked.values.iter().position(|(_, value)| same(value, text)) {
            return pointer('v', place);
        }
        let is_text = |value: &LiteralValue| match value {
            LiteralValue::Text(own) | LiteralValue::Date(own) => same(own, text),
            LiteralValue::Number(number) => text.trim().parse() == Ok(*number),
        };
        match self.linked.literals.iter().position(is_text) {
            Some(place) => pointer('l', place),
            None => literal.clone(),
        }
    }

    /// A name, a name that is made of one (`year_date`), or an expression, with pointers.
    fn lift_text(&self, text: &str) -> String {
        for (pointer, column) in &self.columns {
            let path = self.name(*column).to_path();
            if text.eq_ignore_ascii_case(&path) {
                return format!("{OPEN}{pointer}{CLOSE}");
            }
        }
        if text.contains("datum") {
            return self.lift_expression(text);
        }
        for (pointer, column) in &self.columns {
            let path = self.name(*column).to_path();
            let begins = text
                .len()
                .checked_sub(path.len())
                .and_then(|at| text.split_at_checked(at));
            if let Some((before, end)) = begins
                && before.ends_with('_')
                && end.eq_ignore_ascii_case(&path)
            {
                return format!("{before}{OPEN}{pointer}{CLOSE}");
            }
        }
        text.to_owned()
    }

    fn lift_expression(&self, text: &str) -> String {
        let mut lifted = text.to_owned();
        // Longer names first: one may begin with another.
        let mut columns: Vec<&(String, usize)> = self.columns.iter().collect();
        columns.sort_by_key(|(_, column)| std::cmp::Reverse(self.name(*column).as_str().len()));
        for (pointer, column) in columns {
            let name = self.name(*column).as_str();
            let pointed = format!("datum['{OPEN}{pointer}{CLOSE}']");
            lifted = lifted.replace(&format!("datum['{name}']"), &pointed);
            lifted = replace_word(&lifted, &format!("datum.{name}"), &pointed);
        }
        lifted
    }

    /// The JSON with names and literals in place of pointers.
    fn fill(&self, json: &Value) -> Option<Value> {
        Some(match json {
            Value::Object(members) => {
                let filled: Option<Map<String, Value>> = members
                    .iter()
                    .map(|(name, value)| Some((name.clone(), self.fill(value)?)))
                    .collect();
                Value::Object(filled?)
            }
            Value::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| self.fill(item))
                    .collect::<Option<Vec<_>>>()?,
            ),
            Value::String(text) if text.contains(OPEN) => self.fill_text(text)?,
            other => other.clone(),
        })
    }

    fn fill_text(&self, text: &str) -> Option<Value> {
        let (before, rest) = text.split_once(OPEN)?;
        let (pointer, after) = rest.split_once(CLOSE)?;
        if before.is_empty() && after.is_empty() {
            return self.pointed(pointer);
        }
        let Some(Value::String(name)) = self.pointed(pointer) else {
            return None;
        };
        let name = if text.contains("datum") {
            unescaped(&name)
        } else {
            name
        };
        let filled = format!("{before}{name}{after}");
        if after.contains(OPEN) {
            self.fill_text(&filled)
        } else {
            Some(Value::String(filled))
        }
    }

    /// What a pointer points at.
    fn pointed(&self, pointer: &str) -> Option<Value> {
        let place = || pointer.get(1..)?.parse::<usize>().ok();
        match pointer.chars().next()? {
            'v' => Some(Value::String(self.linked.values.get(place()?)?.1.clone())),
            'l' => Some(match self.linked.literals.get(place()?)? {
                LiteralValue::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                    // In range by the test above.
                    Value::from(*number as i64)
                }
                LiteralValue::Number(number) => Value::from(*number),
                LiteralValue::Date(text) | LiteralValue::Text(text) => Value::from(text.as_str()),
            }),
            _ => {
                let (_, column) = self.columns.iter().find(|(own, _)| own == pointer)?;
                Some(Value::String(self.name(*column).to_path().into_owned()))
            }
        }
    }
}

/// The name that a path of one member stands for.
fn unescaped(path: &str) -> String {
    FieldName::from_path(path).as_str().to_owned()
}

/// Replaces a text where no letter, figure or `_` follows it.
fn replace_word(text: &str, word: &str, with: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let after = &rest[at + word.len()..];
        let goes_on = after.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$'));
        replaced.push_str(&rest[..at]);
        replaced.push_str(if goes_on { word } else { with });
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}
