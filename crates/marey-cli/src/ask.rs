//! `marey ask`: a request in plain words, answered with charts.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use marey::{AskOptions, Recommendation, ask, shown, with_rows};
use serde_json::json;

use crate::{
    arguments::{ChoiceArguments, Format, PrivacyArguments, ReadArguments},
    failure::BadUsage,
    input,
    model::ModelArguments,
    output,
    progress::Progress,
    recommend::{as_text, interleaved},
    report::choice,
};

/// Arguments of `marey ask`.
#[derive(Args)]
pub struct AskArguments {
    /// Tables, and last the request in plain words; `-` reads a table from stdin
    #[arg(required = true, num_args = 2.., value_name = "TABLE… REQUEST")]
    words: Vec<String>,
    #[command(flatten)]
    choice: ChoiceArguments,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    read: ReadArguments,
    #[command(flatten)]
    privacy: PrivacyArguments,
    /// Put up to so many rows of the table into each spec, so that it draws by itself
    #[arg(long, value_name = "ROWS")]
    with_rows: Option<usize>,
    /// What to print: json (default on a pipe) or text (default on a terminal)
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Answers the request about each table.
pub fn run(arguments: AskArguments) -> anyhow::Result<()> {
    let choice = choice(&arguments.choice)?;
    if choice.target.is_some() {
        return Err(BadUsage("`--target` has no meaning here; say it in the request".into()).into());
    }
    let options = AskOptions {
        top: choice.top,
        mark: choice.mark,
        columns: choice.columns,
    };
    let (request, tables) = arguments.words.split_last().context("no request was given")?;
    let tables: Vec<PathBuf> = tables.iter().map(PathBuf::from).collect();
    let files = input::expand(&tables)?;
    let progress = Progress::start("reading");
    let model = arguments.model.open()?;
    let mut lists = Vec::with_capacity(files.len());
    for file in &files {
        progress.stage(format!("asking {}", file.display()));
        let table = input::table(file, &arguments.read)?;
        let mut charts = ask(&table.value, request, model.as_ref(), &options)?;
        if let Some(rows) = arguments.with_rows {
            // What is asked about may be personal, what is printed is not.
            let table = match arguments.privacy.show_personal {
                true => table.value,
                false => shown(&table.value).0,
            };
            charts
                .iter_mut()
                .for_each(|chart| chart.spec = with_rows(&chart.spec, &table, rows));
        }
        lists.push(charts);
    }
    drop(progress);
    let charts: Vec<Recommendation> = interleaved(lists, options.top);
    let text = match output::format(arguments.format) {
        Format::Json => format!("{}\n", json!(charts)),
        Format::Text => as_text(&charts),
    };
    output::print(text.as_bytes())
}
