//! The page as a whole.

use std::fmt::Write;

use marey_profile::TableProfile;
use marey_table::TableWarning;

use super::{
    DrawnChart, chart_card, column_table,
    html::{Escaped, counted},
    overview,
};

/// Forbids everything a page could fetch or run; the drawings and styles are all inside.
const SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("page.css");

/// Writes the page; `story` is HTML, with the answers to what was asked before it.
pub fn write(
    title: &str,
    profile: &TableProfile,
    story: &str,
    charts: &[DrawnChart],
    warnings: &[TableWarning],
) -> String {
    let mut html = String::with_capacity(64 * 1024);
    head(title, &mut html);
    let _ = write!(
        html,
        r#"<header><h1>{}</h1><p class="subtitle">{} and {}, profiled and charted by Marey</p></header><main>"#,
        Escaped(title),
        counted(profile.rows, "row"),
        counted(profile.columns.len() as u64, "column"),
    );
    overview::write(profile, &mut html);
    overview::write_warnings(profile, warnings, &mut html);
    html.push_str(story);
    write_charts(charts, &mut html);
    column_table::write(profile, &mut html);
    html.push_str("</main></body></html>\n");
    html
}

fn head(title: &str, html: &mut String) {
    let _ = write!(
        html,
        concat!(
            "<!DOCTYPE html>\n",
            r#"<html lang="en"><head><meta charset="utf-8">"#,
            r#"<meta http-equiv="Content-Security-Policy" content="{}">"#,
            r#"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
            r#"<meta name="generator" content="marey {}">"#,
            "<title>{}</title><style>{}</style></head><body>"
        ),
        SECURITY_POLICY,
        env!("CARGO_PKG_VERSION"),
        Escaped(title),
        STYLE,
    );
}

/// Writes a page with one drawing and nothing else.
pub fn write_single(title: &str, svg: &str) -> String {
    let mut html = String::with_capacity(svg.len() + 8 * 1024);
    head(title, &mut html);
    let _ = write!(
        html,
        r#"<main class="single"><div class="drawing">{svg}</div></main></body></html>"#
    );
    html.push('\n');
    html
}

fn write_charts(charts: &[DrawnChart], html: &mut String) {
    html.push_str(r#"<section id="charts"><h2>More charts</h2>"#);
    if charts.is_empty() {
        html.push_str(r#"<p class="note">The table has no rows, so there is nothing to draw.</p></section>"#);
        return;
    }
    html.push_str(r#"<div class="charts">"#);
    for chart in charts {
        chart_card::write(chart, "chart", html);
    }
    html.push_str("</div></section>");
}
