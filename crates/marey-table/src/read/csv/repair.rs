//! Warnings about repaired records.

use marey_core::FieldName;

use super::record::{Count, Repairs};
use crate::TableWarning;

/// One warning for each kind of repair.
pub(super) fn warnings(repairs: &Repairs, width: usize, extra: Option<&FieldName>) -> Vec<TableWarning> {
    let extra = extra.map_or_else(String::new, ToString::to_string);
    let rows = |count: &Count| {
        if count.count == 1 {
            "1 row".into()
        } else {
            format!("{} rows", count.count)
        }
    };
    let kinds = [
        (
            "short_row",
            &repairs.short,
            format!(
                "{} have fewer than {width} cells; the missing ones are null",
                rows(&repairs.short)
            ),
        ),
        (
            "long_row",
            &repairs.long,
            format!(
                "{} have more than {width} cells; the surplus is in column `{extra}`",
                rows(&repairs.long)
            ),
        ),
        (
            "trailing_delimiter",
            &repairs.trailing,
            format!(
                "{} end in empty cells beyond the last column",
                rows(&repairs.trailing)
            ),
        ),
        (
            "blank_line",
            &repairs.blank,
            format!("{} lines are blank and are no rows", repairs.blank.count),
        ),
        (
            "stray_quote",
            &repairs.stray_quote,
            format!(
                "{} quotes inside quoted cells are not doubled and were kept",
                repairs.stray_quote.count
            ),
        ),
        (
            "open_quote",
            &repairs.open_quote,
            format!(
                "{} quotes open a cell and are never closed; they were kept as text",
                repairs.open_quote.count
            ),
        ),
    ];
    kinds
        .into_iter()
        .filter(|(_, count, _)| count.count > 0)
        .map(|(code, count, message)| TableWarning {
            code,
            column: None,
            row: count.first,
            count: count.count,
            message,
        })
        .collect()
}
