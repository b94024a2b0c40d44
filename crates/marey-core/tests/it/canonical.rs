//! The canonical form: idempotent, and the same for specs that draw the same.

use marey_core::{
    FieldName,
    spec::{CanonicalOptions, Composition, Predicate, Transform},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    examples::{EXAMPLES, read},
    strategy::{chart_spec, nearly_a_spec, predicate},
};

fn check(a: Value, b: Value, expected: bool) {
    let [x, y] = [&a, &b].map(|value| read(&value.to_string()).canonical());
    assert_eq!(x == y, expected, "\n{a}\n{b}\n{}\n{}", x.to_json(), y.to_json());
}

fn same(a: Value, b: Value) {
    check(a, b, true);
}

fn other(a: Value, b: Value) {
    check(a, b, false);
}

/// A bar chart of counts with something changed.
fn bars(x: Value, y: Value) -> Value {
    json!({"mark": "bar", "encoding": {"x": x, "y": y}})
}

fn city() -> Value {
    json!({"field": "city", "type": "nominal"})
}

fn count() -> Value {
    json!({"aggregate": "count", "type": "quantitative"})
}

#[test]
fn spellings_of_the_same_are_one() {
    let plain = bars(city(), count());
    same(
        plain.clone(),
        json!({"mark": {"type": "bar"}, "encoding": {"y": count(), "x": city()}}),
    );
    same(
        plain.clone(),
        json!({"name": "n", "description": "d", "usermeta": {"a": 1}, "mark": "bar",
        "encoding": {"x": city(), "y": count()}}),
    );
    same(
        plain.clone(),
        bars(
            json!({"field": "city"}),
            json!({"aggregate": "count", "field": "id"}),
        ),
    );
    same(
        plain.clone(),
        bars(
            city(),
            json!({"aggregate": "count", "axis": {}, "scale": {"type": "linear"}}),
        ),
    );
    same(plain.clone(), json!({"layer": [plain]}));
}

#[test]
fn defaults_spelled_out_change_nothing() {
    let plain = bars(
        json!({"field": "a", "bin": true, "type": "quantitative"}),
        count(),
    );
    same(
        plain.clone(),
        bars(
            json!({"field": "a", "type": "quantitative", "bin": {"maxbins": 10, "nice": true, "base": 10, "divide": [5, 2]}, "sort": "ascending"}),
            json!({"aggregate": "count", "type": "quantitative", "stack": "zero"}),
        ),
    );
    other(
        plain,
        bars(
            json!({"field": "a", "bin": {"maxbins": 20}, "type": "quantitative"}),
            count(),
        ),
    );
}

#[test]
fn titles_have_one_place() {
    let titled = |y: Value| bars(city(), y);
    same(
        titled(json!({"aggregate": "count", "axis": {"title": "Houses"}})),
        titled(json!({"aggregate": "count", "title": "Houses"})),
    );
    same(
        titled(json!({"aggregate": "mean", "field": "rent", "title": "Mean of rent"})),
        titled(json!({"aggregate": "mean", "field": "rent"})),
    );
    other(
        titled(count()),
        titled(json!({"aggregate": "count", "title": "Houses"})),
    );
}

#[test]
fn orders_by_another_channel_are_one() {
    let sorted = |sort: Value| {
        bars(
            json!({"field": "city", "sort": sort}),
            json!({"aggregate": "sum", "field": "rent"}),
        )
    };
    same(
        sorted(json!("-y")),
        sorted(json!({"encoding": "y", "order": "descending"})),
    );
    same(
        sorted(json!("-y")),
        sorted(json!({"field": "rent", "op": "sum", "order": "descending"})),
    );
    other(sorted(json!("-y")), sorted(json!("y")));
}

#[test]
fn conditions_are_flat_and_sorted() {
    let filtered =
        |steps: Value| json!({"mark": "bar", "transform": steps, "encoding": {"x": city(), "y": count()}});
    let (a, b) = (json!({"field": "a", "equal": 1}), json!("datum.b > 2"));
    same(
        filtered(json!([{"filter": a}, {"filter": b}])),
        filtered(json!([{"filter": {"and": [b, {"and": [a]}, a]}}])),
    );
    same(
        filtered(json!([{"filter": {"or": [{"field": "a", "equal": 2}, {"field": "a", "equal": 1}]}}])),
        filtered(json!([{"filter": {"field": "a", "oneOf": [1, 2, 1]}}])),
    );
    same(
        filtered(json!([{"filter": {"not": {"not": a}}}])),
        filtered(json!([{"filter": a}])),
    );
    same(
        filtered(json!([{"filter": "datum.b>2"}])),
        filtered(json!([{"filter": " datum.b  > 2"}])),
    );
}

#[test]
fn layers_and_facets_have_one_form() {
    same(
        json!({"encoding": {"x": city()}, "layer": [
            {"mark": "bar", "encoding": {"y": count()}}, {"mark": "text", "encoding": {"text": count()}}]}),
        json!({"layer": [
            {"layer": [{"mark": "bar", "encoding": {"x": city(), "y": count()}}]},
            {"mark": "text", "encoding": {"text": count(), "x": city()}}]}),
    );
    same(
        json!({"facet": {"field": "year"}, "columns": 3, "spec": {"width": 90, "mark": "bar", "encoding": {"x": city()}}}),
        json!({"width": 90, "mark": "bar", "encoding": {"facet": {"field": "year", "columns": 3}, "x": city()}}),
    );
}

#[test]
fn what_is_known_of_the_data_counts() {
    let options = CanonicalOptions {
        fold_case: true,
        non_null: [FieldName::new("id")].into(),
    };
    let canonical = |value: Value| read(&value.to_string()).canonical_for(&options);
    let valid = bars(
        json!({"field": "City"}),
        json!({"aggregate": "valid", "field": "ID"}),
    );
    assert_eq!(canonical(valid.clone()), canonical(bars(city(), count())));
    other(valid, bars(city(), count()));
}

#[test]
fn examples_are_idempotent() {
    for (name, text) in EXAMPLES {
        let once = read(text).canonical();
        assert_eq!(once.canonical(), once, "{name}");
        assert!(once == read(&once.to_json().to_string()), "{name}");
    }
}

proptest! {
    #[test]
    fn canonical_is_idempotent(spec in chart_spec()) {
        let once = spec.canonical();
        prop_assert_eq!(once.canonical(), once);
    }

    #[test]
    fn anything_that_reads_has_one_canonical_form(value in nearly_a_spec()) {
        if let Ok(read) = marey_core::ChartSpec::from_json(&value) {
            let once = read.value.canonical();
            prop_assert_eq!(once.canonical(), once);
            read.value.validate();
        }
    }

    #[test]
    fn the_order_of_channels_is_nothing(spec in chart_spec(), seed in any::<u64>()) {
        let mut turned = spec.clone();
        if let Composition::Unit(unit) = &mut turned.view.composition {
            let by = seed as usize % unit.encoding.entries.len().max(1);
            unit.encoding.entries.rotate_left(by);
        }
        prop_assert_eq!(turned.canonical(), spec.canonical());
    }

    #[test]
    fn the_order_of_conditions_is_nothing(spec in chart_spec(), mut parts in proptest::collection::vec(predicate(), 1..4)) {
        let with = |parts: &[Predicate]| {
            let mut spec = spec.clone();
            spec.view.transform = vec![Transform::Filter(Predicate::And(parts.to_vec()))];
            spec.canonical()
        };
        let forwards = with(&parts);
        parts.reverse();
        prop_assert_eq!(with(&parts), forwards);
    }
}
