//! The report: one page that shows what a table holds.
//!
//! [`report`] is the whole way of the data at once: profile, recommend, draw, write. The page is
//! one HTML file without script and without anything fetched from elsewhere.

mod answer_card;
mod chart_card;
mod column_table;
mod html;
mod overview;
mod page;
mod quantity;
mod sparkline;
mod story_card;

use std::sync::Arc;

use marey_core::{ChartSpec, Warned};
use marey_insight::{Locale, MineOptions, Story, StoryOptions, Words, mine, story};
use marey_model::Model;
use marey_profile::{ProfileOptions, TableProfile, profile};
use marey_render::{RenderError, RenderOptions, render_svg};
use marey_rules::{RecommendOptions, Recommendation};
use marey_table::{Table, TableWarning};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::{AskOptions, AskableTable, SURE, recommend_for, shown};

/// Readings of a request that are shown where the first is not sure.
const READINGS: usize = 3;

/// What a report should contain.
#[derive(Debug, Clone, Default)]
pub struct ReportOptions {
    /// Heading of the page; the table's name when absent.
    pub title: Option<String>,
    /// Requests in plain words that are answered first.
    pub ask: Vec<String>,
    /// The model that answers them; the design rules where absent.
    pub model: Option<Arc<Model>>,
    /// Which charts are wanted, and how many.
    pub recommend: RecommendOptions,
    /// How they are drawn.
    pub render: RenderOptions,
    /// How the table is searched for insights.
    pub mine: MineOptions,
    /// How many of them are told.
    pub story: StoryOptions,
    /// The language they are told in.
    pub locale: Locale,
    /// Whether personal values stand in the report as they are; by default they are pseudonyms (see
    /// [`shown`](crate::shown)).
    pub show_personal: bool,
}

/// A finished report.
#[derive(Debug, Clone)]
pub struct Report {
    /// The profile of the table, without personal values unless they were asked for.
    pub profile: TableProfile,
    /// The answers to what was asked.
    pub answers: Vec<Answer>,
    /// What is worth saying, told.
    pub story: Story,
    /// The charts, best first.
    pub charts: Vec<DrawnChart>,
    /// What was noticed while the table was read.
    pub warnings: Vec<TableWarning>,
    /// The page.
    pub html: String,
}

/// What answers a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The request.
    pub request: String,
    /// The chart that answers it, or several where it can be read in several ways; none for a table without rows.
    pub charts: Vec<DrawnChart>,
}

/// A proposed chart and its drawing.
#[derive(Debug, Clone)]
pub struct DrawnChart {
    /// The proposal.
    pub proposal: Recommendation,
    /// The drawing, or why there is none.
    pub drawing: Result<Warned<String, String>, String>,
}

impl Report {
    /// The report as data: the profile under `profile`, what was asked under `answers`, the insights as they are
    /// told under `insights`, the charts under `charts`, what was noticed while reading under `warnings`.
    pub fn to_json(&self) -> Value {
        let proposals = |charts: &[DrawnChart]| {
            charts
                .iter()
                .map(|chart| json!(chart.proposal))
                .collect::<Vec<_>>()
        };
        let answer =
            |answer: &Answer| json!({ "request": answer.request, "charts": proposals(&answer.charts) });
        json!({
            "profile": self.profile,
            "answers": self.answers.iter().map(answer).collect::<Vec<_>>(),
            "story": { "lead": self.story.lead, "method": self.story.method, "language": self.story.language },
            "insights": self.story.cards.iter().map(|card| card.to_json()).collect::<Vec<_>>(),
            "charts": proposals(&self.charts),
            "warnings": self.warnings,
        })
    }
}

/// Profiles a table, finds and tells its insights, proposes charts, draws all and writes the page.
///
/// A chart that cannot be drawn is left out of the page and named there; nothing else is lost.
pub fn report(table: &Warned<Table, TableWarning>, options: &ReportOptions) -> Report {
    let (shown, profile) = match options.show_personal {
        true => (
            table.value.clone(),
            profile(&table.value, &ProfileOptions::default()),
        ),
        false => shown(&table.value),
    };
    let warnings = match options.show_personal {
        true => table.warnings.clone(),
        false => profile.masked_warnings(&table.warnings),
    };
    let charts: Vec<DrawnChart> = recommend_for(&profile, &options.recommend)
        .into_par_iter()
        .map(|proposal| draw(proposal, "chart", &shown, &options.render))
        .collect();
    let answers = answers(&table.value, &shown, options);
    let title = options
        .title
        .clone()
        .unwrap_or_else(|| table.value.name().to_owned());
    let mining = mine(&shown, &profile, &options.mine);
    let words = Words::new(options.locale.clone());
    let story = story(&mining, &shown, &profile, &words, &options.story);
    let drawings = story_card::draw(&story, &options.render);
    let mut told = String::new();
    story_card::write(&story, &drawings, &mut told);
    let mut asked = String::new();
    answer_card::write(&answers, &mut asked);
    let html = page::write(&title, &profile, &format!("{asked}{told}"), &charts, &warnings);
    Report {
        profile,
        answers,
        story,
        charts,
        warnings,
        html,
    }
}

/// What answers the requests: they are about the table as it is, and drawn of it as it may be seen.
fn answers(table: &Table, shown: &Table, options: &ReportOptions) -> Vec<Answer> {
    if options.ask.is_empty() {
        return Vec::new();
    }
    let wish = AskOptions {
        top: READINGS,
        mark: options.recommend.mark,
        columns: options.recommend.columns.clone(),
    };
    let requests: Vec<&str> = options.ask.iter().map(String::as_str).collect();
    let askable = AskableTable::new(table);
    let ask = |model: Option<&Model>| askable.ask_all(&requests, model, &wish);
    // A network fails for want of memory alone; the rules need little.
    let all = ask(options.model.as_deref())
        .or_else(|_| ask(None))
        .unwrap_or_default();
    let answer = |(at, (request, mut proposals)): (usize, (&&str, Vec<Recommendation>))| {
        let sure = |chart: &Recommendation| chart.probability.is_some_and(|probability| probability >= SURE);
        if proposals.first().is_some_and(sure) {
            proposals.truncate(1);
        }
        let prefix = format!("answer-{}", at + 1);
        let drawn = proposals
            .into_par_iter()
            .map(|proposal| draw(proposal, &prefix, shown, &options.render));
        Answer {
            request: (*request).to_owned(),
            charts: drawn.collect(),
        }
    };
    requests.iter().zip(all).enumerate().map(answer).collect()
}

/// Draws a spec and writes it as a page of its own, without script.
///
/// # Errors
///
/// When the spec cannot be drawn.
pub fn chart_page(
    spec: &ChartSpec,
    table: &Table,
    options: &RenderOptions,
) -> Result<Warned<String, String>, RenderError> {
    let title = spec.view.title.as_ref().and_then(|title| title.text());
    let title = title.unwrap_or_else(|| table.name().to_owned());
    Ok(render_svg(spec, table, options)?.map(|svg| page::write_single(&title, &svg)))
}

/// Draws a proposal without its title, which the page shows as a heading; names in the drawing begin with `prefix`.
fn draw(proposal: Recommendation, prefix: &str, table: &Table, options: &RenderOptions) -> DrawnChart {
    let mut untitled = proposal.spec.clone();
    untitled.view.title = None;
    let options = RenderOptions {
        id_prefix: format!("{prefix}-{}-", proposal.rank),
        ..options.clone()
    };
    let drawing = render_svg(&untitled, table, &options).map_err(|error| describe(&error));
    DrawnChart { proposal, drawing }
}

/// An error with its causes in one line.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
