//! `marey report`: the page.

use std::{sync::Arc, time::Duration};

use marey::{ReportOptions, render::RenderOptions, report};

use crate::{
    arguments::{ChoiceArguments, ReportArguments},
    failure::BadUsage,
    input, output,
    progress::Progress,
};

/// Longest time one chart of a page may take to draw.
const CHART_DEADLINE: Duration = Duration::from_secs(30);

/// Reads, reports, writes.
pub fn run(arguments: ReportArguments) -> anyhow::Result<()> {
    let options = ReportOptions {
        title: None,
        model: match arguments.ask.is_empty() {
            true => None,
            false => arguments.model.open()?.map(Arc::new),
        },
        ask: arguments.ask.clone(),
        show_personal: arguments.privacy.show_personal,
        recommend: choice(&arguments.choice)?,
        render: RenderOptions {
            deadline: Some(CHART_DEADLINE),
            theme: theme(arguments.theme.as_deref())?,
            ..RenderOptions::default()
        },
        ..ReportOptions::default()
    };
    let progress = Progress::start(format!("reading {}", arguments.table.display()));
    let table = input::table(&arguments.table, &arguments.read)?;
    progress.stage("profiling and drawing");
    let report = report(&table, &options);
    output::write(&arguments.output, report.html.as_bytes())?;
    if let Some(path) = &arguments.json {
        let mut text = serde_json::to_vec_pretty(&report.to_json())?;
        text.push(b'\n');
        output::write(path, &text)?;
    }
    drop(progress);
    if arguments.output != std::path::Path::new("-") {
        eprintln!(
            "{}: {} charts of {} rows and {} columns",
            arguments.output.display(),
            report.charts.len(),
            report.profile.rows,
            report.profile.columns.len()
        );
    }
    Ok(())
}

/// What was typed of the choice of charts, as the recommender takes it.
pub fn choice(arguments: &ChoiceArguments) -> anyhow::Result<marey::RecommendOptions> {
    let mark = match &arguments.mark {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|error| BadUsage(format!("--mark: {error}")))?,
        ),
    };
    Ok(marey::RecommendOptions {
        top: usize::from(arguments.top),
        mark,
        columns: arguments
            .columns
            .iter()
            .map(|name| name.as_str().into())
            .collect(),
        target: arguments.target.as_deref().map(Into::into),
    })
}

/// A theme by name.
pub fn theme(name: Option<&str>) -> anyhow::Result<marey::render::Theme> {
    let name = name.unwrap_or("light");
    marey::render::Theme::named(name)
        .ok_or_else(|| BadUsage(format!("--theme: `{name}` is no theme; expected light or dark")).into())
}
