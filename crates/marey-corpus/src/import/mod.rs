//! Importers: public releases and plain folders turned into [corpora](crate::folder).

mod column_types;
mod error;
mod html_table;
mod kim2018;
mod licence_name;
mod nvbench;
mod report;
mod specs;
mod tables;

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use marey_core::Warned;
use marey_table::{
    Table,
    read::{ReadOptions, read},
    write::write_csv,
};

use crate::folder::{CorpusWriter, Description, FolderError, MAX_LINE_BYTES, TablePath};

pub use error::ImportError;
pub use report::{ImportReport, LeftOut, LeftOutReason};

/// What is turned into a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// nvBench, as extracted pairs (`pairs.jsonl` and `tables/`) or as the pages of the public repository.
    Nvbench,
    /// Pairs of a table and a Vega-Lite view (`pairs.jsonl` and `tables/`).
    Specs,
    /// Pairs of charts ranked by how people did with them (`pairs.jsonl`).
    Kim2018,
    /// Tables whose columns people labelled (`labels.csv` and the tables that it names).
    ColumnTypes,
    /// Every table below a folder, databases, workbooks and pages of HTML included.
    Tables,
    /// The tables of a Frictionless package (`datapackage.json`).
    Datapackage,
}

/// From where, to where, and what is known beside.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportOptions {
    /// The folder of the release.
    pub from: PathBuf,
    /// The folder of the corpus; absent or empty.
    pub to: PathBuf,
    /// Licence of the examples where the release states none, as an SPDX expression.
    pub licence: Option<String>,
    /// Licence of the tables where the release states none, as an SPDX expression.
    pub table_licence: Option<String>,
}

/// Turns a release into a corpus.
///
/// # Errors
///
/// When the release is not what its kind has, or the corpus cannot be written. Nothing is left behind
/// then.
pub fn import(kind: ImportKind, options: &ImportOptions) -> Result<ImportReport, ImportError> {
    match kind {
        ImportKind::Nvbench => nvbench::import(options),
        ImportKind::Specs => specs::import(options),
        ImportKind::Kim2018 => kim2018::import(options),
        ImportKind::ColumnTypes => column_types::import(options),
        ImportKind::Tables => tables::import_folder(options),
        ImportKind::Datapackage => tables::import_package(options),
    }
}

impl ImportOptions {
    fn writer(&self) -> Result<CorpusWriter, ImportError> {
        Ok(CorpusWriter::create(&self.to)?)
    }

    /// The licence of examples: what the release says, else what the caller does.
    fn licences(&self, stated: &[&str]) -> Vec<String> {
        stated_or(stated, self.licence.as_deref())
    }

    /// The licence of tables: what the release says, else what the caller does.
    fn table_licences(&self, stated: &[&str]) -> Vec<String> {
        stated_or(stated, self.table_licence.as_deref())
    }
}

fn stated_or(stated: &[&str], given: Option<&str>) -> Vec<String> {
    if stated.is_empty() {
        given.map(str::to_owned).into_iter().collect()
    } else {
        stated.iter().map(|licence| (*licence).to_owned()).collect()
    }
}

/// The bytes of a file of a release.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, ImportError> {
    std::fs::read(path).map_err(|source| ImportError::File {
        path: path.to_owned(),
        source,
    })
}

/// The lines of a JSON-lines file, each as what it stands for, with its number from 1.
pub(crate) fn json_lines<T: serde::de::DeserializeOwned>(
    path: &Path,
) -> Result<Vec<(usize, T)>, ImportError> {
    let failed = |source| ImportError::File {
        path: path.to_owned(),
        source,
    };
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    let (mut values, mut buffer) = (Vec::new(), Vec::new());
    for line in 1.. {
        buffer.clear();
        let limit = MAX_LINE_BYTES as u64;
        let read = (&mut reader)
            .take(limit)
            .read_until(b'\n', &mut buffer)
            .map_err(failed)?;
        if read == 0 {
            break;
        }
        if buffer.trim_ascii().is_empty() {
            continue;
        }
        let value = serde_json::from_slice(&buffer).map_err(|source| ImportError::Line {
            path: path.to_owned(),
            line,
            source,
        })?;
        values.push((line, value));
    }
    Ok(values)
}

/// A table from bytes, called like its file.
pub(crate) fn table(path: &TablePath, bytes: &[u8]) -> Result<Table, ImportError> {
    table_with(path, bytes, &ReadOptions::default())
}

/// A table from bytes with every cell as the text that is written.
pub(crate) fn as_written(path: &TablePath, bytes: &[u8]) -> Result<Table, ImportError> {
    let mut options = ReadOptions::default();
    options.csv.infer_types = false;
    table_with(path, bytes, &options)
}

fn table_with(path: &TablePath, bytes: &[u8], options: &ReadOptions) -> Result<Table, ImportError> {
    let name = path.as_str().rsplit('/').next().unwrap_or(path.as_str());
    match read(name, bytes.to_vec(), options) {
        Ok(Warned { value, .. }) => Ok(value),
        Err(source) => Err(FolderError::Table {
            path: path.to_string(),
            source: Box::new(source),
        }
        .into()),
    }
}

/// A table as CSV, and as it is read from there.
fn csv(table: &Table) -> Result<(Vec<u8>, Table), ImportError> {
    let failed = |source| FolderError::Table {
        path: table.name().to_owned(),
        source: Box::new(source),
    };
    let mut csv = Vec::new();
    write_csv(table, &mut csv).map_err(failed)?;
    let name = format!("{}.csv", table.name());
    let read = read(&name, csv.clone(), &ReadOptions::default()).map_err(failed)?;
    Ok((csv, read.value))
}

/// What the world knows of a release, for its manifest.
fn description(name: &str, text: &str, url: &str, published: &str, creator: &str) -> Description {
    Description {
        name: name.to_owned(),
        description: text.to_owned(),
        url: Some(url.to_owned()),
        version: Some("1.0.0".to_owned()),
        date_published: Some(published.to_owned()),
        creators: vec![creator.to_owned()],
        licences: Vec::new(),
    }
}
