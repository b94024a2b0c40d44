//! Which specs we claim to compute, and why not the others.

use marey_table::TableError;
use serde_json::Value;

/// Specs whose rows are known to differ, and why.
pub const DISAGREEMENTS: &[(&str, &str)] = &[(
    "wheat_wages",
    "a member that rows lack makes a stack NaN in Vega, where null counts as zero; tables know only null",
)];

/// Why a spec's rows are not claimed; none where they are.
pub fn unclaimed(text: &str) -> Option<String> {
    let spec: Value = serde_json::from_str(text).ok()?;
    let mut reason = None;
    walk(&spec, &mut |name, value| {
        let found = match (name, value) {
            ("sample", Value::Number(_)) => Some("rows are drawn at random"),
            ("aggregate" | "op", Value::String(op)) if op == "ci0" || op == "ci1" => {
                Some("confidence intervals are drawn at random")
            }
            ("extent", Value::String(extent)) if extent == "ci" => {
                Some("confidence intervals are drawn at random")
            }
            ("calculate" | "filter" | "expr", Value::String(code)) if code.contains("random()") => {
                Some("an expression draws at random")
            }
            ("calculate" | "filter", Value::String(code)) if code.contains("now()") => {
                Some("an expression asks for the clock")
            }
            ("time", Value::Object(_)) => Some("animation"),
            _ => None,
        };
        if reason.is_none() {
            reason = found.map(str::to_owned);
        }
    });
    reason
}

fn walk(value: &Value, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                // Rows in the spec are data, whatever their members are called.
                if name != "values" && name != "datasets" {
                    visit(name, inner);
                    walk(inner, visit);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        _ => {}
    }
}

/// Why an error is a refusal of what is outside the closed language, and no failure.
pub fn is_refusal(error: &TableError) -> Option<String> {
    match error {
        TableError::Transform { transform, found, .. } => Some(format!("{transform}: {found}")),
        TableError::UnknownParameter { .. } => Some("an expression needs a parameter that people set".into()),
        _ => None,
    }
}
