//! Columns with few values, or few different ones.

use super::{Material, share};
use crate::{ChartRole, QualityFinding, QualityKind as Kind, Severity};

/// Share of the most frequent value from which a column is nearly constant.
const NEARLY: f64 = 0.99;
/// Fewest values of which that is told.
const FEWEST: u64 = 100;
/// Different values that a chart can still tell apart, with a scroll bar.
const MOST_CATEGORIES: u64 = 100;

pub(super) fn findings(material: &Material<'_>) -> Vec<QualityFinding> {
    let column = material.column;
    let (name, rows, nulls) = (material.name(), material.rows, column.nulls);
    let mut findings = Vec::new();
    if rows > 0 && nulls == rows {
        findings.push(QualityFinding {
            share: 1.0,
            ..material.finding(
                Severity::Warning,
                Kind::AllMissing,
                nulls,
                format!("column `{name}` has no values"),
            )
        });
        return findings;
    }
    if nulls > 0 && nulls as f64 >= 0.5 * rows as f64 {
        // Never rounded up to all: some rows do have a value.
        let percent = (100.0 * share(nulls, rows)).floor();
        findings.push(QualityFinding {
            share: share(nulls, rows),
            ..material.finding(
                Severity::Warning,
                Kind::MostlyMissing,
                nulls,
                format!("column `{name}` has no value in {percent} % of the rows"),
            )
        });
    }
    if material.note.exceptions > 0 {
        let count = material.note.exceptions;
        let kind = column.physical_type.as_str();
        findings.push(QualityFinding {
            share: share(count, rows),
            ..material.finding(
                Severity::Warning,
                Kind::Exceptions,
                count,
                format!("{count} cells of column `{name}` did not read as {kind} and count as missing"),
            )
        });
    }
    findings.extend(sameness(material));
    findings.extend(many_categories(material));
    findings
}

fn sameness(material: &Material<'_>) -> Option<QualityFinding> {
    let (column, name) = (material.column, material.name());
    let values = material.values();
    if material.rows > 1 && column.distinct.value == 1 && column.nulls == 0 {
        return Some(material.finding(
            Severity::Warning,
            Kind::Constant,
            values,
            format!("column `{name}` has the same value in every row"),
        ));
    }
    let top = column.top.first()?;
    let share = share(top.count.value, values);
    if values < FEWEST || share < NEARLY || column.distinct.value < 2 {
        return None;
    }
    let others = values - top.count.value;
    let finding = material.finding(
        Severity::Info,
        Kind::NearConstant,
        top.count.value,
        format!("column `{name}` has one value in all but {others} of {values} rows with a value"),
    );
    Some(material.shown(finding, [top.value.as_str()]))
}

fn many_categories(material: &Material<'_>) -> Option<QualityFinding> {
    let column = material.column;
    let distinct = column.distinct.value;
    if column.advice.role != ChartRole::Category || column.numeric.is_some() || distinct <= MOST_CATEGORIES {
        return None;
    }
    let about = if column.distinct.exact { "" } else { "about " };
    let name = material.name();
    Some(material.finding(
        Severity::Info,
        Kind::HighCardinality,
        distinct,
        format!("category `{name}` has {about}{distinct} different values, more than a chart can show"),
    ))
}
