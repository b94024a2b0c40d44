//! Scales in JSON.

use serde_json::Value;

use super::{Json, Members, Node, Notes, Refusal, Tier, Writer, scalar::number};
use crate::spec::{Domain, Nice, Range, ScaleBins, SchemeRef};

impl Json for Domain {
    const EXPECTED: &'static str = "a list of values, \"unaggregated\" or an object with unionWith";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::String(text) if text == "unaggregated" => Ok(Domain::Unaggregated),
            Value::Array(_) => Vec::read(node, notes).map(Domain::Values),
            Value::Object(_) => {
                let mut members = Members::open(node, Self::EXPECTED)?;
                let Some(values) = members.take("unionWith", notes)? else {
                    return Err(Refusal::NotModelled);
                };
                if members.has_rest() {
                    return Err(Refusal::NotModelled);
                }
                Ok(Domain::UnionWith(values))
            }
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Domain::Values(values) => values.write(tier),
            Domain::Unaggregated => Value::from("unaggregated"),
            Domain::UnionWith(values) => {
                let mut writer = Writer::new(tier);
                writer.set("unionWith", values);
                writer.finish()
            }
        }
    }
}

impl Json for Range {
    const EXPECTED: &'static str = "a list of values, the name of a range or an object with a field";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::String(name) => Ok(Range::Named(name.clone())),
            Value::Array(_) => Vec::read(node, notes).map(Range::Values),
            Value::Object(map) if map.len() == 1 && map.contains_key("field") => {
                let mut members = Members::open(node, Self::EXPECTED)?;
                Ok(Range::Field(members.require("field", notes)?))
            }
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Range::Values(values) => values.write(tier),
            Range::Named(name) => Value::from(name.as_str()),
            Range::Field(field) => {
                let mut writer = Writer::new(tier);
                writer.set("field", field);
                writer.finish()
            }
        }
    }
}

impl Json for SchemeRef {
    const EXPECTED: &'static str = "the name of a colour scheme or an object with name, count and extent";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if let Value::String(name) = node.value {
            return Ok(SchemeRef {
                name: name.clone(),
                count: None,
                extent: None,
            });
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let scheme = SchemeRef {
            name: members.take("name", notes)?.ok_or(Refusal::NotModelled)?,
            count: members.take("count", notes)?,
            extent: members.take("extent", notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(scheme)
    }

    fn write(&self, tier: Tier) -> Value {
        if self.count.is_none() && self.extent.is_none() {
            return Value::from(self.name.as_str());
        }
        let mut writer = Writer::new(tier);
        writer.set("name", &self.name);
        writer.put("count", &self.count);
        writer.put("extent", &self.extent);
        writer.finish()
    }
}

impl Json for ScaleBins {
    const EXPECTED: &'static str = "a list of numbers or an object with step, start and stop";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        if node.value.is_array() {
            return Vec::read(node, notes).map(ScaleBins::Values);
        }
        let mut members = Members::open(node, Self::EXPECTED)?;
        let bins = ScaleBins::Step {
            step: members.take("step", notes)?.ok_or(Refusal::NotModelled)?,
            start: members.take("start", notes)?,
            stop: members.take("stop", notes)?,
        };
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        Ok(bins)
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            ScaleBins::Values(values) => values.write(tier),
            ScaleBins::Step { step, start, stop } => {
                let mut writer = Writer::new(tier);
                writer.put("start", start);
                writer.put("stop", stop);
                writer.set("step", step);
                writer.finish()
            }
        }
    }
}

/// Reads `"month"` or `{"interval": "month", "step": 3}`.
pub(super) fn read_interval(node: Node<'_>, notes: &mut Notes) -> Result<(String, Option<f64>), Refusal> {
    const EXPECTED: &str = "an interval of time such as \"month\", perhaps with a step";
    if let Value::String(name) = node.value {
        return Ok((name.clone(), None));
    }
    let mut members = Members::open(node, EXPECTED)?;
    let interval = members.take("interval", notes)?.ok_or(Refusal::NotModelled)?;
    let step = members.take("step", notes)?;
    if members.has_rest() {
        return Err(Refusal::NotModelled);
    }
    Ok((interval, step))
}

/// Writes an interval of time.
pub(super) fn write_interval(interval: &str, step: Option<f64>, tier: Tier) -> Value {
    let Some(step) = step else {
        return Value::from(interval);
    };
    let mut writer = Writer::new(tier);
    writer.set_value("interval", Value::from(interval));
    writer.set("step", &step);
    writer.finish()
}

impl Json for Nice {
    const EXPECTED: &'static str = "true, false, a number of ticks or an interval of time";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Bool(on) => Ok(Nice::On(*on)),
            Value::Number(_) => f64::read(node, notes).map(Nice::Count),
            Value::String(_) | Value::Object(_) => {
                read_interval(node, notes).map(|(interval, step)| Nice::Interval(interval, step))
            }
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Nice::On(on) => Value::Bool(*on),
            Nice::Count(count) => number(*count),
            Nice::Interval(interval, step) => write_interval(interval, *step, tier),
        }
    }
}
