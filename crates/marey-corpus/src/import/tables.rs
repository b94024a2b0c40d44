//! Folders of tables, and Frictionless packages: every table that is found, with no requests or charts.
//!
//! A database or workbook gives as many tables as it has; so does a page of HTML.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use marey_table::{
    Table, TableError,
    read::{ReadOptions, read},
    write::csv_record,
};

use super::{ImportError, ImportOptions, ImportReport, as_written, bytes, csv, html_table, table};
use crate::{
    folder::{CorpusWriter, Description, Example, TablePath},
    sourcing::DataPackage,
    split_of_group,
};

/// Endings of files that are tables.
const ENDINGS: [&str; 18] = [
    "csv", "tsv", "tab", "json", "jsonl", "ndjson", "parquet", "arrow", "feather", "ipc", "xlsx", "xls",
    "xlsb", "ods", "sqlite", "db", "html", "htm",
];

/// Folders in each other.
const DEEPEST: usize = 16;

/// A name that no sheet has: asking for it tells which there are.
const NO_SHEET: &str = "\u{0}";

const PACKAGE: &str = "datapackage.json";

/// Turns every table below a folder into an example of its own; a folder is a group.
pub(super) fn import_folder(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let mut files = Vec::new();
    list(&options.from, "", 0, &mut files)?;
    if files.is_empty() {
        return Err(ImportError::NotThis {
            folder: options.from.clone(),
            kind: "folder of tables",
            expected: "CSV, JSON, Parquet, Arrow, Excel, OpenDocument, SQLite or HTML files",
        });
    }
    let licences = options.table_licences(&[]);
    let files = files.into_iter().map(|file| (file, licences.clone())).collect();
    let name = folder_name(&options.from);
    import(options, files, &name, "Tables of a folder.")
}

/// Turns the tables of a Frictionless package into examples.
pub(super) fn import_package(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let path = options.from.join(PACKAGE);
    if !path.is_file() {
        return Err(ImportError::NotThis {
            folder: options.from.clone(),
            kind: "Frictionless package",
            expected: "`datapackage.json`",
        });
    }
    let text = String::from_utf8_lossy(&bytes(&path)?).into_owned();
    let package: DataPackage = text
        .parse()
        .map_err(|source| ImportError::Package { path, source })?;
    let mut files = Vec::new();
    for resource in &package.resources {
        // The licence of the package is not inherited: it is often that of the code.
        let own = resource
            .licence
            .as_ref()
            .map(|claim| claim.expression.to_string());
        let licences = options.table_licences(&own.as_deref().into_iter().collect::<Vec<_>>());
        let tables = resource.paths.iter().filter(|path| is_table(path));
        files.extend(tables.map(|path| (path.clone(), licences.clone())));
    }
    let (name, description) = (package.name, package.description);
    import(options, files, &name, &description)
}

fn import(
    options: &ImportOptions,
    files: Vec<(String, Vec<String>)>,
    name: &str,
    description: &str,
) -> Result<ImportReport, ImportError> {
    let mut writer = options.writer()?;
    let mut report = ImportReport::default();
    for (file, licences) in files {
        let path = match TablePath::new(format!("tables/{file}")) {
            Ok(path) => path,
            Err(error) => {
                report.leave_out(&file, "item", error);
                continue;
            }
        };
        let full = options.from.join(&file);
        if !full.is_file() {
            report.leave_out(&file, "item", "there is no such file");
            continue;
        }
        match tables(&path, bytes(&full)?) {
            Ok(tables) => put(&mut writer, &mut report, &file, tables, &licences)?,
            Err(error) => report.leave_out(&file, "item", error),
        }
    }
    report.tables = writer.tables();
    writer.finish(Description {
        name: name.to_owned(),
        description: description.to_owned(),
        version: Some("1.0.0".into()),
        licences: options.licences(&[]),
        ..Description::default()
    })?;
    Ok(report)
}

/// Writes the tables of one file, each with an example.
fn put(
    writer: &mut CorpusWriter,
    report: &mut ImportReport,
    file: &str,
    tables: BTreeMap<TablePath, (Vec<u8>, Table)>,
    licences: &[String],
) -> Result<(), ImportError> {
    let group = file.rsplit_once('/').map_or(file, |(folder, _)| folder);
    for (path, (bytes, table)) in tables {
        writer.table(&path, &bytes, &table, licences)?;
        let mut example = Example::new(path.as_str(), group);
        example.split = split_of_group(group);
        example.tables = vec![path];
        writer.example(&example)?;
        report.count(&example);
    }
    Ok(())
}

/// The tables of a file: text and Parquet as they are, others as CSV.
fn tables(path: &TablePath, bytes: Vec<u8>) -> Result<BTreeMap<TablePath, (Vec<u8>, Table)>, ImportError> {
    let name = path.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_lowercase();
    let failed = |source: TableError| {
        ImportError::from(crate::folder::FolderError::Table {
            path: path.to_string(),
            source: Box::new(source),
        })
    };
    let as_csv = |part: &str, table: Table| -> Result<(TablePath, (Vec<u8>, Table)), ImportError> {
        let part: String = part
            .chars()
            .map(|letter| {
                if letter.is_alphanumeric() || "-_ ".contains(letter) {
                    letter
                } else {
                    '_'
                }
            })
            .collect();
        Ok((TablePath::new(format!("{path}/{part}.csv"))?, csv(&table)?))
    };
    match ending.as_str() {
        "html" | "htm" => {
            let text = String::from_utf8_lossy(&bytes);
            let found = html_table::tables(&text)
                .into_iter()
                .enumerate()
                .map(|(index, text)| {
                    let table = read(
                        &format!("{}.csv", index + 1),
                        text.into_bytes(),
                        &ReadOptions::default(),
                    );
                    as_csv(&(index + 1).to_string(), table.map_err(failed)?.value)
                });
            found.collect()
        }
        "xlsx" | "xls" | "xlsb" | "ods" | "sqlite" | "db" => {
            let mut found = BTreeMap::new();
            for sheet in sheets(&name, &bytes).map_err(failed)? {
                let options = ReadOptions {
                    sheet: Some(sheet.clone()),
                    ..ReadOptions::default()
                };
                match read(&name, bytes.clone(), &options) {
                    Ok(table) => found.extend([as_csv(&sheet, table.value)?]),
                    // A sheet without cells is no table, and no reason to leave out the others.
                    Err(TableError::EmptyInput { .. }) => {}
                    Err(error) => return Err(failed(error)),
                }
            }
            Ok(found)
        }
        "csv" => Ok([(path.clone(), plain_csv(path, bytes)?)].into()),
        "tsv" | "parquet" => {
            let table = read(&name, bytes.clone(), &ReadOptions::default()).map_err(failed)?;
            Ok([(path.clone(), (bytes, table.value))].into())
        }
        _ => {
            let table = read(&name, bytes, &ReadOptions::default()).map_err(failed)?;
            Ok([as_csv("table", table.value)?].into())
        }
    }
}

/// A text table as it is where it is CSV as RFC 4180 has it; with the same cells as such CSV where it has other separators,
/// another encoding, titles, repeated names or ragged rows, so that every reader gets the same rows.
fn plain_csv(path: &TablePath, bytes: Vec<u8>) -> Result<(Vec<u8>, Table), ImportError> {
    let as_it_is = table(path, &bytes)?;
    let written = as_written(path, &bytes)?;
    let mut header = String::new();
    let names: Vec<String> = (0..written.columns())
        .map(|index| written.column_name(index).to_string())
        .collect();
    csv_record(&mut header, names.iter().map(|name| Some(name.as_str())));
    let (plain, read) = csv(&written)?;
    let is_plain = str::from_utf8(&bytes).is_ok_and(|text| {
        let text = text
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n")
            .replace('"', "");
        let first = text.lines().next().unwrap_or_default();
        first == header.trim_end().replace('"', "") && text.matches(',').count() == commas(&plain)
    });
    Ok(if is_plain {
        (bytes, as_it_is)
    } else {
        (plain, read)
    })
}

fn commas(csv: &[u8]) -> usize {
    csv.iter().filter(|byte| **byte == b',').count()
}

/// The names of the sheets of a workbook or the tables of a database.
fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<String>, TableError> {
    let options = ReadOptions {
        sheet: Some(NO_SHEET.to_owned()),
        ..ReadOptions::default()
    };
    match read(name, bytes.to_vec(), &options) {
        Err(TableError::NoSuchSheet { available, .. }) => Ok(available),
        Err(error) => Err(error),
        Ok(_) => Ok(Vec::new()),
    }
}

/// The files below a folder that are tables, by their paths in it, in order. Links are not followed.
fn list(folder: &Path, prefix: &str, depth: usize, files: &mut Vec<String>) -> Result<(), ImportError> {
    let entries = || -> std::io::Result<Vec<(String, fs::FileType)>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            entries.push((
                entry.file_name().to_string_lossy().into_owned(),
                entry.file_type()?,
            ));
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(entries)
    };
    let failed = |source| ImportError::File {
        path: PathBuf::from(folder),
        source,
    };
    for (name, kind) in entries().map_err(failed)? {
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth < DEEPEST {
            list(&folder.join(&name), &format!("{prefix}{name}/"), depth + 1, files)?;
        } else if kind.is_file() && is_table(&name) && name != PACKAGE {
            files.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn is_table(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.iter().any(|own| own.eq_ignore_ascii_case(ending)))
}

fn folder_name(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "tables".into())
}
