//! The odd values of axes and legends in JSON.

use serde_json::Value;

use super::{
    Json, Node, Notes, Refusal, Tier,
    scalar::number,
    scale::{read_interval, write_interval},
};
use crate::spec::{LabelOverlap, TickCount};

impl Json for TickCount {
    const EXPECTED: &'static str = "a number of ticks or an interval of time";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Number(_) => f64::read(node, notes).map(TickCount::Count),
            Value::String(_) | Value::Object(_) => {
                read_interval(node, notes).map(|(interval, step)| TickCount::Interval(interval, step))
            }
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            TickCount::Count(count) => number(*count),
            TickCount::Interval(interval, step) => write_interval(interval, *step, tier),
        }
    }
}

impl Json for LabelOverlap {
    const EXPECTED: &'static str = "true, false, \"parity\" or \"greedy\"";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Bool(on) => Ok(LabelOverlap::On(*on)),
            Value::String(method) => Ok(LabelOverlap::Method(method.clone())),
            _ => Err(node.refuse(Self::EXPECTED)),
        }
    }

    fn write(&self, _: Tier) -> Value {
        match self {
            LabelOverlap::On(on) => Value::Bool(*on),
            LabelOverlap::Method(method) => Value::from(method.as_str()),
        }
    }
}
