//! nvBench, from extracted pairs and tables.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use marey_table::Table;
use serde_json::{Map, Value};

use super::{ImportError, ImportOptions, ImportReport, bytes, description, json_lines, table};
use crate::{
    Split,
    folder::{CorpusWriter, Example, TablePath},
    nvbench::{DrawnRow, Pair},
    vql::{self, ChartKind, ChartSource, Query, VqlError},
};

/// nvBench says MIT; requests and queries were made from those of Spider, whose cards say CC BY-SA 4.0.
const LICENCES: [&str; 2] = ["CC-BY-SA-4.0", "MIT"];

/// The tables are Spider's.
const TABLE_LICENCES: [&str; 1] = ["CC-BY-SA-4.0"];

/// The tables of a release, by database and name in lower case: queries do not mind the case.
type Tables = BTreeMap<(String, String), (TablePath, Table)>;

/// Turns pairs into a corpus; a database is a group.
pub(super) fn import(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let list = options.from.join("pairs.jsonl");
    if !list.is_file() {
        return Err(ImportError::NotThis {
            folder: options.from.clone(),
            kind: "release of nvBench",
            expected: "`pairs.jsonl` and `tables/DATABASE/TABLE.csv`",
        });
    }
    let pairs: Vec<(usize, Pair)> = json_lines(&list)?;
    let mut writer = options.writer()?;
    let tables = tables(&options.from, &mut writer)?;
    let mut report = ImportReport::default();
    for (line, pair) in &pairs {
        let mut example = example(pair, &tables, &mut report);
        let part = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => text.parse::<Split>().map(Some).map_err(|_| ImportError::Value {
                path: list.clone(),
                line: *line,
                what: "the split",
                found: text.clone(),
                expected: "train, dev or test",
            }),
        };
        example.split = part(&pair.split)?.unwrap_or(Split::Train);
        if let Some(unseen) = part(&pair.unseen_db)? {
            example.other_splits.insert("unseen_db".into(), unseen);
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

/// Every table of the release, written to the corpus as it is.
fn tables(from: &Path, writer: &mut CorpusWriter) -> Result<Tables, ImportError> {
    let licences = TABLE_LICENCES.map(str::to_owned);
    let mut tables = Tables::new();
    for folder in sorted_entries(&from.join("tables"))? {
        let db = file_name(&folder);
        for file in sorted_entries(&folder)? {
            let path = TablePath::new(format!("tables/{db}/{}", file_name(&file)))?;
            let bytes = bytes(&file)?;
            let table = table(&path, &bytes)?.renamed(path.stem());
            writer.table(&path, &bytes, &table, &licences)?;
            let name = (db.to_lowercase(), path.stem().to_lowercase());
            tables.insert(name, (path, table));
        }
    }
    Ok(tables)
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let list = || -> std::io::Result<Vec<PathBuf>> {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        entries.sort();
        Ok(entries)
    };
    list().map_err(|source| ImportError::File {
        path: folder.to_owned(),
        source,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The example of a pair. A query that is no chart of one table leaves the charts empty.
fn example(pair: &Pair, tables: &Tables, report: &mut ImportReport) -> Example {
    let mut example = Example::new(pair.id.as_str(), pair.db.as_str());
    example.requests = pair.nl.clone();
    example.query = Some(pair.vql.clone());
    example.result = Some(pair.result.iter().map(row).collect());
    example.tags = tags(pair);
    let mut present = Vec::new();
    for name in &pair.tables {
        match tables.get(&(pair.db.to_lowercase(), name.to_lowercase())) {
            Some((path, table)) => {
                example.tables.push(path.clone());
                present.push(table);
            }
            None => example.tags.push(format!("missing-table:{name}")),
        }
    }
    match chart(pair, &present) {
        Ok(chart) => example.charts.push(chart),
        Err(why) => report.leave_out(&pair.id, "chart", why),
    }
    example
}

fn chart(pair: &Pair, tables: &[&Table]) -> Result<marey_core::ChartSpec, VqlError> {
    let query: Query = pair.vql.parse()?;
    let not_flat = |what: String| VqlError::NotFlat { what };
    let kind = ChartKind::of_name(&pair.chart).ok_or_else(|| not_flat(format!("be a `{}`", pair.chart)))?;
    let named = tables
        .iter()
        .find(|table| table.name().eq_ignore_ascii_case(&query.select.from.name));
    let table =
        named.ok_or_else(|| not_flat(format!("read `{}`, which is not there", query.select.from.name)))?;
    vql::chart(&query, kind, &ChartSource::of(table))
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
