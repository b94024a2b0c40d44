//! The table of columns: type, meaning, gaps, distinct values, distribution.

use std::fmt::Write;

use marey_profile::{ColumnProfile, Monotonicity, TableProfile};

use super::{
    html::{Escaped, grouped, shortened},
    quantity::{instant, quantity},
    sparkline,
};

/// Most columns listed; a page of thousands helps nobody and the JSON has them all.
const MAX_COLUMNS: usize = 400;

/// Writes the table of columns.
pub fn write(profile: &TableProfile, html: &mut String) {
    html.push_str(concat!(
        r#"<section id="columns"><h2>Columns</h2><div class="scroll"><table class="columns"><thead><tr>"#,
        "<th>Column</th><th>Type</th><th>Missing</th><th>Distinct</th><th>Summary</th><th>Distribution</th>",
        "</tr></thead><tbody>"
    ));
    for column in profile.columns.iter().take(MAX_COLUMNS) {
        row(column, profile.rows, html);
    }
    html.push_str("</tbody></table></div>");
    if let Some(more) = profile
        .columns
        .len()
        .checked_sub(MAX_COLUMNS)
        .filter(|more| *more > 0)
    {
        let _ = write!(
            html,
            "<p class=\"note\">{} more columns are in the profile (JSON).</p>",
            grouped(more as u64)
        );
    }
    html.push_str("</section>");
}

fn row(column: &ColumnProfile, rows: u64, html: &mut String) {
    let name = if column.name.as_str().is_empty() {
        "(no name)"
    } else {
        column.name.as_str()
    };
    let _ = write!(
        html,
        r#"<tr><td class="name" title="{}">{}</td><td>{}</td><td>{}</td><td class="number">{}{}</td><td class="summary">{}</td><td>{}</td></tr>"#,
        Escaped(&shortened(name, 400)),
        Escaped(&shortened(name, 48)),
        kind(column),
        missing(column.nulls, rows),
        if column.distinct.exact { "" } else { "≈ " },
        grouped(column.distinct.value),
        summary(column),
        sparkline::distribution(column, rows),
    );
}

/// Physical type with the meaning, the unit and the suspicion of personal data.
fn kind(column: &ColumnProfile) -> String {
    let mut html = format!(r#"<span class="type">{}</span>"#, column.physical_type);
    if let Some(meaning) = column.semantic_type {
        let _ = write!(
            html,
            r#" <span class="tag">{}</span>"#,
            meaning.as_str().replace('_', " ")
        );
    }
    if let Some(unit) = &column.unit {
        let _ = write!(
            html,
            r#" <span class="tag">{}</span>"#,
            Escaped(&shortened(unit, 12))
        );
    }
    if let Some(personal) = &column.pii {
        let _ = write!(
            html,
            r#" <span class="tag care">personal: {}</span>"#,
            Escaped(personal)
        );
    }
    html
}

fn missing(nulls: u64, rows: u64) -> String {
    if nulls == 0 || rows == 0 {
        return r#"<span class="quiet">none</span>"#.to_owned();
    }
    let share = nulls as f64 / rows as f64 * 100.0;
    let text = match share {
        share if share < 0.1 => "&lt; 0.1 %".to_owned(),
        share if share < 10.0 => format!("{share:.1} %"),
        share => format!("{share:.0} %"),
    };
    format!(
        r#"<span class="gauge" title="{} of {} rows"><span style="width:{share:.1}%"></span></span> {text}"#,
        grouped(nulls),
        grouped(rows),
    )
}

/// The few numbers that describe a column best, as HTML.
fn summary(column: &ColumnProfile) -> String {
    let mut parts = Vec::new();
    if let Some(temporal) = &column.temporal {
        parts.push(format!(
            "{} – {}",
            instant(temporal.min_ms),
            instant(temporal.max_ms)
        ));
    } else if let Some(numeric) = &column.numeric {
        parts.push(format!("{} – {}", quantity(numeric.min), quantity(numeric.max)));
        parts.push(format!("median {}", quantity(numeric.quantiles.median)));
    } else if let Some(text) = &column.text {
        parts.push(match (text.min_chars, text.max_chars) {
            (min, max) if min == max => format!("{} characters", grouped(max)),
            (min, max) => format!("{} – {} characters", grouped(min), grouped(max)),
        });
    }
    match column.monotonicity {
        Monotonicity::Constant if column.distinct.value == 1 => parts.push("constant".into()),
        Monotonicity::StrictlyIncreasing | Monotonicity::Increasing => parts.push("rising".into()),
        Monotonicity::StrictlyDecreasing | Monotonicity::Decreasing => parts.push("falling".into()),
        _ if column.unique => parts.push("unique".into()),
        _ => {}
    }
    parts.join("<br>")
}
