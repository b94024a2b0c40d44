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
        .map(|insight| claim(table, insight, insight.score))
        .collect();
    let least = mining.insights.last().map_or(0.0, |insight| insight.score);
    for insight in &mining.insights {
        let folded = insight.folded.iter();
        lines.extend(folded.map(|folded| claim(table, folded, least * folded.score / (1.0 + folded.score))));
    }
    lines.push(json!({ "table": table, "done": true, "hypotheses": mining.family.hypotheses }));
    lines
}

fn claim(table: &str, insight: &Insight, score: f64) -> Value {
    let columns: Vec<String> = insight
        .columns()
        .iter()
        .map(|name| name.as_str().to_owned())
        .collect();
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
