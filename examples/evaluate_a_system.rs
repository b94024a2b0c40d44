//! # Evaluate a system of your own
//!
//! We will: write a system that answers every request with a bar chart, ask it two questions of which we know the
//! answers, and read its scores.

use std::{env, fs, sync::Arc};

use marey_core::{
    Channel, ChartSpec, FieldType, Mark,
    spec::{Encoding, FieldDef},
};
use marey_lab::{AskedTable, Candidate, Card, Failure, Gold, Item, Question, RunOptions, System, Task, run};
use marey_table::read::{ReadOptions, read};

/// Counts the rows by the first column, whatever is asked.
struct Bars;

impl System for Bars {
    fn card(&self) -> Card {
        Card {
            name: "bars".into(),
            version: "1".into(),
            ..Card::default()
        }
    }

    fn answer(&self, question: &Question<'_>) -> Result<Vec<Candidate>, Failure> {
        let first = question.table.table.column_name(0);
        let encoding = Encoding::new()
            .with(Channel::X, FieldDef::new(first, FieldType::Nominal))
            .with(Channel::Y, FieldDef::count());
        Ok(vec![Candidate::new(&ChartSpec::unit(Mark::Bar, encoding), 1.0)])
    }
}

fn main() -> anyhow::Result<()> {
    let csv = "city,price\nRome,3\nOslo,4\nRome,6\n";
    let table = read("sales.csv", csv.as_bytes().to_vec(), &ReadOptions::default())?.value;
    let table = Arc::new(AskedTable::new("sales.csv", table));
    let canonical = Arc::new(table.canonical_options(true));

    // Two requests with what is right.
    let item = |id: &str, request: &str, chart: &str| -> anyhow::Result<Item> {
        Ok(Item {
            id: id.into(),
            group: "sales".into(),
            table: table.clone(),
            canonical: canonical.clone(),
            request: Some(request.into()),
            golds: vec![Arc::new(Gold::new(ChartSpec::from_json_str(chart)?.value))],
            pair: None,
            purpose: None,
            divisions: Default::default(),
        })
    };
    let items = [
        item(
            "1",
            "how many sales per city",
            r#"{"mark": "bar", "encoding": {"x": {"field": "city", "type": "nominal"}, "y": {"aggregate": "count"}}}"#,
        )?,
        item(
            "2",
            "the price by city as points",
            r#"{"mark": "point", "encoding": {"x": {"field": "city", "type": "nominal"}, "y": {"field": "price"}}}"#,
        )?,
    ];

    // Ask, score, and keep a record of each item.
    let task = Task::named("nl2vis").expect("it comes with the laboratory");
    let out = env::temp_dir().join(format!("marey-example-{}", std::process::id()));
    let options = RunOptions {
        out: out.clone(),
        jobs: 1,
        identity: serde_json::json!("example"),
    };
    let run = run(&task, &items, &[&Bars], &[], &options)?;
    for record in &run.records {
        println!(
            "{}: canonical match {}, vis {}",
            record.id, record.scores["canonical_em"], record.scores["vis"]
        );
    }
    assert_eq!(run.records[0].scores["canonical_em"], 1.0);
    assert_eq!(run.records[1].scores["canonical_em"], 0.0);
    fs::remove_dir_all(out)?;
    Ok(())
}
