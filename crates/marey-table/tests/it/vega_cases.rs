//! Transforms give the rows that official Vega gives.
//!
//! `vega/expected.json` holds specs and the rows that `view.data` had for them; `vega/cases.mjs`
//! and `vega/expected.mjs` say how it was made.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray},
    compute::cast,
    datatypes::{DataType, Float64Type, TimeUnit, TimestampMillisecondType},
};
use marey_core::{ChartSpec, FieldName};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};
use serde_json::Value;

#[test]
fn rows_equal_those_of_official_vega() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("vega/expected.json")).unwrap();
    assert!(cases.len() > 200);
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

fn check(case: &Value) -> Result<(), String> {
    let name = case["name"].as_str().unwrap();
    let spec = ChartSpec::from_json(&case["spec"]).map_err(|error| format!("{name}: {error}"))?;
    let empty = Table::from_columns("empty", Vec::new()).unwrap();
    let done = execute(&spec.value, &empty, &ExecuteOptions::default())
        .map_err(|error| format!("{name}: {error:?}"))?;
    let table = done.value.units.first().unwrap();
    let expected = case["rows"].as_array().unwrap();
    if table.rows() != expected.len() {
        return Err(format!(
            "{name}: {} rows, Vega has {}",
            table.rows(),
            expected.len()
        ));
    }
    let columns = columns(table);
    for (row, expected) in expected.iter().enumerate() {
        for (path, value) in flat("", expected) {
            let found = columns
                .iter()
                .find(|(column, _)| *column == path)
                .map_or(Value::Null, |(_, cells)| cells[row].clone());
            if !agree(&found, &value) {
                return Err(format!("{name}: row {row}, {path}: {found}, Vega has {value}"));
            }
        }
    }
    Ok(())
}

/// Members of a row with dotted names for those of objects within.
fn flat(prefix: &str, value: &Value) -> Vec<(String, Value)> {
    let Some(members) = value.as_object() else {
        return vec![(prefix.to_owned(), value.clone())];
    };
    if let Some(special) = members.get("$time").or(members.get("$number")) {
        return vec![(prefix.to_owned(), special.clone())];
    }
    members
        .iter()
        .flat_map(|(name, value)| {
            let path = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            flat(&path, value)
        })
        .collect()
}

fn agree(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            found == expected || (found - expected).abs() <= 1e-9 * expected.abs().max(found.abs())
        }
        // Lists are cells of text in JSON.
        (Value::String(found), Value::Array(expected)) => match serde_json::from_str(found) {
            Ok(Value::Array(found)) => {
                found.len() == expected.len()
                    && found
                        .iter()
                        .zip(expected)
                        .all(|(found, expected)| agree(found, expected))
            }
            _ => false,
        },
        _ => found == expected,
    }
}

/// The cells of each column: times as milliseconds, numbers that JSON lacks as text.
fn columns(table: &Table) -> Vec<(String, Vec<Value>)> {
    (0..table.columns())
        .map(|index| {
            let cells = table.column(index).flat_map(cells).collect();
            (table.column_name(index).to_string(), cells)
        })
        .collect()
}

fn cells(array: &ArrayRef) -> Vec<Value> {
    let milliseconds = DataType::Timestamp(TimeUnit::Millisecond, None);
    match array.data_type() {
        DataType::Boolean => array
            .as_boolean()
            .iter()
            .map(|flag| flag.map_or(Value::Null, Into::into))
            .collect(),
        DataType::Utf8 => array
            .as_string::<i32>()
            .iter()
            .map(|text| text.map_or(Value::Null, Into::into))
            .collect(),
        DataType::Date32 | DataType::Timestamp(..) => cast(array, &milliseconds)
            .unwrap()
            .as_primitive::<TimestampMillisecondType>()
            .iter()
            .map(|time| time.map_or(Value::Null, Into::into))
            .collect(),
        DataType::Null => vec![Value::Null; array.len()],
        _ => cast(array, &DataType::Float64)
            .unwrap()
            .as_primitive::<Float64Type>()
            .iter()
            .map(|number| number.map_or(Value::Null, number_cell))
            .collect(),
    }
}

fn number_cell(number: f64) -> Value {
    if number.is_nan() {
        "NaN".into()
    } else if number.is_infinite() {
        if number > 0.0 {
            "Infinity".into()
        } else {
            "-Infinity".into()
        }
    } else {
        number.into()
    }
}

#[test]
fn samples_are_drawn_by_the_seed() {
    let numbers: ArrayRef = Arc::new(arrow::array::Int64Array::from_iter_values(0..1000));
    let table = Table::from_columns("numbers", vec![(FieldName::new("n"), numbers)]).unwrap();
    let spec = serde_json::json!({"transform": [{"sample": 50}], "mark": "point", "encoding": {}});
    let spec = ChartSpec::from_json(&spec).unwrap().value;
    let draw = |seed| {
        let options = ExecuteOptions {
            seed,
            ..ExecuteOptions::default()
        };
        columns(&execute(&spec, &table, &options).unwrap().value.units[0])
    };
    assert_eq!(draw(1)[0].1.len(), 50);
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}
