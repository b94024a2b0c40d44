//! A profile for people at a terminal.

use std::fmt::Write;

use marey::{
    TableProfile, TableWarning,
    core::PhysicalType,
    profile::{AssociationMeasure, ColumnProfile, Monotonicity, TopValue},
};

use super::sketch::{SPARK, aligned, count, instant, number, percent, plain, spark, spark_of};

/// Columns of text that are written; more are in the JSON.
const MOST_COLUMNS: usize = 400;
/// Frequent values named of a column.
const VALUES: usize = 4;
/// Warnings written; more are in the JSON.
const WARNINGS: usize = 30;
/// Pairs of columns named.
const PAIRS: usize = 5;

/// The profile within a width in characters.
pub fn of(profile: &TableProfile, reading: &[TableWarning], width: usize) -> String {
    let mut text = head(profile);
    text.push('\n');
    text.push_str(&columns(profile, width));
    let about = relations(profile);
    if !about.is_empty() {
        let _ = write!(text, "\n{about}");
    }
    text.push_str(&warnings(profile, reading));
    text.push('\n');
    text
}

fn head(profile: &TableProfile) -> String {
    let cells = profile.rows.saturating_mul(profile.columns.len() as u64);
    let missing: u64 = profile.columns.iter().map(|column| column.nulls).sum();
    let share = missing as f64 / cells.max(1) as f64;
    let mut facts = vec![
        counted(profile.rows, "row"),
        counted(profile.columns.len() as u64, "column"),
        format!("{} of cells missing", percent(share)),
    ];
    let repeated = profile.rows.saturating_sub(profile.distinct_rows.value);
    if profile.distinct_rows.exact && repeated > 0 {
        facts.push(format!("{} repeated", counted(repeated, "row")));
    }
    let masked = profile
        .columns
        .iter()
        .filter(|column| column.privacy.masked)
        .count();
    if profile.privacy.values_masked && masked > 0 {
        let noun = counted(masked as u64, "column");
        facts.push(format!("{noun} masked (--show-personal shows them)"));
    }
    format!("{}\n{}\n", plain(&profile.table), facts.join(" · "))
}

fn counted(value: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(value), if value == 1 { "" } else { "s" })
}

fn columns(profile: &TableProfile, width: usize) -> String {
    let head = [
        "COLUMN",
        "TYPE",
        "MEANING",
        "MISSING",
        "DISTINCT",
        "DISTRIBUTION",
        "VALUES",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for column in profile.columns.iter().take(MOST_COLUMNS) {
        rows.push(row(profile, column));
    }
    let mut text = aligned(&rows, &[3, 4], &[28, 9, 22, 8, 14, SPARK], width);
    let more = profile.columns.len().saturating_sub(MOST_COLUMNS);
    if more > 0 {
        let _ = writeln!(text, "  and {} more in the JSON", counted(more as u64, "column"));
    }
    text
}

fn row(profile: &TableProfile, column: &ColumnProfile) -> Vec<String> {
    let name = match column.name.as_str() {
        "" => "(no name)".to_owned(),
        name => plain(name),
    };
    let mut meaning = column
        .semantic_type
        .map_or("–", |meaning| meaning.as_str())
        .replace('_', " ");
    if let Some(unit) = &column.unit {
        let _ = write!(meaning, " ({})", plain(unit));
    }
    let missing = match column.nulls {
        0 => "–".to_owned(),
        nulls => percent(nulls as f64 / profile.rows.max(1) as f64),
    };
    let distinct = match (column.unique, column.distinct.exact) {
        (true, _) => "unique".to_owned(),
        (false, true) => count(column.distinct.value),
        (false, false) => format!("~{}", count(column.distinct.value)),
    };
    vec![
        name,
        column.physical_type.to_string(),
        meaning,
        missing,
        distinct,
        picture(column),
        summary(column, profile.rows),
    ]
}

/// The distribution of numbers and points in time, or of the frequent values.
fn picture(column: &ColumnProfile) -> String {
    if let Some(time) = &column.temporal {
        return spark_of(&time.histogram);
    }
    match &column.numeric {
        Some(numeric) if column.physical_type != PhysicalType::Boolean => spark_of(&numeric.histogram),
        _ if column.unique || column.distinct.value > 100 => String::new(),
        _ => {
            let counts: Vec<u64> = column.top.iter().map(|top| top.count.value).collect();
            spark(&counts)
        }
    }
}

fn summary(column: &ColumnProfile, rows: u64) -> String {
    let mut parts = Vec::new();
    if let Some(kind) = &column.pii {
        parts.push(format!("personal: {}", kind.replace('_', " ")));
    }
    if let Some(time) = &column.temporal {
        parts.push(format!("{} to {}", instant(time.min_ms), instant(time.max_ms)));
    } else if let Some(numeric) = column
        .numeric
        .as_ref()
        .filter(|_| column.physical_type != PhysicalType::Boolean)
    {
        let median = numeric.quantiles.median;
        parts.push(format!(
            "{} to {}, median {}",
            number(numeric.min),
            number(numeric.max),
            number(median)
        ));
    } else if column.distinct.value == 1 || column.top.first().is_some_and(|top| top.count.value > 1) {
        parts.push(values(&column.top, rows.saturating_sub(column.nulls)));
    } else if let Some(text) = &column.text {
        parts.push(match (text.min_chars, text.max_chars) {
            (min, max) if min == max => format!("{} characters", count(max)),
            (min, max) => format!("{} to {} characters", count(min), count(max)),
        });
    }
    match column.monotonicity {
        Monotonicity::StrictlyIncreasing | Monotonicity::Increasing => parts.push("rising".into()),
        Monotonicity::StrictlyDecreasing | Monotonicity::Decreasing => parts.push("falling".into()),
        _ => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// Frequent values with their shares.
fn values(top: &[TopValue], filled: u64) -> String {
    let each = top.iter().take(VALUES).map(|top| {
        let value: String = plain(&top.value).chars().take(24).collect();
        format!(
            "{value} {}",
            percent(top.count.value as f64 / filled.max(1) as f64)
        )
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Keys, hierarchies and the strongest correlations, a line each.
fn relations(profile: &TableProfile) -> String {
    let mut text = String::new();
    let names = |columns: &[marey::FieldName]| {
        let names: Vec<String> = columns.iter().map(|name| plain(name.as_str())).collect();
        names.join(" + ")
    };
    if !profile.keys.is_empty() {
        let keys: Vec<String> = profile.keys.iter().take(PAIRS).map(|key| names(key)).collect();
        let _ = writeln!(text, "  keys: {}", keys.join(", "));
    }
    for hierarchy in profile.relations.hierarchies.iter().take(PAIRS) {
        let levels: Vec<String> = hierarchy
            .levels
            .iter()
            .map(|level| plain(level.column.as_str()))
            .collect();
        let _ = writeln!(text, "  levels: {}", levels.join(" > "));
    }
    let mut pairs: Vec<_> = profile
        .pairs
        .iter()
        .filter(|pair| pair.measure == AssociationMeasure::Pearson && pair.value.abs() >= 0.5)
        .collect();
    pairs.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    if !pairs.is_empty() {
        let each = pairs.iter().take(PAIRS).map(|pair| {
            let (a, b) = (plain(pair.a.as_str()), plain(pair.b.as_str()));
            format!("{a} ~ {b} {:.2}", pair.value)
        });
        let _ = writeln!(text, "  correlated: {}", each.collect::<Vec<_>>().join(", "));
    }
    if let Some(crowds) = &profile.privacy.k_anonymity {
        let _ = writeln!(
            text,
            "  {} hide persons in crowds of {} and more; {} of the rows are in crowds below 5, {} alone",
            names(&crowds.quasi_identifiers),
            count(crowds.k),
            percent(crowds.share_below_5),
            count(crowds.unique_rows),
        );
    }
    text
}

fn warnings(profile: &TableProfile, reading: &[TableWarning]) -> String {
    let all: Vec<&str> = reading
        .iter()
        .map(|warning| warning.message.as_str())
        .chain(profile.warnings.iter().map(String::as_str))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n");
    for warning in all.iter().take(WARNINGS) {
        let _ = writeln!(text, "  ! {}", plain(warning));
    }
    if all.len() > WARNINGS {
        let more = counted((all.len() - WARNINGS) as u64, "more warning");
        let _ = writeln!(text, "  and {more} in the JSON");
    }
    text
}
