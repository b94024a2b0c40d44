//! What the configuration of a spec says about marks.

use serde_json::Value;

use crate::{
    Mark,
    spec::{JsonMap, MarkDef},
};

/// The configuration of a spec, as far as it decides what is computed.
#[derive(Debug, Clone, Copy)]
pub struct MarkConfig<'a> {
    config: Option<&'a JsonMap>,
}

impl<'a> MarkConfig<'a> {
    /// Reads from the config member of a spec.
    pub fn new(config: Option<&'a JsonMap>) -> Self {
        Self { config }
    }

    /// A member of a section, such as `boxplot.extent`.
    pub fn get(&self, section: &str, member: &str) -> Option<&'a Value> {
        self.config?.get(section)?.get(member)
    }

    /// What applies to a mark where it says nothing itself: the first of its styles, the section
    /// of its kind, the section of all marks.
    pub fn of_mark(&self, mark: &MarkDef, member: &str) -> Option<&'a Value> {
        let styles = mark.style.iter().flat_map(|style| style.0.iter());
        let styled = styles
            .rev()
            .find_map(|style| self.config?.get("style")?.get(style)?.get(member));
        styled
            .or_else(|| self.get(mark.mark?.as_str(), member))
            .or_else(|| self.get("mark", member))
    }

    /// The position within the band of a time unit that a mark takes: given by config, else the
    /// middle for bars, rectangles and ticks and none for other marks.
    pub fn time_unit_band_position(&self, mark: &MarkDef) -> Option<f64> {
        let configured = self.of_mark(mark, "timeUnitBandPosition").and_then(Value::as_f64);
        configured.or(match mark.mark {
            Some(Mark::Bar | Mark::Rect | Mark::Tick) => Some(0.5),
            _ => None,
        })
    }
}

/// Whether a JSON value counts as true in JavaScript.
pub(super) fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(on) => *on,
        Value::Number(n) => n.as_f64().is_some_and(|n| n != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}
