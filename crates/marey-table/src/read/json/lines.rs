//! JSON lines: one value per line.

use marey_core::Warned;
use serde_json::Value;

use super::{document::reason, row::add_row};
use crate::{
    Table, TableError, TableWarning,
    read::{
        ReadLimits,
        gathered::{Cell, GatheredColumns},
        limits::check,
    },
};

/// Column that keeps lines which are not JSON, so that they are not lost.
const UNREADABLE: &str = "_unreadable_line";

/// Reads JSON lines.
///
/// A line that is not JSON becomes a row whose text is kept in a column of its own, with a warning.
///
/// # Errors
///
/// When no line at all is JSON, or a limit is passed.
pub(in crate::read) fn read_json_lines(
    name: &str,
    text: &str,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let mut columns = GatheredColumns::new(limits);
    let mut unreadable: Vec<(usize, String)> = Vec::new();
    let mut count = 0u64;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        check(
            "bytes in one line",
            "max_decompressed_bytes",
            line.len() as u64,
            limits.max_decompressed_bytes,
        )?;
        match serde_json::from_str::<Value>(line) {
            Ok(value) => add_row(&value, &mut columns, limits.max_nesting)?,
            Err(error) => {
                count += 1;
                if unreadable.is_empty() {
                    unreadable.push((columns.rows(), reason(&error)));
                }
                let column = columns.column(UNREADABLE)?;
                columns.set(column, Cell::Text(line))?;
                columns.end_row()?;
            }
        }
    }
    if let Some((row, reason)) = unreadable.first().filter(|_| count == columns.rows() as u64) {
        return Err(TableError::Malformed {
            name: name.to_owned(),
            format: "JSON lines",
            place: format!("line {}", row + 1),
            reason: reason.clone(),
        });
    }
    let mut table = columns.finish(name)?;
    if let Some((row, reason)) = unreadable.into_iter().next() {
        table.warnings.push(TableWarning {
            code: "unreadable_line",
            column: Some(UNREADABLE.into()),
            row: Some(row as u64),
            count,
            message: format!(
                "{count} lines are not JSON (first: row {row}, {reason}); their text is kept in the column `{UNREADABLE}`"
            ),
        });
    }
    Ok(table)
}
