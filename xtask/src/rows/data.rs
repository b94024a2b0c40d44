//! The tables that specs name by address, read from a folder.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use marey_core::{
    FieldName,
    spec::{Expression, Transform},
};
use marey_table::{
    Table,
    execute::{ExecuteOptions, RunContext, run},
    read::{CsvOptions, read_csv},
};
use serde_json::Value;

use super::cell::{Cell, Rows};

/// The tables of all addresses in a spec that exist in the folder.
pub fn tables(spec: &str, datasets: &Path) -> Result<Vec<(String, Table)>> {
    let spec: Value = serde_json::from_str(spec)?;
    let mut sources = BTreeMap::new();
    gather(&spec, &mut sources);
    let mut tables = Vec::new();
    for (url, format) in sources {
        let file = url.rsplit_once("data/").map_or(url.as_str(), |(_, file)| file);
        let path = datasets.join(file);
        if path.is_file() {
            let table = table(&path, &format).with_context(|| format!("reading {}", path.display()))?;
            tables.push((url, table));
        }
    }
    Ok(tables)
}

fn gather(value: &Value, sources: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(url)) = members.get("url") {
                let format = members.get("format").cloned().unwrap_or_default();
                sources.entry(url.clone()).or_insert(format);
            }
            members.values().for_each(|inner| gather(inner, sources));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, sources)),
        _ => {}
    }
}

fn table(path: &Path, format: &Value) -> Result<Table> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let kind = format["type"].as_str().or(extension).unwrap_or("json");
    let bytes = fs::read(path)?;
    if kind == "csv" || kind == "tsv" {
        return Ok(read_csv("data", &bytes, &CsvOptions::default())?.value);
    }
    let json: Value = serde_json::from_slice(&bytes)?;
    let rows = match (format["feature"].as_str(), format["property"].as_str()) {
        (Some(feature), _) => features(&json, feature),
        (None, Some(property)) => property
            .split('.')
            .fold(&json, |value, step| &value[step])
            .clone(),
        (None, None) => json,
    };
    Ok(match &rows {
        Value::Array(rows) => Table::from_json_rows("data", rows)?,
        single => Table::from_json_rows("data", std::slice::from_ref(single))?,
    })
}

/// The shapes of a TopoJSON object without their borders.
fn features(json: &Value, feature: &str) -> Value {
    let object = &json["objects"][feature];
    let shapes = match object["geometries"].as_array() {
        Some(geometries) => geometries.as_slice(),
        None => std::slice::from_ref(object),
    };
    let bare = |shape: &Value| {
        let mut members = serde_json::Map::new();
        for name in ["id", "properties"] {
            if let Some(value) = shape.get(name) {
                members.insert(name.to_owned(), value.clone());
            }
        }
        Value::Object(members)
    };
    Value::Array(shapes.iter().map(bare).collect())
}

/// Texts as the times that JavaScript reads in them.
pub fn text_times(texts: &[&str]) -> Vec<Option<f64>> {
    let rows: Vec<Value> = texts
        .iter()
        .map(|text| serde_json::json!({ "text": text }))
        .collect();
    let to_date = Transform::Calculate {
        calculate: Expression("toDate(datum.text)".into()),
        output: FieldName::new("time"),
    };
    let options = ExecuteOptions::default();
    let times = Table::from_json_rows("texts", &rows)
        .and_then(|table| run(&[to_date], &table, &mut RunContext::new(&options)));
    let Ok(times) = times else {
        return vec![None; texts.len()];
    };
    let rows = Rows::of(&times);
    let column = rows.column("time").unwrap_or_default();
    column
        .iter()
        .map(|cell| match cell {
            Cell::Time(time) | Cell::Number(time) => Some(*time),
            _ => None,
        })
        .collect()
}
