//! Text tables as people write them, and what is read from them.

use arrow::{array::ArrayRef, compute::cast, datatypes::DataType, util::display::array_value_to_string};
use marey_table::{
    Table, TableError,
    read::{CsvOptions, ReadLimits, read_csv},
};

/// A column per line: `name type: values`, nulls as `~`.
pub fn shown(table: &Table) -> String {
    let column = |index: usize| {
        let cells: Vec<String> = table
            .column(index)
            .flat_map(|array| (0..array.len()).map(|row| shown_cell(array, row)))
            .collect();
        format!(
            "{} {}: {}\n",
            table.column_name(index),
            table.physical_type(index).as_str(),
            cells.join(" | ")
        )
    };
    (0..table.columns()).map(column).collect()
}

fn shown_cell(array: &ArrayRef, row: usize) -> String {
    if array.is_null(row) || *array.data_type() == DataType::Null {
        return "~".into();
    }
    // Arrow knows the names of zones only with a feature that tables do not need.
    if let DataType::Timestamp(unit, Some(_)) = array.data_type() {
        let local = cast(array, &DataType::Timestamp(*unit, None)).expect("a local time");
        return shown_cell(&local, row) + "Z";
    }
    array_value_to_string(array, row).expect("a printable cell")
}

fn read(bytes: &[u8]) -> (String, String) {
    let read = read_csv("t", bytes, &CsvOptions::default()).expect("a readable table");
    let warnings = read
        .warnings
        .iter()
        .map(|w| format!("{} {:?} x{}: {w}\n", w.code, w.row, w.count))
        .collect();
    (shown(&read.value), warnings)
}

/// Reads a table and compares its columns, and the codes of its warnings.
fn check(text: &str, columns: &str, codes: &[&str]) {
    let read = read_csv("t", text.as_bytes(), &CsvOptions::default()).expect("a readable table");
    assert_eq!(shown(&read.value).trim_end(), columns, "{text:?}");
    let found: Vec<&str> = read.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(found, codes, "{text:?}: {:?}", read.warnings);
}

/// Reads one column of cells, one per line, and compares it.
fn check_column(cells: &[&str], expected: &str) {
    let text: String = cells
        .iter()
        .map(|cell| format!("\"{}\",x\n", cell.replace('"', "\"\"")))
        .collect();
    let read = read_csv("t", format!("c,other\n{text}").as_bytes(), &CsvOptions::default())
        .expect("a readable table");
    let shown = shown(&read.value);
    assert_eq!(
        shown.lines().next(),
        Some(format!("c {expected}").as_str()),
        "{cells:?}"
    );
}

#[test]
fn shapes_of_files() {
    check("a,b\n1,2\n3,4\n", "a int: 1 | 3\nb int: 2 | 4", &[]);
    check("a;b\n1,5;x\n2,25;y\n", "a float: 1.5 | 2.25\nb text: x | y", &[]);
    check(
        "a\tb\nx, y\t1\nz, w\t2\n",
        "a text: x, y | z, w\nb int: 1 | 2",
        &[],
    );
    check("a|b\n1|2\n", "a int: 1\nb int: 2", &[]);
    check("sep=;\na;b\n1;2\n", "a int: 1\nb int: 2", &[]);
    check("a,b\r\n1,2\r3,4\n5,6", "a int: 1 | 3 | 5\nb int: 2 | 4 | 6", &[]);
    check("name\nx\ny\n", "name text: x | y", &[]);
    check("a,b\n", "a empty: \nb empty:", &[]);
    check("only", "only empty:", &[]);
    check("a,b\n1\0,2\n", "a int: 1\nb int: 2", &["nul_bytes"]);
    check("a\nx\n\n\n", "a text: x", &["blank_line"]);
    check("\u{feff}a,b\n1,2\n", "a int: 1\nb int: 2", &[]);
    check("'a','b'\n'x,y','2'\n", "a text: x,y\nb int: 2", &[]);
    check("a,b\n\"x \\\"y\\\" z\",1\n", "a text: x \"y\" z\nb int: 1", &[]);
}

#[test]
fn rows_that_do_not_fit_are_kept() {
    check(
        "a,b,c\n1,2,3\n4,5\n6,7,8\n",
        "a int: 1 | 4 | 6\nb int: 2 | 5 | 7\nc int: 3 | ~ | 8",
        &["short_row"],
    );
    check(
        "a,b\n1,2\n3,4,x,y\n5,6\n",
        "a int: 1 | 3 | 5\nb int: 2 | 4 | 6\nextra text: ~ | x,y | ~",
        &["long_row"],
    );
    check(
        "a,b\n1,2,\n3,4,\n",
        "a int: 1 | 3\nb int: 2 | 4",
        &["trailing_delimiter"],
    );
    check(
        "a,b\n1,2\n3,4,,\n5,6\n",
        "a int: 1 | 3 | 5\nb int: 2 | 4 | 6",
        &["trailing_delimiter"],
    );
    check(
        "a,b\n1,2\n\n3,4\n  \n",
        "a int: 1 | 3\nb int: 2 | 4",
        &["blank_line"],
    );
    check("a\n1\n\n3\n", "a int: 1 | ~ | 3", &[]);
    check(
        "a,b\n1,\"x\ny\"\n2,\"z\"\n",
        "a int: 1 | 2\nb text: x\ny | z",
        &[],
    );
    check("a,b\n1,\"say \"\"hi\"\"\"\n", "a int: 1\nb text: say \"hi\"", &[]);
    check(
        "a,b\n1,\"say \"hi\" now\"\n2,x\n",
        "a int: 1 | 2\nb text: say \"hi\" now | x",
        &["stray_quote"],
    );
    check(
        "a,b\n1,12\" disc\n2,x\n",
        "a int: 1 | 2\nb text: 12\" disc | x",
        &[],
    );
    check(
        "a,b\n1,\"open\n2,x\n3,y\n",
        "a int: 1 | 2 | 3\nb text: \"open | x | y",
        &["open_quote"],
    );
    check(
        "a,b\n1,\"open\n2,\"x\"\n3,y\n",
        "a int: 1 | 2 | 3\nb text: \"open | x | y",
        &["open_quote"],
    );
    check(
        "a, b\n1, x\n2, y\n",
        "a int: 1 | 2\nb text: x | y",
        &["padded_cell"],
    );
}

#[test]
fn headers() {
    check(
        "1,x\n2,y\n3,z\n",
        "column_1 int: 1 | 2 | 3\ncolumn_2 text: x | y | z",
        &["no_header"],
    );
    check(
        "a,a,,b\n1,2,3,4\n",
        "a int: 1\na_2 int: 2\ncolumn_3 int: 3\nb int: 4",
        &["empty_name", "duplicate_name"],
    );
    check(
        "Sales 2020\n\na,b,c\n1,2,3\n4,5,6\n",
        "a int: 1 | 4\nb int: 2 | 5\nc int: 3 | 6",
        &["skipped_preamble"],
    );
    check(
        "# made by x\na,b\n1,2\n4,5\n",
        "a int: 1 | 4\nb int: 2 | 5",
        &["skipped_preamble"],
    );
    check(
        "a,b\nr1,1,2\nr2,3,4\n",
        "row text: r1 | r2\na int: 1 | 3\nb int: 2 | 4",
        &["short_header"],
    );
    check(
        "country,1990,1991,1992\nNO,1.5,2.5,3.5\nSE,4.5,5.5,6.5\n",
        "country text: NO | SE\n1990 float: 1.5 | 4.5\n1991 float: 2.5 | 5.5\n1992 float: 3.5 | 6.5",
        &[],
    );
    check(
        "red,big\nred,small\nblue,big\n",
        "column_1 text: red | red | blue\ncolumn_2 text: big | small | big",
        &["no_header"],
    );
}

#[test]
fn numbers() {
    check_column(&["1", "-2", ""], "int: 1 | -2 | ~");
    check_column(&["1,234", "12"], "int: 1234 | 12");
    check_column(&["1.234,5", "1.234"], "float: 1234.5 | 1234.0");
    check_column(&["$1,200", "($5)"], "int: 1200 | -5");
    check_column(&["45%", "7 %"], "int: 45 | 7");
    check_column(&["12 kg", "5.5 kg"], "float: 12.0 | 5.5");
    check_column(&["12,34,567", "1"], "int: 1234567 | 1");
    check_column(&["1e3", "2"], "float: 1000.0 | 2.0");
    check_column(&["01234", "98765"], "text: 01234 | 98765");
    check_column(&["1", "N/A", "-", "?", "null"], "int: 1 | ~ | ~ | ~ | ~");
    check_column(&["12345678901234567", "1"], "int: 12345678901234567 | 1");
    check_column(&["12345678901234567890", "1"], "text: 12345678901234567890 | 1");
    check_column(
        &["1", "2", "3", "4", "5", "6", "x"],
        "int: 1 | 2 | 3 | 4 | 5 | 6 | ~",
    );
    check_column(&["1", "2", "3", "x"], "text: 1 | 2 | 3 | x");
    check_column(&["2,5", "2", "2,5,7", "1"], "text: 2,5 | 2 | 2,5,7 | 1");
}

#[test]
fn truths_and_missing_values() {
    check_column(&["yes", "No", "Y", "N"], "boolean: true | false | true | false");
    check_column(&["true", "false", "n/a"], "boolean: true | false | ~");
    check_column(&["0", "1", "1"], "boolean: false | true | true");
    check_column(&["0", "0"], "int: 0 | 0");
    check_column(&["N", "N"], "text: N | N");
    check_column(&["-", "+", "++"], "text: - | + | ++");
    check_column(&["-", "oak", "elm"], "text: ~ | oak | elm");
    check_column(&["NA", "US", "DE"], "text: NA | US | DE");
    check_column(&["none", "minor", "severe"], "text: none | minor | severe");
    check_column(&["N/A", "-", ""], "empty: ~ | ~ | ~");
}

#[test]
fn dates_and_times() {
    check_column(&["2020-01-31", "2020-02-01"], "date: 2020-01-31 | 2020-02-01");
    check_column(&["31/01/2020", "01/02/2020"], "date: 2020-01-31 | 2020-02-01");
    check_column(&["01/31/2020", "01/02/2020"], "date: 2020-01-31 | 2020-01-02");
    check_column(
        &["1/1/2020", "2/1/2020", "3/1/2020"],
        "date: 2020-01-01 | 2020-02-01 | 2020-03-01",
    );
    check_column(&["2020-01", "2020-11"], "date: 2020-01-01 | 2020-11-01");
    check_column(&["2009-10", "2010-11"], "text: 2009-10 | 2010-11");
    check_column(
        &["20200131", "20200201", "20191231"],
        "date: 2020-01-31 | 2020-02-01 | 2019-12-31",
    );
    check_column(
        &["2020-01-31 10:30", "2020-02-01"],
        "timestamp: 2020-01-31T10:30:00 | 2020-02-01T00:00:00",
    );
    check_column(&["2020-01-31T10:30:00+02:00"], "timestamp: 2020-01-31T08:30:00Z");
    check_column(&["10:30", "5:15 pm"], "time: 10:30:00 | 17:15:00");
    check_column(&["Q1 2020", "Q2 2020"], "date: 2020-01-01 | 2020-04-01");
    check_column(&["2020", "2021"], "int: 2020 | 2021");
}

#[test]
fn times_that_the_name_tells() {
    check(
        "ts_ms,n\n1546300800000,1\n",
        "ts_ms timestamp: 2019-01-01T00:00:00Z\nn int: 1",
        &[],
    );
    check(
        "created_at,n\n1546300800,1\n",
        "created_at timestamp: 2019-01-01T00:00:00Z\nn int: 1",
        &[],
    );
    check("id,n\n1546300800,1\n", "id int: 1546300800\nn int: 1", &[]);
    check(
        "time,n\n0930,1\n1015,2\n1130,3\n",
        "time time: 09:30:00 | 10:15:00 | 11:30:00\nn int: 1 | 2 | 3",
        &[],
    );
}

#[test]
fn neighbours_settle_doubt() {
    check(
        "a;b;c\n1,5;1.234;01/02/2020\n2,5;2.345;31/01/2020\n",
        "a float: 1.5 | 2.5\nb int: 1234 | 2345\nc date: 2020-02-01 | 2020-01-31",
        &[],
    );
    check(
        "a,b\n01/02/2020,25/12/2020\n",
        "a date: 2020-02-01\nb date: 2020-12-25",
        &[],
    );
    check(
        "a,b\n01/02/2020,x\n05/06/2020,y\n",
        "a date: 2020-01-02 | 2020-05-06\nb text: x | y",
        &["ambiguous_date"],
    );
}

#[test]
fn encodings() {
    let expected = "a text: \u{e9}t\u{e9} | x\nb int: 1 | 2\n";
    let text = "a,b\n\u{e9}t\u{e9},1\nx,2\n";
    let utf16 = |mark: bool, to: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.then_some(0xFEFF)
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(to)
            .collect()
    };
    let latin1: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    for bytes in [
        text.as_bytes().to_vec(),
        utf16(true, u16::to_le_bytes),
        utf16(true, u16::to_be_bytes),
        utf16(false, u16::to_le_bytes),
        utf16(false, u16::to_be_bytes),
        latin1,
    ] {
        assert_eq!(read(&bytes).0, expected, "{bytes:?}");
    }
}

#[test]
fn warnings_say_what_was_repaired() {
    let mut text = String::from("a,b,b\n");
    for row in 0..20 {
        text.push_str(&format!("{row},\"{}\",\"$1,00{row}\"\n", row * 2));
    }
    text.push_str("x\0,1,2\n7\n\n8,\"x\"y\",$2,9\n");
    insta::assert_snapshot!(read(text.as_bytes()).1);
}

#[test]
fn errors_say_what_would_be_right() {
    let limits = |change: fn(&mut ReadLimits)| {
        let mut options = CsvOptions::default();
        change(&mut options.limits);
        options
    };
    let error = |bytes: &[u8], options: &CsvOptions| -> String {
        read_csv("t.csv", bytes, options)
            .map(|_| String::new())
            .unwrap_or_else(|error: TableError| error.to_string())
    };
    let messages = [
        error(b"", &CsvOptions::default()),
        error(b" \n\n", &CsvOptions::default()),
        error(b"\x89PNG\r\n\x1a\n", &CsvOptions::default()),
        error(&[0, 1, 2, 3, 255, 254, 0, 9].repeat(50), &CsvOptions::default()),
        error(b"a,b\n1,2\n", &limits(|l| l.max_columns = 1)),
        error(b"a,b\n1,2\n3,4\n", &limits(|l| l.max_rows = 1)),
        error(b"a,b\n1,22222\n", &limits(|l| l.max_cell_bytes = 4)),
        error(b"a,b\n1,2\n", &limits(|l| l.max_bytes = 4)),
        error(
            b"a,b\n1,2\n",
            &CsvOptions {
                encoding: Some("klingon".into()),
                ..CsvOptions::default()
            },
        ),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn wide_and_long_inputs() {
    let names: Vec<String> = (0..5_000).map(|n| format!("c{n}")).collect();
    let wide = format!("{}\n{}\n", names.join(","), vec!["1"; 5_000].join(","));
    assert_eq!(
        read_csv("t", wide.as_bytes(), &CsvOptions::default())
            .expect("a table")
            .value
            .columns(),
        5_000
    );
    let long = "x".repeat(20 << 20);
    let refused = read_csv("t", long.as_bytes(), &CsvOptions::default());
    assert!(matches!(
        refused,
        Err(TableError::LimitPassed {
            option: "max_cell_bytes",
            ..
        })
    ));
    let many = "1,".repeat(1 << 20);
    let refused = read_csv("t", many.as_bytes(), &CsvOptions::default());
    assert!(matches!(
        refused,
        Err(TableError::LimitPassed {
            option: "max_columns",
            ..
        })
    ));
}
