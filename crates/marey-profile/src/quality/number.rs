//! Numbers that stand for something else, or are off by a factor.

use marey_core::{PhysicalType, SemanticType};

use super::{Material, share};
use crate::{ChartRole, NumericSummary, QualityFinding, QualityKind as Kind, Severity};

/// Numbers that are written for "no value".
const SENTINELS: &[f64] = &[
    -1.0,
    -9.0,
    -99.0,
    -999.0,
    -9999.0,
    -99999.0,
    -999999.0,
    99.0,
    999.0,
    9999.0,
    99999.0,
    999999.0,
    9999999.0,
    99999999.0,
    999999999.0,
    -99.9,
    -999.9,
    99.9,
    999.9,
    9999.9,
    -2147483648.0,
    2147483647.0,
];
/// Fewest values of which outliers and sentinels are told.
const FEWEST: u64 = 20;

pub(super) fn findings(material: &Material<'_>) -> Vec<QualityFinding> {
    let Some(numeric) = &material.column.numeric else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    findings.extend(non_finite(material, numeric));
    findings.extend(lost_zeros(material, numeric));
    if material.column.physical_type != PhysicalType::Boolean && material.values() >= FEWEST {
        let sentinels = sentinels(material, numeric);
        if sentinels.is_empty() {
            findings.extend(unit_error(material, numeric));
        }
        findings.extend(sentinels);
    }
    findings
}

fn non_finite(material: &Material<'_>, numeric: &NumericSummary) -> Option<QualityFinding> {
    let (count, name) = (numeric.non_finite, material.name());
    (count > 0).then(|| {
        material.finding(
            Severity::Warning,
            Kind::NonFinite,
            count,
            format!("column `{name}` has {count} values that are infinite or not a number"),
        )
    })
}

/// Five-digit postal codes of which some have four digits.
fn lost_zeros(material: &Material<'_>, numeric: &NumericSummary) -> Option<QualityFinding> {
    let postal = material.column.semantic_type == Some(SemanticType::PostalCode);
    let five_digits = numeric.quantiles.median >= 10_000.0 && numeric.max < 100_000.0;
    if !(postal && five_digits && numeric.integers && numeric.min >= 501.0) {
        return None;
    }
    let count = material.line.count(|value| value < 10_000.0);
    let name = material.name();
    (count > 0).then(|| {
        material.finding(
            Severity::Warning,
            Kind::LeadingZerosLost,
            count,
            format!("{count} postal codes in column `{name}` have lost their leading zero"),
        )
    })
}

/// Numbers for "no value" at either end of the others.
fn sentinels(material: &Material<'_>, numeric: &NumericSummary) -> Vec<QualityFinding> {
    let column = material.column;
    let quantity = matches!(
        column.advice.role,
        ChartRole::Measure
            | ChartRole::Category
            | ChartRole::Year
            | ChartRole::Latitude
            | ChartRole::Longitude
    );
    if !quantity {
        return Vec::new();
    }
    [numeric.min, numeric.max]
        .into_iter()
        .filter(|end| SENTINELS.contains(end) && numeric.min < numeric.max)
        .filter_map(|end| sentinel(material, numeric, end))
        .collect()
}

fn sentinel(material: &Material<'_>, numeric: &NumericSummary, end: f64) -> Option<QualityFinding> {
    let line = material.line;
    let count = line.count(|value| value == end);
    let others = Others::than(material, end)?;
    let gap = if end < others.low {
        others.low - end
    } else {
        end - others.high
    };
    let width = others.high - others.low;
    let far = gap > 3.0 * width || (gap > width && count > 1);
    // The one negative number among many that are not is a mark, however near.
    let only_negative = end == -1.0
        && others.low >= 0.0
        && numeric.integers
        && count > 1
        && others.different >= 10
        && numeric.negatives == count;
    if !(far || only_negative) || count as f64 > 0.5 * material.values() as f64 || others.different < 3 {
        return None;
    }
    let name = material.name();
    let finding = material.finding(
        Severity::Error,
        Kind::Sentinel,
        count,
        format!("{end} in column `{name}` ({count} rows) seems to stand for \"no value\""),
    );
    let text = end.to_string();
    Some(material.shown(finding, [text.as_str()]))
}

/// The values other than one at an end.
struct Others {
    low: f64,
    high: f64,
    different: usize,
}

impl Others {
    fn than(material: &Material<'_>, end: f64) -> Option<Self> {
        let values = || {
            material
                .line
                .sorted
                .iter()
                .map(|(value, _)| *value)
                .filter(|value| *value != end)
        };
        Some(Self {
            low: values().next()?,
            high: values().next_back()?,
            different: values().count(),
        })
    }
}

/// A few values that would lie among the others if they were divided by 100 or 1,000, or multiplied.
fn unit_error(material: &Material<'_>, numeric: &NumericSummary) -> Option<QualityFinding> {
    let q = &numeric.quantiles;
    let compact = numeric.min > 0.0 && q.p01 > 0.0 && q.p95 / q.p01 < 10.0;
    if !compact || !matches!(material.column.advice.role, ChartRole::Measure) || material.values() < 100 {
        return None;
    }
    [1000.0, 100.0, 0.001, 0.01].into_iter().find_map(|factor| {
        let off = |value: f64| {
            let beyond = if factor > 1.0 {
                value > 5.0 * q.p95
            } else {
                value < q.p01 / 5.0
            };
            beyond && (q.p05..=q.p95).contains(&(value / factor))
        };
        let count = material.line.count(off);
        let beyond = material
            .line
            .count(|value| value > 5.0 * q.p95 || value < q.p01 / 5.0);
        if count == 0 || count != beyond || share(count, material.values()) > 0.01 {
            return None;
        }
        let name = material.name();
        let times = if factor > 1.0 {
            format!("{factor} times too large")
        } else {
            format!("{} times too small", 1.0 / factor)
        };
        let finding = material.finding(
            Severity::Warning,
            Kind::UnitError,
            count,
            format!("{count} values of column `{name}` seem to be {times}: another unit, perhaps"),
        );
        let values: Vec<String> = material
            .line
            .sorted
            .iter()
            .filter(|(value, _)| off(*value))
            .map(|(value, _)| value.to_string())
            .collect();
        Some(material.shown(finding, values.iter().map(String::as_str)))
    })
}
