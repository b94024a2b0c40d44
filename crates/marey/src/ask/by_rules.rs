//! Answers of the design rules, where no model answers.

use marey_core::{FieldName, Mark};
use marey_features::{mention::ColumnMatch, request::Request};
use marey_model::Reading;
use marey_profile::TableProfile;
use marey_rules::{RecommendOptions, Recommendation, Source};

use super::AskOptions;
use crate::recommend_for;

/// Charts by the rules: of the columns that the request names, then of fewer, then of any.
pub(super) fn by_rules(
    reading: &Reading,
    profile: &TableProfile,
    options: &AskOptions,
) -> Vec<Recommendation> {
    let mut named: Vec<FieldName> = options.columns.clone();
    for mention in &reading.mentions.columns {
        let whole = matches!(
            mention.kind,
            ColumnMatch::Exact | ColumnMatch::Stem | ColumnMatch::Slip
        );
        let name = profile.columns.get(mention.column).map(|column| &column.name);
        if let Some(name) = name.filter(|name| whole && !named.contains(name)) {
            named.push(name.clone());
        }
    }
    named.truncate(3.max(options.columns.len()));
    let mark = options
        .mark
        .or_else(|| reading.request.as_ref().and_then(mark_of));
    let wished = |columns: &[FieldName], mark: Option<Mark>| {
        let wish = RecommendOptions {
            top: options.top,
            mark,
            columns: columns.to_vec(),
            target: None,
        };
        recommend_for(profile, &wish)
    };
    let is_found = |charts: &Vec<Recommendation>| charts.iter().any(|chart| chart.source == Source::Rules);
    for keep in (options.columns.len()..=named.len()).rev() {
        for mark in [mark, options.mark] {
            let charts = wished(&named[..keep], mark);
            if is_found(&charts) {
                return charts;
            }
        }
    }
    wished(&options.columns, options.mark)
}

/// The mark that a request names.
fn mark_of(request: &Request) -> Option<Mark> {
    request
        .words
        .iter()
        .find_map(|word| match word.forms.folded.as_str() {
            "bar" | "bars" | "histogram" | "column" => Some(Mark::Bar),
            "pie" | "donut" => Some(Mark::Arc),
            "line" | "lines" => Some(Mark::Line),
            "scatter" | "scatterplot" | "points" => Some(Mark::Point),
            "area" => Some(Mark::Area),
            _ => None,
        })
}
