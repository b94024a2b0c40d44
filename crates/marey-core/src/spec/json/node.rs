//! A place in a JSON document: a value and the path to it.

use std::fmt;

use serde_json::Value;

use super::Refusal;
use crate::{nearest_name, spec::SpecError};

/// The way from the root of a document to a value; a list on the stack, so that it costs nothing
/// until it is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => f.write_str("$"),
            Path::Member(parent, name) if is_plain(name) => write!(f, "{parent}.{name}"),
            Path::Member(parent, name) => write!(f, "{parent}[{name:?}]"),
            Path::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | '$' | '-'))
}

/// A value and the path to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a> {
    pub value: &'a Value,
    pub path: Path<'a>,
}

impl<'a> Node<'a> {
    /// The root of a document.
    pub fn root(value: &'a Value) -> Self {
        Self {
            value,
            path: Path::Root,
        }
    }

    /// A member of this object, whose value is already at hand.
    pub fn member<'b>(&'b self, name: &'b str, value: &'b Value) -> Node<'b> {
        Node {
            value,
            path: Path::Member(&self.path, name),
        }
    }

    /// An element of this list, whose value is already at hand.
    pub fn item<'b>(&'b self, index: usize, value: &'b Value) -> Node<'b> {
        Node {
            value,
            path: Path::Item(&self.path, index),
        }
    }

    /// The value has the wrong form.
    pub fn wrong(&self, expected: &str) -> SpecError {
        SpecError::WrongValue {
            path: self.path.to_string(),
            found: describe(self.value),
            expected: expected.to_owned(),
        }
    }

    /// The value is not what is modelled here: objects (`{"expr": …}`) and null may still be
    /// something that Vega-Lite knows, anything else is wrong.
    pub fn refuse(&self, expected: &str) -> Refusal {
        match self.value {
            Value::Object(_) | Value::Null => Refusal::NotModelled,
            _ => Refusal::Wrong(self.wrong(expected)),
        }
    }

    /// A member of this object has no place in it.
    pub fn unknown_member(&self, found: &str, set: &str, names: &[&str]) -> SpecError {
        SpecError::UnknownName {
            path: self.path.to_string(),
            found: shorten(found),
            set: set.to_owned(),
            suggestion: nearest_name(found, names.iter().copied()).map(str::to_owned),
            expected: names.join(", "),
        }
    }

    /// The text is not among the names of a set.
    pub fn unknown_name<'n>(&self, set: &str, names: impl Iterator<Item = &'n str> + Clone) -> SpecError {
        let found = self.value.as_str().unwrap_or_default();
        SpecError::UnknownName {
            path: self.path.to_string(),
            found: shorten(found),
            set: in_words(set),
            suggestion: nearest_name(found, names.clone()).map(str::to_owned),
            expected: names.collect::<Vec<_>>().join(", "),
        }
    }
}

/// The name of a Rust type as words: `FieldType` is a field type.
fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 2);
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// A value in a few words for messages.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text {:?}", shorten(text)),
        Value::Array(items) if items.len() == 1 => "a list of one element".to_owned(),
        Value::Array(items) => format!("a list of {} elements", items.len()),
        Value::Object(members) => match members.keys().next() {
            Some(first) => format!("an object with {:?}", shorten(first)),
            None => "an empty object".to_owned(),
        },
    }
}

fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
