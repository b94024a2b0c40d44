//! Formats other than CSV: what each gives as a table, and how each refuses what it cannot read.

use std::{
    io::{Cursor, Write},
    sync::Arc,
};

use arrow::{
    array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray},
    ipc::writer::{FileWriter, StreamWriter},
    util::display::{ArrayFormatter, FormatOptions},
};
use marey_core::Warned;
use marey_table::{
    Table, TableError, TableWarning,
    read::{ReadLimits, ReadOptions, read},
};

/// The table as lines: names with types, then the rows.
fn shown(table: &Table) -> Vec<String> {
    let head: Vec<String> = (0..table.columns())
        .map(|index| format!("{}:{}", table.column_name(index), table.physical_type(index)))
        .collect();
    let mut lines = vec![head.join("|")];
    for batch in table.batches() {
        let options = FormatOptions::default().with_null("-");
        let columns: Vec<_> = batch
            .columns()
            .iter()
            .map(|array| ArrayFormatter::try_new(array.as_ref(), &options).unwrap())
            .collect();
        for row in 0..batch.num_rows() {
            lines.push(
                columns
                    .iter()
                    .map(|column| column.value(row).to_string())
                    .collect::<Vec<_>>()
                    .join("|"),
            );
        }
    }
    lines
}

fn read_ok(name: &str, bytes: impl Into<Vec<u8>>) -> Warned<Table, TableWarning> {
    read(name, bytes.into(), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn check(name: &str, bytes: impl Into<Vec<u8>>, expected: &[&str]) {
    assert_eq!(shown(&read_ok(name, bytes).value), expected, "{name}");
}

fn check_refused(name: &str, bytes: impl Into<Vec<u8>>, options: &ReadOptions, expected: &str) -> TableError {
    let error = read(name, bytes.into(), options)
        .map(|table| shown(&table.value))
        .unwrap_err();
    assert!(
        error.to_string().contains(expected),
        "{name}: `{error}` does not contain `{expected}`"
    );
    error
}

#[test]
fn json_arrays_of_objects_are_rows_with_nested_members_flattened() {
    check(
        "a.json",
        r#"[{"id":1,"at":{"city":"Rome","tags":[1,2]}},{"id":2.5,"new":true,"at":{"city":null}}]"#,
        &[
            "id:float|at.city:text|at.tags:text|new:boolean",
            "1.0|Rome|[1,2]|-",
            "2.5|-|-|true",
        ],
    );
}

#[test]
fn json_finds_the_rows_in_other_shapes_too() {
    check(
        "a.json",
        r#"{"count":2,"results":[{"a":1},{"a":2}]}"#,
        &["a:int", "1", "2"],
    );
    check(
        "a.json",
        r#"{"a":[1,2],"b":["x","y"]}"#,
        &["a:int|b:text", "1|x", "2|y"],
    );
    check("a.json", r#"{"a":1,"b":{"c":"x"}}"#, &["a:int|b.c:text", "1|x"]);
    check("a.json", "[1,2]", &["value:int", "1", "2"]);
    check(
        "a.json",
        r#"[["x",1],["y",2]]"#,
        &["column_1:text|column_2:int", "x|1", "y|2"],
    );
    check("stdin", "{\"a\":1}\n{\"a\":2}\n", &["a:int", "1", "2"]);
}

#[test]
fn json_lines_keep_lines_that_are_not_json() {
    let table = read_ok("a.ndjson", "{\"a\":1}\nnot json\n\n{\"a\":3}\n");
    assert_eq!(
        shown(&table.value),
        ["a:int|_unreadable_line:text", "1|-", "-|not json", "3|-"]
    );
    assert_eq!(table.warnings[0].code, "unreadable_line");
    assert_eq!((table.warnings[0].row, table.warnings[0].count), (Some(1), 1));
}

#[test]
fn broken_json_is_refused_with_its_place() {
    let options = ReadOptions::default();
    check_refused("a.json", "[{\"a\":1},\n{\"a\":", &options, "line 2");
    check_refused("a.json", "", &options, "is empty");
    check_refused("a.json", "[".repeat(100_000), &options, "recursion limit");
    check_refused("a.ndjson", "nonsense\nmore", &options, "line 1");
}

fn sample_batch() -> RecordBatch {
    RecordBatch::try_from_iter([
        ("n", Arc::new(Int64Array::from(vec![Some(1), None])) as ArrayRef),
        ("x", Arc::new(Float64Array::from(vec![0.5, 1.5]))),
        ("s", Arc::new(StringArray::from(vec!["a", "b"]))),
    ])
    .unwrap()
}

const SAMPLE: &[&str] = &["n:int|x:float|s:text", "1|0.5|a", "-|1.5|b"];

fn parquet_file() -> Vec<u8> {
    let mut bytes = Vec::new();
    let batch = sample_batch();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_and_arrow_files_are_read_whatever_they_are_called() {
    let batch = sample_batch();
    let mut file = Vec::new();
    let mut writer = FileWriter::try_new(&mut file, &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let mut stream = Vec::new();
    let mut writer = StreamWriter::try_new(&mut stream, &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    check("a.parquet", parquet_file(), SAMPLE);
    check("a.csv", parquet_file(), SAMPLE);
    check("a.arrow", file, SAMPLE);
    check("stdin", stream, SAMPLE);
}

#[test]
fn damaged_columnar_files_are_refused() {
    let options = ReadOptions::default();
    let whole = parquet_file();
    for length in [4, 12, whole.len() / 2, whole.len() - 1] {
        check_refused("a.parquet", &whole[..length], &options, "is not sound Parquet");
    }
    let mut flipped = whole.clone();
    for byte in &mut flipped[4..40] {
        *byte ^= 0x55;
    }
    check_refused("a.parquet", flipped, &options, "is not sound Parquet");
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let options = ReadOptions::default();
    check_refused(
        "photo.csv",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(),
        &options,
        "a PNG picture",
    );
    check_refused(
        "letter.csv",
        b"%PDF-1.7 ...".as_slice(),
        &options,
        "a PDF document",
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn compressed_tables_are_unfolded() {
    let table = read_ok("a.json.gz", gzip(b"[{\"a\":1}]"));
    assert_eq!(
        (table.value.name(), shown(&table.value)),
        ("a", vec!["a:int".to_owned(), "1".to_owned()])
    );
    let table = read_ok("archive.zip", zip(&[("folder/b.json", "[{\"a\":1}]")]));
    assert_eq!(table.value.name(), "b");
    check_refused(
        "two.zip",
        zip(&[("a.csv", "a\n1"), ("b.csv", "a\n1")]),
        &ReadOptions::default(),
        "2 files",
    );
}

#[test]
fn bombs_stop_at_the_limit() {
    let limits = ReadLimits {
        max_decompressed_bytes: 1 << 20,
        ..ReadLimits::default()
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let zeros = vec![b' '; 8 << 20];
    check_refused("a.json.gz", gzip(&zeros), &options, "max_decompressed_bytes");
    let text = String::from_utf8(zeros).unwrap();
    check_refused(
        "a.zip",
        zip(&[("a.json", &text)]),
        &options,
        "max_decompressed_bytes",
    );
    check_refused(
        "a.xlsx",
        zip(&[("[Content_Types].xml", &text)]),
        &options,
        "max_decompressed_bytes",
    );
    let nested = gzip(&gzip(&gzip(&gzip(b"a"))));
    check_refused("a.gz", nested, &ReadOptions::default(), "archive in an archive");
}

#[test]
fn dictionaries_that_unfold_to_much_stop_at_the_limit() {
    let words = StringArray::from(vec!["x".repeat(1 << 20)]);
    let keys = arrow::array::Int32Array::from(vec![0; 64]);
    let dictionary = arrow::array::DictionaryArray::new(keys, Arc::new(words));
    let batch = RecordBatch::try_from_iter([("s", Arc::new(dictionary) as ArrayRef)]).unwrap();
    let mut file = Vec::new();
    let mut writer = FileWriter::try_new(&mut file, &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    let limits = ReadLimits {
        max_decompressed_bytes: 8 << 20,
        ..ReadLimits::default()
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    check_refused("a.arrow", file, &options, "max_decompressed_bytes");
}

/// A workbook of one sheet with the given `sheetData` content.
fn workbook(rows: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zip(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sales" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn spreadsheets_skip_titles_and_know_dates() {
    let rows = [
        format!(r#"<row r="1">{}</row>"#, text_cell("A1", "Sales of the year")),
        format!(
            r#"<row r="3">{}{}{}</row>"#,
            text_cell("A3", "day"),
            text_cell("B3", "city"),
            text_cell("C3", "sum")
        ),
        format!(
            r#"<row r="4"><c r="A4" s="1"><v>45000</v></c>{}<c r="C4"><v>3</v></c></row>"#,
            text_cell("B4", "Rome")
        ),
        r#"<row r="5"><c r="A5" s="1"><v>45001</v></c><c r="C5"><v>4.5</v></c></row>"#.to_owned(),
    ]
    .concat();
    let table = read_ok("a.xlsx", workbook(&rows));
    assert_eq!(
        shown(&table.value),
        [
            "day:date|city:text|sum:float",
            "2023-03-15|Rome|3.0",
            "2023-03-16|-|4.5"
        ]
    );
    assert_eq!(table.warnings[0].code, "title_lines");
}

#[test]
fn a_sheet_of_far_corners_stays_small() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
        text_cell("A1", "a")
    );
    let error = read("a.xlsx", workbook(&rows), &ReadOptions::default());
    // Two cells in the far corners: either a small table or a limit, never gigabytes.
    if let Ok(table) = error {
        assert!(table.value.rows() <= 2);
    }
}

#[test]
fn a_sheet_that_is_not_there_is_named_with_those_that_are() {
    let options = ReadOptions {
        sheet: Some("Costs".into()),
        ..ReadOptions::default()
    };
    let rows = format!(r#"<row r="1">{}</row>"#, text_cell("A1", "a"));
    check_refused(
        "a.xlsx",
        workbook(&rows),
        &options,
        "no sheet or table called `Costs`; it has `Sales`",
    );
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::*;

    fn database() -> Vec<u8> {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE city (name TEXT, people INTEGER, founded TEXT);
                 INSERT INTO city VALUES ('Rome', 2800000, '2001-02-03'), ('Pisa', NULL, '1999-12-31');
                 CREATE TABLE other (a);",
            )
            .unwrap();
        connection.serialize("main").unwrap().to_vec()
    }

    #[test]
    fn the_first_table_of_a_database_is_read_and_others_are_named() {
        let table = read_ok("a.sqlite", database());
        assert_eq!(
            shown(&table.value),
            [
                "name:text|people:int|founded:date",
                "Rome|2800000|2001-02-03",
                "Pisa|-|1999-12-31"
            ]
        );
        assert!(
            table
                .warnings
                .iter()
                .any(|warning| warning.code == "other_tables")
        );
    }

    #[test]
    fn a_damaged_database_is_refused() {
        let mut bytes = database();
        for byte in &mut bytes[100..600] {
            *byte = 0xff;
        }
        check_refused("a.sqlite", bytes, &ReadOptions::default(), "SQLite");
    }
}
