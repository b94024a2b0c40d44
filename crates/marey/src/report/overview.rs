//! The head of the page: what the table is, and what to know before trusting it.

use std::fmt::Write;

use marey_profile::TableProfile;
use marey_table::TableWarning;

use super::html::{Escaped, counted, grouped};

/// Warnings shown at once; the rest unfolds.
const WARNINGS_SHOWN: usize = 5;
/// Warnings written at all; beyond it they are counted.
const MAX_WARNINGS: usize = 200;

/// Writes the four numbers that say what kind of table this is.
pub fn write(profile: &TableProfile, html: &mut String) {
    let cells = profile.rows.saturating_mul(profile.columns.len() as u64);
    let missing: u64 = profile.columns.iter().map(|column| column.nulls).sum();
    html.push_str(r#"<section class="facts" aria-label="Overview">"#);
    fact(html, &grouped(profile.rows), "rows");
    fact(html, &grouped(profile.columns.len() as u64), "columns");
    fact(html, &share(missing, cells), "of cells missing");
    fact(html, &kinds(profile), "kinds of columns");
    html.push_str("</section>");
}

fn fact(html: &mut String, value: &str, label: &str) {
    let _ = write!(
        html,
        r#"<div class="fact"><strong>{value}</strong><span>{label}</span></div>"#
    );
}

fn share(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0 %".into();
    }
    let share = part as f64 / whole as f64 * 100.0;
    if share < 0.1 {
        "&lt; 0.1 %".into()
    } else {
        format!("{share:.1} %")
    }
}

/// How many columns measure, place in time, and name, e.g. `5 numbers · 1 date · 3 labels`.
fn kinds(profile: &TableProfile) -> String {
    use marey_core::FieldType::*;
    let count = |wanted: &[marey_core::FieldType]| {
        profile
            .columns
            .iter()
            .filter(|column| wanted.contains(&column.field_type))
            .count() as u64
    };
    [
        (&[Quantitative][..], "number"),
        (&[Temporal], "date"),
        (&[Nominal, Ordinal, Geojson], "label"),
    ]
    .into_iter()
    .map(|(types, noun)| (count(types), noun))
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| counted(number, noun))
    .collect::<Vec<_>>()
    .join(" · ")
}

/// Writes what a reader should know of the data before trusting a chart of it.
pub fn write_warnings(profile: &TableProfile, reading: &[TableWarning], html: &mut String) {
    let messages: Vec<&str> = reading
        .iter()
        .map(|warning| warning.message.as_str())
        .chain(profile.warnings.iter().map(String::as_str))
        .collect();
    if messages.is_empty() {
        return;
    }
    html.push_str(r#"<section class="warnings"><h2>What to know about this data</h2><ul>"#);
    items(&messages[..messages.len().min(WARNINGS_SHOWN)], html);
    html.push_str("</ul>");
    if messages.len() > WARNINGS_SHOWN {
        let rest = &messages[WARNINGS_SHOWN..messages.len().min(MAX_WARNINGS)];
        let _ = write!(
            html,
            "<details><summary>{} more</summary><ul>",
            messages.len() - WARNINGS_SHOWN
        );
        items(rest, html);
        html.push_str("</ul></details>");
    }
    html.push_str("</section>");
}

fn items(messages: &[&str], html: &mut String) {
    for message in messages {
        let _ = write!(html, "<li>{}</li>", Escaped(message));
    }
}
