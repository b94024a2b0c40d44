//! Tables whose columns people labelled, from `labels.csv` and the tables that it names.
//!
//! The list has one row per column: `File` (its second part is the portal), `FieldOffset` (from 0),
//! `FieldName`, `BaseType` (storage class) and `SemanticType` (label, empty for none), after the corpus
//! of tsegall/semantic-types. The list itself is kept in the corpus.

use std::collections::BTreeMap;

use arrow::{array::AsArray, compute::cast, datatypes::DataType};
use marey_table::{
    Table,
    read::{CsvOptions, read_csv},
};

use super::{ImportError, ImportOptions, ImportReport, bytes, table};
use crate::{
    folder::{Description, Example, FolderError, LabelledColumn, TablePath},
    split_of_group,
};

const LIST: &str = "labels.csv";

/// Turns labelled tables into a corpus. All tables of one portal stay together.
pub(super) fn import(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let path = options.from.join(LIST);
    if !path.is_file() {
        return Err(ImportError::NotThis {
            folder: options.from.clone(),
            kind: "list of labelled columns",
            expected: "`labels.csv` and the tables that it names",
        });
    }
    let list_bytes = bytes(&path)?;
    let labels = labels(options, &list_bytes)?;
    let mut writer = options.writer()?;
    let mut report = ImportReport::default();
    writer.file(&TablePath::new(LIST)?, &list_bytes, &options.licences(&[]))?;
    for (file, columns) in labels {
        let path = TablePath::new(file.as_str())?;
        let bytes = bytes(&options.from.join(&file))?;
        match table(&path, &bytes) {
            Ok(table) => writer.table(&path, &bytes, &table, &options.table_licences(&[]))?,
            Err(error) => {
                report.leave_out(&file, "item", error);
                continue;
            }
        }
        let portal = file.split('/').nth(1).unwrap_or_default();
        let mut example = Example::new(file.as_str(), portal);
        example.split = split_of_group(portal);
        example.tables = vec![path];
        example.columns = columns;
        writer.example(&example)?;
        report.count(&example);
    }
    report.tables = writer.tables();
    writer.finish(Description {
        name: "column-types".into(),
        description: "Tables of open-data portals, the type and meaning of every column labelled by hand."
            .into(),
        url: Some("https://github.com/tsegall/semantic-types".into()),
        version: Some("1.0.0".into()),
        licences: options.licences(&[]),
        ..Description::default()
    })?;
    Ok(report)
}

/// The labelled columns of each file, in order of its name.
fn labels(
    options: &ImportOptions,
    bytes: &[u8],
) -> Result<BTreeMap<String, Vec<LabelledColumn>>, ImportError> {
    let path = options.from.join(LIST);
    let csv = CsvOptions {
        infer_types: false,
        ..CsvOptions::default()
    };
    let list = read_csv(LIST, bytes, &csv).map_err(|source| FolderError::Table {
        path: LIST.into(),
        source: Box::new(source),
    })?;
    let [files, offsets, names, bases, meanings] =
        ["File", "FieldOffset", "FieldName", "BaseType", "SemanticType"].map(|name| texts(&list.value, name));
    let missing = || ImportError::NotThis {
        folder: options.from.clone(),
        kind: "list of labelled columns",
        expected: "`labels.csv` with the columns File, FieldOffset, FieldName, BaseType and SemanticType",
    };
    let (Some(files), Some(offsets), Some(names), Some(bases), Some(meanings)) =
        (files, offsets, names, bases, meanings)
    else {
        return Err(missing());
    };
    let mut labels: BTreeMap<String, Vec<LabelledColumn>> = BTreeMap::new();
    let rows = files.into_iter().zip(offsets).zip(names).zip(bases).zip(meanings);
    for (row, ((((file, offset), name), base), meaning)) in rows.enumerate() {
        let index = offset.parse().map_err(|_| ImportError::Value {
            path: path.clone(),
            line: row + 2,
            what: "FieldOffset",
            found: offset,
            expected: "a position from 0",
        })?;
        labels.entry(file).or_default().push(LabelledColumn {
            index,
            name,
            base,
            semantic: (!meaning.is_empty()).then_some(meaning),
        });
    }
    Ok(labels)
}

/// The cells of a column as texts; none where the table has no such column.
fn texts(table: &Table, name: &str) -> Option<Vec<String>> {
    let index = table.column_index(&name.into())?;
    let mut cells = Vec::with_capacity(table.rows());
    for array in table.column(index) {
        let array = cast(array, &DataType::Utf8).ok()?;
        let texts = array.as_string::<i32>();
        cells.extend(texts.iter().map(|cell| cell.unwrap_or_default().to_owned()));
    }
    Some(cells)
}
