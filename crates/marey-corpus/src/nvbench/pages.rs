//! The pages of the public repository: one item each, with its main table and the rows that were drawn.

use std::{
    fs,
    path::{Path, PathBuf},
};

use marey_table::write::csv_record;
use serde_json::Value;

use super::{DrawnRow, Pair, python::json_of_literal};
use crate::{
    import::{ImportError, bytes},
    vql::Query,
};

/// Rows of a result that are kept; three charts of the release have more, up to 670.
const MOST_ROWS: usize = 200;

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) pair: Pair,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The pages in a folder in order of their numbers; none where there is no such folder.
pub(super) fn list(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut pages = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|source| ImportError::File {
                path: folder.to_owned(),
                source,
            })?
            .path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let number = name
            .strip_prefix("VIS_")
            .and_then(|rest| rest.strip_suffix(".html"))
            .and_then(|number| number.parse::<u64>().ok());
        pages.extend(number.map(|number| (number, path)));
    }
    pages.sort();
    Ok(pages.into_iter().map(|(_, path)| path).collect())
}

/// Reads a page.
pub(super) fn read(path: &Path) -> Result<Page, ImportError> {
    let bytes = bytes(path)?;
    let text = String::from_utf8_lossy(&bytes);
    parse(&text).map_err(|expected| ImportError::Page {
        path: path.to_owned(),
        expected,
    })
}

fn parse(text: &str) -> Result<Page, &'static str> {
    let property = |name: &str| between(text, &format!("{name}: </b>"), "</p>").map(str::to_owned);
    let list = between(text, "NL Queries: </h4>", "</ol>").ok_or("the requests")?;
    let vql = between(text, "VIS Query: </h4><p>", "</p></td>").ok_or("the query")?;
    let main_table = between(text, "The main table: ", "</h4>").ok_or("the name of the main table")?;
    let rows = between(text, "</h4><table>", "</table>").ok_or("the main table")?;
    let (result, result_n) = result(text)?;
    let mut rows = all_between(rows, "<tr>", "</tr>").into_iter();
    let header = rows.next().map(|row| all_between(row, "<th>", "</th>"));
    let pair = Pair {
        id: property("(NL, VIS) ID").ok_or("the identifier")?,
        db: property("DB").ok_or("the name of the database")?,
        tables: tables(vql, main_table),
        main_table: main_table.to_owned(),
        chart: property("Chart").ok_or("the kind of chart")?,
        hardness: property("Hardness").ok_or("the hardness")?,
        vql: vql.to_owned(),
        nl: all_between(list, "<li><p>", "</p></li>")
            .into_iter()
            .map(str::to_owned)
            .collect(),
        result,
        result_n,
        split: None,
        unseen_db: None,
        suspect_label: None,
        reexecution: None,
    };
    Ok(Page {
        pair,
        header: header
            .ok_or("the head of the main table")?
            .into_iter()
            .map(str::to_owned)
            .collect(),
        rows: rows
            .map(|row| {
                all_between(row, "<td>", "</td>")
                    .into_iter()
                    .map(mended)
                    .collect()
            })
            .collect(),
    })
}

/// The tables that a query names; where it cannot be read, the one that the page shows.
fn tables(vql: &str, main_table: &str) -> Vec<String> {
    match vql.parse::<Query>() {
        Ok(query) => query.tables(),
        Err(_) => vec![main_table.to_owned()],
    }
}

/// The rows in the spec of a page, and their number.
fn result(text: &str) -> Result<(Vec<DrawnRow>, usize), &'static str> {
    let spec = between(text, "var vlSpec1  = ", ";\n").ok_or("the spec")?;
    let spec: Value = serde_json::from_str(&json_of_literal(spec)).map_err(|_| "a spec that can be read")?;
    let rows = spec["data"]["values"].as_array().ok_or("the rows of the spec")?;
    let drawn = rows.iter().take(MOST_ROWS).map(|row| DrawnRow {
        x: row["x_data"].clone(),
        y: row["y_data"].clone(),
        color: row.get("classify").cloned(),
    });
    Ok((drawn.collect(), rows.len()))
}

impl Page {
    /// The main table as CSV. Python wrote nothing as `None`, and as `nan` among numbers.
    pub(super) fn csv(&self) -> Vec<u8> {
        let numeric: Vec<bool> = (0..self.header.len())
            .map(|column| self.is_numeric(column))
            .collect();
        let mut csv = String::new();
        csv_record(&mut csv, self.header.iter().map(|name| Some(name.as_str())));
        for row in &self.rows {
            let cells: Vec<Option<&str>> = numeric
                .iter()
                .enumerate()
                .map(|(column, numeric)| {
                    let cell = row.get(column).map_or("", String::as_str);
                    let missing = cell == "None" || cell == "nan" && *numeric || cell.is_empty();
                    (!missing).then_some(cell)
                })
                .collect();
            csv_record(&mut csv, cells.into_iter());
        }
        csv.into_bytes()
    }

    fn is_numeric(&self, column: usize) -> bool {
        self.rows
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| *cell != "None" && !cell.is_empty())
            .all(|cell| cell.parse::<f64>().is_ok())
    }
}

/// A cell whose UTF-8 was once read as Latin-1 (`BouchÃ©`) as it was meant.
fn mended(cell: &str) -> String {
    let bytes: Option<Vec<u8>> = cell
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).ok())
        .collect();
    let meant = bytes
        .filter(|bytes| !bytes.is_ascii())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    meant.unwrap_or_else(|| cell.to_owned())
}

/// The text between the first of one mark and the next of another.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inner, _)| inner)
}

fn all_between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((inner, after)) = rest.split_once(open).and_then(|(_, rest)| rest.split_once(close)) {
        found.push(inner);
        rest = after;
    }
    found
}
