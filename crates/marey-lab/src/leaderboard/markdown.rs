//! A board as Markdown.

use std::fmt::Write;

use super::{Entry, Leaderboard};
use crate::Metric;

/// All boards, a table each.
pub(super) fn boards(boards: &[Leaderboard]) -> String {
    let mut text = String::new();
    for board in boards {
        let _ = write!(
            text,
            "## {} on {} ({})\n\n",
            board.task, board.corpus, board.split
        );
        let _ = writeln!(
            text,
            "| rank | system | {} | n (groups) | failures | behind the first, p (Holm) | ms p50 | MB |\n|---|---|---|---|---|---|---|---|",
            board.headline
        );
        for entry in &board.entries {
            line(board, entry, &mut text);
        }
        text.push('\n');
        for entry in &board.entries {
            for warning in &entry.results.warnings {
                let _ = writeln!(text, "- {}: {warning}", escaped(&entry.results.system.name));
            }
        }
    }
    text
}

fn line(board: &Leaderboard, entry: &Entry, text: &mut String) {
    let results = &entry.results;
    let headline = results
        .metrics
        .get(&board.headline)
        .map(interval)
        .unwrap_or_default();
    let behind = match (&entry.behind_first, entry.p_corrected) {
        (Some(comparison), Some(p)) => format!("{:+.1}, p = {p:.3}", comparison.difference * 100.0),
        _ => String::new(),
    };
    let memory = results
        .cost
        .peak_rss_mb
        .map(|mb| format!("{mb:.0}"))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "| {} ({} to {}) | {}{} | {headline} | {} ({}) | {} | {behind} | {:.2} | {memory} |",
        entry.rank.rank,
        entry.rank.low,
        entry.rank.high,
        escaped(&results.system.name),
        if entry.is_on_front { " *" } else { "" },
        results.n,
        results.groups,
        results.failures,
        results.cost.ms_p50,
    );
}

/// A share in percent with its interval.
pub(super) fn interval(metric: &Metric) -> String {
    match (metric.low, metric.high) {
        (Some(low), Some(high)) => {
            format!(
                "{:.1} ({:.1} to {:.1})",
                metric.value * 100.0,
                low * 100.0,
                high * 100.0
            )
        }
        _ => format!("{:.1}", metric.value * 100.0),
    }
}

/// A name that cannot end a cell of a table.
fn escaped(name: &str) -> String {
    name.replace('|', "\\|").replace(['\n', '\r'], " ")
}
