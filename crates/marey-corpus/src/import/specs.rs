//! Pairs of a table and a Vega-Lite view, from `pairs.jsonl` and `tables/`.

use std::collections::BTreeMap;

use marey_core::ChartSpec;
use serde::Deserialize;
use serde_json::Value;

use super::{
    ImportError, ImportOptions, ImportReport, bytes, json_lines, licence_name::leading_identifier, table,
};
use crate::{
    folder::{CorpusWriter, Description, Example, TablePath},
    group::Groups,
    split_of_group,
};

/// A pair as the release has it.
#[derive(Debug, Deserialize)]
struct SpecPair {
    id: String,
    source: String,
    #[serde(default)]
    licence: String,
    table: String,
    spec: Value,
    #[serde(default)]
    request: Option<String>,
    #[serde(default)]
    composite: Vec<String>,
    #[serde(default = "yes")]
    raw_columns_only: bool,
    #[serde(default)]
    duplicate: bool,
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    upstream: Option<Upstream>,
}

#[derive(Debug, Deserialize)]
struct Upstream {
    repo: String,
    #[serde(default)]
    level: Option<String>,
}

fn yes() -> bool {
    true
}

impl SpecPair {
    /// Where the view is from: its repository, else its file.
    fn place(&self) -> &str {
        let repo = self.upstream.as_ref().map(|upstream| upstream.repo.as_str());
        repo.or(self.origin.as_deref()).unwrap_or(&self.id)
    }

    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self
            .composite
            .iter()
            .map(|kind| format!("within:{kind}"))
            .collect();
        if !self.raw_columns_only {
            tags.push("computed-columns".into());
        }
        if self.duplicate {
            tags.push("duplicate".into());
        }
        if let Some(level) = self
            .upstream
            .as_ref()
            .and_then(|upstream| upstream.level.as_ref())
        {
            tags.push(format!("level:{level}"));
        }
        tags
    }
}

/// Turns pairs into a corpus. Views of one repository, and views of one table, stay together.
pub(super) fn import(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let list = options.from.join("pairs.jsonl");
    if !list.is_file() {
        return Err(ImportError::NotThis {
            folder: options.from.clone(),
            kind: "list of specs",
            expected: "`pairs.jsonl`, one object with `id`, `table` and `spec` a line, and `tables/`",
        });
    }
    let pairs: Vec<(usize, SpecPair)> = json_lines(&list)?;
    let mut groups = Groups::default();
    for (_, pair) in &pairs {
        groups.join(&format!("table {}", pair.table), pair.place());
    }
    let mut writer = options.writer()?;
    let mut report = ImportReport::default();
    let mut source = BTreeMap::new();
    for (_, pair) in &pairs {
        *source.entry(pair.source.clone()).or_insert(0) += 1;
        let group = groups.name_of(pair.place());
        match example(pair, group, &mut writer, options)? {
            Ok(example) => {
                writer.example(&example)?;
                report.count(&example);
            }
            Err(why) => report.leave_out(&pair.id, "item", why),
        }
    }
    report.tables = writer.tables();
    let names: Vec<String> = source.into_keys().collect();
    writer.finish(Description {
        name: names.join("-"),
        description: "Vega-Lite views that people made, each with the table that it draws.".into(),
        licences: options.licences(&stated(&pairs)),
        version: Some("1.0.0".into()),
        ..Description::default()
    })?;
    Ok(report)
}

/// The example of a pair, or why there is none.
fn example(
    pair: &SpecPair,
    group: String,
    writer: &mut CorpusWriter,
    options: &ImportOptions,
) -> Result<Result<Example, String>, ImportError> {
    let chart = match ChartSpec::from_json(&pair.spec) {
        Ok(read) => read.value,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let path = TablePath::new(pair.table.as_str())?;
    // A licence with more behind it ("MIT (specs); data elsewhere") says nothing of the table.
    let licence = leading_identifier(&pair.licence);
    if !writer.has(&path) {
        let bytes = bytes(&options.from.join(&pair.table))?;
        let own: Vec<&str> = licence
            .iter()
            .filter(|(_, more)| !more)
            .map(|(id, _)| *id)
            .collect();
        let table = table(&path, &bytes)?;
        writer.table(&path, &bytes, &table, &options.table_licences(&own))?;
    }
    let mut example = Example::new(pair.id.as_str(), group);
    example.split = split_of_group(&example.group);
    example.tables = vec![path];
    example.requests = pair.request.iter().cloned().collect();
    example.charts = vec![chart];
    example.tags = pair.tags();
    example.licence = licence.map(|(id, _)| id.to_owned());
    if let Some(origin) = &pair.origin {
        example.rest.insert("origin".into(), origin.as_str().into());
    }
    Ok(Ok(example))
}

/// The licences of all pairs; none where one of them has none.
fn stated(pairs: &[(usize, SpecPair)]) -> Vec<&'static str> {
    let all: Option<Vec<&'static str>> = pairs
        .iter()
        .map(|(_, pair)| leading_identifier(&pair.licence).map(|(id, _)| id))
        .collect();
    let mut all = all.unwrap_or_default();
    all.sort_unstable();
    all.dedup();
    all
}
