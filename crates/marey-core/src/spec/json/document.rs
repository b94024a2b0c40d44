//! Whole documents: [`ChartSpec`] from and to JSON.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

use super::{
    Members, Node, Notes, Refusal, Tier, Writer,
    view::{VIEW, read_view, write_view},
};
use crate::{
    Warned,
    spec::{ChartSpec, SpecError, SpecWarning, TopLevel},
};

/// The schema that written specs name.
const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";

/// Bounds on what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecLimits {
    /// Longest text in bytes.
    pub max_bytes: usize,
    /// Deepest nesting of objects and lists.
    pub max_nesting: usize,
}

impl Default for SpecLimits {
    /// 64 MiB (specs may carry their data) and 100 levels.
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_nesting: 100,
        }
    }
}

impl ChartSpec {
    /// Reads Vega-Lite JSON from a text.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, passes the default limits, or is not a Vega-Lite spec; the error
    /// names the place, what was found and what would be right.
    pub fn from_json_str(text: &str) -> Result<Warned<Self, SpecWarning>, SpecError> {
        Self::from_json_str_within(text, &SpecLimits::default())
    }

    /// Reads Vega-Lite JSON from a text within given limits.
    ///
    /// # Errors
    ///
    /// As [`ChartSpec::from_json_str`].
    pub fn from_json_str_within(
        text: &str,
        limits: &SpecLimits,
    ) -> Result<Warned<Self, SpecWarning>, SpecError> {
        if text.len() > limits.max_bytes {
            return Err(SpecError::TooLarge {
                bytes: text.len(),
                limit: limits.max_bytes,
            });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value: Value = serde_json::from_str(text).map_err(|error| SpecError::Syntax {
            line: error.line(),
            column: error.column(),
            message: bare_message(&error),
        })?;
        Self::from_json_within(&value, limits)
    }

    /// Reads Vega-Lite JSON.
    ///
    /// # Errors
    ///
    /// When the value is nested too deeply or is not a Vega-Lite spec.
    pub fn from_json(value: &Value) -> Result<Warned<Self, SpecWarning>, SpecError> {
        Self::from_json_within(value, &SpecLimits::default())
    }

    fn from_json_within(value: &Value, limits: &SpecLimits) -> Result<Warned<Self, SpecWarning>, SpecError> {
        check_nesting(value, limits.max_nesting)?;
        let mut notes = Notes::default();
        let node = Node::root(value);
        match read_document(node, &mut notes) {
            Ok(spec) => Ok(Warned {
                value: spec,
                warnings: notes.into_warnings(),
            }),
            Err(Refusal::Wrong(error)) => Err(error),
            Err(Refusal::NotModelled) => Err(node.wrong(VIEW)),
        }
    }

    /// Writes Vega-Lite v6 JSON: all that is typed and all that was carried.
    pub fn to_json(&self) -> Value {
        write_document(self, Tier::Whole)
    }

    /// Writes Vega-Lite v6 JSON from the typed fields alone, without what was carried.
    pub fn to_json_typed(&self) -> Value {
        write_document(self, Tier::Typed)
    }

    /// Whether the typed fields hold the whole spec: nothing but configuration, named data sets and
    /// `usermeta` is carried verbatim.
    pub fn is_fully_modelled(&self) -> bool {
        self.to_json() == self.to_json_typed()
    }
}

/// The JSON reader's message without its position, which the error carries as numbers.
fn bare_message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Measures nesting without recursion, so that everything after it may recurse.
fn check_nesting(value: &Value, limit: usize) -> Result<(), SpecError> {
    let mut open = vec![(value, 0)];
    while let Some((value, depth)) = open.pop() {
        if depth > limit {
            return Err(SpecError::TooDeep {
                path: "$".to_owned(),
                limit,
            });
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(map) => open.extend(map.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    Ok(())
}

fn read_document(node: Node<'_>, notes: &mut Notes) -> Result<ChartSpec, Refusal> {
    let mut members = Members::open(node, "a Vega-Lite spec as an object")?;
    check_schema(&mut members)?;
    let mut view = read_view(&mut members, notes)?;
    let top = TopLevel::read_from(&mut members, notes);
    view.rest = members.finish(notes);
    Ok(ChartSpec { top, view: *view })
}

/// Any version of Vega-Lite's schema will do, and none at all; Vega's will not.
fn check_schema(members: &mut Members<'_>) -> Result<(), SpecError> {
    members.skip("$schema");
    let Some(Value::String(address)) = members.map().get("$schema") else {
        return Ok(());
    };
    if address.contains("/schema/vega/") {
        return Err(SpecError::OtherSchema {
            found: address.chars().take(100).collect(),
        });
    }
    Ok(())
}

fn write_document(spec: &ChartSpec, tier: Tier) -> Value {
    let mut writer = Writer::new(tier);
    writer.set_value("$schema", Value::from(SCHEMA));
    write_view(&spec.view, &mut writer);
    spec.top.write_to(&mut writer);
    writer.finish()
}

/// As Vega-Lite JSON.
impl Serialize for ChartSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

/// From Vega-Lite JSON; warnings are dropped, use [`ChartSpec::from_json`] to see them.
impl<'de> Deserialize<'de> for ChartSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        ChartSpec::from_json(&value)
            .map(|warned| warned.value)
            .map_err(D::Error::custom)
    }
}
