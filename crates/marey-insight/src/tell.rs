//! Findings, which know columns by position, as insights, which know them by name.

use marey_core::FieldName;

use crate::{
    Caveat, Guard, Insight, InsightKind, Roles,
    column::{Columns, iso},
    family::{Finding, Focus},
};

/// The insight of a finding; q, robustness and what is folded are for the caller.
pub(crate) fn insight(columns: &Columns, finding: &Finding, p: f64, score: f64) -> Insight {
    let roles = roles(columns, finding);
    let focus: Vec<String> = finding.focus.iter().map(|focus| text(columns, *focus)).collect();
    let subspace: Vec<(FieldName, String)> = finding
        .subspace
        .iter()
        .filter_map(|(d, code)| {
            let dimension = columns.dimensions.get(*d)?;
            Some((
                dimension.name.clone(),
                dimension.labels.get(*code as usize)?.clone(),
            ))
        })
        .collect();
    Insight {
        id: identity(finding.kind, &roles, &subspace, &focus),
        kind: finding.kind,
        roles,
        subspace,
        focus,
        direction: finding.direction,
        locator: finding.locator.clone(),
        estimate: None,
        effect: finding.effect,
        p,
        q: 1.0,
        robust: false,
        impact: finding.impact,
        surprise: surprise(finding.kind),
        score,
        facts: Vec::new(),
        caveats: finding.caveat.into_iter().collect(),
        guard: finding.guard,
        inflation: finding.inflation.max(columns.multiplicity).max(1.0),
        folded: Vec::new(),
    }
}

/// Adds what the reader should know, once the verdict is in.
pub(crate) fn caution(insight: &mut Insight) {
    let mut caveats = std::mem::take(&mut insight.caveats);
    if !insight.robust {
        caveats.push(Caveat::NotRobust);
    }
    match insight.guard {
        Guard::Spectrum | Guard::Prewhitened => caveats.push(Caveat::Autocorrelated),
        Guard::Blocks => caveats.push(Caveat::Clustered),
        Guard::Conditioned => caveats.push(Caveat::Adjusted),
        Guard::Independent => {}
    }
    caveats.sort();
    caveats.dedup();
    insight.caveats = caveats;
}

/// How little a kind of finding is expected, 0 to 1, where nothing else is known.
pub(crate) fn surprise(kind: InsightKind) -> f64 {
    use InsightKind as K;
    match kind {
        K::Simpson => 1.0,
        K::Interaction | K::Clusters | K::Nonlinear | K::SubspaceTrend | K::ChangePoint => 0.9,
        K::Duplicates | K::Sentinel | K::ThresholdBunching | K::OutlierRow | K::OutlierTime => 0.85,
        K::Evenness => 0.5,
        _ => 0.8,
    }
}

fn roles(columns: &Columns, finding: &Finding) -> Roles {
    let measure = |at: Option<usize>| at.and_then(|at| columns.measures.get(at)).map(|m| m.name.clone());
    let dimension = |at: Option<usize>| {
        at.and_then(|at| columns.dimensions.get(at))
            .map(|d| d.name.clone())
    };
    Roles {
        measure: measure(finding.measure),
        measure2: measure(finding.measure2),
        dimension: dimension(finding.dimension),
        dimension2: dimension(finding.dimension2),
        time: if finding.timed { columns.time_name() } else { None },
    }
}

fn text(columns: &Columns, focus: Focus) -> String {
    match focus {
        Focus::Category(d, code) => columns
            .dimensions
            .get(d)
            .and_then(|dimension| dimension.labels.get(code as usize))
            .cloned()
            .unwrap_or_default(),
        Focus::Instant(ms) => iso(ms),
        Focus::Number(number) => number.to_string(),
    }
}

fn identity(kind: InsightKind, roles: &Roles, subspace: &[(FieldName, String)], focus: &[String]) -> String {
    let mut parts = vec![kind.as_str().to_owned()];
    parts.extend(roles.columns().iter().map(|name| name.as_str().to_owned()));
    parts.extend(
        subspace
            .iter()
            .map(|(name, value)| format!("{}={value}", name.as_str())),
    );
    parts.extend(focus.iter().take(2).cloned());
    parts.join("/")
}
