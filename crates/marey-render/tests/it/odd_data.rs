//! Charts from data and specs nobody wants: no panic, no hang, a picture that can be read.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use arrow::array::{ArrayRef, Float64Array, StringArray, TimestampMicrosecondArray};
use marey_core::{ChartSpec, FieldName, Mark};
use marey_render::{PngOptions, RenderError, RenderOptions, render_scene, render_svg, svg_to_png};
use marey_table::Table;
use proptest::prelude::*;

const MARKS: [Mark; 12] = [
    Mark::Bar,
    Mark::Line,
    Mark::Area,
    Mark::Point,
    Mark::Circle,
    Mark::Square,
    Mark::Tick,
    Mark::Rule,
    Mark::Rect,
    Mark::Text,
    Mark::Trail,
    Mark::Boxplot,
];

const ODD: [f64; 12] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    1e15,
    -1e-300,
];

fn table(numbers: Vec<Option<f64>>, words: Vec<Option<String>>, times: Vec<Option<i64>>) -> Table {
    let columns: Vec<(FieldName, ArrayRef)> = vec![
        (
            FieldName::new("n"),
            Arc::new(Float64Array::from(numbers)) as ArrayRef,
        ),
        (FieldName::new("w"), Arc::new(StringArray::from(words))),
        (
            FieldName::new("t"),
            Arc::new(TimestampMicrosecondArray::from(times)),
        ),
    ];
    Table::from_columns("odd", columns).expect("columns of one length")
}

fn spec(text: &str) -> ChartSpec {
    ChartSpec::from_json_str(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .value
}

/// Draws; what comes out is a well-formed picture of bounded size, or a typed error.
fn check(spec: &ChartSpec, table: &Table, options: &RenderOptions) {
    match render_svg(spec, table, options) {
        Ok(drawn) => {
            assert!(
                !drawn.value.contains("NaN") && !drawn.value.contains("inf\""),
                "{}",
                drawn.value
            );
            assert!(!drawn.value.contains("<script"));
            let tiny = PngOptions {
                scale: 0.02,
                ..PngOptions::default()
            };
            svg_to_png(&drawn.value, &tiny).expect("an SVG that can be drawn");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn unit(mark: &str, x: &str, y: &str, more: &str) -> String {
    format!(r#"{{"mark": "{mark}", "encoding": {{"x": {x}, "y": {y} {more}}}}}"#)
}

const DEFS: [&str; 12] = [
    r#"{"field": "n", "type": "quantitative"}"#,
    r#"{"field": "n", "type": "quantitative", "bin": true}"#,
    r#"{"field": "n", "type": "quantitative", "aggregate": "mean"}"#,
    r#"{"field": "n", "type": "quantitative", "scale": {"type": "log"}}"#,
    r#"{"field": "n", "type": "quantitative", "scale": {"type": "symlog"}}"#,
    r#"{"field": "n", "type": "ordinal"}"#,
    r#"{"field": "w", "type": "nominal"}"#,
    r#"{"field": "w", "type": "nominal", "sort": "-y"}"#,
    r#"{"field": "t", "type": "temporal"}"#,
    r#"{"field": "t", "type": "temporal", "timeUnit": "yearmonth"}"#,
    r#"{"field": "t", "type": "ordinal", "timeUnit": "day"}"#,
    r#"{"aggregate": "count", "type": "quantitative"}"#,
];

const MORE: [&str; 6] = [
    "",
    r#", "color": {"field": "w", "type": "nominal"}"#,
    r#", "color": {"field": "n", "type": "quantitative"}, "size": {"field": "n", "type": "quantitative"}"#,
    r#", "facet": {"field": "w", "type": "nominal"}"#,
    r#", "xOffset": {"field": "w", "type": "nominal"}, "shape": {"field": "w", "type": "nominal"}"#,
    r#", "text": {"field": "n", "type": "quantitative", "format": ".2f"}, "opacity": {"field": "n", "type": "quantitative"}"#,
];

fn odd_number() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        3 => (-1000.0..1000.0f64).prop_map(Some),
        2 => prop::sample::select(ODD.to_vec()).prop_map(Some),
        1 => Just(None),
        1 => any::<f64>().prop_map(Some),
    ]
}

fn odd_rows() -> impl Strategy<Value = Table> {
    let row = (
        odd_number(),
        prop::option::of("\\PC{0,12}"),
        prop::option::of(
            prop_oneof![4 => -4_000_000_000_000_000i64..4_000_000_000_000_000, 1 => any::<i64>()],
        ),
    );
    prop::collection::vec(row, 0..24).prop_map(|rows| {
        let mut columns = (Vec::new(), Vec::new(), Vec::new());
        for (n, w, t) in rows {
            columns.0.push(n);
            columns.1.push(w);
            columns.2.push(t);
        }
        table(columns.0, columns.1, columns.2)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_rows_under_any_encoding_are_drawn(
        table in odd_rows(),
        mark in prop::sample::select(MARKS.to_vec()),
        x in prop::sample::select(DEFS.to_vec()),
        y in prop::sample::select(DEFS.to_vec()),
        more in prop::sample::select(MORE.to_vec()),
        width in prop::sample::select(vec![1.0, 30.0, 420.0, f64::NAN, -5.0, 1e9]),
    ) {
        let options = RenderOptions { width, height: width, ..RenderOptions::default() };
        check(&spec(&unit(mark.as_str(), x, y, more)), &table, &options);
    }
}

#[test]
fn pies_of_odd_slices_are_drawn() {
    let spec = spec(
        r#"{"mark": {"type": "arc", "innerRadius": 20}, "encoding": {"theta": {"field": "n", "type": "quantitative"}, "color": {"field": "w", "type": "nominal"}}}"#,
    );
    for n in ODD {
        let odd = table(
            vec![Some(n), Some(1.0)],
            vec![Some("a".into()), None],
            vec![None, None],
        );
        check(&spec, &odd, &RenderOptions::default());
    }
}

#[test]
fn ten_thousand_categories_are_cut_and_counted() {
    let rows = 10_000;
    let words = (0..rows).map(|i| Some(format!("category {i}"))).collect();
    let many = table(
        (0..rows).map(|i| Some(f64::from(i))).collect(),
        words,
        vec![None; rows as usize],
    );
    for mark in ["bar", "point", "line"] {
        let text = unit(mark, DEFS[6], DEFS[0], MORE[1]);
        let drawn = render_scene(&spec(&text), &many, &RenderOptions::default()).expect("a chart");
        assert!(
            drawn.warnings.iter().any(|w| w.contains("categories")),
            "{:?}",
            drawn.warnings
        );
        assert!(drawn.value.width < 8000.0, "{}", drawn.value.width);
        assert!(drawn.value.texts().iter().any(|text| text.contains("more")));
    }
}

#[test]
fn too_many_rows_are_thinned_with_a_warning() {
    let rows = 5000;
    let many = table(
        (0..rows).map(|i| Some(f64::from(i))).collect(),
        vec![None; rows as usize],
        vec![None; rows as usize],
    );
    let options = RenderOptions {
        max_shapes: 100,
        ..RenderOptions::default()
    };
    let drawn = render_scene(&spec(&unit("point", DEFS[0], DEFS[0], "")), &many, &options).expect("a chart");
    assert_eq!(drawn.value.shapes("mark-point"), 100);
    assert!(
        drawn.warnings.iter().any(|warning| warning.contains("5000 rows")),
        "{:?}",
        drawn.warnings
    );
}

#[test]
fn drawing_stops_when_told_to() {
    let some = table(vec![Some(1.0)], vec![None], vec![None]);
    let spec = spec(&unit("point", DEFS[0], DEFS[0], ""));
    let cancel = Arc::new(AtomicBool::new(false));
    cancel.store(true, Ordering::Relaxed);
    for options in [
        RenderOptions {
            deadline: Some(Duration::ZERO),
            ..RenderOptions::default()
        },
        RenderOptions {
            cancel: Some(cancel),
            ..RenderOptions::default()
        },
    ] {
        assert!(matches!(
            render_svg(&spec, &some, &options),
            Err(RenderError::Stopped { .. })
        ));
    }
}

#[test]
fn words_from_data_stay_words() {
    let evil = "</text><script>alert(1)</script>";
    let odd = table(vec![Some(1.0)], vec![Some(evil.into())], vec![None]);
    let text = format!(
        r#"{{"title": "{evil}", "mark": "bar", "encoding": {{"x": {}, "y": {}}}}}"#,
        DEFS[6], DEFS[0]
    );
    let drawn = render_svg(&spec(&text), &odd, &RenderOptions::default())
        .expect("a chart")
        .value;
    assert!(!drawn.contains("<script"));
    assert!(drawn.contains("&lt;script"));
}
