//! Warnings about repaired records.

use marey_core::FieldName;

use super::record::{Count, Repairs};
use crate::{TableWarning, warning::counted};

/// One warning for each kind of repair; `width` is the number of columns, without the one for
/// surplus cells.
pub(super) fn warnings(repairs: &Repairs, width: usize, extra: Option<&FieldName>) -> Vec<TableWarning> {
    let mut warnings = Vec::new();
    let mut warn = |code, at: &Count, noun, what: String| {
        if at.count > 0 {
            warnings.push(TableWarning {
                code,
                column: None,
                row: at.first,
                count: at.count,
                message: format!("{} {what}", counted(at.count, noun)),
            });
        }
    };
    let short = format!("with fewer than {width} cells got nulls for the missing ones");
    warn("short_row", &repairs.short, "row", short);
    let extra = extra.map_or("", FieldName::as_str);
    let long = format!("with more than {width} cells: the surplus is kept in column `{extra}`");
    warn("long_row", &repairs.long, "row", long);
    let trailing = "with empty cells beyond the last column: those were left out".into();
    warn("trailing_delimiter", &repairs.trailing, "row", trailing);
    warn(
        "blank_line",
        &repairs.blank,
        "blank line",
        "taken for no row".into(),
    );
    let stray = "inside quoted cells that should be doubled, kept as text".into();
    warn("stray_quote", &repairs.stray_quote, "quote", stray);
    let open = "that opens a cell and is never closed, kept as text".into();
    warn("open_quote", &repairs.open_quote, "quote", open);
    let padded = "with spaces around the text: those were taken off".into();
    warn("padded_cell", &repairs.padded, "cell", padded);
    warnings
}
