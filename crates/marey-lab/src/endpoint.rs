//! Language models behind an OpenAI-compatible address.
//!
//! `POST …/chat/completions` with a JSON schema of the answer, as OpenAI describes it and as vLLM,
//! llama.cpp and Ollama serve it. Sending a request, the schema and rows of a table to another machine is
//! egress: it has to be allowed. Only plain HTTP is spoken; encryption is left to a proxy.

use std::{
    fs::File,
    io::Write,
    net::IpAddr,
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use arrow::util::display::array_value_to_string;
use marey_core::ChartSpec;
use serde::Deserialize;
use serde_json::{Value, json};
use ureq::Agent;

use crate::{Candidate, Card, Failure, LabError, Question, System, plugin::schema, run::fnv};

/// How an endpoint is asked.
#[derive(Debug, Clone)]
pub struct EndpointOptions {
    /// Longest time for one answer.
    pub deadline: Duration,
    /// Whether requests and tables may leave this machine.
    pub allows_egress: bool,
    /// Sent as a bearer token.
    pub key: Option<String>,
    /// Rows of the table that are shown.
    pub rows: usize,
    /// Seed that is asked for.
    pub seed: u64,
}

impl Default for EndpointOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(60),
            allows_egress: false,
            key: None,
            rows: 5,
            seed: 1,
        }
    }
}

/// A language model behind an address.
pub struct Endpoint {
    url: String,
    model: String,
    agent: Agent,
    options: EndpointOptions,
    log: Mutex<File>,
}

/// Most bytes of an answer that are read.
const MAX_ANSWER: u64 = 4 << 20;

impl Endpoint {
    /// An endpoint by its address, `http://HOST[:PORT]/v1?model=NAME`; what is asked is logged in `log`.
    ///
    /// # Errors
    ///
    /// When the address is none, is outside of this machine and egress was not allowed, or the log cannot
    /// be written.
    pub fn new(address: &str, log: &Path, options: EndpointOptions) -> Result<Self, LabError> {
        let (base, query) = address.split_once('?').unwrap_or((address, ""));
        let host = host(base).ok_or_else(|| LabError::Address {
            found: address.to_owned(),
            why: "expected http://HOST[:PORT]/PATH?model=NAME".into(),
        })?;
        if !options.allows_egress && !is_this_machine(host) {
            return Err(LabError::Egress {
                address: base.to_owned(),
            });
        }
        let model = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("model="))
            .unwrap_or("default");
        let config = Agent::config_builder()
            .timeout_global(Some(options.deadline))
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        let file = File::create(log).map_err(|source| LabError::Write {
            path: log.to_owned(),
            source,
        })?;
        Ok(Self {
            url: format!("{}/chat/completions", base.trim_end_matches('/')),
            model: model.to_owned(),
            agent: config.into(),
            options,
            log: Mutex::new(file),
        })
    }

    /// Asks for an answer of a form.
    fn ask(&self, question: &Question<'_>, prompt: &str, form: Value) -> Result<Value, Failure> {
        let body = json!({
            "model": self.model,
            "messages": [
                { "role": "system", "content": "You draw charts of tables. Answer with Vega-Lite v6 JSON without data." },
                { "role": "user", "content": prompt },
            ],
            "temperature": 0,
            "seed": self.options.seed,
            "response_format": { "type": "json_schema", "json_schema": { "name": "answer", "schema": form } },
        });
        let sent = self.send(&body);
        self.note(
            question,
            prompt,
            sent.as_ref().ok().and_then(|answer| answer.usage.clone()),
        );
        let answer = sent?;
        let text = answer
            .choices
            .first()
            .and_then(|choice| choice.message.content.as_deref());
        let text = text.ok_or_else(|| Failure::Malformed("no text in the answer".into()))?;
        serde_json::from_str(unfenced(text)).map_err(|error| Failure::Malformed(error.to_string()))
    }

    fn send(&self, body: &Value) -> Result<Completion, Failure> {
        let unreachable = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => Failure::Late {
                ms: u64::try_from(self.options.deadline.as_millis()).unwrap_or(u64::MAX),
            },
            other => Failure::Unreachable(other.to_string()),
        };
        let mut request = self.agent.post(&self.url);
        if let Some(key) = &self.options.key {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        let mut response = request.send_json(body).map_err(unreachable)?;
        let status = response.status();
        let bytes = response
            .body_mut()
            .with_config()
            .limit(MAX_ANSWER)
            .read_to_vec()
            .map_err(unreachable)?;
        if !status.is_success() {
            let words: String = String::from_utf8_lossy(&bytes).chars().take(200).collect();
            return Err(Failure::Refused(format!("{status}: {words}")));
        }
        serde_json::from_slice(&bytes).map_err(|error| Failure::Malformed(error.to_string()))
    }

    /// Logs what was asked: never the text, but its hash.
    fn note(&self, question: &Question<'_>, prompt: &str, usage: Option<Value>) {
        let line = json!({
            "id": question.id,
            "model": self.model,
            "seed": self.options.seed,
            "prompt_hash": format!("{:016x}", fnv(prompt)),
            "prompt_bytes": prompt.len(),
            "usage": usage,
        });
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        // A log that cannot be written does not stop an evaluation that can.
        let _ = writeln!(log, "{line}");
    }

    fn table_text(&self, question: &Question<'_>) -> String {
        let rows = question.table.table.batches().first().map(|batch| {
            let rows = 0..batch.num_rows().min(self.options.rows);
            let cell = |column: &arrow::array::ArrayRef, row: usize| {
                array_value_to_string(column, row).unwrap_or_default()
            };
            rows.map(|row| {
                batch
                    .columns()
                    .iter()
                    .map(|column| cell(column, row))
                    .collect::<Vec<_>>()
                    .join(" | ")
            })
            .collect::<Vec<_>>()
            .join("\n")
        });
        format!(
            "Columns: {}\nFirst rows:\n{}",
            schema(question),
            rows.unwrap_or_default()
        )
    }
}

impl System for Endpoint {
    fn card(&self) -> Card {
        Card {
            name: self.model.clone(),
            ..Card::default()
        }
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let wish = question.request.map_or_else(
            || "Propose the charts that are most worth drawing of it.".to_owned(),
            |request| format!("Draw this: {request}"),
        );
        let table = self.table_text(question);
        let prompt = format!("{table}\n\n{wish}\nGive up to {} charts, best first.", question.k);
        let form = json!({
            "type": "object",
            "properties": { "charts": { "type": "array", "items": { "type": "object" } } },
            "required": ["charts"],
        });
        let answer = self.ask(question, &prompt, form)?;
        let charts = answer.get("charts").and_then(Value::as_array);
        let charts = charts.ok_or_else(|| Failure::Malformed("no `charts` in the answer".into()))?;
        let candidate = |spec: &Value| Candidate {
            spec: spec.clone(),
            score: None,
        };
        Ok(charts.iter().take(question.k).map(candidate).collect())
    }

    fn judge(&self, question: &Question<'_>, charts: &[ChartSpec]) -> Result<Vec<f64>, Failure> {
        let listed: Vec<String> = charts.iter().map(|chart| chart.to_json().to_string()).collect();
        let table = self.table_text(question);
        let prompt = format!(
            "{table}\n\nScore each of these charts from 0 to 10 by how well people read them:\n{}",
            listed.join("\n")
        );
        let form = json!({
            "type": "object",
            "properties": { "scores": { "type": "array", "items": { "type": "number" } } },
            "required": ["scores"],
        });
        let answer = self.ask(question, &prompt, form)?;
        let scores: Option<Vec<f64>> = answer
            .get("scores")
            .and_then(Value::as_array)
            .map(|scores| scores.iter().filter_map(Value::as_f64).collect());
        scores
            .filter(|scores| scores.len() == charts.len())
            .ok_or_else(|| Failure::Malformed("no score for each chart".into()))
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

/// The text without the fence that models like to put around JSON.
fn unfenced(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("```json").or_else(|| text.strip_prefix("```"));
    inner.map_or(text, |inner| inner.trim_end_matches("```").trim())
}

/// The host of an address.
fn host(base: &str) -> Option<&str> {
    let rest = base.strip_prefix("http://")?;
    let authority = rest.split('/').next()?;
    // A user in an address would hide where it leads.
    if authority.contains('@') {
        return None;
    }
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split_once(']')?.0,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then_some(host)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked_without_leave() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.jsonl");
        let of = |address: &str| {
            Endpoint::new(address, &log, EndpointOptions::default()).map(|endpoint| endpoint.model)
        };
        for address in [
            "http://localhost:8000/v1?model=m",
            "http://127.0.0.1/v1?model=m",
            "http://[::1]:80/v1?model=m",
        ] {
            assert_eq!(of(address).unwrap(), "m", "{address}");
        }
        for address in [
            "http://example.org/v1",
            "http://localhost.example.org/v1",
            "http://10.0.0.1/v1",
        ] {
            assert!(matches!(of(address), Err(LabError::Egress { .. })), "{address}");
        }
        for address in [
            "https://localhost/v1",
            "http://",
            "http://localhost@example.org/v1",
            "ftp://x",
        ] {
            assert!(matches!(of(address), Err(LabError::Address { .. })), "{address}");
        }
    }

    #[test]
    fn fences_are_taken_off() {
        assert_eq!(unfenced("```json\n{\"a\":1}\n```"), "{\"a\":1}");
        assert_eq!(unfenced(" {} "), "{}");
    }
}
