//! What was asked, and the charts that answer it.

use std::fmt::Write;

use super::{Answer, chart_card, html::Escaped};

/// Writes the answers as a section of the page; nothing where nothing was asked.
pub fn write(answers: &[Answer], html: &mut String) {
    if answers.is_empty() {
        return;
    }
    html.push_str(r#"<section id="answers"><h2>What you asked</h2>"#);
    for (at, answer) in answers.iter().enumerate() {
        let _ = write!(html, "<p class=\"asked\">“{}”</p>", Escaped(&answer.request));
        if answer.charts.is_empty() {
            html.push_str(r#"<p class="note">The table has no rows, so there is nothing to draw.</p>"#);
            continue;
        }
        html.push_str(r#"<div class="charts">"#);
        for chart in &answer.charts {
            chart_card::write(chart, &format!("answer-{}", at + 1), html);
        }
        html.push_str("</div>");
    }
    html.push_str("</section>");
}
