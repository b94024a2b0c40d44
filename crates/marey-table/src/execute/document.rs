//! Documents of text within a spec: CSV and its kin, or JSON, as the format says.

use marey_core::{
    FieldName, Warned,
    spec::{DataFormat, DataFormatType, Setting},
};
use serde_json::Value;

use super::{
    ExecuteOptions, RunContext,
    frame::{Column, Frame},
    reading::{self, Reading},
    sources::rows_of_json,
};
use crate::{
    Table, TableError, TableWarning,
    read::{CsvOptions, read_csv},
};

/// A table of a document of text.
///
/// Fields that the format says how to read are read so, from their text; the others of a delimited
/// document as in a file, unless the format says that nothing is to be read.
///
/// # Errors
///
/// When the text is not what the format says, or the format is none of text.
pub(super) fn table_of_text(
    name: &str,
    text: &str,
    format: Option<&DataFormat>,
    options: &ExecuteOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    match format.and_then(|format| format.format_type.as_ref()) {
        None | Some(DataFormatType::Json) => json(name, text, format).map(Warned::clean),
        Some(DataFormatType::Csv) => delimited(name, text, b',', format, options),
        Some(DataFormatType::Tsv) => delimited(name, text, b'\t', format, options),
        Some(DataFormatType::Dsv) => delimited(name, text, delimiter(format)?, format, options),
        Some(other) => Err(unfit(format!("inline text of the format `{}`", other.as_str()))),
    }
}

fn unfit(found: String) -> TableError {
    TableError::Transform {
        transform: "data",
        found,
        expected: "inline text with the format `json`, `csv`, `tsv` or `dsv`",
    }
}

fn json(name: &str, text: &str, format: Option<&DataFormat>) -> Result<Table, TableError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        unfit(format!(
            "inline text that is said to be JSON and is not ({error})"
        ))
    })?;
    rows_of_json(name, &value, format)
}

/// The delimiter of `dsv`, which has to be given.
fn delimiter(format: Option<&DataFormat>) -> Result<u8, TableError> {
    let given = format.and_then(|format| format.delimiter.as_deref());
    match given.map(str::as_bytes) {
        Some([only]) if only.is_ascii() && !matches!(only, b'"' | b'\r' | b'\n') => Ok(*only),
        _ => Err(TableError::Transform {
            transform: "data",
            found: given.map_or("a `dsv` without a delimiter".into(), |text| {
                format!("the delimiter {text:?}")
            }),
            expected: "a single ASCII character as `format.delimiter`",
        }),
    }
}

fn delimited(
    name: &str,
    text: &str,
    delimiter: u8,
    format: Option<&DataFormat>,
    options: &ExecuteOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let parse = format.and_then(|format| format.parse.as_ref());
    let read = |infer_types| {
        let options = CsvOptions {
            delimiter: Some(delimiter),
            header: Some(true),
            infer_types,
            ..CsvOptions::default()
        };
        read_csv(name, text.as_bytes(), &options)
    };
    let typed = read(!matches!(parse, Some(Setting::Off)))?;
    let Some(Setting::On(parsing)) = parse else {
        return Ok(typed);
    };
    let readings: Vec<(FieldName, Reading)> = parsing
        .0
        .iter()
        .filter_map(|(field, wish)| Some((FieldName::new(field.as_str()), Reading::of(wish.on()?)?)))
        .collect();
    as_told(&typed, &read(false)?.value, &readings, options)
}

/// The fields that a format says how to read, read so from their text.
fn as_told(
    typed: &Warned<Table, TableWarning>,
    texts: &Table,
    readings: &[(FieldName, Reading)],
    options: &ExecuteOptions,
) -> Result<Warned<Table, TableWarning>, TableError> {
    let texts = Frame::of_table(texts);
    let mut frame = Frame::of_table(&typed.value);
    let mut context = RunContext::new(options);
    for (field, reading) in readings {
        if let Some(column) = texts
            .position(field.as_str())
            .and_then(|at| texts.columns().get(at))
        {
            frame.put(Column::new(field.clone(), column.array()?.clone()));
            frame = reading::read(frame, field, reading, &mut context)?;
        }
    }
    // What was noticed of the cells of these fields is no longer true.
    let is_told = |warning: &&TableWarning| {
        let column = warning.column.as_ref();
        !column.is_some_and(|column| readings.iter().any(|(field, _)| field == column))
    };
    let noticed = typed.warnings.iter().filter(is_told).cloned();
    Ok(Warned {
        value: frame.into_table()?,
        warnings: noticed.chain(context.warnings).collect(),
    })
}
