//! What holds for every text table.

use marey_table::read::{CsvOptions, read_csv};
use proptest::prelude::*;

use crate::read_csv::shown;

/// A cell that is quoted as RFC 4180 has it.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn written(rows: &[Vec<String>]) -> String {
    rows.iter()
        .map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n")
        .collect()
}

/// Cells of the kinds that columns are made of, to mix within a column.
fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "1",
        "23",
        "4.5",
        "1,234",
        "1.234",
        "1,5",
        "$5",
        "5%",
        "01/02/2020",
        "13/02/2020",
        "2020-01-01",
        "10:30",
        "yes",
        "no",
        "0",
        "",
        "-",
        "N/A",
        "word",
        "007",
        "12 kg",
        "2020-01-01T10:00:00Z",
        "None",
    ])
}

proptest! {
    #[test]
    fn quoted_cells_are_read_back(
        rows in (1usize..6).prop_flat_map(|columns| {
            prop::collection::vec(prop::collection::vec("[ -~\u{e9}\n\r]{1,8}", columns), 1..30)
        })
    ) {
        let columns = rows[0].len();
        let names: Vec<String> = (0..columns).map(|n| format!("c{n}")).collect();
        let text = written(&[vec![names], rows.clone()].concat());
        let options = CsvOptions {
            infer_types: false, header: Some(true), delimiter: Some(b','), quote: Some(b'"'), ..CsvOptions::default()
        };
        let read = read_csv("t", text.as_bytes(), &options).expect("a readable table").value;
        prop_assert_eq!(read.rows(), rows.len());
        for column in 0..columns {
            let cells: Vec<Option<String>> = read.column(column).flat_map(|array| {
                let texts = array.as_any().downcast_ref::<arrow::array::StringArray>().expect("text");
                texts.iter().map(|cell| cell.map(str::to_owned)).collect::<Vec<_>>()
            }).collect();
            let expected: Vec<Option<String>> =
                rows.iter().map(|row| Some(row[column].clone()).filter(|cell| !cell.trim().is_empty())).collect();
            prop_assert_eq!(cells, expected);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_csv("t", &bytes, &CsvOptions::default());
    }

    #[test]
    fn no_text_panics_or_loses_lines(text in "[a-c0-9,;\"'\n\r\t #$%.-]{0,200}") {
        if let Ok(read) = read_csv("t", text.as_bytes(), &CsvOptions::default()) {
            let notes = read.warnings.len();
            prop_assert!(read.value.columns() > 0 || notes > 0);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in prop::collection::vec(prop::collection::vec(cell(), 2), 1..40),
        seed in any::<u64>(),
    ) {
        let text = |rows: &[Vec<&'static str>]| {
            let owned: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(ToString::to_string).collect()).collect();
            format!("a,b\n{}", written(&owned))
        };
        let mut shuffled = rows.clone();
        let length = shuffled.len();
        let mut state = seed;
        for at in (1..length).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let options = CsvOptions { header: Some(true), delimiter: Some(b','), ..CsvOptions::default() };
        let read = |text: &str| read_csv("t", text.as_bytes(), &options).expect("a readable table");
        let (ours, theirs) = (read(&text(&rows)), read(&text(&shuffled)));
        let without_row = |warnings: &[marey_table::TableWarning]| -> Vec<String> {
            warnings.iter().map(|w| format!("{} {:?} {} {}", w.code, w.column, w.count, w.message)).collect()
        };
        prop_assert_eq!(without_row(&ours.warnings), without_row(&theirs.warnings));
        for column in 0..2 {
            prop_assert_eq!(ours.value.note(column), theirs.value.note(column));
            let sorted = |table: &marey_table::Table| {
                let line = shown(table).lines().nth(column).unwrap_or_default().to_owned();
                let (kind, cells) = line.split_once(": ").map(|(k, c)| (k.to_owned(), c.to_owned())).unwrap_or_default();
                let mut cells: Vec<String> = cells.split(" | ").map(str::to_owned).collect();
                cells.sort();
                (kind, cells)
            };
            prop_assert_eq!(sorted(&ours.value), sorted(&theirs.value));
        }
    }
}
