//! JSON -> spec -> JSON and spec -> JSON -> spec are identities.

use marey_core::ChartSpec;
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    examples::{EXAMPLES, json, read},
    strategy::{chart_spec, nearly_a_spec},
};

/// Drops what is written in one way only, so that documents can be compared as values.
fn normal(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.remove("$schema");
    }
    value
}

#[test]
fn examples_are_written_as_they_were_read() {
    for (name, text) in EXAMPLES {
        assert_eq!(normal(read(text).to_json()), normal(json(text)), "{name}");
    }
}

#[test]
fn all_examples_but_one_are_fully_modelled() {
    for (name, text) in EXAMPLES {
        assert_eq!(read(text).is_fully_modelled(), *name != "carried", "{name}");
    }
}

#[test]
fn the_typed_fields_alone_leave_out_what_is_carried() {
    let text = EXAMPLES
        .iter()
        .find(|(name, _)| *name == "carried")
        .map_or("", |(_, text)| text);
    let typed = read(text).to_json_typed();
    for pointer in [
        "/params",
        "/mark/size",
        "/mark/colour",
        "/encoding/colr",
        "/encoding/tooltip",
    ] {
        assert_eq!(typed.pointer(pointer), None, "{pointer}");
    }
    assert_eq!(
        typed.pointer("/usermeta/source"),
        Some(&Value::from("Statistics office"))
    );
}

#[test]
fn serde_reads_and_writes_vega_lite() {
    for (name, text) in EXAMPLES {
        let spec: ChartSpec = serde_json::from_str(text).expect(name);
        let again = serde_json::to_value(&spec).expect(name);
        assert_eq!(normal(again), normal(json(text)), "{name}");
    }
}

proptest! {
    #[test]
    fn any_spec_survives_its_json(spec in chart_spec()) {
        let read = ChartSpec::from_json(&spec.to_json()).expect("what is written is right");
        prop_assert_eq!(&read.value, &spec);
        prop_assert!(read.warnings.is_empty());
        prop_assert!(spec.is_fully_modelled());
    }

    #[test]
    fn any_json_is_read_whole_or_refused(value in nearly_a_spec()) {
        if let Ok(read) = ChartSpec::from_json(&value) {
            let written = read.value.to_json();
            let again = ChartSpec::from_json(&written).expect("what is written is right");
            prop_assert_eq!(&again.value, &read.value);
            prop_assert_eq!(again.value.to_json(), written);
        }
    }
}
