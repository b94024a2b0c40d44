//! # Profile shards in processes of their own
//!
//! We will cut a table into shards, profile each in a process of its own, as machines of a cluster
//! would, send the states back as bytes, and merge them into the profile of the whole table.
//!
//! The program runs itself with the number of a shard as its argument: such a worker reads its
//! rows, and writes the state of their profile to its standard output.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use anyhow::Context;
use marey_profile::{ProfileOptions, Profiler, profile};
use marey_table::{
    Table,
    read::{ReadOptions, read},
};

const SHARDS: usize = 4;

fn main() -> anyhow::Result<()> {
    let sample = marey_examples::sample("seattle-weather.csv")?;
    let table = read("seattle-weather.csv", sample, &ReadOptions::default())?.value;
    match std::env::args().nth(1) {
        Some(shard) => work(&table, shard.parse()?),
        None => lead(&table),
    }
}

/// Profiles a shard of the table, and writes the state.
fn work(table: &Table, shard: usize) -> anyhow::Result<()> {
    let mut profiler = profiler(table)?;
    let rows = table.rows().div_ceil(SHARDS);
    let (mut from, mut left) = (shard * rows, rows);
    for batch in table.batches() {
        let start = from.min(batch.num_rows());
        let len = left.min(batch.num_rows() - start);
        profiler.update(&batch.slice(start, len))?;
        (from, left) = (from - start, left - len);
    }
    std::io::stdout().write_all(&profiler.encode())?;
    Ok(())
}

/// Starts all workers at once, and merges what they send in the order of their rows.
fn lead(table: &Table) -> anyhow::Result<()> {
    let program = std::env::current_exe()?;
    let workers: Vec<_> = (0..SHARDS)
        .map(|shard| {
            let mut command = Command::new(&program);
            command.arg(shard.to_string()).stdout(Stdio::piped()).spawn()
        })
        .collect::<Result<_, _>>()?;
    let mut whole = profiler(table)?;
    for (shard, worker) in workers.into_iter().enumerate() {
        let output = worker.wait_with_output()?;
        anyhow::ensure!(output.status.success(), "the worker of shard {shard} failed");
        // What came over a wire is checked before it is used.
        let state = Profiler::decode(&output.stdout).with_context(|| format!("shard {shard}"))?;
        println!(
            "shard {shard}: {} rows in a state of {} bytes",
            state.rows(),
            output.stdout.len()
        );
        whole.merge(&state)?;
    }
    let merged = whole.finish();
    // Sums of products of two columns depend on the order of additions in their last digits.
    let expected = profile(table, &ProfileOptions::default());
    anyhow::ensure!(merged.columns == expected.columns && merged.keys == expected.keys);
    println!(
        "merged: {} rows, {} columns, equal to the profile of the whole",
        merged.rows,
        merged.columns.len()
    );
    Ok(())
}

fn profiler(table: &Table) -> anyhow::Result<Profiler> {
    let notes: Vec<_> = (0..table.columns())
        .map(|column| table.note(column).clone())
        .collect();
    Ok(Profiler::new(
        table.name(),
        table.schema(),
        &notes,
        &ProfileOptions::default(),
    )?)
}
