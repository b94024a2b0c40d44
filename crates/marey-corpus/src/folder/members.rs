//! Members of a JSON object, taken one by one; every mistake names line, place and what would be right.

use marey_core::{ChartSpec, Warned};
use serde_json::{Map, Value};

use super::FolderError;

/// The members of an object that were not yet taken.
pub(super) struct Members {
    line: usize,
    prefix: String,
    map: Map<String, Value>,
}

impl Members {
    /// The members of an object at a place in a line.
    pub(super) fn of(value: Value, line: usize, place: &str) -> Result<Self, FolderError> {
        match value {
            Value::Object(map) => Ok(Self {
                line,
                prefix: if place.is_empty() {
                    String::new()
                } else {
                    format!("{place}.")
                },
                map,
            }),
            other => Err(wrong(line, place, Some(&other), "an object")),
        }
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    /// What is left.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.map
    }

    pub(super) fn required_text(&mut self, name: &str) -> Result<String, FolderError> {
        match self.take(name) {
            Some(Value::String(text)) => Ok(text),
            other => Err(self.wrong(name, other.as_ref(), "text")),
        }
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, FolderError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            other => Err(self.wrong(name, other.as_ref(), "text")),
        }
    }

    pub(super) fn position(&mut self, name: &str) -> Result<usize, FolderError> {
        let value = self.take(name);
        let number = value.as_ref().and_then(Value::as_u64);
        number
            .and_then(|number| usize::try_from(number).ok())
            .ok_or_else(|| self.wrong(name, value.as_ref(), "a whole number from 0"))
    }

    /// The elements of a list, each with its place; nothing where the member is absent.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<(String, Value)>, FolderError> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => {
                let place = |index: usize| format!("{}{name}[{index}]", self.prefix);
                Ok(values
                    .into_iter()
                    .enumerate()
                    .map(|(index, value)| (place(index), value))
                    .collect())
            }
            other => Err(self.wrong(name, other.as_ref(), "a list")),
        }
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, FolderError> {
        let line = self.line;
        self.list(name)?
            .into_iter()
            .map(|(place, value)| match value {
                Value::String(text) => Ok(text),
                other => Err(wrong(line, &place, Some(&other), "text")),
            })
            .collect()
    }

    pub(super) fn required_chart(&mut self, name: &str) -> Result<ChartSpec, FolderError> {
        let value = self.take(name).unwrap_or(Value::Null);
        chart(&value, self.line, &format!("{}{name}", self.prefix))
    }

    pub(super) fn wrong(&self, name: &str, found: Option<&Value>, expected: &'static str) -> FolderError {
        wrong(self.line, &format!("{}{name}", self.prefix), found, expected)
    }
}

/// A chart at a place in a line.
pub(super) fn chart(value: &Value, line: usize, place: &str) -> Result<ChartSpec, FolderError> {
    match ChartSpec::from_json(value) {
        Ok(Warned { value, .. }) => Ok(value),
        Err(source) => Err(FolderError::Chart {
            line,
            member: place.to_owned(),
            source: Box::new(source),
        }),
    }
}

pub(super) fn wrong(line: usize, place: &str, found: Option<&Value>, expected: &'static str) -> FolderError {
    FolderError::Member {
        line,
        member: if place.is_empty() {
            "it".to_owned()
        } else {
            format!("`{place}`")
        },
        found: found.map_or_else(|| "missing".to_owned(), described),
        expected,
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) => format!("{:?}", text.chars().take(40).collect::<String>()),
        other => other.to_string(),
    }
}
