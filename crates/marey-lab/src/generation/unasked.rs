//! What is worth drawing of a table when nobody asks: charts with weights that add up to one.
//!
//! The teacher is the cost of the design rules: of many charts drawn by lot, those that break no hard rule
//! share the weight by `exp(-cost / temperature)`. Where people have drawn charts of the table, these
//! share half of it evenly.

use marey_core::ChartSpec;
use marey_features::action::{Design, Scope};
use marey_model::Random;
use marey_rules::{cost, lint};

use super::{Subject, chart, is_legal, plan::Plan, sample};

/// Cost that divides a chart's weight by e.
const TEMPERATURE: f64 = 2.0;
/// Charts that are drawn by lot for a table.
const DRAWN: usize = 160;
/// Most charts that are kept for a table.
const KEPT: usize = 16;
/// Share of the weight that charts drawn by people have.
const PEOPLE: f64 = 0.5;

/// Charts for a table with their weights, heaviest first.
pub(super) fn charts(
    subject: &Subject<'_>,
    people: &[ChartSpec],
    random: &mut Random,
) -> Vec<(ChartSpec, f64)> {
    let scope = subject.reading.read(None).scope;
    let mut people: Vec<ChartSpec> = people.iter().map(ChartSpec::canonical).collect();
    let mut seen = Vec::new();
    people.retain(|chart| {
        let new = !seen.contains(chart) && is_legal(chart, &scope, Design::Free);
        seen.push(chart.clone());
        new
    });
    people.truncate(KEPT);
    let taught = taught(subject, &people, &scope, random);
    let share = if taught.is_empty() { 1.0 } else { PEOPLE };
    let each = share / people.len().max(1) as f64;
    let rest = if people.is_empty() { 1.0 } else { 1.0 - PEOPLE };
    let mut all: Vec<(ChartSpec, f64)> = people.into_iter().map(|chart| (chart, each)).collect();
    all.extend(taught.into_iter().map(|(chart, weight)| (chart, weight * rest)));
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

/// Charts by the rules with weights that add up to one.
fn taught(
    subject: &Subject<'_>,
    but: &[ChartSpec],
    scope: &Scope,
    random: &mut Random,
) -> Vec<(ChartSpec, f64)> {
    let profile = subject.cast.profile;
    let mut costed: Vec<(ChartSpec, f64)> = Vec::new();
    for _ in 0..DRAWN {
        let Some(plan) = sample::plan(&subject.cast, random) else {
            break;
        };
        let Ok(chart) = chart::spec(&plain(plan), profile) else {
            continue;
        };
        let chart = chart.canonical();
        if but.contains(&chart) || costed.iter().any(|(known, _)| *known == chart) {
            continue;
        }
        if is_legal(&chart, scope, Design::Ruled)
            && let Some(cost) = cost(&lint(&chart, profile))
            && subject.draws(&chart)
        {
            costed.push((chart, cost));
        }
    }
    costed.sort_by(|a, b| a.1.total_cmp(&b.1));
    costed.truncate(KEPT);
    let least = costed.first().map_or(0.0, |(_, cost)| *cost);
    let weighed: Vec<(ChartSpec, f64)> = costed
        .into_iter()
        .map(|(chart, cost)| (chart, (-(cost - least) / TEMPERATURE).exp()))
        .collect();
    let all: f64 = weighed.iter().map(|(_, weight)| weight).sum();
    weighed
        .into_iter()
        .map(|(chart, weight)| (chart, weight / all))
        .collect()
}

/// A chart without what only a request can want: conditions, a number of groups, an order.
fn plain(plan: Plan) -> Plan {
    Plan {
        tests: Vec::new(),
        limit: None,
        order: None,
        ..plan
    }
}
