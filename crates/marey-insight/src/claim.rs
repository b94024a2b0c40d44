//! Insights as claims: one JSON object per line, for programs that score them.

use serde_json::{Map, Value, json};

use crate::{Insight, InsightKind, Mining, column::iso};

/// The claims of a mined table, best first, then the line that says that the table is done.
///
/// Folded insights that are another way to say the same are claims too, after all others.
pub fn claims(table: &str, mining: &Mining) -> Vec<Value> {
    let mut lines: Vec<Value> = mining
        .insights
        .iter()
        .map(|insight| claim(table, mining, insight, insight.score))
        .collect();
    let least = mining.insights.last().map_or(0.0, |insight| insight.score);
    for insight in &mining.insights {
        let folded = insight.folded.iter();
        lines.extend(folded.map(|folded| {
            let score = least * folded.score / (1.0 + folded.score);
            claim(table, mining, folded, score)
        }));
    }
    lines.push(json!({ "table": table, "done": true, "hypotheses": mining.family.hypotheses }));
    lines
}

/// A claim names the columns of the table: those that a derived one was computed from in its place.
fn claim(table: &str, mining: &Mining, insight: &Insight, score: f64) -> Value {
    let mut columns: Vec<String> = Vec::new();
    for name in insight.columns() {
        let derived = mining.derived.iter().find(|derived| derived.name == name);
        let names = derived.map_or(vec![&name], |derived| derived.formula.inputs());
        columns.extend(names.into_iter().map(|name| name.as_str().to_owned()));
    }
    columns.dedup();
    let subspace: Map<String, Value> = insight
        .subspace
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), json!(value)))
        .collect();
    let is_change = matches!(
        insight.kind,
        InsightKind::ChangePoint | InsightKind::CompositionShift
    );
    json!({
        "table": table,
        "type": insight.kind.as_str(),
        "columns": columns,
        "focus": insight.focus,
        "direction": insight.direction.map(|direction| direction.as_str()),
        "at": insight.locator.at_ms.filter(|_| is_change).map(iso),
        "period_days": insight.locator.period_days,
        "subspace": subspace,
        "row": insight.locator.row,
        "value": insight.locator.value,
        "score": score,
        "p": insight.p,
        "q": insight.q,
    })
}
