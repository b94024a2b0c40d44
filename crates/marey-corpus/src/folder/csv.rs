//! Tables as CSV files of a corpus.

use arrow::{
    array::{Array, ArrayRef},
    datatypes::DataType,
    util::display::{ArrayFormatter, FormatOptions},
};
use marey_table::Table;

/// A table as CSV (RFC 4180, lines ended by a line feed), so that reading it again gives the same
/// values: times as ISO 8601, nothing as an empty cell, text that would read as nothing in
/// quotation marks.
pub fn csv_of_table(table: &Table) -> Vec<u8> {
    let names: Vec<String> = (0..table.columns())
        .map(|index| table.column_name(index).as_str().to_owned())
        .collect();
    let mut csv = String::new();
    record(&mut csv, names.iter().map(|name| Some(name.as_str())));
    for batch in table.batches() {
        let columns: Vec<Vec<Option<String>>> = batch.columns().iter().map(cells).collect();
        for row in 0..batch.num_rows() {
            let cells = columns
                .iter()
                .map(|column| column.get(row).and_then(Option::as_deref));
            record(&mut csv, cells);
        }
    }
    csv.into_bytes()
}

/// Appends a record.
pub(crate) fn record<'c>(csv: &mut String, cells: impl ExactSizeIterator<Item = Option<&'c str>>) {
    let alone = cells.len() == 1;
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            csv.push(',');
        }
        match cell {
            // A line with nothing on it is no record to many readers.
            None if alone => csv.push_str("\"\""),
            None => {}
            Some(cell) if is_plain(cell) => csv.push_str(cell),
            Some(cell) => {
                csv.push('"');
                csv.push_str(&cell.replace('"', "\"\""));
                csv.push('"');
            }
        }
    }
    csv.push('\n');
}

fn is_plain(cell: &str) -> bool {
    !cell.is_empty() && cell.trim() == cell && !cell.contains([',', '"', '\n', '\r'])
}

/// The cells of a column as texts; nothing where a value is missing or cannot be written as text.
fn cells(array: &ArrayRef) -> Vec<Option<String>> {
    let options = FormatOptions::default()
        .with_date_format(Some("%Y-%m-%d"))
        .with_timestamp_format(Some("%Y-%m-%dT%H:%M:%S%.f"))
        .with_time_format(Some("%H:%M:%S%.f"));
    let Ok(formatter) = ArrayFormatter::try_new(array.as_ref(), &options) else {
        return vec![None; array.len()];
    };
    let whole = matches!(array.data_type(), DataType::Null);
    (0..array.len())
        .map(|row| {
            let missing = whole || array.is_null(row);
            let text = || formatter.value(row).try_to_string().ok();
            if missing { None } else { text() }
        })
        .collect()
}
