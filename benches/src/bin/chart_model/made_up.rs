//! Tables and requests that nobody would write, and some that many would.

use std::fmt::Write;

use marey::{
    Table, TableProfile,
    model::Random,
    table::read::{ReadOptions, read},
};

const NAMES: [&str; 24] = [
    "a",
    "hire_date",
    "price (eur.)",
    "x['y']",
    "count",
    "Größe",
    "a b",
    "__row",
    "sum_price",
    "id",
    "Year",
    "名前",
    "x",
    "date",
    "\"quoted\"",
    "o'clock",
    "very long name of a column that says a great deal",
    "%",
    "mean_a",
    "_",
    "Value",
    "value",
    "datum",
    "back\\slash",
];
const TEXTS: [&str; 8] = [
    "Rome",
    "New York",
    "Oslo",
    "it's \"odd\"",
    "São Paulo",
    "",
    "東京",
    "a;b\tc",
];

/// A table of 1 to 12 columns and 1 to 40 rows, of every physical type, with gaps; none where it reads as none.
pub fn table(random: &mut Random) -> Option<Table> {
    let (columns, rows) = (1 + random.below(12), 1 + random.below(40));
    let kinds: Vec<usize> = (0..columns).map(|_| random.below(10)).collect();
    let first = random.below(NAMES.len());
    let mut text = String::new();
    for at in 0..columns {
        let name = NAMES[(first + at) % NAMES.len()];
        let _ = write!(text, "{}{}", if at > 0 { "," } else { "" }, cell(name));
    }
    text.push('\n');
    for row in 0..rows {
        for (at, kind) in kinds.iter().enumerate() {
            let value = match random.below(9) {
                0 if at > 0 => String::new(),
                _ => value(*kind, row, random),
            };
            let _ = write!(text, "{}{}", if at > 0 { "," } else { "" }, cell(&value));
        }
        text.push('\n');
    }
    let table = read("made-up.csv", text.into_bytes(), &ReadOptions::default());
    table
        .ok()
        .map(|table| table.value)
        .filter(|table| table.columns() > 0)
}

fn value(kind: usize, row: usize, random: &mut Random) -> String {
    let n = random.below(90) as i64 - 20;
    match kind {
        0 => n.to_string(),
        1 => format!("{:.2}", n as f64 * 0.37),
        2 => format!(
            "20{:02}-{:02}-{:02}",
            random.below(25),
            1 + random.below(12),
            1 + random.below(28)
        ),
        3 => format!(
            "2021-03-{:02}T{:02}:15:00",
            1 + random.below(28),
            random.below(24)
        ),
        4 => ["true", "false"][random.below(2)].into(),
        5 => (1990 + random.below(30)).to_string(),
        6 => format!("{:02}:{:02}", random.below(24), random.below(60)),
        7 => format!("row {row}"),
        8 => format!("${},{:03}.50", 1 + random.below(9), random.below(1000)),
        _ => TEXTS[random.below(TEXTS.len())].into(),
    }
}

fn cell(text: &str) -> String {
    match text.contains([',', '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

const PIECES: [&str; 20] = [
    "show",
    "average of",
    "by",
    "above 12",
    "between 2011-03-04 and 2012",
    "top five",
    "not",
    "per month",
    "sorted by",
    "starting with \"a",
    "''",
    "yes",
    "5%",
    "1e999",
    "); DROP TABLE x --",
    "how many",
    "is null",
    "or",
    "and",
    "pie chart",
];

/// A request of the table's own names and cells, and of pieces that requests are made of.
pub fn request(profile: &TableProfile, random: &mut Random) -> String {
    let mut request = String::new();
    for _ in 0..2 + random.below(8) {
        let column = &profile.columns[random.below(profile.columns.len())];
        match random.below(3) {
            0 => request.push_str(column.name.as_str()),
            1 => match column.top.get(random.below(column.top.len().max(1))) {
                Some(top) => request.push_str(&top.value),
                None => request.push_str("nothing"),
            },
            _ => request.push_str(PIECES[random.below(PIECES.len())]),
        }
        request.push(' ');
    }
    request
}
