//! Tables written as CSV, Parquet or Arrow, to be read by others.

use std::io::{BufWriter, Write};

use arrow::{
    array::{Array, RecordBatch},
    datatypes::{DataType, SchemaRef},
    error::ArrowError,
    ipc::writer::FileWriter,
    util::display::{ArrayFormatter, FormatOptions},
};
use parquet::{
    arrow::ArrowWriter, basic::Compression, errors::ParquetError, file::properties::WriterProperties,
};

use crate::{Table, TableError};

/// Writes a table as CSV (RFC 4180, UTF-8, one line of names), so that reading it again gives the same values.
///
/// Missing values are empty cells; empty texts are in quotation marks; days, times and instants are ISO 8601; numbers have
/// all their digits.
///
/// ```
/// use marey_table::{read::{ReadOptions, read}, write::write_csv};
/// let table = read("t.csv", b"a;b\n1,5;x\n2,5;\"y;z\"\n".to_vec(), &ReadOptions::default())?.value;
/// let mut csv = Vec::new();
/// write_csv(&table, &mut csv)?;
/// assert_eq!(String::from_utf8(csv).unwrap(), "a,b\n1.5,x\n2.5,y;z\n");
/// # Ok::<(), marey_table::TableError>(())
/// ```
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_csv(table: &Table, out: impl Write) -> Result<(), TableError> {
    let refused = |source| TableError::Io {
        what: "the place where the CSV goes, to write to it".into(),
        source,
    };
    let as_text = |source| arrow_error("could not write a column as text", source);
    let mut out = BufWriter::new(out);
    let names: Vec<String> = (0..table.columns())
        .map(|at| table.column_name(at).to_string())
        .collect();
    let mut line = String::new();
    csv_record(&mut line, names.iter().map(|name| Some(name.as_str())));
    out.write_all(line.as_bytes()).map_err(refused)?;
    let options = FormatOptions::default()
        .with_date_format(Some("%Y-%m-%d"))
        .with_timestamp_format(Some("%Y-%m-%dT%H:%M:%S%.f"))
        .with_time_format(Some("%H:%M:%S%.f"));
    for batch in table.batches() {
        let columns = batch
            .columns()
            .iter()
            .map(|array| ArrayFormatter::try_new(array.as_ref(), &options))
            .collect::<Result<Vec<_>, _>>()
            .map_err(as_text)?;
        for row in 0..batch.num_rows() {
            let cells: Vec<Option<String>> = columns
                .iter()
                .zip(batch.columns())
                .map(|(formatter, array)| {
                    let missing = array.data_type() == &DataType::Null || array.is_null(row);
                    (!missing)
                        .then(|| formatter.value(row).try_to_string())
                        .transpose()
                })
                .collect::<Result<_, _>>()
                .map_err(as_text)?;
            line.clear();
            csv_record(&mut line, cells.iter().map(Option::as_deref));
            out.write_all(line.as_bytes()).map_err(refused)?;
        }
    }
    out.flush().map_err(refused)
}

/// Appends one record of CSV; nothing is an empty cell, and an empty text one in quotation marks. A record of one missing
/// cell is in quotation marks too, for to many readers an empty line is no record.
///
/// ```
/// let mut csv = String::new();
/// marey_table::write::csv_record(&mut csv, [Some("a, b"), None, Some("")].into_iter());
/// assert_eq!(csv, "\"a, b\",,\"\"\n");
/// ```
pub fn csv_record<'c>(csv: &mut String, cells: impl ExactSizeIterator<Item = Option<&'c str>>) {
    let alone = cells.len() == 1;
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        match cell {
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

/// Writes a table as Parquet, compressed with Zstandard.
///
/// # Errors
///
/// When `out` cannot be written to, or Parquet refuses the table.
pub fn write_parquet(table: &Table, out: impl Write + Send) -> Result<(), TableError> {
    let refused = |source: ParquetError| arrow_error("could not write the table as Parquet", source.into());
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(Default::default()))
        .build();
    let mut writer = ArrowWriter::try_new(out, table.schema().clone(), Some(properties)).map_err(refused)?;
    for batch in table.batches() {
        writer.write(batch).map_err(refused)?;
    }
    writer.close().map(drop).map_err(refused)
}

/// Writes a table as an Arrow file (IPC), uncompressed.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_arrow(table: &Table, out: impl Write) -> Result<(), TableError> {
    write_arrow_batches(table.schema(), table.batches(), out)
}

/// Writes batches of any types as an Arrow file (IPC), uncompressed.
///
/// # Errors
///
/// When `out` cannot be written to, or a batch has another schema.
pub fn write_arrow_batches(
    schema: &SchemaRef,
    batches: &[RecordBatch],
    out: impl Write,
) -> Result<(), TableError> {
    let refused = |source| arrow_error("could not write an Arrow file", source);
    let mut writer = FileWriter::try_new(out, schema).map_err(refused)?;
    for batch in batches {
        writer.write(batch).map_err(refused)?;
    }
    writer.finish().map_err(refused)
}

fn arrow_error(what: &str, source: ArrowError) -> TableError {
    TableError::Arrow {
        what: what.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{ReadOptions, read};

    const CSV: &str = "name,day,n,flag,x\n\"a, b\",2024-01-01,1,true,0.1\n\"c\"\"d\",2024-02-29,,false,2.5\né,,3,true,-1e300\n";

    fn table(name: &str, bytes: Vec<u8>) -> Table {
        read(name, bytes, &ReadOptions::default()).unwrap().value
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let original = table("t.csv", CSV.into());
        let check = |name: &str, bytes: Vec<u8>| {
            let back = table(name, bytes);
            assert_eq!(back.schema(), original.schema(), "{name}");
            assert_eq!(back.batches(), original.batches(), "{name}");
        };
        let (mut csv, mut parquet, mut arrow) = (Vec::new(), Vec::new(), Vec::new());
        write_csv(&original, &mut csv).unwrap();
        write_parquet(&original, &mut parquet).unwrap();
        write_arrow(&original, &mut arrow).unwrap();
        check("t.csv", csv);
        check("t.parquet", parquet);
        check("t.arrow", arrow);
    }

    #[test]
    fn a_table_without_rows_is_a_line_of_names() {
        let mut csv = Vec::new();
        write_csv(&table("t.csv", b"a,b\n".to_vec()), &mut csv).unwrap();
        assert_eq!(csv, b"a,b\n");
    }
}
