//! Tests of the normal form.

use serde_json::{Value, json};

use super::*;
use crate::Mark;

fn normal(spec: &Value) -> ChartSpec {
    normalize(&ChartSpec::from_json(spec).unwrap().value)
        .unwrap()
        .value
}

/// The marks of a view's units, from back to front.
fn marks(view: &View) -> Vec<Mark> {
    match view.as_unit() {
        Some(unit) => unit.mark.mark.into_iter().collect(),
        None => view.children().into_iter().flat_map(marks).collect(),
    }
}

fn check(spec: Value, expected: &[Mark]) {
    let once = normal(&spec);
    assert_eq!(marks(&once.view), expected, "{spec}");
    let twice = normalize(&once).unwrap();
    assert_eq!(twice.value, once, "{spec}");
}

#[test]
fn marks_are_taken_apart_and_normal_form_is_final() {
    use Mark::{Area, Bar, Line, Point, Rule, Tick};
    let xy = json!({"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}});
    let with = |mark: Value| json!({"mark": mark, "encoding": xy});
    check(with(json!("bar")), &[Bar]);
    check(with(json!("boxplot")), &[Point, Rule, Rule, Bar, Tick]);
    check(
        with(json!({"type": "boxplot", "extent": "min-max"})),
        &[Rule, Rule, Bar, Tick],
    );
    check(
        with(json!({"type": "boxplot", "outliers": false, "ticks": true})),
        &[Rule, Rule, Tick, Tick, Bar, Tick],
    );
    check(with(json!("errorbar")), &[Rule]);
    check(
        with(json!({"type": "errorbar", "ticks": true})),
        &[Tick, Tick, Rule],
    );
    check(with(json!("errorband")), &[Area]);
    check(with(json!({"type": "line", "point": true})), &[Line, Point]);
    check(
        with(json!({"type": "area", "line": true, "point": true})),
        &[Area, Line, Point],
    );
    let ranged = json!({
        "mark": "line",
        "encoding": {"x": {"field": "a", "type": "quantitative"}, "x2": {"field": "b"}}
    });
    check(ranged, &[Rule]);
}

#[test]
fn config_adds_points_once() {
    let spec = json!({
        "config": {"line": {"point": true}},
        "mark": "line",
        "encoding": {"x": {"field": "a", "type": "quantitative"}}
    });
    check(spec, &[Mark::Line, Mark::Point]);
}

#[test]
fn repeats_become_grids_and_layers() {
    let unit = |list: &str| json!({"mark": "point", "encoding": {"x": {"field": {"repeat": list}, "type": "quantitative"}}});
    let grid = normal(&json!({"repeat": {"row": ["a", "b"], "column": ["c", "d"]}, "spec": unit("column")}));
    let fields: Vec<String> = grid
        .view
        .children()
        .iter()
        .map(|child| child.field(Channel::X).unwrap().name().unwrap().to_string())
        .collect();
    assert_eq!(fields, ["c", "d", "c", "d"]);
    assert_eq!(grid.view.layout.columns, Some(2.0));
    let layers = normal(&json!({"repeat": {"layer": ["a", "b"]}, "spec": unit("layer")}));
    assert!(matches!(&layers.view.composition, Composition::Layer { layers, .. } if layers.len() == 2));
}

#[test]
fn layers_inherit_what_they_leave_open() {
    let spec = json!({
        "encoding": {"x": {"field": "a", "type": "ordinal"}, "y": {"field": "b", "type": "quantitative"}},
        "layer": [
            {"mark": "bar", "encoding": {"y": {"field": "c"}}},
            {"mark": "rule", "encoding": {"x": {"value": 0}, "y": {"datum": 3}}}
        ]
    });
    let normal = normal(&spec);
    let children = normal.view.children();
    let bar = children[0].field(Channel::Y).unwrap();
    assert_eq!(bar.name().unwrap().as_str(), "c");
    assert_eq!(bar.field_type, Some(crate::FieldType::Quantitative));
    assert!(children[0].field(Channel::X).is_some());
    assert!(children[1].field(Channel::X).is_none());
}

#[test]
fn facet_channels_become_facets() {
    let spec = json!({
        "mark": "bar",
        "width": 40,
        "title": "t",
        "encoding": {
            "row": {"field": "r"},
            "facet": {"field": "f"},
            "x": {"field": "a", "bin": true},
            "shape": {"field": "s"}
        }
    });
    let parsed = ChartSpec::from_json(&spec).unwrap().value;
    let normal = normalize(&parsed).unwrap();
    let Composition::Facet(facet) = &normal.value.view.composition else {
        panic!("no facet")
    };
    assert!(facet.row.is_some() && facet.wrap.is_none());
    assert!(normal.value.view.title.is_some() && normal.value.view.width.is_none());
    assert!(facet.spec.width.is_some());
    let x = facet.spec.field(Channel::X).unwrap();
    assert_eq!(x.output_name(Channel::Y).as_str(), "bin_maxbins_10_a");
    // A bar has no shape, and row takes the place of facet: both are named.
    assert_eq!(normal.warnings.len(), 2, "{:?}", normal.warnings);
}

#[test]
fn references_to_no_repeat_are_left_out() {
    let spec = json!({
        "mark": "point",
        "encoding": {"x": {"field": {"repeat": "row"}, "type": "quantitative"}}
    });
    let parsed = ChartSpec::from_json(&spec).unwrap().value;
    let normal = normalize(&parsed).unwrap();
    assert!(normal.value.view.field(Channel::X).is_none());
    assert_eq!(normal.warnings.len(), 1);
}

#[test]
fn contradictions_are_refused() {
    let refused = |encoding: Value| {
        let spec = json!({"mark": "errorbar", "encoding": encoding});
        normalize(&ChartSpec::from_json(&spec).unwrap().value).unwrap_err()
    };
    let nominal = refused(json!({"x": {"field": "a", "type": "nominal"}}));
    assert!(matches!(nominal, NormalizeError::NoContinuousAxis { .. }));
    let both = refused(json!({
        "x": {"field": "a", "type": "quantitative"}, "x2": {"field": "b"}, "xError": {"field": "c"}
    }));
    assert!(matches!(both, NormalizeError::ContradictingErrors { .. }));
}
