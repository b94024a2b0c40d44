//! Charts describe themselves in words.

use crate::sample::scene;

#[track_caller]
fn check(spec: &str, expected: &str) {
    assert_eq!(scene(spec).description, expected);
}

#[test]
fn bars_tell_the_highest_and_the_lowest() {
    check(
        r#"{"mark": "bar", "encoding": {
            "x": {"field": "city", "type": "nominal"},
            "y": {"aggregate": "mean", "field": "sales", "type": "quantitative"}}}"#,
        "Bar chart of mean of sales by city. 3 categories; the highest is Quito with 169, the lowest Lima with 155.",
    );
}

#[test]
fn lines_tell_their_course() {
    check(
        r#"{"mark": "line", "encoding": {
            "x": {"field": "date", "type": "temporal"},
            "y": {"aggregate": "sum", "field": "sales", "type": "quantitative"}}}"#,
        "Line chart of sum of sales by date. From Jan 1, 2024 to Dec 7, 2024: starts at 321, ends at 651, highest at \
         Dec 7, 2024 with 651.",
    );
    check(
        r#"{"mark": "line", "encoding": {
            "x": {"field": "date", "type": "temporal"},
            "y": {"field": "sales", "type": "quantitative"},
            "color": {"field": "city", "type": "nominal"}}}"#,
        "Line chart of sales by date, coloured by city. From Jan 1, 2024 to Dec 7, 2024; values from 100 to 224; \
         3 categories: Lima, Oslo and Quito.",
    );
}

#[test]
fn points_tell_their_spread() {
    check(
        r#"{"mark": "point", "encoding": {
            "x": {"field": "sales", "type": "quantitative"},
            "y": {"field": "unit_price", "type": "quantitative"}}}"#,
        "Scatter plot of unit price against sales. 36 points; sales from 100 to 224, unit price from 2.5 to 12.5.",
    );
}

#[test]
fn box_plots_tell_their_medians() {
    check(
        r#"{"mark": {"type": "boxplot", "extent": "min-max"}, "encoding": {
            "x": {"field": "city", "type": "nominal"},
            "y": {"field": "sales", "type": "quantitative"}}}"#,
        "Box plot of sales by city. 3 categories; the highest median is Quito with 169, the lowest Lima with 155.",
    );
}

#[test]
fn facets_tell_their_panels() {
    check(
        r#"{"mark": "bar", "encoding": {
            "x": {"bin": true, "field": "sales", "type": "quantitative"},
            "y": {"aggregate": "count", "type": "quantitative"},
            "column": {"field": "city", "type": "nominal"}}}"#,
        "Histogram of number of records by sales (binned), in 3 panels by city (Lima, Oslo and Quito).",
    );
}

#[test]
fn a_given_description_stands() {
    check(
        r#"{"description": "What I say.", "mark": "bar", "encoding": {"x": {"field": "city", "type": "nominal"}}}"#,
        "What I say.",
    );
}
