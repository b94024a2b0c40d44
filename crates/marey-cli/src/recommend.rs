//! `marey recommend`: charts that suit the tables, best first.

use std::fmt::Write;

use marey::{
    Recommendation,
    profile::{ProfileOptions, profile},
    recommend_for, shown, with_rows,
};
use serde_json::json;

use crate::{
    arguments::{Format, RecommendArguments},
    input, output,
    progress::Progress,
    report::choice,
};

/// Proposes charts for one table, or for several as one database.
pub fn run(arguments: RecommendArguments) -> anyhow::Result<()> {
    let options = choice(&arguments.choice)?;
    let files = input::expand(&arguments.tables)?;
    let progress = Progress::start("reading");
    let mut lists = Vec::with_capacity(files.len());
    for file in &files {
        progress.stage(format!("charting {}", file.display()));
        let table = input::table(file, &arguments.read)?.value;
        let (table, profile) = match arguments.privacy.show_personal {
            true => {
                let profile = profile(&table, &ProfileOptions::default());
                (table, profile)
            }
            false => shown(&table),
        };
        let mut charts = recommend_for(&profile, &options);
        if let Some(rows) = arguments.with_rows {
            charts
                .iter_mut()
                .for_each(|chart| chart.spec = with_rows(&chart.spec, &table, rows));
        }
        lists.push(charts);
    }
    drop(progress);
    let charts = interleaved(lists, options.top);
    let text = match output::format(arguments.format) {
        Format::Json => format!("{}\n", json!(charts)),
        Format::Text => as_text(&charts),
    };
    output::print(text.as_bytes())
}

/// The best of each table, then the second of each …: scores of different tables do not compare.
pub fn interleaved(lists: Vec<Vec<Recommendation>>, top: usize) -> Vec<Recommendation> {
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut charts = Vec::new();
    for _ in 0..longest {
        charts.extend(lists.iter_mut().filter_map(Iterator::next));
    }
    charts.truncate(top);
    for (index, chart) in charts.iter_mut().enumerate() {
        chart.rank = index + 1;
    }
    charts
}

/// The charts as lines for people.
pub fn as_text(charts: &[Recommendation]) -> String {
    let mut text = String::new();
    for chart in charts {
        let sure = match chart.probability {
            Some(probability) => format!("{:.0} %", probability * 100.0),
            None => format!("score {:.2}", chart.score),
        };
        let _ = writeln!(text, "{}. {} ({sure})", chart.rank, title(chart));
        for reason in &chart.reasons {
            let _ = writeln!(text, "   - {reason}");
        }
        for warning in &chart.warnings {
            let _ = writeln!(text, "   ! {warning}");
        }
        let _ = writeln!(text, "   {}", chart.spec.to_json());
    }
    text
}

fn title(chart: &Recommendation) -> String {
    chart
        .spec
        .view
        .title
        .as_ref()
        .and_then(|title| title.text())
        .unwrap_or_else(|| "untitled".into())
}
