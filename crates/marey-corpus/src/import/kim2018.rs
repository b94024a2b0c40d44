//! Pairs of charts ranked by how well people did with them.
//!
//! Kim and Heer, *Assessing Effects of Task and Data Distribution on the Effectiveness of Visual
//! Encodings* (EuroVis 2018), as the training pairs of Draco (Moritz et al., InfoVis 2018) have them:
//! what is known of the data is the number of rows, and of each field its number of values and its
//! entropy. The tables of the study are not part of the release. Tables to these facts are made here,
//! so that whoever needs rows has some; they are tagged `made-table`.

use std::collections::BTreeSet;

use marey_core::ChartSpec;
use marey_table::write::csv_record;
use serde::Deserialize;
use serde_json::Value;

use super::{
    ImportError, ImportOptions, ImportReport, description, json_lines, licence_name::leading_identifier,
    table,
};
use crate::{
    folder::{Example, Preference, TablePath},
    split_of_group,
};

/// Entropy from which values are spread evenly. The study has fields at 0.9 to 1.8 and at 3.3 to 4.1.
const EVEN_ENTROPY: f64 = 2.5;

/// Most rows that a table is made with; the study has 600.
const MOST_ROWS: usize = 100_000;

#[derive(Debug, Deserialize)]
struct RankedPair {
    id: String,
    #[serde(default)]
    licence: String,
    task: String,
    num_rows: usize,
    fields: Vec<Field>,
    positive: Value,
    negative: Value,
    #[serde(default)]
    pvalue: Option<f64>,
}

#[derive(Debug, Deserialize)]
struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    entropy: f64,
    cardinality: usize,
    #[serde(default)]
    interesting: Option<bool>,
}

impl Field {
    fn is_number(&self) -> bool {
        self.kind == "number"
    }

    fn is_even(&self) -> bool {
        self.entropy >= EVEN_ENTROPY
    }

    /// `q1even`, `n10`
    fn fact(&self) -> String {
        match (self.is_number(), self.is_even()) {
            (true, true) => format!("{}even", self.name),
            (true, false) => format!("{}skewed", self.name),
            (false, _) => format!("{}{}", self.name, self.cardinality),
        }
    }

    /// The cell of a row. Numbers are `cardinality` different ones between 0 and 100, evenly spread or
    /// most of them low; categories take turns.
    fn cell(&self, row: usize, column: usize) -> String {
        let at = row % self.cardinality.max(1);
        if !self.is_number() {
            return category(at);
        }
        // Fractional parts of multiples of the golden ratio are spread evenly in any stretch of rows.
        let even = ((at + 1) as f64 * 0.618_033_988_749_894_9 + column as f64 * 0.37).fract();
        // A hundredth of the way is even, so that no two values become one.
        let skewed = 0.01 * even + 0.99 * even.powi(8);
        let value = if self.is_even() { even } else { skewed };
        format!("{:.6}", value * 100.0)
    }
}

/// `A` to `Z`, then `A1` and so on.
fn category(at: usize) -> String {
    let letter = char::from(b'A' + (at % 26) as u8);
    if at < 26 {
        letter.to_string()
    } else {
        format!("{letter}{}", at / 26)
    }
}

impl RankedPair {
    /// What the pair was measured under: the task and the facts of the data.
    fn condition(&self) -> String {
        let focus: Vec<&str> = self
            .fields
            .iter()
            .filter(|field| field.interesting == Some(true))
            .map(|field| field.name.as_str())
            .collect();
        format!("{} of {} in {}", self.task, focus.join("+"), self.facts())
    }

    fn facts(&self) -> String {
        let facts: Vec<String> = self.fields.iter().map(Field::fact).collect();
        format!("rows{}-{}", self.num_rows, facts.join("-"))
    }

    fn csv(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        let mut csv = String::new();
        csv_record(&mut csv, names.iter().map(|name| Some(*name)));
        for row in 0..self.num_rows {
            let cells: Vec<String> = self
                .fields
                .iter()
                .enumerate()
                .map(|(column, field)| field.cell(row, column))
                .collect();
            csv_record(&mut csv, cells.iter().map(|cell| Some(cell.as_str())));
        }
        csv
    }
}

/// Turns ranked pairs into a corpus. All pairs of one condition stay together.
pub(super) fn import(options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let list = options.from.join("pairs.jsonl");
    if !list.is_file() {
        return Err(ImportError::NotThis {
            folder: options.from.clone(),
            kind: "list of ranked charts",
            expected: "`pairs.jsonl`, one object with `id`, `fields`, `positive` and `negative` a line",
        });
    }
    let pairs: Vec<(usize, RankedPair)> = json_lines(&list)?;
    let mut writer = options.writer()?;
    let mut report = ImportReport::default();
    let mut licences = BTreeSet::new();
    for (line, pair) in &pairs {
        if pair.num_rows > MOST_ROWS {
            return Err(ImportError::Value {
                path: list,
                line: *line,
                what: "num_rows",
                found: pair.num_rows.to_string(),
                expected: "at most 100000",
            });
        }
        let licence = leading_identifier(&pair.licence).map(|(id, _)| id);
        licences.insert(licence);
        let path = TablePath::new(format!("tables/{}.csv", pair.facts()))?;
        if !writer.has(&path) {
            let csv = pair.csv().into_bytes();
            let table = table(&path, &csv)?;
            let stated: Vec<&str> = licence.into_iter().collect();
            writer.table(&path, &csv, &table, &options.table_licences(&stated))?;
        }
        match example(pair, path, licence) {
            Ok(example) => {
                writer.example(&example)?;
                report.count(&example);
            }
            Err(why) => report.leave_out(&pair.id, "item", why),
        }
    }
    report.tables = writer.tables();
    let stated: Option<Vec<&str>> = licences.into_iter().collect();
    let mut text = description(
        "kim2018",
        "Pairs of charts of which people did better with one, measured by Kim and Heer (2018), in the form of \
         Draco's training pairs. The tables were made to the facts that the pairs state; they are not those of the study.",
        "https://github.com/uwdata/draco",
        "2018-10-01",
        "Younghoon Kim, Jeffrey Heer; Dominik Moritz and others (Draco)",
    );
    text.licences = options.licences(&stated.unwrap_or_default());
    writer.finish(text)?;
    Ok(report)
}

fn example(pair: &RankedPair, path: TablePath, licence: Option<&str>) -> Result<Example, String> {
    let chart = |spec: &Value| match ChartSpec::from_json(spec) {
        Ok(read) => Ok(read.value),
        Err(error) => Err(error.to_string()),
    };
    let mut example = Example::new(pair.id.as_str(), pair.condition());
    example.split = split_of_group(&example.group);
    example.tables = vec![path];
    example.preference = Some(Preference {
        better: chart(&pair.positive)?,
        worse: chart(&pair.negative)?,
    });
    example.tags = vec![format!("task:{}", pair.task), "made-table".into()];
    let focus = pair.fields.iter().filter(|field| field.interesting == Some(true));
    example
        .tags
        .extend(focus.map(|field| format!("focus:{}", field.name)));
    example.licence = licence.map(str::to_owned);
    if let Some(p) = pair.pvalue {
        example.rest.insert("p_value".into(), p.into());
    }
    Ok(example)
}
