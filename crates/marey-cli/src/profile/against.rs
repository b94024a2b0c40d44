//! `marey profile A --against B`: what of a table has changed.

use std::{fmt::Write, path::Path};

use anyhow::Context;
use marey::{
    TableProfile,
    profile::{ColumnComparison, Drift, ProfileComparison, ProfileOptions, ValueChange, compare},
};

use super::{
    format, profiled,
    sketch::{aligned, count, instant, number, percent, plain},
};
use crate::{
    arguments::{ProfileArguments, ProfileFormat},
    failure::BadUsage,
    input,
    output::{self, Sink},
    progress::Progress,
};

/// Values that are listed of each column, so that new and lost ones can be told.
const TOP_VALUES: usize = 1_000;
/// New and lost values named in the text.
const NAMED: usize = 5;
/// Largest saved profile that is read.
const MOST_BYTES: u64 = 256 << 20;

/// Profiles both tables, or reads a saved profile, and tells what differs.
pub fn run(arguments: &ProfileArguments) -> anyhow::Result<()> {
    let (Some(against), [file]) = (&arguments.against, arguments.tables.as_slice()) else {
        anyhow::bail!(BadUsage("--against compares one table: name one".into()));
    };
    if file.is_dir() || against.is_dir() {
        anyhow::bail!(BadUsage("--against compares two files, not directories".into()));
    }
    let format = format(arguments.format);
    if format == ProfileFormat::Arrow {
        anyhow::bail!(BadUsage("--against is told as json or text".into()));
    }
    let options = ProfileOptions {
        top_values: TOP_VALUES,
        ..ProfileOptions::default()
    };
    let progress = Progress::start(format!("profiling {}", against.display()));
    let before = match saved(against)? {
        Some(profile) => profile,
        None => profiled(against, arguments, &options)?.value,
    };
    progress.stage(format!("profiling {}", file.display()));
    let after = match saved(file)? {
        Some(profile) => profile,
        None => profiled(file, arguments, &options)?.value,
    };
    drop(progress);
    let comparison = compare(&before, &after);
    let text = match format {
        ProfileFormat::Text => as_text(&comparison, output::width()),
        _ => format!("{}\n", serde_json::to_string(&comparison)?),
    };
    let mut sink = Sink::new(&arguments.output);
    sink.put(text.as_bytes())?;
    sink.finish()
}

/// A profile that `marey profile` has written; none where the file is something else.
fn saved(path: &Path) -> anyhow::Result<Option<TableProfile>> {
    if path.extension().is_none_or(|ending| ending != "json") {
        return Ok(None);
    }
    let bytes = input::bytes(path, MOST_BYTES)?;
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(&bytes) else {
        return Ok(None);
    };
    let is_profile = ["table", "rows", "columns", "pairs"]
        .iter()
        .all(|name| value.get(name).is_some());
    if !is_profile {
        return Ok(None);
    }
    serde_json::from_value(value)
        .map(Some)
        .with_context(|| format!("`{}` is no profile that this version reads", path.display()))
}

fn as_text(comparison: &ProfileComparison, width: usize) -> String {
    let (before, after) = (&comparison.before, &comparison.after);
    let mut text = format!(
        "{} against {}\n{} rows before, {} now; drift: {}\n\n",
        plain(&after.table),
        plain(&before.table),
        count(before.rows),
        count(after.rows),
        comparison.drift.as_str(),
    );
    for (what, names) in [
        ("new column", &comparison.added),
        ("lost column", &comparison.removed),
    ] {
        for name in names {
            let _ = writeln!(text, "  {what} {}", plain(name.as_str()));
        }
    }
    if comparison.reordered {
        text.push_str("  columns stand in another order\n");
    }
    let head = ["COLUMN", "DRIFT", "PSI", "KS", "MISSING", "WHAT CHANGED"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(comparison.columns.iter().map(row));
    text.push_str(&aligned(&rows, &[2, 3], &[28, 8, 6, 6, 18], width));
    text
}

fn row(column: &ColumnComparison) -> Vec<String> {
    let figure = |figure: Option<f64>| figure.map_or_else(String::new, |figure| format!("{figure:.3}"));
    let missing = if column.missing.before == column.missing.after {
        percent(column.missing.after)
    } else {
        format!(
            "{} → {}",
            percent(column.missing.before),
            percent(column.missing.after)
        )
    };
    vec![
        plain(column.name.as_str()),
        match column.drift {
            Drift::None => "–".into(),
            drift => drift.as_str().to_uppercase(),
        },
        figure(column.psi),
        figure(column.ks),
        missing,
        changed(column),
    ]
}

fn changed(column: &ColumnComparison) -> String {
    let mut parts: Vec<String> = column
        .changes
        .iter()
        .map(|change| {
            let property = change.property.as_str().replace('_', " ");
            format!("{property} {} → {}", plain(&change.before), plain(&change.after))
        })
        .collect();
    if column.drift > Drift::None {
        let moved = |change: &ValueChange| format!("{} → {}", number(change.before), number(change.after));
        parts.extend(
            column
                .median
                .as_ref()
                .map(|median| format!("median {}", moved(median))),
        );
        parts.extend(column.mean.as_ref().map(|mean| format!("mean {}", moved(mean))));
    }
    if let Some([before, after]) = column.range.filter(|[before, after]| before != after) {
        let span = |[first, last]: [i64; 2]| format!("{} to {}", instant(first), instant(last));
        parts.push(format!("{} → {}", span(before), span(after)));
    }
    for (what, list, all) in [
        (
            "new",
            &column.new_categories,
            column.categories_changed.map(|of| of[0]),
        ),
        (
            "lost",
            &column.lost_categories,
            column.categories_changed.map(|of| of[1]),
        ),
    ] {
        if list.is_empty() {
            continue;
        }
        let named: Vec<String> = list
            .iter()
            .take(NAMED)
            .map(|top| plain(&top.value).chars().take(24).collect())
            .collect();
        let more = all.unwrap_or(0).saturating_sub(named.len() as u64);
        let and = if more > 0 {
            format!(" and {} more", count(more))
        } else {
            String::new()
        };
        parts.push(format!("{what}: {}{and}", named.join(", ")));
    }
    parts.join("; ")
}
