//! Filters as shapes and literals.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::parts::scalar_text;

/// Members of a test whose values are literals.
const LITERAL: [&str; 7] = ["equal", "lt", "lte", "gt", "gte", "range", "oneOf"];

/// All filters of a chart: each as its shape, without literals, and its literals in order. Sorted.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    /// The filters of a chart's JSON, and apart from them those that ask for a rank, as limits.
    pub(crate) fn of(json: &Value, ranks: &BTreeSet<String>) -> (Self, Vec<String>) {
        let (mut filters, mut limits) = (Vec::new(), Vec::new());
        gather(json, &mut |filter| {
            for condition in conjuncts(filter) {
                let (shape, literals) = taken_apart(condition);
                if ranks.iter().any(|rank| names(condition, rank)) {
                    limits.push(format!("{} {}", shape_without(&shape, ranks), literals.join(" ")));
                } else {
                    filters.push((shape, literals));
                }
            }
        });
        filters.sort();
        limits.sort();
        (Self(filters), limits)
    }

    /// Whether both ask the same, whatever the literals.
    pub(crate) fn same_shape(&self, other: &Self) -> bool {
        let shapes = |filters: &Self| {
            filters
                .0
                .iter()
                .map(|(shape, _)| shape.clone())
                .collect::<Vec<_>>()
        };
        shapes(self) == shapes(other)
    }

    /// Whether the literals are the same, compared by `same`.
    pub(crate) fn same_literals(&self, other: &Self, same: impl Fn(&str, &str) -> bool) -> bool {
        let literals = |filters: &Self| {
            let mut all: Vec<String> = filters
                .0
                .iter()
                .flat_map(|(_, literals)| literals.clone())
                .collect();
            all.sort();
            all
        };
        let (own, others) = (literals(self), literals(other));
        own.len() == others.len() && own.iter().zip(&others).all(|(a, b)| same(a, b))
    }
}

fn gather(json: &Value, found: &mut impl FnMut(&Value)) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                if name == "filter" {
                    found(value);
                } else {
                    gather(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        _ => {}
    }
}

/// The conditions that all have to hold.
fn conjuncts(filter: &Value) -> Vec<&Value> {
    match filter.get("and").and_then(Value::as_array) {
        Some(all) => all.iter().flat_map(conjuncts).collect(),
        None => vec![filter],
    }
}

/// Whether a condition tests the field of a name.
fn names(condition: &Value, field: &str) -> bool {
    match condition {
        Value::Object(members) => members.values().any(|value| names(value, field)),
        Value::Array(items) => items.iter().any(|item| names(item, field)),
        Value::String(text) => {
            text == field
                || text.contains(&format!("datum.{field}"))
                || text.contains(&format!("datum['{field}']"))
        }
        _ => false,
    }
}

/// The shape with every rank under one name: what a field is called does not matter.
fn shape_without(shape: &str, ranks: &BTreeSet<String>) -> String {
    ranks.iter().fold(shape.to_owned(), |shape, rank| {
        shape.replace(rank.as_str(), "rank")
    })
}

/// A condition with `?` for its literals, and the literals in order.
fn taken_apart(condition: &Value) -> (String, Vec<String>) {
    let mut literals = Vec::new();
    let shape = shape_of(condition, &mut literals);
    (shape.to_string(), literals)
}

fn shape_of(condition: &Value, literals: &mut Vec<String>) -> Value {
    match condition {
        Value::Object(members) => {
            let shape = members.iter().map(|(name, value)| {
                if LITERAL.contains(&name.as_str()) {
                    take_literals(value, literals);
                    // A list of any length is one kind of test; null is a test of its own.
                    let mark = if value.is_null() { Value::Null } else { "?".into() };
                    return (name.clone(), mark);
                }
                (name.clone(), shape_of(value, literals))
            });
            Value::Object(shape.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| shape_of(item, literals)).collect(),
        Value::String(text) if text.contains("datum") => Value::String(expression(text, literals)),
        other => other.clone(),
    }
}

fn take_literals(value: &Value, literals: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| take_literals(item, literals)),
        Value::Null => {}
        scalar => literals.push(scalar_text(scalar)),
    }
}

/// An expression with `?` for its quoted texts and numbers; names of fields in brackets stay.
fn expression(text: &str, literals: &mut Vec<String>) -> String {
    let mut shape = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = shape.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '$' | '.'));
        let taken = match first {
            '\'' | '"' if !shape.ends_with('[') => quoted_length(rest, first),
            '0'..='9' if !in_word => rest
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(rest.len()),
            _ => 0,
        };
        if taken == 0 {
            let taken = if shape.ends_with('[') && matches!(first, '\'' | '"') {
                quoted_length(rest, first)
            } else {
                first.len_utf8()
            };
            shape.push_str(&rest[..taken]);
            rest = &rest[taken..];
            continue;
        }
        literals.push(rest[..taken].trim_matches(first).to_owned());
        if first.is_ascii_digit() {
            literals.pop();
            literals.push(rest[..taken].to_owned());
        }
        shape.push('?');
        rest = &rest[taken..];
    }
    shape
}

/// Bytes of a quoted text with its quotes; to the end where it is not closed.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return place + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_taken_apart() {
        let check = |text: &str, shape: &str, literals: &[&str]| {
            let mut found = Vec::new();
            assert_eq!(expression(text, &mut found), shape);
            assert_eq!(found, literals, "{text}");
        };
        check(
            "datum.a1>12.5&&datum['b 2']=='x'",
            "datum.a1>?&&datum['b 2']==?",
            &["12.5", "x"],
        );
        check(
            "test(regexp('^a\\'b','i'),datum.é)",
            "test(regexp(?,?),datum.é)",
            &["^a\\'b", "i"],
        );
        check("datum.a=='open", "datum.a==?", &["open"]);
    }

    #[test]
    fn a_filter_of_a_rank_is_a_limit() {
        let json: Value = serde_json::from_str(
            r#"{"transform":[{"filter":{"and":[{"field":"r","lte":3},{"field":"a","gt":1}]}}]}"#,
        )
        .unwrap();
        let (filters, limits) = Filters::of(&json, &["r".to_owned()].into());
        assert_eq!(limits, [r#"{"field":"rank","lte":"?"} 3"#]);
        assert_eq!(
            filters.0,
            [(r#"{"field":"a","gt":"?"}"#.to_owned(), vec!["1".to_owned()])]
        );
    }
}
