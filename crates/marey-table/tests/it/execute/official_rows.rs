//! Rows behind the marks of small specs, as official vega 6.4 with vega-lite 6.4 computes them.
//!
//! `official_rows.json` holds the specs with their rows, unit by unit and, within facets, part by
//! part. Times are `{"$time": ms}`, numbers that JSON does not know `{"$number": "NaN"}`.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type, TimestampMicrosecondType};
use marey_core::{ChartSpec, FieldName};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};
use serde_json::{Map, Value, json};

#[test]
fn rows_are_those_of_official_vega() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("official_rows.json")).unwrap();
    assert!(!cases.is_empty());
    for case in &cases {
        check(
            case["name"].as_str().unwrap(),
            &case["spec"],
            case["units"].as_array().unwrap(),
        );
    }
}

fn check(name: &str, spec: &Value, units: &[Value]) {
    let spec = ChartSpec::from_json(spec).unwrap().value;
    let nothing = Table::from_json_rows("nothing", &[]).unwrap();
    let execution = execute(&spec, &nothing, &ExecuteOptions::default());
    let execution = execution.unwrap_or_else(|error| panic!("{name}: {error}")).value;
    assert_eq!(execution.units.len(), units.len(), "{name}: unit views");
    for (at, (table, groups)) in execution.units.iter().zip(units).enumerate() {
        let ours = rows(table);
        let mut seen = 0;
        for group in groups.as_array().unwrap() {
            let key = group["key"].as_object().cloned().unwrap_or_default();
            let part: Vec<&Map<String, Value>> = ours
                .iter()
                .filter(|row| key.iter().all(|(field, value)| same(value, cell(row, field))))
                .collect();
            let official = group["rows"].as_array().unwrap();
            let place = format!("{name}: unit {at}, part {key:?}");
            assert_eq!(part.len(), official.len(), "{place}: rows\n{part:?}");
            for (row, official) in part.iter().zip(official) {
                for (field, value) in flattened("", official.as_object().unwrap()) {
                    // Official Vega computes the summaries of several views at once.
                    let elsewhere =
                        |table: &Table| table.column_index(&FieldName::new(field.as_str())).is_some();
                    if !row.contains_key(&field) && execution.units.iter().any(elsewhere) {
                        continue;
                    }
                    let found = cell(row, &field);
                    assert!(
                        same(&value, found),
                        "{place}: {field} is {found}, officially {value}\n{row:?}"
                    );
                }
            }
            seen += part.len();
        }
        assert_eq!(seen, ours.len(), "{name}: unit {at}: rows in no part");
    }
}

fn cell<'a>(row: &'a Map<String, Value>, field: &str) -> &'a Value {
    row.get(field).unwrap_or(&Value::Null)
}

/// Members of nested objects under dotted names.
fn flattened(prefix: &str, members: &Map<String, Value>) -> Vec<(String, Value)> {
    let mut flat = Vec::new();
    for (name, value) in members {
        let name = format!("{prefix}{name}");
        match value {
            Value::Object(inner) if !inner.keys().any(|key| key.starts_with('$')) => {
                flat.extend(flattened(&format!("{name}."), inner));
            }
            other => flat.push((name, other.clone())),
        }
    }
    flat
}

fn same(official: &Value, ours: &Value) -> bool {
    let time = official.get("$time").unwrap_or(official);
    match (time.as_f64(), ours.as_f64()) {
        (Some(theirs), Some(ours)) => (theirs - ours).abs() <= 1e-9 * theirs.abs().max(1.0),
        // NaN, null and "not there" are one.
        _ if official.get("$number").is_some() || time.is_null() => ours.is_null(),
        _ => official == ours,
    }
}

fn rows(table: &Table) -> Vec<Map<String, Value>> {
    let mut rows = vec![Map::new(); table.rows()];
    for index in 0..table.columns() {
        let name = table.column_name(index).to_string();
        let cells = table
            .column(index)
            .flat_map(|array| (0..array.len()).map(move |row| value(array, row)));
        for (row, value) in rows.iter_mut().zip(cells) {
            row.insert(name.clone(), value);
        }
    }
    rows
}

fn value(array: &ArrayRef, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Boolean => json!(array.as_boolean().value(row)),
        DataType::Int64 => json!(array.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => json!(array.as_primitive::<Float64Type>().value(row)),
        DataType::Date32 => json!(f64::from(array.as_primitive::<Date32Type>().value(row)) * 86_400_000.0),
        DataType::Timestamp(..) => {
            json!(array.as_primitive::<TimestampMicrosecondType>().value(row) as f64 / 1000.0)
        }
        DataType::Utf8 => json!(array.as_string::<i32>().value(row)),
        _ => Value::Null,
    }
}
