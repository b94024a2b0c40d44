//! # Score a chart
//!
//! We will: compare an answer with the right chart in several ways, find out which part is wrong, and say how
//! sure we are of a mean over databases.

use anyhow::Context;
use marey_core::ChartSpec;
use marey_metrics::{
    ExecutionOptions, canonical_match, components, execution_match,
    statistics::{Bootstrap, Tally},
    strict_match,
};
use marey_table::read::{ReadOptions, read};

fn main() -> anyhow::Result<()> {
    let csv = "city,price\nRome,3\nOslo,4\nRome,6\nBern,1\n";
    let table = read("sales.csv", csv.as_bytes().to_vec(), &ReadOptions::default())?.value;

    // Somebody asked for the average price by city; the answer lies on its side and says more than it must.
    let gold = ChartSpec::from_json_str(
        r#"{"mark": "bar", "encoding": {
            "x": {"field": "city", "type": "nominal"},
            "y": {"aggregate": "mean", "field": "price", "type": "quantitative"}}}"#,
    )?
    .value;
    let answer = ChartSpec::from_json_str(
        r#"{"mark": {"type": "bar"}, "encoding": {
            "y": {"field": "city", "type": "nominal", "sort": "ascending"},
            "x": {"aggregate": "average", "field": "price"}}}"#,
    )?
    .value;

    // As texts and as charts they differ, but they draw the same bars.
    assert!(!strict_match(&answer, &gold));
    assert!(!canonical_match(&answer, &gold, &Default::default()));
    assert!(execution_match(
        &answer,
        &gold,
        &table,
        &ExecutionOptions::default()
    )?);

    // The parts say what is different: the axes, and nothing else.
    let parts = components(&answer, &gold, &Default::default());
    println!("vis {}, axis {}, data {}", parts.vis, parts.axis, parts.data);
    assert!(parts.vis && !parts.axis && parts.data);

    // Scores of five databases. Their items resemble each other, so whole databases are drawn.
    let scores = [
        [1.0, 1.0, 0.0],
        [0.0, 0.0, 0.0],
        [1.0, 1.0, 1.0],
        [1.0, 0.0, 1.0],
        [0.0, 1.0, 0.0],
    ];
    let databases: Vec<Tally> = scores
        .iter()
        .map(|scores| scores.iter().copied().collect())
        .collect();
    let interval = Bootstrap::default()
        .mean(&databases)
        .context("there are several databases")?;
    println!(
        "53 % right ({:.0} to {:.0} %)",
        interval.low * 100.0,
        interval.high * 100.0
    );
    assert!(interval.low < 8.0 / 15.0 && 8.0 / 15.0 < interval.high);
    Ok(())
}
