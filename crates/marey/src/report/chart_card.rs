//! One chart of the page: heading, drawing, reason, and the spec to copy.

use std::fmt::Write;

use super::{DrawnChart, html::Escaped};

/// Writes a chart with its reasons; the name of its place begins with `prefix`.
pub fn write(chart: &DrawnChart, prefix: &str, html: &mut String) {
    let proposal = &chart.proposal;
    let _ = write!(
        html,
        r#"<article class="chart" id="{prefix}-{}"><h3>{}</h3>"#,
        proposal.rank,
        Escaped(&heading(chart)),
    );
    match &chart.drawing {
        Ok(drawing) => {
            let _ = write!(html, r#"<div class="drawing">{}</div>"#, drawing.value);
        }
        Err(why) => {
            let _ = write!(
                html,
                r#"<p class="note">This chart could not be drawn: {}.</p>"#,
                Escaped(why)
            );
        }
    }
    reasons(chart, html);
    cautions(chart, html);
    spec(chart, html);
    html.push_str("</article>");
}

fn heading(chart: &DrawnChart) -> String {
    let title = chart
        .proposal
        .spec
        .view
        .title
        .as_ref()
        .and_then(|title| title.text());
    title.unwrap_or_else(|| format!("Chart {}", chart.proposal.rank))
}

/// The first reason in view, the others behind a fold.
fn reasons(chart: &DrawnChart, html: &mut String) {
    let Some((first, others)) = chart.proposal.reasons.split_first() else {
        return;
    };
    let _ = write!(html, r#"<p class="reason">{}</p>"#, Escaped(first));
    if others.is_empty() {
        return;
    }
    html.push_str("<details><summary>Why this chart</summary><ul>");
    for reason in others {
        let _ = write!(html, "<li>{}</li>", Escaped(reason));
    }
    html.push_str("</ul></details>");
}

fn cautions(chart: &DrawnChart, html: &mut String) {
    let drawing = chart
        .drawing
        .as_ref()
        .map(|drawing| drawing.warnings.as_slice())
        .unwrap_or_default();
    for caution in chart.proposal.warnings.iter().chain(drawing) {
        let _ = write!(html, r#"<p class="caution">{}</p>"#, Escaped(caution));
    }
}

fn spec(chart: &DrawnChart, html: &mut String) {
    let text = serde_json::to_string_pretty(&chart.proposal.spec.to_json()).unwrap_or_default();
    let _ = write!(
        html,
        r#"<details><summary>Vega-Lite spec</summary><pre tabindex="0">{}</pre></details>"#,
        Escaped(&text)
    );
}
