//! Predicates in JSON.

use serde_json::Value;

use super::{Json, Members, Node, Notes, Refusal, Tier, Writer};
use crate::spec::{Expression, FieldPredicate, FieldTest, JsonMap, Predicate, SpecWarning};

impl Json for Predicate {
    const EXPECTED: &'static str = "an expression or an object with field, and, or, not";

    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal> {
        match node.value {
            Value::String(expression) => Ok(Predicate::Expression(Expression(expression.clone()))),
            Value::Object(map) => notes.nested(node, 1, |notes| read_object(node, map, notes)),
            _ => Err(node.wrong(Self::EXPECTED).into()),
        }
    }

    fn write(&self, tier: Tier) -> Value {
        let mut writer = Writer::new(tier);
        match self {
            Predicate::Expression(expression) => return expression.write(tier),
            Predicate::Carried(map) => writer.rest(map),
            Predicate::And(parts) => writer.set("and", parts),
            Predicate::Or(parts) => writer.set("or", parts),
            Predicate::Not(part) => writer.set("not", part.as_ref()),
            Predicate::Field(test) => write_test(test, &mut writer),
        }
        writer.finish()
    }
}

fn read_object(node: Node<'_>, map: &JsonMap, notes: &mut Notes) -> Result<Predicate, Refusal> {
    let mut members = Members::open(node, Predicate::EXPECTED)?;
    let read = if members.has("field") {
        read_test(&mut members, notes).map(Predicate::Field)
    } else if members.has("and") {
        members.require("and", notes).map(Predicate::And)
    } else if members.has("or") {
        members.require("or", notes).map(Predicate::Or)
    } else if members.has("not") {
        members
            .require("not", notes)
            .map(|part| Predicate::Not(Box::new(part)))
    } else {
        Err(Refusal::NotModelled)
    };
    match read {
        Ok(predicate) if !members.has_rest() => Ok(predicate),
        Ok(_) | Err(Refusal::NotModelled) => {
            notes.warn(|| match super::members::names_parameter(node.value) {
                true => SpecWarning::Interaction {
                    path: node.path.to_string(),
                },
                false => SpecWarning::OtherForm {
                    path: node.path.to_string(),
                    found: super::node::describe(node.value),
                    expected: Predicate::EXPECTED.to_owned(),
                },
            });
            Ok(Predicate::Carried(map.clone()))
        }
        Err(wrong) => Err(wrong),
    }
}

/// The tests a field can be put to.
const TESTS: [&str; 8] = ["equal", "lt", "lte", "gt", "gte", "range", "oneOf", "valid"];

fn read_test(members: &mut Members<'_>, notes: &mut Notes) -> Result<FieldPredicate, Refusal> {
    let field = members.require("field", notes)?;
    let time_unit = members.take("timeUnit", notes)?;
    let mut present = TESTS.iter().filter(|name| members.has(name));
    let (Some(name), None) = (present.next(), present.next()) else {
        // None of the tests, or several of which Vega-Lite would heed one only.
        return Err(Refusal::NotModelled);
    };
    let test = match *name {
        "equal" => FieldTest::Equal(members.require("equal", notes)?),
        "lt" => FieldTest::Lt(members.require("lt", notes)?),
        "lte" => FieldTest::Lte(members.require("lte", notes)?),
        "gt" => FieldTest::Gt(members.require("gt", notes)?),
        "gte" => FieldTest::Gte(members.require("gte", notes)?),
        "oneOf" => FieldTest::OneOf(members.require("oneOf", notes)?),
        "valid" => FieldTest::Valid(members.require("valid", notes)?),
        _ => {
            let [low, high] = members.require("range", notes)?;
            FieldTest::Range(low, high)
        }
    };
    Ok(FieldPredicate {
        field,
        time_unit,
        test,
    })
}

fn write_test(predicate: &FieldPredicate, writer: &mut Writer) {
    writer.put("timeUnit", &predicate.time_unit);
    writer.set("field", &predicate.field);
    match &predicate.test {
        FieldTest::Equal(value) => writer.set("equal", value),
        FieldTest::Lt(value) => writer.set("lt", value),
        FieldTest::Lte(value) => writer.set("lte", value),
        FieldTest::Gt(value) => writer.set("gt", value),
        FieldTest::Gte(value) => writer.set("gte", value),
        FieldTest::OneOf(values) => writer.set("oneOf", values),
        FieldTest::Valid(valid) => writer.set("valid", valid),
        FieldTest::Range(low, high) => {
            writer.set_value(
                "range",
                Value::Array(vec![low.write(writer.tier()), high.write(writer.tier())]),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(value: Value) {
        let mut notes = Notes::default();
        let read = Predicate::read(Node::root(&value), &mut notes).expect("the predicate is right");
        assert_eq!(read.write(Tier::Whole), value);
    }

    #[test]
    fn predicates_are_written_as_they_were_read() {
        check(json!("datum.a > 1"));
        check(json!({"field": "a", "equal": 1}));
        check(json!({"timeUnit": "year", "field": "a", "range": [2000, null]}));
        check(json!({"and": [{"field": "a", "oneOf": ["x", "y"]}, {"not": "datum.b"}]}));
        check(json!({"param": "brush", "empty": false}));
        check(json!({"field": "a", "gte": 1, "lt": 4}));
    }
}
