//! Times what mining a table takes and prints it as JSON: `time_insight FILE RUNS`.
//!
//! Seconds on the wall and of the processor (user and system, all threads, from /proc), the median of the
//! runs each: reading, profiling, mining; when the first insights were handed on and how many of them were
//! taken back; and what appending the last hundredth of the rows costs against mining all of them.

use std::{fs, time::Instant};

use anyhow::{Context, bail};
use marey::{
    MineOptions, Table,
    insight::{Miner, mine, mine_in_stages},
    profile::{ProfileOptions, profile},
    table::read::{ReadOptions, read},
};
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, runs] = arguments.as_slice() else {
        bail!("usage: time_insight FILE RUNS");
    };
    let bytes = fs::read(path).with_context(|| format!("cannot read `{path}`"))?;
    let runs: usize = runs.parse().context("RUNS is no number")?;
    let (reading, table) = timed(runs, || read("table", bytes.clone(), &ReadOptions::default()));
    let table = table?.value;
    let options = MineOptions::default();
    let (profiling, known) = timed(runs, || profile(&table, &ProfileOptions::default()));
    let (mining, mined) = timed(runs, || mine(&table, &known, &options));
    let mut firsts = Vec::new();
    let mut retracted = 0;
    for _ in 0..runs {
        let start = Instant::now();
        let mut first = None;
        mine_in_stages(&table, &known, &options, |stage| {
            first.get_or_insert_with(|| (start.elapsed().as_secs_f64(), stage.mining.insights.len()));
            retracted = stage.retracted.len();
        });
        firsts.extend(first);
    }
    firsts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let most = table.rows() - table.rows() / 100;
    let (head, tail) = (part(&table, 0, most)?, part(&table, most, table.rows())?);
    let mut appends = Vec::new();
    let mut how = String::new();
    for _ in 0..runs {
        let known = profile(&head, &ProfileOptions::default());
        let mut miner = Miner::new(&head, &known, &options);
        let (time, appended) = timed(1, || miner.append(tail.batches()));
        how = format!("{:?}", appended?);
        appends.push(time);
    }
    appends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let append = appends[appends.len() / 2];
    println!(
        "{}",
        json!({
            "rows": table.rows(), "columns": table.columns(), "hypotheses": mined.family.hypotheses,
            "insights": mined.insights.len(),
            "read": seconds(reading), "profile": seconds(profiling), "mine": seconds(mining),
            "first": firsts.get(firsts.len() / 2).map(|(time, insights)| json!({ "wall": time, "insights": insights })),
            "retracted": retracted,
            "append": seconds(append), "appended": how, "append_share_of_mining": append.1 / mining.1,
        })
    );
    Ok(())
}

/// Rows of a table.
fn part(table: &Table, from: usize, to: usize) -> anyhow::Result<Table> {
    let mut start = 0;
    let mut batches = Vec::new();
    for batch in table.batches() {
        let (low, high) = (from.max(start), to.min(start + batch.num_rows()));
        if low < high {
            batches.push(batch.slice(low - start, high - low));
        }
        start += batch.num_rows();
    }
    Ok(Table::new(table.name(), table.schema(), batches)?)
}

fn seconds((wall, cpu): (f64, f64)) -> Value {
    json!({ "wall": wall, "cpu": cpu })
}

/// The median seconds of several runs, on the wall and of the processor, and the last result.
fn timed<T>(runs: usize, mut work: impl FnMut() -> T) -> ((f64, f64), T) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..runs.max(1) {
        let (start, cpu) = (Instant::now(), processor_seconds());
        last = Some(work());
        times.push((start.elapsed().as_secs_f64(), processor_seconds() - cpu));
    }
    let median = |of: fn(&(f64, f64)) -> f64| {
        let mut all: Vec<f64> = times.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let result = last.expect("at least one run");
    ((median(|time| time.0), median(|time| time.1)), result)
}

/// Seconds that the processor has spent on this process, in hundredths.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
