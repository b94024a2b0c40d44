//! First insights soon: a sample is mined before the whole table, and what the whole takes back is said.

use arrow::{
    array::{RecordBatch, UInt32Array},
    compute::take_record_batch,
};
use marey_profile::TableProfile;
use marey_table::Table;

use crate::{MineOptions, Mining, mine};

/// Rows above which a sample is mined first.
const LARGE: usize = 100_000;
/// Rows of the sample, about.
const SAMPLE: usize = 20_000;
/// Part of the error that may be spent on the sample.
const SPENT: f64 = 0.2;

/// What is known at one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The insights so far.
    pub mining: Mining,
    /// Rows that were looked at.
    pub rows: usize,
    /// Whether this is all there is.
    pub complete: bool,
    /// Insights of the stage before, by id, that no longer stand.
    pub retracted: Vec<String>,
}

/// Mines a large table in two stages and hands each on: an even sample of about 20,000 rows, then all
/// rows. Smaller tables have one stage.
///
/// The sample may spend a fifth of the error and the whole table the rest, so that what is said at
/// either stage, and by who stops after the first, is false at no more than the rate asked for.
pub fn mine_in_stages(
    table: &Table,
    profile: &TableProfile,
    options: &MineOptions,
    mut hand_on: impl FnMut(Stage),
) {
    let mut said: Vec<String> = Vec::new();
    let mut whole = options.clone();
    if table.rows() > LARGE
        && let Some(sample) = even_sample(table)
    {
        let first = MineOptions {
            fdr: options.fdr * SPENT,
            ..options.clone()
        };
        let mining = mine(&sample, profile, &first);
        said = mining.insights.iter().map(|insight| insight.id.clone()).collect();
        hand_on(Stage {
            mining,
            rows: sample.rows(),
            complete: false,
            retracted: Vec::new(),
        });
        whole.fdr = options.fdr * (1.0 - SPENT);
    }
    let mining = mine(table, profile, &whole);
    said.retain(|id| {
        let mut insights = mining.insights.iter();
        !insights.any(|insight| &insight.id == id || insight.folded.iter().any(|folded| &folded.id == id))
    });
    hand_on(Stage {
        mining,
        rows: table.rows(),
        complete: true,
        retracted: said,
    });
}

/// Every so many rows, from the middle of the first stretch.
fn even_sample(table: &Table) -> Option<Table> {
    let step = table.rows().div_ceil(SAMPLE).max(1);
    let mut batches: Vec<RecordBatch> = Vec::new();
    let mut start = 0;
    for batch in table.batches() {
        let rows = (start..start + batch.num_rows()).filter(|row| row % step == step / 2);
        let chosen: UInt32Array = rows.map(|row| (row - start) as u32).collect();
        batches.push(take_record_batch(batch, &chosen).ok()?);
        start += batch.num_rows();
    }
    Table::new(table.name(), table.schema(), batches).ok()
}
