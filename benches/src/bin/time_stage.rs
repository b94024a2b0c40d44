//! Times one stage over several runs and prints milliseconds as JSON, for comparison with peers.
//!
//! `time_stage read FILE RUNS` reads a table; `time_stage draw SPEC RUNS` draws a spec with its
//! rows inside; `time_stage report FILE RUNS` goes from bytes to the page.

use std::{fs, time::Instant};

use anyhow::{Context, bail};
use marey::{
    ChartSpec, ReportOptions, Table,
    render::{RenderOptions, render_svg},
    report,
    table::read::{ReadOptions, read},
};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [stage, path, runs] = arguments.as_slice() else {
        bail!("usage: time_stage read|draw|report FILE RUNS");
    };
    let bytes = fs::read(path).with_context(|| format!("cannot read `{path}`"))?;
    let runs: usize = runs.parse().context("RUNS is no number")?;
    let work: Box<dyn Fn(Vec<u8>) -> anyhow::Result<usize>> = match stage.as_str() {
        "read" => Box::new(move |bytes| Ok(read("table.csv", bytes, &ReadOptions::default())?.value.rows())),
        "draw" => Box::new(|bytes| {
            let spec = ChartSpec::from_json_str(std::str::from_utf8(&bytes)?)?.value;
            Ok(
                render_svg(&spec, &Table::empty("none"), &RenderOptions::default())?
                    .value
                    .len(),
            )
        }),
        "report" => Box::new(|bytes| {
            let table = read("table.csv", bytes, &ReadOptions::default())?;
            Ok(report(&table, &ReportOptions::default()).html.len())
        }),
        other => bail!("`{other}` is no stage; expected read, draw or report"),
    };
    let mut times = Vec::with_capacity(runs);
    let mut result = 0;
    for _ in 0..=runs {
        let bytes = bytes.clone();
        let start = Instant::now();
        result = work(bytes)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    // The first run warms caches and the font up.
    println!(
        "{}",
        serde_json::json!({ "stage": stage, "result": result, "ms": &times[1..] })
    );
    Ok(())
}
