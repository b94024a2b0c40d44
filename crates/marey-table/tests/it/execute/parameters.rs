//! Parameters count with their initial values.

use marey_core::ChartSpec;
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute, rows_where},
};
use serde_json::{Value, json};

/// Filters the numbers 1 to 5 with the parameters and compares how many are left.
fn check(params: Value, filter: Value, expected: usize) {
    let spec = json!({
        "data": {"values": [{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}, {"a": 5}]},
        "params": params,
        "transform": [{"filter": filter}],
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}}
    });
    let parsed = ChartSpec::from_json(&spec).unwrap();
    let noted = parsed.warnings.iter().map(ToString::to_string);
    assert!(
        noted
            .into_iter()
            .any(|note| note.contains("interaction is not acted on"))
    );
    let execution = execute(&parsed.value, &Table::empty("none"), &ExecuteOptions::default());
    let rows = execution
        .unwrap_or_else(|error| panic!("{spec}: {error}"))
        .value
        .units[0]
        .rows();
    assert_eq!(rows, expected, "{params} {filter}");
}

#[test]
fn values_are_known_to_expressions() {
    let least = json!({"name": "least", "value": 3, "bind": {"input": "range", "min": 1, "max": 5}});
    check(json!([least]), json!("datum.a >= least"), 3);
    let more = json!({"name": "more", "expr": "least + 1"});
    check(json!([least, more]), json!("datum.a >= more"), 2);
    check(
        json!([{"name": "shown", "value": true}]),
        json!({"param": "shown"}),
        5,
    );
    check(
        json!([{"name": "shown", "bind": {"input": "checkbox"}}]),
        json!({"param": "shown"}),
        0,
    );
}

#[test]
fn nothing_is_selected_at_first() {
    let brush = json!([{"name": "brush", "select": "interval"}]);
    check(brush.clone(), json!({"param": "brush"}), 5);
    check(brush.clone(), json!({"param": "brush", "empty": false}), 0);
    check(brush.clone(), json!({"not": {"param": "brush"}}), 0);
    check(brush, json!({"and": ["brush.a", {"param": "brush"}]}), 0);
}

#[test]
fn selections_start_with_their_values() {
    let brush = json!([{"name": "brush", "select": "interval", "value": {"x": [2, 4]}}]);
    check(brush, json!({"param": "brush"}), 3);
    let pick = json!([{"name": "pick", "select": {"type": "point", "fields": ["a"]}, "value": [{"a": 1}, {"a": 5}]}]);
    check(pick.clone(), json!({"param": "pick", "empty": false}), 2);
    check(pick, json!({"not": {"param": "pick"}}), 3);
    let single = json!([{"name": "pick", "select": {"type": "point", "encodings": ["x"]}, "value": 2}]);
    check(single, json!({"param": "pick"}), 1);
}

#[test]
fn conditions_of_channels_are_conditions_on_rows() {
    let spec = json!({
        "data": {"values": [{"a": 1}, {"a": 2}]},
        "params": [
            {"name": "pick", "select": {"type": "point", "fields": ["a"]}, "value": [{"a": 2}]},
            {"name": "limit", "value": 1}
        ],
        "mark": "point",
        "encoding": {
            "x": {"field": "a", "type": "quantitative"},
            "color": {"condition": {"param": "pick", "value": "red"}, "value": "grey"},
            "size": {"condition": [{"test": "datum.a <= limit", "value": 5}], "value": 1}
        }
    });
    let spec = ChartSpec::from_json(&spec).unwrap().value;
    let execution = execute(&spec, &Table::empty("none"), &ExecuteOptions::default())
        .unwrap()
        .value;
    let encoding = &execution.spec.view.as_unit().unwrap().encoding;
    let found = [marey_core::Channel::Color, marey_core::Channel::Size].map(|channel| {
        let def = encoding.get(channel).unwrap();
        let marey_core::spec::ChannelDef::Value(def) = def else {
            panic!("{def:?} has no value");
        };
        rows_where(&def.condition[0].test, &execution.units[0], &execution.parameters).unwrap()
    });
    assert_eq!(found, [vec![false, true], vec![true, false]]);
}
