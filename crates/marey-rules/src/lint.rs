//! The linter: which rules a chart breaks, where, and at what cost.

use marey_core::ChartSpec;
use marey_profile::TableProfile;
use serde::Serialize;

use crate::facts::{UnitFacts, facts_of};
use crate::role::{Field, fields_of};
use crate::rule::{CATALOGUE, Kind, weight_of};

/// A rule that a chart breaks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Violation {
    /// Name of the rule.
    pub rule: &'static str,
    /// Whether the chart is illegal or only costs.
    pub kind: Kind,
    /// Where in the spec, as a JSON path such as `$.layer[0].encoding.x`.
    pub location: String,
    /// What the rule says.
    pub sentence: &'static str,
    /// Cost: the rule's weight times how far it is broken; infinite costs are not used, a hard
    /// rule has the cost 0 and the kind [`Kind::Hard`].
    pub cost: f64,
}

/// Finds every rule that a chart breaks when it shows a table of this profile.
pub fn lint(spec: &ChartSpec, profile: &TableProfile) -> Vec<Violation> {
    let roles = fields_of(profile);
    lint_with(spec, profile, &roles)
}

/// Finds the rules that a chart breaks whatever the table; rules that ask for the data stay silent.
pub fn lint_without_data(spec: &ChartSpec) -> Vec<Violation> {
    violations(&facts_of(spec, None, &[]))
}

/// [`lint`] with the parts of columns already known.
pub(crate) fn lint_with<'a>(
    spec: &'a ChartSpec,
    profile: &'a TableProfile,
    roles: &'a [Field<'a>],
) -> Vec<Violation> {
    violations(&facts_of(spec, Some(profile), roles))
}

fn violations(units: &[UnitFacts<'_>]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for unit in units {
        for rule in CATALOGUE {
            violations.extend((rule.body)(unit).into_iter().map(|hit| Violation {
                rule: rule.name,
                kind: rule.kind,
                location: hit.location,
                sentence: rule.sentence,
                cost: match rule.kind {
                    Kind::Hard => 0.0,
                    Kind::Soft => weight_of(rule.name) * hit.amount,
                },
            }));
        }
    }
    violations
}

/// The sum of costs; none when a hard rule is broken.
pub fn cost(violations: &[Violation]) -> Option<f64> {
    violations
        .iter()
        .all(|violation| violation.kind == Kind::Soft)
        .then(|| violations.iter().map(|violation| violation.cost).sum())
}
