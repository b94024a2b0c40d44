//! nvBench, from extracted pairs and tables or from the pages of the public repository.

use marey_core::ChartSpec;
use serde_json::{Map, Value};

use super::{ImportError, ImportOptions, ImportReport, csv, description};
use crate::{
    Digest, Split,
    folder::{CorpusWriter, Example, TablePath},
    nvbench::{DrawnRow, Pair, Release},
    vql::{self, ChartKind, Query, View, VqlError},
};

/// nvBench says MIT; requests and queries were made from those of Spider, whose cards say CC BY-SA 4.0.
const LICENCES: [&str; 2] = ["CC-BY-SA-4.0", "MIT"];

/// The tables are Spider's.
const TABLE_LICENCES: [&str; 1] = ["CC-BY-SA-4.0"];

/// Turns pairs into a corpus; a database is a group.
pub(super) fn import(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let release = Release::open(&options.from)?;
    let licences = TABLE_LICENCES.map(str::to_owned);
    let mut writer = options.writer()?;
    for file in release.files() {
        writer.table(&file.path, &file.bytes, &file.table, &licences)?;
    }
    let mut report = ImportReport::default();
    for (index, pair) in release.pairs.iter().enumerate() {
        let mut example = example(pair, &release);
        example.split = part(options, index, &pair.split)?.unwrap_or(Split::Train);
        if let Some(unseen) = part(options, index, &pair.unseen_db)? {
            example.other_splits.insert("unseen_db".into(), unseen);
        }
        match drawn(pair, &release) {
            Ok((chart, view)) => {
                if let Some(view) = &view {
                    example.tables.insert(0, put(view, pair, &mut writer)?);
                    example.tags.push("joined-view".into());
                }
                example.charts.push(chart);
            }
            Err(why) => report.leave_out(&pair.id, "chart", why),
        }
        writer.example(&example)?;
        report.count(&example);
    }
    report.tables = writer.tables();
    let mut text = description(
        "nvbench",
        "Charts with requests over the tables of Spider's databases: Luo et al., Synthesizing Natural Language to \
         Visualization (NL2VIS) Benchmarks from NL2SQL Benchmarks (SIGMOD 2021).",
        "https://github.com/TsinghuaDatabaseGroup/nvBench",
        "2021-06-20",
        "Yuyu Luo, Nan Tang, Guoliang Li, Chengliang Chai, Wenbo Li, Xuedi Qin; databases: Tao Yu and others (Spider)",
    );
    text.licences = LICENCES.map(str::to_owned).to_vec();
    writer.finish(text)?;
    Ok(report)
}

fn part(options: &ImportOptions, index: usize, text: &Option<String>) -> Result<Option<Split>, ImportError> {
    let Some(text) = text else { return Ok(None) };
    text.parse().map(Some).map_err(|_| ImportError::Value {
        path: options.from.join("pairs.jsonl"),
        line: index + 1,
        what: "the split",
        found: text.clone(),
        expected: "train, dev or test",
    })
}

/// The table that the tables of a query are joined to, as a file of the corpus.
fn put(view: &View, pair: &Pair, writer: &mut CorpusWriter) -> Result<TablePath, ImportError> {
    let (bytes, table) = csv(&view.table)?;
    let licences = TABLE_LICENCES.map(str::to_owned);
    // The same tables may be joined in several ways: contents tell views apart.
    let digest = Digest::of(&bytes).hex();
    let name = format!("{}-{}", view.table.name(), digest.get(..8).unwrap_or_default());
    let path = TablePath::new(format!("tables/{}/views/{name}.csv", pair.db))?;
    writer.table(&path, &bytes, &table, &licences)?;
    Ok(path)
}

/// The example of a pair, without its chart.
fn example(pair: &Pair, release: &Release) -> Example {
    let mut example = Example::new(pair.id.as_str(), pair.db.as_str());
    example.requests = pair.nl.clone();
    example.query = Some(pair.vql.clone());
    example.result = Some(pair.result.iter().map(row).collect());
    example.tags = tags(pair);
    for name in &pair.tables {
        match release.found(&pair.db, name) {
            Some(file) => example.tables.push(file.path.clone()),
            None => example.tags.push(format!("missing-table:{name}")),
        }
    }
    example
}

/// The chart of a pair, and the table that it needs where one of the release is not enough.
fn drawn(pair: &Pair, release: &Release) -> Result<(ChartSpec, Option<View>), VqlError> {
    let query: Query = pair.vql.parse()?;
    let kind = ChartKind::of_name(&pair.chart).ok_or_else(|| VqlError::NotFlat {
        what: format!("be a `{}`", pair.chart),
    })?;
    vql::chart_of_database(&query, kind, &release.database(pair))
}

fn tags(pair: &Pair) -> Vec<String> {
    let mut tags = vec![
        format!("chart:{}", pair.chart),
        format!("hardness:{}", pair.hardness),
    ];
    if pair.tables.len() > 1 {
        tags.push("multi-table".into());
    }
    if pair.suspect_label == Some(true) {
        tags.push("suspect-label".into());
    }
    if let Some(found) = &pair.reexecution {
        tags.push(format!("reexecution:{found}"));
    }
    if pair.result_n > pair.result.len() {
        tags.push(format!("result-cut:{}", pair.result_n));
    }
    tags
}

fn row(row: &DrawnRow) -> Map<String, Value> {
    let mut cells = Map::new();
    cells.insert("x".into(), row.x.clone());
    cells.insert("y".into(), row.y.clone());
    if let Some(color) = &row.color {
        cells.insert("color".into(), color.clone());
    }
    cells
}
