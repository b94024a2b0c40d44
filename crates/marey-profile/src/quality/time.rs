//! Dates that stand for something else, lie far off, or are missing.

use chrono::{DateTime, Datelike};

use super::Material;
use crate::{QualityFinding, QualityKind as Kind, Severity, TemporalSummary};

const YEAR_MS: f64 = 31_556_952_000.0;
/// Share of the steps that must be usual before a missing point is a gap.
const REGULAR: f64 = 0.8;
/// Days that are written for "no date" (year, month, day).
const SENTINELS: &[(i32, u32, u32)] = &[
    (1, 1, 1),
    (1753, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1901, 1, 1),
    (1970, 1, 1),
    (2099, 12, 31),
    (2999, 12, 31),
    (3000, 1, 1),
    (9999, 1, 1),
    (9999, 12, 31),
];

pub(super) fn findings(material: &Material<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    findings.extend(formats(material));
    let Some(time) = &material.column.temporal else {
        return findings;
    };
    if material.column.numeric.is_none() {
        findings.extend(
            [time.min_ms, time.max_ms]
                .into_iter()
                .filter_map(|end| far_date(material, time, end)),
        );
    }
    findings.extend(gaps(material, time));
    findings
}

fn formats(material: &Material<'_>) -> Option<QualityFinding> {
    let formats = &material.note.time_formats;
    if formats.len() < 2 {
        return None;
    }
    // Day and month may have been taken for each other where both orders occur.
    let day_first = formats.iter().any(|format| order(format) == Some(true));
    let month_first = formats.iter().any(|format| order(format) == Some(false));
    let severity = if day_first && month_first {
        Severity::Error
    } else {
        Severity::Info
    };
    let name = material.name();
    let finding = material.finding(
        severity,
        Kind::MixedFormats,
        material.values(),
        format!(
            "dates in column `{name}` were written in {} formats",
            formats.len()
        ),
    );
    Some(material.shown(finding, formats.iter().map(String::as_str)))
}

/// Whether a format of numbers has the day before the month.
fn order(format: &str) -> Option<bool> {
    let (day, month) = (format.find("%d")?, format.find("%m")?);
    let year = format.find("%Y").or_else(|| format.find("%y"))?;
    (year > day.min(month)).then_some(day < month)
}

fn far_date(material: &Material<'_>, time: &TemporalSummary, end: i64) -> Option<QualityFinding> {
    let line = material.line;
    let end_ms = end as f64;
    let date = DateTime::from_timestamp_millis(end)?.date_naive();
    let others = || line.sorted.iter().map(|(ms, _)| *ms).filter(|ms| *ms != end_ms);
    let (low, high) = (others().next()?, others().next_back()?);
    let gap = if end_ms < low { low - end_ms } else { end_ms - high };
    let span = high - low;
    let count = line.count(|ms| ms == end_ms);
    let name = material.name();
    let shown = if material.is_personal() {
        "a date".to_owned()
    } else {
        date.to_string()
    };
    let sentinel = SENTINELS.contains(&(date.year(), date.month(), date.day()));
    let far = gap > 10.0 * YEAR_MS && gap > span;
    let (severity, kind, message) = if sentinel && (gap > 10.0 * YEAR_MS || (count > 1 && gap > YEAR_MS)) {
        let message = format!("{shown} in column `{name}` ({count} rows) seems to stand for \"no date\"");
        (Severity::Error, Kind::Sentinel, message)
    } else if far && line.total >= 20 && time.points.value >= 5 {
        let years = (gap / YEAR_MS).round();
        let message = format!("{shown} in column `{name}` lies {years} years from all other dates");
        (Severity::Warning, Kind::FarDates, message)
    } else {
        return None;
    };
    let finding = material.finding(severity, kind, count, message);
    let text = date.to_string();
    Some(material.shown(finding, [text.as_str()]))
}

fn gaps(material: &Material<'_>, time: &TemporalSummary) -> Option<QualityFinding> {
    let spacing = time.spacing.as_ref()?;
    let longest = spacing.gaps.first()?;
    if spacing.share < REGULAR || time.points.value < 10 {
        return None;
    }
    let all = time.points.value + spacing.missing;
    // A few points far off are no sequence with gaps.
    if super::share(spacing.missing, all) > 0.5 {
        return None;
    }
    let name = material.name();
    let day = |ms: i64| {
        DateTime::from_timestamp_millis(ms)
            .map_or_else(|| format!("{ms} ms"), |at| at.date_naive().to_string())
    };
    let missing = spacing.missing;
    let longest = if material.is_personal() {
        String::new()
    } else {
        let (from, to) = (day(longest.from_ms), day(longest.to_ms));
        format!("; the longest gap is from {from} to {to}")
    };
    let message = format!("column `{name}` lacks {missing} of {all} regular points in time{longest}");
    Some(QualityFinding {
        share: super::share(missing, all),
        ..material.finding(Severity::Info, Kind::TimeGaps, missing, message)
    })
}
