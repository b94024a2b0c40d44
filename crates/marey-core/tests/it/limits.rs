//! Documents that are too large, too deep or no documents at all.

use marey_core::{
    ChartSpec,
    spec::{SpecError, SpecLimits},
};
use serde_json::{Value, json};

/// Nests a value many times, without recursion.
fn nested(depth: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..depth).fold(json!({"mark": "bar"}), |inner, _| wrap(inner))
}

fn check_too_deep(value: &Value) {
    let result = ChartSpec::from_json(value).map(|read| read.value);
    assert!(matches!(result, Err(SpecError::TooDeep { .. })), "{result:?}");
}

#[test]
fn deep_trees_are_refused() {
    check_too_deep(&nested(40, |view| json!({"layer": [view]})));
    check_too_deep(&nested(40, |view| json!({"hconcat": [view]})));
    check_too_deep(&nested(40, |view| json!({"facet": {"field": "a"}, "spec": view})));
    check_too_deep(&nested(300, |view| json!({"usermeta": view})));
    let filter = (0..40).fold(json!("datum.a"), |inner, _| json!({"not": inner}));
    check_too_deep(&json!({"mark": "bar", "transform": [{"filter": filter}]}));
}

/// Everything that walks a tree, on a tree as deep as may be.
fn check_walks(wrap: impl Fn(Value) -> Value) {
    let read = ChartSpec::from_json(&nested(18, wrap)).map(|read| read.value);
    let spec = read.expect("the tree is within the bound");
    assert!(spec.is_fully_modelled());
    assert_eq!(spec.canonical().canonical(), spec.canonical());
    assert_eq!(spec.distance(&spec.clone()), 0.0);
    let other = ChartSpec::unit(marey_core::Mark::Line, marey_core::spec::Encoding::new());
    assert!(spec.distance(&other) > 0.0);
    assert!(spec.validate().len() < 100);
}

#[test]
fn deep_trees_within_the_bound_are_walked() {
    check_walks(|view| json!({"layer": [view]}));
    check_walks(|view| json!({"vconcat": [view, {"mark": "bar"}]}));
    check_walks(|view| json!({"facet": {"row": {"field": "a"}}, "spec": view}));
    check_walks(|view| json!({"repeat": ["a"], "spec": view}));
}

#[test]
fn deep_marks_and_conditions_are_carried_or_refused() {
    let overlays = (0..40).fold(json!({"size": 2}), |inner, _| json!({"point": inner}));
    let mut mark = overlays;
    mark["type"] = json!("line");
    let read = ChartSpec::from_json(&json!({"mark": mark})).expect("looks are never refused");
    assert!(!read.value.is_fully_modelled());
    let conditions = (0..40).fold(json!({"value": 1}), |inner, _| {
        json!({"condition": {"test": "datum.a", "field": "b", "condition": inner["condition"]}, "value": 1})
    });
    let spec = json!({"mark": "bar", "encoding": {"size": conditions}});
    assert!(matches!(
        ChartSpec::from_json(&spec),
        Err(SpecError::TooDeep { .. })
    ));
}

#[test]
fn deep_text_is_refused_without_a_stack() {
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(
        ChartSpec::from_json_str(&text),
        Err(SpecError::Syntax { .. })
    ));
}

#[test]
fn long_text_is_refused() {
    let limits = SpecLimits {
        max_bytes: 10,
        ..SpecLimits::default()
    };
    let result = ChartSpec::from_json_str_within(r#"{"mark": "bar"}"#, &limits);
    assert_eq!(result, Err(SpecError::TooLarge { bytes: 15, limit: 10 }));
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    assert!(ChartSpec::from_json_str("\u{feff}{\"mark\": \"bar\"}").is_ok());
}

#[test]
fn warnings_are_counted_when_there_are_too_many() {
    let members: serde_json::Map<String, Value> = (0..3000).map(|i| (format!("m{i}"), json!(i))).collect();
    let mut spec = Value::Object(members);
    spec["mark"] = json!("bar");
    let read = ChartSpec::from_json(&spec).expect("unknown members are carried");
    assert_eq!(read.value.view.rest.len(), 3000);
    assert_eq!(read.warnings.len(), 1001);
    let last = read.warnings.last().map(ToString::to_string);
    assert_eq!(
        last.as_deref(),
        Some("2000 more members are kept but not understood")
    );
}

#[test]
fn wide_specs_are_walked() {
    let layer = json!({"mark": "bar", "encoding": {"y": {"field": "b"}}});
    let details: Vec<Value> = (0..250).map(|i| json!({"field": format!("f{i}")})).collect();
    let wide = |layers: usize| {
        let spec = json!({"encoding": {"detail": details.clone()}, "layer": vec![layer.clone(); layers]});
        ChartSpec::from_json(&spec).expect("the spec is right").value
    };
    let (a, b) = (wide(20), wide(21));
    assert_eq!(a.canonical().canonical(), a.canonical());
    assert_eq!(a.distance(&a.clone()), 0.0);
    assert!(a.distance(&b) > 0.0);
    assert_eq!(a.validate(), []);
}
