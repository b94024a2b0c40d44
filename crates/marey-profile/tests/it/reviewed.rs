//! What is told of the sample tables, as snapshots that people have read: keys, meanings, orders,
//! advice and findings. A change of one is to be read before it is accepted.

use std::fmt::Write;

use marey_profile::{ColumnProfile, TableProfile};

use crate::samples;

#[test]
fn sample_tables_are_told_as_they_were_reviewed() {
    for (name, profile) in samples::profiles() {
        insta::assert_snapshot!(name.replace('.', "-"), told(&profile));
    }
}

fn told(profile: &TableProfile) -> String {
    let mut text = format!(
        "{} rows, {} different\n",
        profile.rows, profile.distinct_rows.value
    );
    for key in &profile.keys {
        let _ = writeln!(text, "key: {}", names(key));
    }
    for column in &profile.columns {
        let _ = writeln!(text, "\n{}", of(column));
    }
    text.push('\n');
    for hierarchy in &profile.relations.hierarchies {
        let levels = hierarchy.levels.iter().map(|level| level.column.as_str());
        let _ = writeln!(text, "levels: {}", levels.collect::<Vec<_>>().join(" > "));
    }
    for dependency in &profile.dependencies {
        let _ = writeln!(text, "follows: {} -> {}", dependency.from, dependency.to);
    }
    for duplicate in &profile.relations.duplicates {
        let _ = writeln!(text, "repeats: {} says {} again", duplicate.column, duplicate.of);
    }
    for derived in &profile.relations.derived {
        let formula = serde_json::to_string(&derived.formula).unwrap();
        let _ = writeln!(text, "derived: {} is {formula}", derived.column);
    }
    for finding in &profile.quality {
        let _ = writeln!(text, "{:?}: {}", finding.severity, finding.message);
    }
    text
}

fn of(column: &ColumnProfile) -> String {
    let advice = &column.advice;
    let mut text = format!(
        "{}: {} {}, {}, {}{} different{}{}\n",
        column.name,
        column.physical_type,
        column.field_type,
        column
            .semantic_type
            .map_or("no meaning", |meaning| meaning.as_str()),
        if column.distinct.exact { "" } else { "about " },
        column.distinct.value,
        if column.unique { ", unique" } else { "" },
        if column.nulls > 0 {
            format!(", {} missing", column.nulls)
        } else {
            String::new()
        },
    );
    if !column.order.is_empty() {
        let _ = writeln!(text, "  order: {}", column.order.join(" < "));
    }
    if let Some(kind) = &column.pii {
        let _ = writeln!(text, "  personal: {kind}");
    }
    let mut parts = vec![format!("{:?}", advice.role)];
    parts.extend(advice.left_out.as_ref().map(|why| format!("left out ({why})")));
    parts.extend(advice.aggregate.map(|aggregate| format!("{aggregate:?}")));
    parts.extend(advice.sort.as_ref().map(|sort| format!("sort {sort:?}")));
    parts.extend(advice.bin_step.map(|step| format!("bins of {step}")));
    parts.extend(advice.time_step.as_ref().map(|step| format!("by {step:?}")));
    parts.extend(advice.scale.as_ref().map(|scale| format!("{scale:?} scale")));
    parts.extend(advice.format.as_ref().map(|format| format!("as {format}")));
    let _ = write!(text, "  advice: {}", parts.join(", "));
    text
}

fn names(columns: &[marey_core::FieldName]) -> String {
    columns
        .iter()
        .map(|name| name.as_str())
        .collect::<Vec<_>>()
        .join(" + ")
}
