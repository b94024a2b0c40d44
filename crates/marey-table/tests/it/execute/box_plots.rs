//! Box plots whose encodings compute something.

use marey_core::ChartSpec;
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};
use serde_json::{Value, json};

/// The rows of the layers of a box plot: outliers, whiskers below and above, boxes, medians.
fn rows(encoding: Value) -> Vec<usize> {
    let row = |at: i64| json!({"age": 20 + at % 30, "pay": if at == 7 { 9_000 } else { 100 + at }, "city": if at % 2 == 0 { "Rome" } else { "Oslo" }});
    let table = Table::from_json_rows("t", &(0..60).map(row).collect::<Vec<_>>()).unwrap();
    let spec = ChartSpec::from_json(&json!({"mark": "boxplot", "encoding": encoding}))
        .unwrap()
        .value;
    let drawn = execute(&spec, &table, &ExecuteOptions::default()).unwrap().value;
    drawn.units.iter().map(Table::rows).collect()
}

#[test]
fn boxes_stand_on_bins_of_any_level() {
    let pay = json!({"field": "pay", "type": "quantitative"});
    for level in ["quantitative", "ordinal", "nominal"] {
        let bins = json!({"field": "age", "bin": {"step": 10}, "type": level});
        assert_eq!(rows(json!({"x": bins, "y": pay})), [1, 3, 3, 3, 3], "{level}");
        assert_eq!(rows(json!({"x": pay, "y": bins})), [1, 3, 3, 3, 3], "{level}");
        // The outlier's group is told by its colour.
        assert_eq!(rows(json!({"y": pay, "color": bins})), [1, 3, 3, 3, 3], "{level}");
    }
}

#[test]
fn a_summary_colours_boxes_and_loses_no_outlier() {
    let city = json!({"field": "city", "type": "nominal"});
    let pay = json!({"field": "pay", "type": "quantitative"});
    for color in [
        json!({"aggregate": "count", "type": "quantitative"}),
        json!({"aggregate": "mean", "field": "age", "type": "quantitative"}),
    ] {
        assert_eq!(
            rows(json!({"x": city, "y": pay, "color": color})),
            [1, 2, 2, 2, 2],
            "{color}"
        );
    }
}
