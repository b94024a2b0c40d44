//! An [`Example`] as a line of JSON.

use serde_json::{Map, Value, json};

use super::{
    Example, FolderError, LabelledColumn, Preference, TablePath,
    members::{Members, chart, wrong},
};
use crate::Split;

impl Example {
    /// Reads an example from a line of JSON; `line` is its number from 1, for messages.
    ///
    /// Members that are not known and hold the name of a part (`train`, `dev`, `test`) are further
    /// splits; others are kept.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, a member is missing or of another form, or a chart cannot be read.
    pub fn from_line(text: &str, line: usize) -> Result<Self, FolderError> {
        let value: Value = serde_json::from_str(text).map_err(|error| FolderError::Json {
            line,
            problem: without_line(&error),
        })?;
        read(value, line)
    }

    /// The example as one object, its members in the order of the format.
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        members.insert("id".into(), json!(self.id));
        members.insert("group".into(), json!(self.group));
        members.insert("split".into(), json!(self.split.as_str()));
        for (name, part) in &self.other_splits {
            members.insert(name.clone(), json!(part.as_str()));
        }
        let tables: Vec<&str> = self.tables.iter().map(TablePath::as_str).collect();
        members.insert("tables".into(), json!(tables));
        members.insert("requests".into(), json!(self.requests));
        members.insert(
            "charts".into(),
            self.charts.iter().map(|chart| chart.to_json()).collect(),
        );
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name.into(), value);
            }
        };
        put("query", self.query.as_ref().map(|query| json!(query)));
        put("result", self.result.as_ref().map(|rows| json!(rows)));
        put("preference", self.preference.as_ref().map(preference_json));
        let columns: Vec<Value> = self.columns.iter().map(column_json).collect();
        put("columns", (!columns.is_empty()).then_some(Value::Array(columns)));
        put("tags", (!self.tags.is_empty()).then(|| json!(self.tags)));
        put("licence", self.licence.as_ref().map(|licence| json!(licence)));
        members.extend(self.rest.clone());
        Value::Object(members)
    }
}

fn read(value: Value, line: usize) -> Result<Example, FolderError> {
    let mut members = Members::of(value, line, "")?;
    let mut example = Example::new(members.required_text("id")?, members.required_text("group")?);
    example.split = part(members.required_text("split")?, line, "split")?;
    for (place, value) in members.list("tables")? {
        let path = value.as_str().map(TablePath::new).and_then(Result::ok);
        example.tables.push(path.ok_or_else(|| {
            wrong(
                line,
                &place,
                Some(&value),
                "a relative path with `/` between its parts and no `..`",
            )
        })?);
    }
    example.requests = members.texts("requests")?;
    for (place, value) in members.list("charts")? {
        example.charts.push(chart(&value, line, &place)?);
    }
    example.query = members.text("query")?;
    example.result = rows(&mut members, line)?;
    if let Some(value) = members.take("preference") {
        let mut sides = Members::of(value, line, "preference")?;
        example.preference = Some(Preference {
            better: sides.required_chart("better")?,
            worse: sides.required_chart("worse")?,
        });
    }
    for (place, value) in members.list("columns")? {
        let mut column = Members::of(value, line, &place)?;
        example.columns.push(LabelledColumn {
            index: column.position("index")?,
            name: column.required_text("name")?,
            base: column.required_text("base")?,
            semantic: column.text("semantic")?,
        });
    }
    example.tags = members.texts("tags")?;
    example.licence = members.text("licence")?;
    for (name, value) in members.rest() {
        match value.as_str().and_then(|text| text.parse::<Split>().ok()) {
            Some(part) => drop(example.other_splits.insert(name, part)),
            None => drop(example.rest.insert(name, value)),
        }
    }
    Ok(example)
}

fn part(text: String, line: usize, place: &str) -> Result<Split, FolderError> {
    text.parse()
        .map_err(|_| wrong(line, place, Some(&Value::String(text)), "train, dev or test"))
}

fn rows(members: &mut Members, line: usize) -> Result<Option<Vec<Map<String, Value>>>, FolderError> {
    let Some(value) = members.take("result") else {
        return Ok(None);
    };
    let Value::Array(rows) = value else {
        return Err(members.wrong("result", Some(&value), "a list of objects"));
    };
    let rows = rows.into_iter().enumerate().map(|(index, row)| match row {
        Value::Object(row) => Ok(row),
        other => Err(wrong(
            line,
            &format!("result[{index}]"),
            Some(&other),
            "an object",
        )),
    });
    rows.collect::<Result<_, _>>().map(Some)
}

fn preference_json(preference: &Preference) -> Value {
    json!({ "better": preference.better.to_json(), "worse": preference.worse.to_json() })
}

fn column_json(column: &LabelledColumn) -> Value {
    let mut json = json!({ "index": column.index, "name": column.name, "base": column.base });
    if let Some(semantic) = &column.semantic {
        json["semantic"] = json!(semantic);
    }
    json
}

/// What JSON says of a mistake; the line is that of the file, not of the text.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    format!("{message} at character {}", error.column())
}
