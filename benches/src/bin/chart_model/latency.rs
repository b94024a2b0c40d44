//! What an answer costs in CPU milliseconds, stage by stage, on one thread.
//!
//! `chart_model latency [ROUNDS [WEIGHTS…]]`
//!
//! The time of the processor is told, not that of the clock, since other programs may run beside. The table has twelve
//! columns and 500 rows and is read once; each request of a dozen is asked in every round. The first line is what
//! the process spent before its first answer: loading and checking the weights, the table, one request.

use std::fs;

use anyhow::Context;
use marey::{
    AskOptions, AskableTable, Table,
    model::{Asked, DecodeOptions, Model, PRETRAINED, Packing, Reading, TableReading, repack},
    profile::{ProfileOptions, profile},
    table::read::{ReadOptions, read},
};

const REQUESTS: [&str; 12] = [
    "average total by city",
    "how many orders per month as a line",
    "bar chart of the number of orders for each product, highest first",
    "pie of paid",
    "total against quantity for orders in Rome",
    "sum of total per year and product, stacked",
    "distribution of discount_pct",
    "top 5 cities by total",
    "orders above 300 in quantity by city",
    "scatter of latitude and longitude coloured by city",
    "mean discount per product where paid is yes",
    "how does the total develop over time for each product",
];

/// Measures, and prints.
pub fn run(mut given: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let rounds: usize = given.next().map_or(Ok(20), |text| text.parse())?;
    let table = read(
        "orders.csv",
        marey_benches::orders_csv(500),
        &ReadOptions::default(),
    )?
    .value;
    let askable = AskableTable::new(&table);
    let before = spent()?;
    let model = Model::pretrained()?;
    let loaded = spent()?;
    askable.ask(REQUESTS[0], Some(&model), &AskOptions::default())?;
    println!(
        "before the first answer {:.1} ms: weights {:.1}, the answer {:.1}, program and table {before:.1}",
        spent()?,
        loaded - before,
        spent()? - loaded
    );
    measure("as they are shipped", &model, &table, rounds)?;
    for packing in [Packing::Full, Packing::Half, Packing::Blocks] {
        let bytes = repack(PRETRAINED, packing, None, &Default::default())?;
        let start = spent()?;
        let model = Model::from_bytes(&bytes)?;
        println!(
            "{}: {} bytes, loaded in {:.1} ms",
            packing.as_str(),
            bytes.len(),
            spent()? - start
        );
        measure(packing.as_str(), &model, &table, rounds)?;
    }
    for file in given {
        let bytes = fs::read(&file).with_context(|| format!("cannot read `{file}`"))?;
        measure(&file, &Model::from_bytes(&bytes)?, &table, rounds)?;
    }
    Ok(())
}

fn measure(name: &str, model: &Model, table: &Table, rounds: usize) -> anyhow::Result<()> {
    let profile = profile(table, &ProfileOptions::default());
    let table_reading = TableReading::new(table, &profile);
    let readings: Vec<Reading> = REQUESTS
        .iter()
        .map(|request| table_reading.read(Some(request)))
        .collect();
    let (greedy, beam) = (
        DecodeOptions {
            beam: 1,
            ..DecodeOptions::default()
        },
        DecodeOptions::default(),
    );
    let mut stages: [(&str, Vec<f64>); 4] =
        ["read", "one chart", "five charts", "whole answer"].map(|stage| (stage, Vec::new()));
    for _ in 0..rounds {
        for (request, reading) in REQUESTS.iter().zip(&readings) {
            let asked = Asked {
                reading,
                table,
                profile: &profile,
            };
            let mut times = [0.0; 4];
            times[0] = timed(|| Ok(table_reading.read(Some(request))))?;
            times[1] = timed(|| Ok(model.write(&[reading], &greedy)?))?;
            times[2] = timed(|| Ok(model.write(&[reading], &beam)?))?;
            times[3] = times[0] + timed(|| Ok(model.answer(&[asked], &beam)?))?;
            for ((_, all), time) in stages.iter_mut().zip(times) {
                all.push(time);
            }
        }
    }
    for (stage, all) in &mut stages {
        all.sort_by(f64::total_cmp);
        let at = |share: f64| all[((all.len() - 1) as f64 * share).round() as usize];
        println!(
            "{name}, {stage}: p50 {:.2} ms, p90 {:.2}, p99 {:.2}",
            at(0.5),
            at(0.9),
            at(0.99)
        );
    }
    for size in [1, 8, 32] {
        let many: Vec<&Reading> = readings.iter().cycle().take(size).collect();
        let mut best = f64::MAX;
        for _ in 0..rounds.min(10) {
            best = best.min(timed(|| Ok(model.write(&many, &beam)?))?);
        }
        println!("{name}, {size} together: {:.2} ms each", best / size as f64);
    }
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<f64> {
    let start = spent()?;
    std::hint::black_box(work()?);
    Ok(spent()? - start)
}

/// CPU milliseconds of all threads of this process so far, by the scheduler of Linux.
fn spent() -> anyhow::Result<f64> {
    let mut nanoseconds = 0.0;
    for task in fs::read_dir("/proc/self/task")? {
        let text = fs::read_to_string(task?.path().join("schedstat"))?;
        let first = text
            .split_whitespace()
            .next()
            .and_then(|field| field.parse::<f64>().ok());
        nanoseconds += first.unwrap_or(0.0);
    }
    Ok(nanoseconds / 1e6)
}
