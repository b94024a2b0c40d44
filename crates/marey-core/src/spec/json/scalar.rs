//! Numbers, texts, lists and the other small values.

use serde_json::{Number, Value};

use super::{Json, Node, Notes, Refusal, Tier};
use crate::{
    FieldName,
    spec::{Expression, JsonMap, Lines, Literal, NewField, Setting},
};

/// Largest whole number that a float holds exactly.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// A number as JSON; whole numbers without a decimal point. JSON knows no NaN or infinity: null.
pub(super) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < MAX_EXACT && !(value == 0.0 && value.is_sign_negative()) {
        // Exact by the bound just tested.
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

impl Json for f64 {
    const EXPECTED: &'static str = "a number";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        node.value.as_f64().ok_or_else(|| node.refuse(Self::EXPECTED))
    }

    fn write(&self, _: Tier) -> Value {
        number(*self)
    }
}

impl Json for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        node.value.as_bool().ok_or_else(|| node.refuse(Self::EXPECTED))
    }

    fn write(&self, _: Tier) -> Value {
        Value::Bool(*self)
    }
}

/// The text of a node.
pub(super) fn text<'a>(node: &Node<'a>, expected: &str) -> Result<&'a str, Refusal> {
    node.value.as_str().ok_or_else(|| node.refuse(expected))
}

impl Json for String {
    const EXPECTED: &'static str = "a text";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        text(&node, Self::EXPECTED).map(str::to_owned)
    }

    fn write(&self, _: Tier) -> Value {
        Value::from(self.as_str())
    }
}

impl Json for Expression {
    const EXPECTED: &'static str = "an expression as a text";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        text(&node, Self::EXPECTED).map(|text| Expression(text.to_owned()))
    }

    fn write(&self, _: Tier) -> Value {
        Value::from(self.0.as_str())
    }
}

impl Json for FieldName {
    const EXPECTED: &'static str = "the name of a field as a text";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        text(&node, Self::EXPECTED).map(FieldName::from_path)
    }

    fn write(&self, _: Tier) -> Value {
        Value::from(self.to_path().as_ref())
    }
}

impl Json for NewField {
    const EXPECTED: &'static str = "the name of a new field as a text";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        text(&node, Self::EXPECTED).map(|text| NewField(FieldName::new(text)))
    }

    fn write(&self, _: Tier) -> Value {
        Value::from(self.0.as_str())
    }
}

impl<T: Json> Json for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let items = node.value.as_array().ok_or_else(|| node.refuse(Self::EXPECTED))?;
        // A plain loop: the frames of iterator adapters would add up where readers recurse.
        let mut read = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            read.push(T::read(node.item(index, value), notes)?);
        }
        Ok(read)
    }

    fn write(&self, tier: Tier) -> Value {
        self.iter().map(|item| item.write(tier)).collect()
    }
}

impl<T: Json> Json for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        T::read(node, notes).map(Box::new)
    }

    fn write(&self, tier: Tier) -> Value {
        self.as_ref().write(tier)
    }
}

impl<T: Json, const N: usize> Json for [T; N] {
    const EXPECTED: &'static str = match N {
        2 => "a list of two",
        _ => "a list of fixed length",
    };

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        Vec::read(node, notes)?
            .try_into()
            .map_err(|_| node.refuse(Self::EXPECTED))
    }

    fn write(&self, tier: Tier) -> Value {
        self.iter().map(|item| item.write(tier)).collect()
    }
}

/// One end of a frame or range that may be open.
impl Json for Option<f64> {
    const EXPECTED: &'static str = "a number or null";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Null => Ok(None),
            _ => f64::read(node, notes).map(Some),
        }
    }

    fn write(&self, _: Tier) -> Value {
        self.map_or(Value::Null, number)
    }
}

impl<T: Json> Json for Setting<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Null => Ok(Setting::Off),
            _ => T::read(node, notes).map(Setting::On),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        self.on().map_or(Value::Null, |value| value.write(tier))
    }
}

impl Json for Lines {
    const EXPECTED: &'static str = "a text or a list of texts";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::Array(_) => Vec::read(node, notes).map(Lines),
            _ => text(&node, Self::EXPECTED).map(Lines::from),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self.0.as_slice() {
            [line] => Value::from(line.as_str()),
            _ => self.0.write(tier),
        }
    }
}

impl Json for JsonMap {
    const EXPECTED: &'static str = "an object";

    fn read(node: Node<'_>, _: &mut Notes) -> Result<Self, Refusal> {
        node.value
            .as_object()
            .cloned()
            .ok_or_else(|| node.refuse(Self::EXPECTED))
    }

    fn write(&self, _: Tier) -> Value {
        Value::Object(self.clone())
    }
}

/// The members that make a JSON object a date.
const DATE_MEMBERS: [&str; 10] = [
    "year",
    "quarter",
    "month",
    "week",
    "date",
    "day",
    "hours",
    "minutes",
    "seconds",
    "milliseconds",
];

fn is_date(map: &JsonMap) -> bool {
    !map.is_empty()
        && map
            .keys()
            .all(|key| key == "utc" || key == "dayofyear" || DATE_MEMBERS.contains(&key.as_str()))
}

impl Json for Literal {
    const EXPECTED: &'static str = "a number, a text, true, false, null or a date object";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        Ok(match node.value {
            Value::Null => Literal::Null,
            Value::Bool(value) => Literal::Bool(*value),
            Value::Number(_) => Literal::Number(f64::read(node, notes)?),
            Value::String(text) => Literal::Text(text.clone()),
            Value::Object(map) if is_date(map) => Literal::DateTime(map.clone()),
            Value::Array(items) if items.iter().all(Value::is_number) => {
                Literal::Numbers(Vec::read(node, notes)?)
            }
            _ => return Err(node.refuse(Self::EXPECTED)),
        })
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            Literal::Null => Value::Null,
            Literal::Bool(value) => Value::Bool(*value),
            Literal::Number(value) => number(*value),
            Literal::Text(text) => Value::from(text.as_str()),
            Literal::DateTime(map) => Value::Object(map.clone()),
            Literal::Numbers(values) => values.write(tier),
        }
    }
}
