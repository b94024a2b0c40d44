//! Specs that ask for too much or for what is not there end in a typed error.

use marey_core::{
    ChartSpec, Mark,
    spec::{Composition, Encoding, View},
};
use marey_table::{
    Table, TableError,
    execute::{ExecuteOptions, execute},
};
use serde_json::{Value, json};

fn check(spec: Value, is_expected: impl Fn(&TableError) -> bool) {
    let table = Table::from_json_rows("t", &[json!({"price": 1, "city": "Rome"})]).unwrap();
    let parsed = ChartSpec::from_json(&spec).unwrap().value;
    match execute(&parsed, &table, &ExecuteOptions::default()) {
        Ok(_) => panic!("{spec} was executed"),
        Err(error) => assert!(is_expected(&error), "{spec}: {error}"),
    }
}

#[test]
fn unknown_fields_are_named_with_the_columns_there_are() {
    let spec = json!({
        "mark": "bar",
        "encoding": {"x": {"field": "prise", "aggregate": "mean"}, "y": {"field": "city", "type": "nominal"}}
    });
    check(spec, |error| {
        let message = error.to_string();
        matches!(error, TableError::UnknownField { field, available, suggestion, .. }
            if field == "prise"
                && available.contains(&"price".to_owned())
                && suggestion.as_deref() == Some("price"))
            && message.contains("`prise`")
            && message.contains("did you mean `price`?")
            && message.contains("`city`")
    });
}

#[test]
fn documents_that_are_not_of_their_format_are_refused() {
    let spec = |format: Value| {
        json!({
            "data": {"values": "a;b\n1;2\n", "format": format},
            "mark": "point",
            "encoding": {"x": {"field": "a", "type": "quantitative"}}
        })
    };
    for format in [
        json!({}),
        json!({"type": "json"}),
        json!({"type": "dsv"}),
        json!({"type": "dsv", "delimiter": ";;"}),
        json!({"type": "topojson"}),
    ] {
        check(
            spec(format),
            |error| matches!(error, TableError::Transform { transform, .. } if *transform == "data"),
        );
    }
}

#[test]
fn data_that_is_elsewhere_is_named() {
    for (data, expected) in [
        (json!({"url": "data/cars.json"}), "the address `data/cars.json`"),
        (json!({"name": "cars"}), "the name `cars`"),
    ] {
        let spec = json!({
            "data": data,
            "mark": "point",
            "encoding": {"x": {"field": "price", "type": "quantitative"}}
        });
        let spec = ChartSpec::from_json(&spec).unwrap().value;
        let options = ExecuteOptions::default();
        let error = execute(&spec, &Table::empty("none"), &options).unwrap_err();
        assert!(matches!(error, TableError::NoTable { .. }), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        let table = Table::from_json_rows("t", &[json!({"price": 1})]).unwrap();
        let rows = execute(&spec, &table, &options).unwrap().value.units[0].rows();
        assert_eq!(rows, 1);
    }
}

#[test]
fn repeats_cannot_explode() {
    let fields: Vec<String> = (0..200).map(|at| format!("f{at}")).collect();
    let spec = json!({
        "repeat": {"row": fields, "column": fields},
        "spec": {"mark": "point", "encoding": {"x": {"field": {"repeat": "row"}, "type": "quantitative"}}}
    });
    check(spec, |error| matches!(error, TableError::Spec(_)));
}

#[test]
fn layers_cannot_nest_forever() {
    let mut view = View::unit(Mark::Point, Encoding::new());
    for _ in 0..60 {
        let encoding = Encoding::new();
        let layers = vec![view];
        view = View::new(Composition::Layer { layers, encoding });
    }
    let table = Table::from_json_rows("t", &[]).unwrap();
    let error = execute(&ChartSpec::new(view), &table, &ExecuteOptions::default()).unwrap_err();
    assert!(matches!(error, TableError::Spec(_)), "{error}");
}

#[test]
fn sequences_cannot_grow_without_bound() {
    let spec = json!({
        "data": {"sequence": {"start": 0, "stop": 1e15}},
        "mark": "point",
        "encoding": {"x": {"field": "data", "type": "quantitative"}}
    });
    check(spec, |error| matches!(error, TableError::TooMany { .. }));
}

#[test]
fn box_plots_need_something_to_summarise() {
    let spec = json!({"mark": "boxplot", "encoding": {"x": {"field": "city", "type": "nominal"}}});
    check(spec, |error| matches!(error, TableError::Spec(_)));
}
