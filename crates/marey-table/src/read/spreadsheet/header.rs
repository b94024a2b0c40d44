//! From the cells of a sheet to a table: where it starts, what its columns are called.

use calamine::{Data, ExcelDateTime};
use marey_core::Warned;

use super::cells::SheetCells;
use crate::{
    Table, TableError, TableWarning,
    read::{
        ReadLimits,
        gathered::{Cell, GatheredColumns},
    },
};

/// Rows looked at to find where the table starts: titles and notes stand above.
const ROWS_ABOVE: usize = 32;

/// Makes a table of a sheet's cells.
pub(super) fn table(
    name: &str,
    mut sheet: SheetCells,
    limits: &ReadLimits,
) -> Result<Warned<Table, TableWarning>, TableError> {
    sheet.cells.sort_by_key(|(position, _)| *position);
    let rows: Vec<&[((u32, u32), Data)]> = sheet.cells.chunk_by(|a, b| a.0.0 == b.0.0).collect();
    let header = header_row(&rows);
    let mut warnings = Vec::new();
    warn_of_titles(&rows[..header], &mut warnings);
    warn_of_sheets(&sheet, &mut warnings);

    let mut columns = GatheredColumns::new(limits);
    let mut positions = Vec::new();
    let has_names = rows.get(header).is_some_and(|row| is_header(row));
    let (first, last) = extent(&rows[header..]);
    for column in first..=last {
        let named = rows[header]
            .iter()
            .find(|((_, at), _)| *at == column && has_names);
        let title = named
            .map(|(_, value)| text_of(value).trim().to_owned())
            .filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| format!("column_{}", column - first + 1));
        positions.push(columns.new_column(&title)?);
    }
    for row in &rows[header + usize::from(has_names)..] {
        for ((_, column), value) in row.iter() {
            if let Some(&position) = positions.get((column - first) as usize) {
                set(&mut columns, position, value)?;
            }
        }
        columns.end_row()?;
    }
    let mut table = columns.finish(name)?;
    table.warnings.splice(0..0, warnings);
    Ok(table)
}

/// The first row that is as wide as the widest of the first rows, give or take one cell.
fn header_row(rows: &[&[((u32, u32), Data)]]) -> usize {
    let widest = rows
        .iter()
        .take(ROWS_ABOVE)
        .map(|row| row.len())
        .max()
        .unwrap_or(0);
    let enough = if widest <= 2 {
        widest
    } else {
        widest.div_ceil(2) + 1
    };
    rows.iter()
        .take(ROWS_ABOVE)
        .position(|row| row.len() >= enough.min(widest))
        .unwrap_or(0)
}

/// Whether a row consists of names: texts only.
fn is_header(row: &[((u32, u32), Data)]) -> bool {
    row.iter()
        .all(|(_, value)| matches!(value, Data::String(text) if !text.trim().is_empty()))
        || row
            .iter()
            .filter(|(_, value)| matches!(value, Data::String(_)))
            .count()
            * 2
            > row.len()
}

fn extent(rows: &[&[((u32, u32), Data)]]) -> (u32, u32) {
    let columns = || {
        rows.iter()
            .flat_map(|row| row.iter().map(|((_, column), _)| *column))
    };
    (columns().min().unwrap_or(0), columns().max().unwrap_or(0))
}

fn warn_of_titles(above: &[&[((u32, u32), Data)]], warnings: &mut Vec<TableWarning>) {
    if above.is_empty() {
        return;
    }
    let text: Vec<String> = above
        .iter()
        .flat_map(|row| row.iter().map(|(_, value)| text_of(value)))
        .take(5)
        .collect();
    warnings.push(TableWarning {
        code: "title_lines",
        column: None,
        row: None,
        count: above.len() as u64,
        message: format!(
            "{} rows above the column names were read as a title: “{}”",
            above.len(),
            text.join(" ")
        ),
    });
}

fn warn_of_sheets(sheet: &SheetCells, warnings: &mut Vec<TableWarning>) {
    if sheet.others.is_empty() {
        return;
    }
    let others: Vec<String> = sheet
        .others
        .iter()
        .take(8)
        .map(|other| format!("`{other}`"))
        .collect();
    warnings.push(TableWarning {
        code: "other_sheets",
        column: None,
        row: None,
        count: sheet.others.len() as u64,
        message: format!(
            "sheet `{}` was read; the workbook has others too: {}",
            sheet.sheet,
            others.join(", ")
        ),
    });
}

fn set(columns: &mut GatheredColumns<'_>, position: usize, value: &Data) -> Result<(), TableError> {
    let cell = match value {
        Data::Int(whole) => Cell::Int(*whole),
        // Spreadsheets have no whole numbers of their own: 3 is stored as 3.0.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Cell::Int(*number as i64),
        Data::Float(number) => Cell::Float(*number),
        Data::Bool(value) => Cell::Boolean(*value),
        Data::DateTime(instant) => return columns.set(position, instant_cell(instant)),
        Data::String(text) => Cell::Text(text),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text),
        // `#DIV/0!` and the like are no values.
        Data::Error(_) | Data::Empty => Cell::Null,
    };
    columns.set(position, cell)
}

const SECONDS_PER_DAY: f64 = 86_400.0;

/// A serial date: whole numbers are days, fractions below one are times of day, durations are hours.
fn instant_cell(instant: &ExcelDateTime) -> Cell<'static> {
    let serial = instant.as_f64();
    if instant.is_duration() {
        return Cell::Float(serial * 24.0);
    }
    if (0.0..1.0).contains(&serial) {
        return Cell::Time((serial * SECONDS_PER_DAY).round() as i64 * 1_000_000);
    }
    let (year, month, day, hour, minute, second, milli) = instant.to_ymd_hms_milli();
    let Some(date) = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
    else {
        return Cell::Float(serial);
    };
    let days = date
        .signed_duration_since(chrono::NaiveDate::default())
        .num_days();
    if serial.fract() == 0.0 {
        return Cell::Date(i32::try_from(days).unwrap_or_default());
    }
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    Cell::Timestamp((days * 86_400 + seconds) * 1_000_000 + i64::from(milli) * 1000)
}

fn text_of(value: &Data) -> String {
    match value {
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}
