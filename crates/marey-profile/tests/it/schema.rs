//! Profiles hold to their published schema.

use serde_json::{Map, Value, json};

use crate::samples;

#[test]
fn every_sample_profile_validates() {
    let schema = marey_profile::json_schema();
    for (name, profile) in samples::profiles() {
        let written = serde_json::to_value(&profile).unwrap();
        let faults = check(&schema, &written);
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

#[test]
fn what_does_not_hold_is_found() {
    let schema = marey_profile::json_schema();
    let (_, profile) = samples::profiles().remove(0);
    let right = serde_json::to_value(&profile).unwrap();
    let check_with = |path: &str, value: Value, fault: &str| {
        let mut wrong = right.clone();
        *wrong.pointer_mut(path).unwrap() = value;
        let faults = check(&schema, &wrong);
        assert!(
            faults.iter().any(|found| found.contains(fault)),
            "{path}: {faults:#?}"
        );
    };
    check_with("/rows", json!("many"), "/rows");
    check_with("/rows", json!(-1), "/rows");
    check_with("/columns/0", json!({}), "lacks `name`");
    check_with(
        "/columns/0/physical_type",
        json!("number"),
        "/columns/0/physical_type",
    );
    check_with(
        "/columns/0/distinct",
        json!({"value": 1, "exact": true, "more": 2}),
        "`more`",
    );
}

/// What in a value a schema does not allow. Knows the keywords that Marey's schemas use and no
/// others, and takes a field that the schema does not name for a fault.
fn check(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker {
        root: schema,
        faults: Vec::new(),
    };
    checker.value(schema, value, "");
    checker.faults
}

struct Checker<'a> {
    root: &'a Value,
    faults: Vec<String>,
}

impl<'a> Checker<'a> {
    fn value(&mut self, schema: &'a Value, value: &Value, path: &str) {
        let Some(keywords) = schema.as_object() else {
            assert_eq!(
                schema,
                &Value::Bool(true),
                "a schema that allows nothing at {path}"
            );
            return;
        };
        for (keyword, asked) in keywords {
            self.keyword(keyword, asked, value, path);
        }
        if let Some(fields) = value.as_object()
            && keywords.contains_key("properties")
        {
            self.unknown_fields(keywords, fields, path);
        }
    }

    fn keyword(&mut self, keyword: &str, asked: &'a Value, value: &Value, path: &str) {
        let holds = match keyword {
            "$schema" | "$defs" | "title" | "description" | "format" | "default" => true,
            "type" => has_type(asked, value),
            "enum" => asked.as_array().unwrap().contains(value),
            "const" => asked == value,
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= asked.as_f64().unwrap()),
            "maximum" => value
                .as_f64()
                .is_none_or(|number| number <= asked.as_f64().unwrap()),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= asked.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 <= asked.as_u64().unwrap()),
            "anyOf" | "oneOf" => asked
                .as_array()
                .unwrap()
                .iter()
                .any(|schema| self.allows(schema, value)),
            "$ref" => {
                let at = asked.as_str().unwrap().trim_start_matches('#');
                self.value(self.root.pointer(at).unwrap(), value, path);
                true
            }
            "required" => {
                for name in asked.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        self.faults
                            .push(format!("{path} lacks `{}`", name.as_str().unwrap()));
                    }
                }
                true
            }
            "properties" => {
                for (name, schema) in asked.as_object().unwrap() {
                    if let Some(field) = value.get(name) {
                        self.value(schema, field, &format!("{path}/{name}"));
                    }
                }
                true
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.value(asked, item, &format!("{path}/{at}"));
                }
                true
            }
            "additionalProperties" => {
                for (name, field) in value.as_object().into_iter().flatten() {
                    self.value(asked, field, &format!("{path}/{name}"));
                }
                true
            }
            other => panic!("keyword `{other}` at {path} is not known here"),
        };
        if !holds {
            self.faults
                .push(format!("{path}: {value} does not hold to {keyword} {asked}"));
        }
    }

    fn allows(&self, schema: &'a Value, value: &Value) -> bool {
        let mut inner = Checker {
            root: self.root,
            faults: Vec::new(),
        };
        inner.value(schema, value, "");
        inner.faults.is_empty()
    }

    fn unknown_fields(&mut self, keywords: &Map<String, Value>, fields: &Map<String, Value>, path: &str) {
        for name in fields.keys() {
            if keywords["properties"].get(name).is_none() {
                self.faults
                    .push(format!("{path} has `{name}`, which the schema does not name"));
            }
        }
    }
}

fn has_type(asked: &Value, value: &Value) -> bool {
    match asked {
        Value::Array(any) => any.iter().any(|one| has_type(one, value)),
        name => match name.as_str().unwrap() {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("type `{other}` is not known here"),
        },
    }
}
