//! `marey evaluate`: a task with hand-made answers, a system that answers, results in a folder.

use std::fmt::Write;

use marey_lab::{Results, column_types};

use crate::{
    arguments::{EvaluateArguments, Format},
    output,
    progress::Progress,
};

/// Evaluates, writes `results.json` and `items.jsonl`, and prints the figures.
pub fn run(arguments: EvaluateArguments) -> anyhow::Result<()> {
    let format = output::format(arguments.format);
    let progress = Progress::start("evaluating");
    let options = column_types::Options {
        corpus: arguments.corpus,
        split: arguments.split,
    };
    let outcome = column_types::evaluate(&options)?;
    outcome.results.write(&outcome.items, &arguments.out)?;
    drop(progress);
    let text = match format {
        Format::Json => format!("{}\n", serde_json::to_string(&outcome.results)?),
        Format::Text => as_text(&outcome.results),
    };
    output::print(text.as_bytes())
}

fn as_text(results: &Results) -> String {
    let mut text = format!(
        "{} on {} ({}): {} items of {} groups, {} failures\n",
        results.task, results.corpus, results.split, results.n, results.groups, results.failures
    );
    for (name, metric) in &results.metrics {
        let _ = write!(text, "  {name:28} {:.4}", metric.value);
        if let (Some(low), Some(high)) = (metric.low, metric.high) {
            let _ = write!(text, "  ({low:.4} to {high:.4})");
        }
        text.push('\n');
    }
    text
}
