//! Golden files: what VizML's code gave for a table, and the cells it was given.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use serde_json::{Map, Value};

/// What VizML's code gave for one table in one mode.
pub struct Golden {
    /// Path of the table, within the folder.
    pub table: String,
    /// Whether numbers were given as numbers (`json`) rather than as text (`str`).
    pub is_typed: bool,
    /// Places for columns; those beyond the table's count as columns that do not exist.
    pub places: usize,
    /// Name and features of each column.
    pub columns: Vec<(String, Map<String, Value>)>,
    /// Features of each pair of columns.
    pub pairs: Vec<Map<String, Value>>,
    /// Aggregates over columns.
    pub of_columns: Map<String, Value>,
    /// Aggregates over pairs.
    pub of_pairs: Map<String, Value>,
}

/// The golden files of a folder, in order.
pub fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let features = folder.join("features");
    let entries = fs::read_dir(&features).with_context(|| format!("listing {}", features.display()))?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    ensure!(!files.is_empty(), "{} holds no golden files", features.display());
    Ok(files)
}

impl Golden {
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let value: Value =
            serde_json::from_str(&text).with_context(|| format!("parsing {}", file.display()))?;
        let object = |value: &Value| value.as_object().cloned().unwrap_or_default();
        let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(Self {
            table: text(&value["table"]),
            is_typed: value["mode"] == "json",
            places: value["max_fields"].as_u64().unwrap_or_default() as usize,
            columns: list("columns")
                .iter()
                .map(|column| (text(&column["name"]), object(&column["features"])))
                .collect(),
            pairs: list("pairs")
                .iter()
                .map(|pair| object(&pair["features"]))
                .collect(),
            of_columns: object(&value["aggregate_single"]),
            of_pairs: object(&value["aggregate_pairwise"]),
        })
    }
}

/// The cells of a CSV by column, without its first row: what VizML's code was given. Empty is none.
pub fn cells(csv: &[u8]) -> anyhow::Result<Vec<Vec<Option<String>>>> {
    let text = std::str::from_utf8(csv).context("the table is not UTF-8")?;
    let rows = records(text.trim_start_matches('\u{feff}'));
    let width = rows.first().map_or(0, Vec::len);
    let column = |at: usize| {
        let cells = rows
            .iter()
            .skip(1)
            .map(|row| row.get(at).filter(|cell| !cell.is_empty()).cloned());
        cells.collect()
    };
    Ok((0..width).map(column).collect())
}

/// Records of a CSV after RFC 4180.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = record.last_mut().expect("a record has a cell");
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(String::new()),
            '\n' if !is_quoted => records.push(std::mem::replace(&mut record, vec![String::new()])),
            '\r' if !is_quoted => {}
            _ => cell.push(letter),
        }
    }
    if record.len() > 1 || !record[0].is_empty() {
        records.push(record);
    }
    records
}
