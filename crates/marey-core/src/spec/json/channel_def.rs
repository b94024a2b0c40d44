//! Channel definitions in JSON.

use crate::spec::{JsonMap, Predicate};
use serde_json::Value;

use super::{
    CONDITION_LEVELS, Json, Members, Node, Notes, Refusal, Tier, Writer,
    sort::{read_repeat, write_repeat},
};
use crate::spec::{ChannelDef, Condition, ConditionalValue, DatumDef, FieldDef, Literal, ValueDef};

impl Json for ChannelDef {
    const EXPECTED: &'static str = "an object with field, aggregate, datum or value";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let Some(map) = node.value.as_object() else {
            return Err(node.refuse(Self::EXPECTED));
        };
        let has = |name: &str| map.contains_key(name);
        let is_field = has("field") || has("aggregate");
        if has("datum") && !is_field {
            DatumDef::read(node, notes).map(|def| ChannelDef::Datum(Box::new(def)))
        } else if !is_field && (has("value") || (has("condition") && map.len() == 1)) {
            ValueDef::read(node, notes).map(ChannelDef::Value)
        } else {
            FieldDef::read(node, notes).map(|def| ChannelDef::Field(Box::new(def)))
        }
    }

    fn write(&self, tier: Tier) -> Value {
        match self {
            ChannelDef::Field(def) => def.write(tier),
            ChannelDef::Datum(def) => def.write(tier),
            ChannelDef::Value(def) => def.write(tier),
        }
    }
}

impl Json for FieldDef {
    const EXPECTED: &'static str = "an object with field or aggregate";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let (condition, condition_listed) = read_conditions(&mut members, notes)?;
        Ok(FieldDef {
            field: members.take("field", notes)?,
            field_type: members.take("type", notes)?,
            aggregate: members.take("aggregate", notes)?,
            bin: members.take("bin", notes)?,
            time_unit: members.take("timeUnit", notes)?,
            sort: members.property("sort", notes),
            stack: members.property("stack", notes),
            impute: members.property("impute", notes),
            title: members.property("title", notes),
            format: members.property("format", notes),
            format_type: members.property("formatType", notes),
            axis: members.property("axis", notes),
            scale: members.property("scale", notes),
            legend: members.property("legend", notes),
            header: members.property("header", notes),
            band_position: members.property("bandPosition", notes),
            spacing: members.property("spacing", notes),
            columns: members.property("columns", notes),
            condition,
            condition_listed,
            rest: members.finish(notes),
        })
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        writer.put("aggregate", &self.aggregate);
        writer.put("bin", &self.bin);
        writer.put("timeUnit", &self.time_unit);
        writer.put("field", &self.field);
        writer.put("type", &self.field_type);
        writer.put("sort", &self.sort);
        writer.put("stack", &self.stack);
        writer.put("impute", &self.impute);
        writer.put("bandPosition", &self.band_position);
        writer.put("title", &self.title);
        writer.put("format", &self.format);
        writer.put("formatType", &self.format_type);
        writer.put("scale", &self.scale);
        writer.put("axis", &self.axis);
        writer.put("legend", &self.legend);
        writer.put("header", &self.header);
        writer.put("spacing", &self.spacing);
        writer.put("columns", &self.columns);
        write_conditions(&self.condition, self.condition_listed, &mut writer);
        writer.rest(&self.rest);
        writer.finish()
    }
}

impl Json for DatumDef {
    const EXPECTED: &'static str = "an object with datum";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let (condition, condition_listed) = read_conditions(&mut members, notes)?;
        Ok(DatumDef {
            datum: read_datum(&mut members, notes)?,
            field_type: members.take("type", notes)?,
            title: members.property("title", notes),
            format: members.property("format", notes),
            format_type: members.property("formatType", notes),
            axis: members.property("axis", notes),
            scale: members.property("scale", notes),
            legend: members.property("legend", notes),
            stack: members.property("stack", notes),
            band_position: members.property("bandPosition", notes),
            condition,
            condition_listed,
            rest: members.finish(notes),
        })
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        match &self.datum {
            Ok(literal) => writer.set("datum", literal),
            Err(repeat) => writer.set_value("datum", write_repeat(*repeat, tier)),
        }
        writer.put("type", &self.field_type);
        writer.put("stack", &self.stack);
        writer.put("bandPosition", &self.band_position);
        writer.put("title", &self.title);
        writer.put("format", &self.format);
        writer.put("formatType", &self.format_type);
        writer.put("scale", &self.scale);
        writer.put("axis", &self.axis);
        writer.put("legend", &self.legend);
        write_conditions(&self.condition, self.condition_listed, &mut writer);
        writer.rest(&self.rest);
        writer.finish()
    }
}

fn read_datum(
    members: &mut Members<'_>,
    notes: &mut Notes,
) -> Result<Result<Literal, crate::spec::RepeatRef>, Refusal> {
    match members.require("datum", notes) {
        Ok(literal) => Ok(Ok(literal)),
        Err(Refusal::NotModelled) => {
            let node = members.node();
            let value = members.map().get("datum").unwrap_or(&Value::Null);
            read_repeat(node.member("datum", value), notes).map(Err)
        }
        Err(wrong) => Err(wrong),
    }
}

impl Json for ValueDef {
    const EXPECTED: &'static str = "an object with value";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let mut members = Members::open(node, Self::EXPECTED)?;
        let (condition, condition_listed) = read_conditions(&mut members, notes)?;
        Ok(ValueDef {
            value: members.take("value", notes)?,
            condition,
            condition_listed,
            rest: members.finish(notes),
        })
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        write_conditions(&self.condition, self.condition_listed, &mut writer);
        writer.put("value", &self.value);
        writer.rest(&self.rest);
        writer.finish()
    }
}

/// Reads the conditions of a definition and whether they stood in a list.
fn read_conditions(members: &mut Members<'_>, notes: &mut Notes) -> Result<(Vec<Condition>, bool), Refusal> {
    let listed = members.map().get("condition").is_some_and(Value::is_array);
    let conditions = if listed {
        members.take("condition", notes)?.unwrap_or_default()
    } else {
        members.take("condition", notes)?.into_iter().collect()
    };
    Ok((conditions, listed))
}

fn write_conditions(conditions: &[Condition], listed: bool, writer: &mut Writer) {
    match conditions {
        [] => {}
        [only] if !listed => writer.set("condition", only),
        _ => writer.put_list("condition", conditions),
    }
}

impl Json for Condition {
    const EXPECTED: &'static str = "an object with test and a value or field";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        let Some(map) = node.value.as_object() else {
            return Err(node.refuse(Self::EXPECTED));
        };
        if !map.contains_key("test") {
            // A condition on a selection parameter.
            return Err(Refusal::NotModelled);
        }
        notes.nested(node, CONDITION_LEVELS, |notes| read_tested(node, notes))
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        writer.set("test", &self.test);
        match &self.then {
            ConditionalValue::Value(literal) => writer.set("value", literal),
            ConditionalValue::Def(def) => {
                if let Value::Object(members) = def.write(tier) {
                    for (name, value) in members {
                        writer.set_value(&name, value);
                    }
                }
            }
        }
        writer.finish()
    }
}

fn read_tested(node: Node<'_>, notes: &mut Notes) -> Result<Condition, Refusal> {
    let mut members = Members::open(node, Condition::EXPECTED)?;
    let test = members.require("test", notes)?;
    let then = if members.has("value") {
        let value = members.require("value", notes)?;
        if members.has_rest() {
            return Err(Refusal::NotModelled);
        }
        ConditionalValue::Value(value)
    } else {
        let def = without_test(ChannelDef::read(node, notes)?);
        ConditionalValue::Def(Box::new(def))
    };
    Ok(Condition { test, then })
}

/// The test stands among the definition's own members; it is not one that is carried.
fn without_test(mut def: ChannelDef) -> ChannelDef {
    match &mut def {
        ChannelDef::Field(def) => def.rest.shift_remove("test"),
        ChannelDef::Datum(def) => def.rest.shift_remove("test"),
        ChannelDef::Value(def) => def.rest.shift_remove("test"),
    };
    def
}

/// The field that a definition carries under the condition of a selection parameter, which is kept
/// verbatim; the parameter stands as a test that is carried.
pub(crate) fn parameter_condition(rest: &JsonMap) -> Option<Condition> {
    let mut members = rest.get("condition")?.as_object()?.clone();
    let mut test = JsonMap::new();
    for name in ["param", "empty"] {
        if let Some(value) = members.shift_remove(name) {
            test.insert(name.to_owned(), value);
        }
    }
    if !test.contains_key("param") {
        return None;
    }
    let value = Value::Object(members);
    let def = ChannelDef::read(Node::root(&value), &mut Notes::default()).ok()?;
    matches!(def, ChannelDef::Field(_)).then(|| Condition {
        test: Predicate::Carried(test),
        then: ConditionalValue::Def(Box::new(def)),
    })
}

/// The conditions that a definition carries verbatim because some are on parameters, which stand as
/// tests that are carried; none where one of them is of yet another form.
pub(crate) fn carried_conditions(rest: &JsonMap) -> Option<Vec<Condition>> {
    let conditions = match rest.get("condition")? {
        Value::Array(conditions) => conditions.as_slice(),
        single => std::slice::from_ref(single),
    };
    conditions.iter().map(carried_condition).collect()
}

fn carried_condition(condition: &Value) -> Option<Condition> {
    let mut members = condition.as_object()?.clone();
    if let (Some(name), None) = (members.shift_remove("param"), members.get("test")) {
        let mut test = JsonMap::new();
        test.insert("param".to_owned(), name);
        if let Some(empty) = members.shift_remove("empty") {
            test.insert("empty".to_owned(), empty);
        }
        members.insert("test".to_owned(), Value::Object(test));
    }
    let value = Value::Object(members);
    Condition::read(Node::root(&value), &mut Notes::default()).ok()
}

/// A constant in JSON; none where it is none.
pub(crate) fn literal(value: &Value) -> Option<Literal> {
    Literal::read(Node::root(value), &mut Notes::default()).ok()
}
