//! Rows written in a spec as a document of text.

use marey_core::{ChartSpec, PhysicalType};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};
use serde_json::{Value, json};

/// Executes a spec of points on a document and compares the types of its columns.
fn check(text: &str, format: Value, expected: &[(&str, PhysicalType)]) -> Table {
    let encoding: serde_json::Map<String, Value> = expected
        .iter()
        .zip(["detail", "shape", "color"])
        .map(|((name, _), channel)| (channel.to_owned(), json!({"field": name, "type": "nominal"})))
        .collect();
    let spec = json!({
        "data": {"values": text, "format": format},
        "mark": "point",
        "encoding": encoding
    });
    let spec = ChartSpec::from_json(&spec).unwrap().value;
    let execution = execute(&spec, &Table::empty("none"), &ExecuteOptions::default()).unwrap();
    let rows = execution.value.units[0].clone();
    let found: Vec<_> = (0..rows.columns())
        .map(|at| (rows.column_name(at).to_string(), rows.physical_type(at)))
        .collect();
    let found: Vec<_> = found.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
    assert_eq!(found, expected, "{text:?} as {format}");
    rows
}

#[test]
fn delimited_documents_are_typed_like_files() {
    use PhysicalType::{Int, Text};
    let columns = [("a", Int), ("b", Text)];
    check("a,b\n1,x\n2,y\n", json!({"type": "csv"}), &columns);
    check("a\tb\n1\tx\n2\ty\n", json!({"type": "tsv"}), &columns);
    check(
        "a|b\n1|x\n2|y\n",
        json!({"type": "dsv", "delimiter": "|"}),
        &columns,
    );
    check("[{\"a\": 1, \"b\": \"x\"}]", json!({"type": "json"}), &columns);
    check(
        "{\"rows\": [{\"a\": 1, \"b\": \"x\"}]}",
        json!({"property": "rows"}),
        &columns,
    );
}

#[test]
fn formats_say_how_fields_are_read() {
    use PhysicalType::{Float, Int, Text, Timestamp};
    let text = "day,code,count\n02.01.2020,7.0,1\n03.01.2020,8.0,2\n";
    let parse = json!({"day": "date:'%d.%m.%Y'", "code": "string"});
    let rows = check(
        text,
        json!({"type": "csv", "parse": parse}),
        &[("day", Timestamp), ("code", Text), ("count", Int)],
    );
    assert!(format!("{:?}", rows.batches()).contains("7.0"));
    check(
        text,
        json!({"type": "csv", "parse": {"count": "number"}}),
        &[("day", PhysicalType::Date), ("code", Float), ("count", Float)],
    );
    check(
        text,
        json!({"type": "csv", "parse": null}),
        &[("day", Text), ("code", Text), ("count", Text)],
    );
}
