//! [`read`]: any format that is known, told apart by its bytes.

use std::borrow::Cow;

use marey_core::Warned;

use super::{
    CsvOptions, ReadLimits, columnar,
    compressed::{self, Archive},
    detect::{Format, detect},
    json, read_csv,
    spreadsheet::{self, Workbook},
    text_encoding,
};
use crate::{Table, TableError, TableWarning};

/// Most wrappings (gzip around zip around …) that are taken off.
const MAX_WRAPPINGS: usize = 3;

/// How bytes of any format are read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Sheet of a spreadsheet or table of a database; the first that holds anything when absent.
    pub sheet: Option<String>,
    /// How text tables are read.
    pub csv: CsvOptions,
    /// Bounds on what is accepted.
    pub limits: ReadLimits,
}

/// Reads a table from bytes.
///
/// The format is told by the bytes where they are telling (Parquet, Arrow, spreadsheets, SQLite,
/// gzip, zip), else by the ending of `name`, else by the first character. The table is called
/// like `name` without its ending.
///
/// # Errors
///
/// When the bytes are no table, are damaged, or pass one of the limits.
///
/// ```
/// use marey_table::read::{ReadOptions, read};
///
/// let table = read("cities.csv", b"city,people\nRome,2800000\nPisa,90000\n".to_vec(), &ReadOptions::default())?;
/// assert_eq!((table.value.name(), table.value.rows()), ("cities", 2));
/// # Ok::<(), marey_table::TableError>(())
/// ```
pub fn read(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    options.limits.check_bytes(bytes.len())?;
    let (mut name, mut bytes) = (Cow::Borrowed(name), bytes);
    for _ in 0..MAX_WRAPPINGS {
        match detect(&name, &bytes) {
            Format::Gzip => {
                bytes = compressed::gunzip(&name, &bytes, &options.limits)?;
                name = Cow::Owned(name.strip_suffix(".gz").unwrap_or(&name).to_owned());
            }
            Format::Zip => match compressed::open_zip(&name, &bytes, &options.limits)? {
                Archive::Spreadsheet(kind) => return read_workbook(&name, &bytes, kind, options),
                Archive::File {
                    name: inner,
                    bytes: unfolded,
                } => {
                    name = Cow::Owned(inner);
                    bytes = unfolded;
                }
            },
            format => return read_format(format, &name, bytes, options),
        }
    }
    Err(TableError::NotATable {
        name: name.into_owned(),
        found: format!("an archive in an archive, more than {MAX_WRAPPINGS} deep"),
        expected: "a table, compressed once at most",
    })
}

fn read_format(
    format: Format,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let limits = &options.limits;
    let stem = stem(name);
    match format {
        Format::Csv => read_csv(stem, &bytes, &csv_options(options)),
        Format::Json => read_json_text(stem, &bytes, limits, false),
        Format::JsonLines => read_json_text(stem, &bytes, limits, true),
        Format::Parquet => columnar::read_parquet(stem, bytes, limits),
        Format::Arrow => columnar::read_arrow(stem, &bytes, limits),
        Format::Xls => read_workbook(name, &bytes, Workbook::Xls, options),
        Format::Sqlite => read_database(stem, &bytes, options),
        Format::Other(found) => Err(not_a_table(name, found)),
        Format::Gzip | Format::Zip => Err(not_a_table(name, "an archive")),
    }
}

/// The limits of all formats hold for text tables too.
pub(super) fn csv_options(options: &ReadOptions) -> CsvOptions {
    CsvOptions {
        limits: options.limits.clone(),
        ..options.csv.clone()
    }
}

fn read_json_text(
    name: &str,
    bytes: &[u8],
    limits: &ReadLimits,
    lines: bool,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let mut warnings = Vec::new();
    let text = text_encoding::decode(name, bytes, None, &mut warnings)?;
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return Err(TableError::EmptyInput {
            name: name.to_owned(),
        });
    }
    let mut table = if lines || (!trimmed.starts_with('[') && is_lines(trimmed)) {
        json::read_json_lines(name, &text, limits)?
    } else {
        json::read_json(name, &text, limits)?
    };
    table.warnings.splice(0..0, warnings);
    Ok(table)
}

/// Whether a text that starts with an object goes on with another one on the next line.
fn is_lines(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.len() < text.trim_end().len() && json::is_one_document(first)
}

fn read_workbook(
    name: &str,
    bytes: &[u8],
    kind: Workbook,
    options: &ReadOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    spreadsheet::read_spreadsheet(stem(name), bytes, kind, options.sheet.as_deref(), &options.limits)
}

#[cfg(feature = "sqlite")]
fn read_database(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    super::sqlite::read_sqlite(name, bytes, options.sheet.as_deref(), &options.limits)
}

#[cfg(not(feature = "sqlite"))]
fn read_database(name: &str, _: &[u8], _: &ReadOptions) -> Result<Warned<Table, TableWarning>, TableError> {
    Err(TableError::NotATable {
        name: name.to_owned(),
        found: "an SQLite database".into(),
        expected: "another format: this build is without the feature `sqlite`",
    })
}

fn not_a_table(name: &str, found: &str) -> TableError {
    TableError::NotATable {
        name: name.to_owned(),
        found: found.to_owned(),
        expected: "CSV, TSV, JSON, JSON lines, Parquet, Arrow, Excel, OpenDocument or SQLite",
    }
}

/// A file name without folders and ending.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}
