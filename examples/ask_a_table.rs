//! # Ask a table
//!
//! We will ask a table in plain words, look at what was understood, and draw the answer.

use marey::{
    AskOptions, AskableTable, Mark,
    model::Model,
    render::{RenderOptions, render_svg},
    table::read::{ReadOptions, read},
};
use marey_examples::{output, sample};

fn main() -> anyhow::Result<()> {
    let name = "seattle-weather.csv";
    let table = read(name, sample(name)?, &ReadOptions::default())?.value;

    // The weights come with the crate and are checked when they are loaded; do it once per process. The table
    // is profiled and read once, however many requests follow.
    let model = Model::pretrained()?;
    let askable = AskableTable::new(&table);

    for request in [
        "average max temperature per month",
        "how many days of each weather, most frequent first",
        "wind against precipitation, only rain",
        "rainfal by moon phase",
    ] {
        let charts = askable.ask(request, Some(&model), &AskOptions::default())?;
        let first = &charts[0];
        println!("{request}\n  {}", first.reasons.join("\n  "));
        // What was not understood, and how sure the model is, is said with the first chart.
        for warning in &first.warnings {
            println!("  ! {warning}");
        }
        println!("  and {} other readings", charts.len() - 1);
    }

    // Marks and columns can be fixed; then every reading has them.
    let options = AskOptions {
        mark: Some(Mark::Line),
        columns: vec!["wind".into()],
        top: 1,
    };
    let charts = askable.ask("how windy is it over the year", Some(&model), &options)?;
    let path = output("ask_a_table.svg")?;
    std::fs::write(
        &path,
        render_svg(&charts[0].spec, &table, &RenderOptions::default())?.value,
    )?;
    println!("drawn: {}", path.display());
    Ok(())
}
