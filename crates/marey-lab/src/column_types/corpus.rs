//! A corpus of labelled columns: `labels.csv` and the tables that it names.
//!
//! The list has one row per column: `File` (its second part is the portal), `FieldOffset` (from 0),
//! `FieldName`, `BaseType` (storage class) and `SemanticType` (label, empty for none), after the
//! corpus of tsegall/semantic-types.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use arrow::{
    array::{Array, AsArray},
    compute::{cast, concat},
    datatypes::DataType,
};
use marey_table::{
    Table, TableError,
    read::{CsvOptions, read_csv},
    write::write_csv,
};

use crate::{LabError, Split};

/// A labelled column of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) offset: usize,
    pub(super) base: String,
    pub(super) label: String,
}

/// A file with its labels.
#[derive(Debug)]
pub(super) struct LabelledFile {
    /// As the list names it.
    pub(super) name: String,
    /// The portal it is from.
    pub(super) group: String,
    pub(super) labels: Vec<Label>,
}

/// All labelled files of a corpus, in order of name.
#[derive(Debug)]
pub(super) struct Corpus {
    folder: PathBuf,
    pub(super) files: Vec<LabelledFile>,
}

impl Corpus {
    /// Reads the list of labels.
    pub(super) fn open(folder: &Path) -> Result<Self, LabError> {
        let path = folder.join("labels.csv");
        let list = as_text("labels", &path)?;
        let column = |name: &'static str| {
            let index = list.column_index(&name.into());
            index
                .and_then(|index| texts(&list, index))
                .ok_or_else(|| LabError::MissingColumn {
                    path: path.clone(),
                    column: name,
                })
        };
        let (names, offsets) = (column("File")?, column("FieldOffset")?);
        let (bases, labels) = (column("BaseType")?, column("SemanticType")?);
        let mut files: BTreeMap<String, Vec<Label>> = BTreeMap::new();
        let rows = names.into_iter().zip(offsets).zip(bases.into_iter().zip(labels));
        for (row, ((name, offset), (base, label))) in rows.enumerate() {
            let position = offset.parse().map_err(|_| LabError::Position {
                path: path.clone(),
                row: row + 1,
                found: offset,
            })?;
            files.entry(name).or_default().push(Label {
                offset: position,
                base,
                label,
            });
        }
        let files = files
            .into_iter()
            .map(|(name, labels)| LabelledFile {
                group: name.split('/').nth(1).unwrap_or_default().to_owned(),
                name,
                labels,
            })
            .collect();
        Ok(Self {
            folder: folder.to_owned(),
            files,
        })
    }

    /// The list's path, for messages.
    pub(super) fn list(&self) -> PathBuf {
        self.folder.join("labels.csv")
    }

    /// Leaves only the files of a part.
    pub(super) fn keep(&mut self, split: Option<Split>) {
        self.files
            .retain(|file| split.is_none_or(|split| Split::of_group(&file.group) == split));
    }

    /// A file with its cells typed, and once more with numbers for names.
    pub(super) fn tables(&self, file: &LabelledFile) -> Result<(Table, Table), LabError> {
        let path = self.folder.join(&file.name);
        let bytes = read(&path)?;
        let named = typed(&file.name, &path, &bytes)?;
        let cells = as_text(&file.name, &path)?;
        let nameless = without_names(&cells).map_err(|source| LabError::Table {
            path: path.clone(),
            source,
        })?;
        let nameless = typed(&file.name, &path, &nameless)?;
        Ok((named, nameless))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, LabError> {
    fs::read(path).map_err(|source| LabError::Read {
        path: path.to_owned(),
        source,
    })
}

fn typed(name: &str, path: &Path, bytes: &[u8]) -> Result<Table, LabError> {
    table(name, path, bytes, &CsvOptions::default())
}

/// A file with every cell as text.
fn as_text(name: &str, path: &Path) -> Result<Table, LabError> {
    let options = CsvOptions {
        infer_types: false,
        ..CsvOptions::default()
    };
    table(name, path, &read(path)?, &options)
}

fn table(name: &str, path: &Path, bytes: &[u8], options: &CsvOptions) -> Result<Table, LabError> {
    read_csv(name, bytes, options)
        .map(|read| read.value)
        .map_err(|source| LabError::Table {
            path: path.to_owned(),
            source,
        })
}

/// The cells of a column as texts; none where it cannot be written as such.
fn texts(table: &Table, index: usize) -> Option<Vec<String>> {
    let mut cells = Vec::with_capacity(table.rows());
    for array in table.column(index) {
        let array = cast(array, &DataType::Utf8).ok()?;
        let texts = array.as_string::<i32>();
        cells.extend(texts.iter().map(|cell| cell.unwrap_or_default().to_owned()));
    }
    Some(cells)
}

/// The table as CSV under the names `column 0`, `column 1` and so on, so that neither typing nor
/// meaning can lean on the names.
fn without_names(table: &Table) -> Result<Vec<u8>, TableError> {
    let columns = (0..table.columns()).map(|index| {
        let parts: Vec<&dyn Array> = table.column(index).map(AsRef::as_ref).collect();
        let values = concat(&parts).map_err(|source| TableError::Arrow {
            what: "could not join the parts of a column".into(),
            source,
        })?;
        Ok((format!("column {index}").as_str().into(), values))
    });
    let columns = columns.collect::<Result<_, TableError>>()?;
    let mut csv = Vec::new();
    write_csv(&Table::from_columns(table.name(), columns)?, &mut csv)?;
    Ok(csv)
}
