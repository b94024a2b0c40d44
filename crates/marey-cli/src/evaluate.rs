//! `marey evaluate`: a task with hand-made answers, a system that answers, results in a folder.

use std::{fmt::Write, path::Path};

use anyhow::bail;
use marey_corpus::Split;
use marey_lab::{Evaluation, Model, Part, Results, Task, column_types, insights};

use crate::{
    arguments::{EvaluateArguments, Format},
    failure::BadUsage,
    output,
    progress::Progress,
};

/// The environment's key for an endpoint, sent as a bearer token.
const KEY: &str = "MAREY_ENDPOINT_KEY";

/// Evaluates, writes `results.json` and `items.jsonl`, and prints the figures.
pub fn run(arguments: EvaluateArguments) -> anyhow::Result<()> {
    let format = output::format(arguments.format);
    let progress = Progress::start("evaluating");
    let results = match arguments.task.as_str() {
        "column-types" => column_types(&arguments)?,
        "insights" => planted_insights(&arguments)?,
        _ => charts(arguments)?,
    };
    drop(progress);
    let text = match format {
        Format::Json => format!("{}\n", serde_json::to_string(&results)?),
        Format::Text => as_text(&results),
    };
    output::print(text.as_bytes())
}

fn column_types(arguments: &EvaluateArguments) -> anyhow::Result<Results> {
    if arguments.model != Model::Rules {
        bail!(BadUsage(
            "the task column-types is answered by the model rules only".into()
        ));
    }
    let split = match arguments.split {
        None => None,
        Some(Split::Train) => Some(marey_lab::Split::Train),
        Some(Split::Test) => Some(marey_lab::Split::Test),
        Some(Split::Dev) => bail!(BadUsage(
            "the task column-types has the splits train and test".into()
        )),
    };
    let options = column_types::Options {
        corpus: arguments.corpus.clone(),
        split,
    };
    let outcome = column_types::evaluate(&options)?;
    outcome.results.write(&outcome.items, &arguments.out)?;
    Ok(outcome.results)
}

fn planted_insights(arguments: &EvaluateArguments) -> anyhow::Result<Results> {
    if arguments.split.is_some() {
        bail!(BadUsage("the task insights has no splits".into()));
    }
    let options = insights::Options {
        corpus: arguments.corpus.clone(),
        model: arguments.model.clone(),
        k: insights::K,
        limit: arguments.limit,
    };
    let outcome = insights::evaluate(&options)?;
    outcome.results.write(&outcome.items, &arguments.out)?;
    Ok(outcome.results)
}

fn charts(arguments: EvaluateArguments) -> anyhow::Result<Results> {
    let task = match Task::named(&arguments.task) {
        Some(task) => task,
        None if arguments.task.ends_with(".toml") => Task::read(Path::new(&arguments.task))?,
        None => {
            let names: Vec<&str> = Task::names().into_keys().collect();
            let message = format!(
                "`{}` is no task; expected {}, column-types, insights or a .toml file",
                arguments.task,
                names.join(", ")
            );
            bail!(BadUsage(message));
        }
    };
    let evaluation = Evaluation {
        task,
        corpus: arguments.corpus,
        part: Part {
            split: arguments.split,
            split_by: arguments.split_by,
        },
        folds: arguments.folds.map(|folds| (folds, arguments.group_by)),
        model: arguments.model,
        out: arguments.out,
        jobs: arguments.jobs,
        limit: arguments.limit,
        disturbance: arguments.disturb,
        against: arguments.against,
        allows_egress: arguments.allow_egress,
        key: std::env::var(KEY).ok(),
    };
    Ok(marey_lab::evaluate(&evaluation)?)
}

fn as_text(results: &Results) -> String {
    let mut text = format!(
        "{} on {} ({}), {}: {} items of {} groups, {} failures\n",
        results.task,
        results.corpus,
        results.split,
        results.system.name,
        results.n,
        results.groups,
        results.failures
    );
    for (name, metric) in &results.metrics {
        let _ = write!(text, "  {name:28} {:.4}", metric.value);
        if let (Some(low), Some(high)) = (metric.low, metric.high) {
            let _ = write!(text, "  ({low:.4} to {high:.4})");
        }
        text.push('\n');
    }
    let cost = &results.cost;
    let _ = writeln!(
        text,
        "  {:.2} ms per item (median), {:.2} ms (99 %)",
        cost.ms_p50, cost.ms_p99
    );
    for (why, n) in &results.left_out {
        let _ = writeln!(text, "  left out, {why}: {n}");
    }
    for warning in &results.warnings {
        let _ = writeln!(text, "  warning: {warning}");
    }
    text
}
