//! Degrees of latitude and longitude that no name announces: two columns side by side.

use marey_core::{PhysicalType, SemanticType};

use crate::{ColumnProfile, EvidenceSource, SemanticEvidence};

/// Fewest digits behind the point of most frequent values; a place in a town needs four.
const DIGITS: usize = 4;
const CONFIDENCE: f64 = 0.7;

/// Names pairs of columns that stand side by side, miss nearly as many rows, lie within 90 and 180
/// degrees, keep far from zero for their spread, and have the digits of places.
pub(crate) fn name_degrees(columns: &mut [ColumnProfile]) -> Vec<usize> {
    let mut named = Vec::new();
    for at in 1..columns.len() {
        let Some([first, second]) = columns.get(at - 1..=at) else {
            continue;
        };
        let Some(semantics) = degrees(first, second) else {
            continue;
        };
        for (place, semantic) in [at - 1, at].into_iter().zip(semantics) {
            if let Some(column) = columns.get_mut(place) {
                column.semantic_type = Some(semantic);
                column.semantic_confidence = CONFIDENCE;
                column.semantic_evidence = evidence(semantic);
                named.push(place);
            }
        }
    }
    named
}

fn evidence(semantic: SemanticType) -> Vec<SemanticEvidence> {
    let range = if semantic == SemanticType::Latitude {
        "-90..90"
    } else {
        "-180..180"
    };
    let told = |source, what: &str| SemanticEvidence {
        source,
        what: what.to_owned(),
        share: None,
    };
    vec![
        told(EvidenceSource::Range, range),
        told(EvidenceSource::Counts, "beside_its_partner"),
    ]
}

/// Which of two columns is the latitude; none where they are no pair.
fn degrees(first: &ColumnProfile, second: &ColumnProfile) -> Option<[SemanticType; 2]> {
    use SemanticType::{Latitude, Longitude};
    let alike = first.nulls.abs_diff(second.nulls) * 50 <= first.distinct.value
        && first.distinct.value.abs_diff(second.distinct.value) * 5
            <= first.distinct.value.max(second.distinct.value);
    if !alike || !is_degrees(first) || !is_degrees(second) {
        return None;
    }
    let (a, b) = (first.numeric.as_ref()?, second.numeric.as_ref()?);
    // Places far from the equator or far from Greenwich: small numbers may measure anything.
    if a.quantiles.median.abs().max(b.quantiles.median.abs()) < 20.0
        || a.quantiles.median.abs().min(b.quantiles.median.abs()) < 2.0
    {
        return None;
    }
    let latitude = |n: &crate::NumericSummary| n.quantiles.p05 >= -90.0 && n.quantiles.p95 <= 90.0;
    match (latitude(a), latitude(b)) {
        // The Americas: north is positive and west is negative.
        (true, true) if a.quantiles.p95 < 0.0 && b.quantiles.p05 > 0.0 => Some([Longitude, Latitude]),
        (true, _) => Some([Latitude, Longitude]),
        (false, true) => Some([Longitude, Latitude]),
        (false, false) => None,
    }
}

/// Numbers that nothing else explains and that could be degrees of places.
fn is_degrees(column: &ColumnProfile) -> bool {
    let untold = matches!(column.semantic_type, Some(SemanticType::Measure));
    let fractions = matches!(column.physical_type, PhysicalType::Float | PhysicalType::Decimal);
    let Some(numeric) = column.numeric.as_ref().filter(|_| untold && fractions) else {
        return false;
    };
    let digits = |value: &str| value.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let long = column
        .top
        .iter()
        .filter(|top| digits(&top.value) >= DIGITS)
        .count();
    // A few odd values, such as 0 for unknown, do not matter.
    let quantiles = &numeric.quantiles;
    let compact = quantiles.median.abs() >= 0.6 * (quantiles.p95 - quantiles.p05);
    column.distinct.value >= 5
        && quantiles.p05 >= -180.0
        && quantiles.p95 <= 180.0
        && compact
        && long * 4 >= column.top.len() * 3
}
