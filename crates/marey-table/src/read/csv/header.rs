//! What stands above the data: titles, comments, and the names of the columns.

use hashbrown::{HashMap, HashSet};
use marey_core::FieldName;

use super::{
    dialect::{Dialect, most_common, read_sample, sample},
    record::Records,
};
use crate::{
    TableError, TableWarning,
    read::{
        ReadLimits,
        cell::{self, CellKind, Evidence, cell_kind},
    },
    warning::counted,
};

/// Most lines that can stand above the header.
const MAX_PREAMBLE: usize = 60;

/// The columns of a text table and where its data begins.
#[derive(Debug)]
pub(super) struct Header {
    /// Unique names, one per column.
    pub names: Vec<FieldName>,
    /// Where the first data record begins.
    pub data_start: usize,
    /// What was odd about the header.
    pub repairs: Vec<TableWarning>,
}

/// Finds the header of a text table.
pub(super) fn find(
    text: &str,
    dialect: Dialect,
    wanted: Option<bool>,
    limits: &ReadLimits,
) -> Result<Header, TableError> {
    let mut repairs = Vec::new();
    let head = sample(text);
    let records = read_sample(head, dialect, limits)?;
    let widths: Vec<usize> = (0..records.rows).map(|row| records.record(row).len()).collect();
    let preamble = preamble_length(&records, &widths);
    let rest = &widths[preamble.min(widths.len())..];
    let (mut common, _) = most_common(rest.get(1..).filter(|rest| !rest.is_empty()).unwrap_or(rest));
    if ends_in_delimiter(&records, preamble, common) {
        common -= 1;
    }
    let has_header =
        wanted.unwrap_or_else(|| preamble < records.rows && looks_like_header(&records, preamble));
    let first: Vec<String> = if preamble < records.rows {
        records
            .record(preamble)
            .map(|cell| cell.trim().to_owned())
            .collect()
    } else {
        Vec::new()
    };
    if preamble > 0 {
        repairs.push(preamble_warning(&records, preamble));
    }
    let skip = preamble + usize::from(has_header);
    let data_start = start_of_record(text, dialect, skip, limits)?;
    let names = if has_header {
        names_of_header(first, common, rest.len() > 1, &mut repairs)
    } else {
        if wanted.is_none() {
            repairs.push(warning(
                "no_header",
                1,
                "the first line looks like data and not like names, so columns are numbered".into(),
            ));
        }
        (0..common.max(first.len()).max(1)).map(numbered).collect()
    };
    limits.check_columns(names.len())?;
    Ok(Header {
        names: unique(names, &mut repairs),
        data_start,
        repairs,
    })
}

/// Whether the records below the first have one cell more than it, and that one always empty.
fn ends_in_delimiter(records: &Records<'_>, first: usize, width: usize) -> bool {
    if first >= records.rows || records.record(first).len() + 1 != width {
        return false;
    }
    (first + 1..records.rows)
        .filter(|row| records.record(*row).len() == width)
        .all(|row| {
            records
                .record(row)
                .next_back()
                .is_none_or(|cell| cell.trim().is_empty())
        })
}

/// Where the record at a position begins; blank lines before it are passed.
fn start_of_record(
    text: &str,
    dialect: Dialect,
    records: usize,
    limits: &ReadLimits,
) -> Result<usize, TableError> {
    use super::record::{Scanner, Width};
    if records == 0 {
        return Ok(0);
    }
    Ok(Scanner::new(text, dialect, Width::Free, limits)
        .read(text.len(), records)?
        .end)
}

/// How many records stand above the header: titles, comments, and lines with far fewer cells.
fn preamble_length(records: &Records<'_>, widths: &[usize]) -> usize {
    let (common, _) = most_common(widths);
    if common < 2 {
        return leading_comments(records);
    }
    let least = if common <= 3 { 2 } else { common / 2 + 1 };
    let filled = |row: usize| records.record(row).filter(|cell| !cell.trim().is_empty()).count();
    let is_title = |row: usize| {
        let comment = records
            .record(row)
            .next()
            .is_some_and(|cell| cell.starts_with('#'));
        let narrow = filled(row) <= 1 || (filled(row) < least && widths[row] < common);
        (comment && widths[row] != common) || (narrow && (common > 2 || widths[row] == 1))
    };
    let lines = (0..records.rows.min(MAX_PREAMBLE))
        .take_while(|row| is_title(*row))
        .count();
    // A table that is all titles has none.
    if lines >= records.rows || lines == MAX_PREAMBLE {
        0
    } else {
        lines
    }
}

fn leading_comments(records: &Records<'_>) -> usize {
    let comment = |row: usize| {
        records
            .record(row)
            .next()
            .is_some_and(|cell| cell.starts_with("# "))
    };
    let lines = (0..records.rows.min(MAX_PREAMBLE))
        .take_while(|row| comment(*row))
        .count();
    if lines >= records.rows { 0 } else { lines }
}

/// Whether a record is made of names, judged against the records below it.
fn looks_like_header(records: &Records<'_>, row: usize) -> bool {
    let first: Vec<&str> = records.record(row).collect();
    if row + 1 >= records.rows {
        return first.iter().any(|cell| matches!(cell_kind(cell), CellKind::Text));
    }
    let mut columns = vec![Evidence::default(); first.len()];
    for below in row + 1..records.rows {
        for (evidence, cell) in columns.iter_mut().zip(records.record(below)) {
            evidence.add(cell);
        }
    }
    if is_sequence(&first) {
        return true;
    }
    let unnamed: Vec<FieldName> = (0..first.len()).map(|_| FieldName::new("")).collect();
    let plans = cell::decide(&unnamed.iter().collect::<Vec<_>>(), &columns);
    let (mut names, mut data) = (0, 0);
    for (cell, plan) in first.iter().zip(&plans).filter(|(_, plan)| plan.is_typed()) {
        match cell_kind(cell) {
            CellKind::Number(_) | CellKind::Time(_) => data += 1,
            CellKind::Word(_) if plan.is_boolean() => data += 1,
            CellKind::Word(word) if cell::is_truth(word) => names += 1,
            CellKind::Text => names += 2,
            CellKind::Word(_) | CellKind::Empty => {}
        }
    }
    if names + data > 0 {
        return names >= data;
    }
    !repeats_below(records, row, &first)
}

/// Years or counters as names: `1990,1991,1992`, perhaps behind some words.
fn is_sequence(cells: &[&str]) -> bool {
    let numbers: Vec<i64> = cells.iter().filter_map(|cell| cell.trim().parse().ok()).collect();
    let words = cells
        .iter()
        .filter(|cell| matches!(cell_kind(cell), CellKind::Text))
        .count();
    numbers.len() >= 3
        && numbers.len() + words + 1 >= cells.len()
        && numbers.windows(2).all(|pair| (pair[1] - pair[0]).abs() == 1)
}

/// Whether most cells of a record of text occur again further down, as data do and names do not.
fn repeats_below(records: &Records<'_>, row: usize, first: &[&str]) -> bool {
    let mut again = vec![false; first.len()];
    for below in row + 1..records.rows {
        for ((again, name), cell) in again.iter_mut().zip(first).zip(records.record(below)) {
            *again |= !name.is_empty() && *name == cell;
        }
    }
    let repeated = again.iter().filter(|again| **again).count();
    first.len() > 1 && repeated * 2 > first.len()
}

fn names_of_header(
    mut first: Vec<String>,
    common: usize,
    has_data: bool,
    repairs: &mut Vec<TableWarning>,
) -> Vec<String> {
    if !has_data {
        return first;
    }
    while first.len() > common.max(1) && first.last().is_some_and(String::is_empty) {
        first.pop();
    }
    if first.len() + 1 == common {
        // As R writes row names: the data have one cell more, and it stands first.
        repairs.push(warning(
            "short_header",
            1,
            "the header has one name less than the rows have cells; the first column is called `row`".into(),
        ));
        first.insert(0, "row".into());
    } else if first.len() < common {
        let missing = common - first.len();
        repairs.push(warning(
            "short_header",
            missing as u64,
            format!(
                "the header lacks {}; the last columns are numbered",
                counted(missing as u64, "name")
            ),
        ));
        first.extend((first.len()..common).map(numbered));
    }
    first
}

fn numbered(at: usize) -> String {
    format!("column_{}", at + 1)
}

/// Gives empty and repeated names a number.
fn unique(names: Vec<String>, repairs: &mut Vec<TableWarning>) -> Vec<FieldName> {
    let mut taken: HashSet<String> = HashSet::new();
    let (mut empty, mut repeated) = (0u64, Vec::new());
    let mut numbers: HashMap<String, u64> = HashMap::new();
    let given: HashSet<String> = names.iter().cloned().collect();
    let mut unique = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let mut chosen = name.clone();
        if name.is_empty() {
            empty += 1;
            chosen = numbered(at);
        } else if taken.contains(&name) {
            repeated.push(name.clone());
        }
        // Where the numbering of a name went on, so that many equal names stay cheap.
        let number = numbers.entry(name.clone()).or_insert(2);
        while taken.contains(&chosen) || (chosen != name && given.contains(&chosen)) {
            chosen = format!(
                "{}_{number}",
                if name.is_empty() {
                    numbered(at)
                } else {
                    name.clone()
                }
            );
            *number += 1;
        }
        taken.insert(chosen.clone());
        unique.push(FieldName::new(chosen));
    }
    if empty > 0 {
        repairs.push(warning(
            "empty_name",
            empty,
            format!("{} without a name are numbered", counted(empty, "column")),
        ));
    }
    if let Some(example) = repeated.first() {
        repairs.push(warning(
            "duplicate_name",
            repeated.len() as u64,
            format!(
                "{} given before got a number, for example `{example}`",
                counted(repeated.len() as u64, "name")
            ),
        ));
    }
    unique
}

fn preamble_warning(records: &Records<'_>, lines: usize) -> TableWarning {
    let first: String = records
        .record(0)
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(60)
        .collect();
    warning(
        "skipped_preamble",
        lines as u64,
        format!(
            "skipped {} above the header, beginning with {:?}",
            counted(lines as u64, "line"),
            first.trim()
        ),
    )
}

fn warning(code: &'static str, count: u64, message: String) -> TableWarning {
    TableWarning {
        code,
        column: None,
        row: None,
        count,
        message,
    }
}
