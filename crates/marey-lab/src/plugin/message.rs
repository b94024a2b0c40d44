//! The messages of the protocol.

use marey_core::ChartSpec;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Candidate, Card, Failure, Question};

/// What a program answers.
#[derive(Debug, Deserialize)]
pub(super) struct Reply {
    id: String,
    #[serde(default)]
    pub(super) candidates: Vec<Candidate>,
    #[serde(default)]
    pub(super) scores: Vec<f64>,
    #[serde(default)]
    pub(super) claims: Vec<Value>,
    #[serde(default)]
    pub(super) error: Option<String>,
}

/// The line that asks a question.
pub(super) fn question(question: &Question<'_>, charts: Option<&[ChartSpec]>) -> String {
    let mut message = json!({
        "v": 1,
        "id": question.id,
        "task": question.task,
        "table": { "schema": schema(question), "csv_path": question.path() },
        "request": question.request,
        "k": question.k,
    });
    if let Some(charts) = charts {
        message["charts"] = charts.iter().map(ChartSpec::to_json).collect();
    }
    message.to_string()
}

/// The columns as a program is told of them.
pub(crate) fn schema(question: &Question<'_>) -> Value {
    let columns = question.table.profile().columns.iter();
    columns
        .map(|column| {
            json!({
                "name": column.name,
                "physical_type": column.physical_type.as_str(),
                "field_type": column.field_type.as_str(),
            })
        })
        .collect()
}

/// Reads who a program is.
pub(super) fn hello(line: &[u8]) -> Result<Card, Failure> {
    serde_json::from_slice(line).map_err(|error| malformed(line, &error))
}

/// Reads an answer to the item of the given name.
pub(super) fn reply(line: &[u8], id: &str) -> Result<Reply, Failure> {
    let reply: Reply = serde_json::from_slice(line).map_err(|error| malformed(line, &error))?;
    if reply.id != id {
        let found = reply.id.chars().take(80).collect();
        return Err(Failure::WrongId { found });
    }
    Ok(reply)
}

fn malformed(line: &[u8], error: &serde_json::Error) -> Failure {
    let start: String = String::from_utf8_lossy(&line[..line.len().min(60)])
        .escape_debug()
        .collect();
    Failure::Malformed(format!("{error}; it begins with `{start}`"))
}
